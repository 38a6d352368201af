"""The vocabulary of things that can be shown, and the classes that they belong to."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeAlias

from pydantic import Field

from manga.vocabulary.package_data import load_json, load_yaml
from manga.vocabulary.vocabulary_entries import Nearest, Vocabulary, WordEntry, read_entries

Grip = Literal["handle", "pinch", "palm", "two_hands", "arm", "none"]
View = Literal["upright", "flat", "hanging", "afar"]

_ALONE = frozenset(
    "米器玉衣菜油水火竹虹壁車家星木月山石絵的薬肉針乳巣豆宝蜜駒島金紙本戸幕縄札鏡杯網銭根花草葉樹枝幹種苗実汁粉糖"
)
"""火薬 is no medicine, 合金 no coin, 柏木 a name; 風車 is no car, 消防車 may be called a vehicle."""


class ThingClass(WordEntry):
    """A kind of things. `like` is the thing that stands for one of it; empty where none can."""


class ThingEntry(WordEntry):
    """A thing. It is drawn by its `glyph` of line art, as the thing that it is `like`, or by a drawing of its own."""

    kind: str = Field(alias="class")
    cm: float = Field(gt=0, description="of its longest side")
    grip: Grip = "palm"
    view: View = "upright"
    since: int | None = Field(default=None, description="the year before which it does not belong")
    glyph: str = ""


NearestThing: TypeAlias = Nearest[ThingEntry, ThingClass]


def nearest_thing(text: str) -> NearestThing:
    """What a few words in English or Japanese name: a thing, or a class of things."""
    return thing_vocabulary().nearest(text)


def things() -> Mapping[str, ThingEntry]:
    """All things by their keys, as the data has them in order."""
    return thing_vocabulary().entries


def thing_classes() -> Mapping[str, ThingClass]:
    """All classes by their keys. English words are widened by the nouns of kept sources."""
    return thing_vocabulary().classes


@cache
def thing_vocabulary() -> Vocabulary[ThingEntry, ThingClass]:
    """All things, and the classes of what is none of them."""
    made = load_json("things_words.json")
    entries = {key: _entry(key, row, made[key]) for key, row in load_yaml("things.yaml").items()}
    more = load_json("class_words.json")
    classes = {
        key: entry.model_copy(update={"words": {**entry.words, "en": (*entry.words["en"], *more.get(key, ()))}})
        for key, entry in read_entries("thing_classes.yaml", ThingClass).items()
    }
    return Vocabulary(entries, classes, _ALONE)


def _entry(key: str, row: Mapping[str, Any], made: Mapping[str, Any]) -> ThingEntry:
    told = {name: value for name, value in row.items() if name not in {"words", "not"}}
    words = {language: made[language] for language in ("en", "ja")}
    return ThingEntry.model_validate({"key": key, "say": made["say"], "words": words, **told})
