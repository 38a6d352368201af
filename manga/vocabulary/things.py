"""Things that can be shown: an entry each, and the classes that they belong to, from the package's data."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import Field

from manga.values import Value
from manga.vocabulary.loading import load_json, load_yaml

Grip = Literal["handle", "pinch", "palm", "two_hands", "arm", "none"]
View = Literal["upright", "flat", "hanging", "afar"]
Language = Literal["en", "ja"]


class ThingClass(Value):
    """A kind of things. `like` is the thing that stands for one of it; empty where none can."""

    key: str
    say: str
    words: Mapping[Language, tuple[str, ...]]
    like: str = ""


class ThingEntry(Value):
    """A thing. It is drawn by its `glyph` of line art, as the thing that it is `like`, or by a drawing of its own."""

    key: str
    say: str
    words: Mapping[Language, tuple[str, ...]]
    kind: str = Field(alias="class")
    cm: float = Field(gt=0, description="of its longest side")
    grip: Grip = "palm"
    view: View = "upright"
    since: int | None = Field(default=None, description="the year before which it does not belong")
    glyph: str = ""
    like: str = ""
    was: tuple[str, ...] = ()


@cache
def things() -> Mapping[str, ThingEntry]:
    """All things by their keys, as the data has them in order."""
    made = load_json("things_words.json")
    return {key: _entry(key, row, made[key]) for key, row in load_yaml("things.yaml").items()}


def _entry(key: str, row: Mapping[str, Any], made: Mapping[str, Any]) -> ThingEntry:
    told = {name: value for name, value in row.items() if name not in {"words", "not"}}
    words = {language: made[language] for language in ("en", "ja")}
    return ThingEntry.model_validate({"key": key, "say": made["say"], "words": words, **told})


@cache
def thing_classes() -> Mapping[str, ThingClass]:
    """All classes by their keys. English words are widened by the nouns of kept sources."""
    more = load_json("class_words.json")
    return {
        key: ThingClass(
            key=key,
            say=row["say"],
            words={"en": (*row["words"]["en"], *more.get(key, ())), "ja": tuple(row["words"]["ja"])},
            like=row.get("like", ""),
        )
        for key, row in load_yaml("thing_classes.yaml").items()
    }
