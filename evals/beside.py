"""Annotated stories that lie beside the project: a folder with `*.txt` and `gold/*.json`, never copied into it.

Their annotations are older than `evals.gold`: no scenes, free words for genre and age. What has no word of ours is left
out, and nothing is scored by it.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, get_args

from evals.gold_values import Event, Person, Quote, QuoteKind, Role
from evals.reference import Reference
from manga.brief import Language
from manga.characters import Age, Kind
from manga.story_source import Source

_ROLES: Final = frozenset(get_args(Role))
_KINDS: Final = frozenset(get_args(QuoteKind))
_AGES: Final[Mapping[str, Age]] = {
    "child": Age.CHILD,
    "boy": Age.CHILD,
    "girl": Age.CHILD,
    "adult": Age.ADULT,
    "elder": Age.ELDER,
    "old": Age.ELDER,
}


def stories_beside(folder: Path) -> tuple[str, ...]:
    """Names of the texts that have annotations."""
    found = (path.stem for path in (folder / "gold").glob("*.json"))
    return tuple(sorted(name for name in found if (folder / f"{name}.txt").is_file()))


def text_beside(folder: Path, name: str) -> str:
    return (folder / f"{name}.txt").read_text(encoding="utf-8")


def reference_beside(folder: Path, name: str, source: Source) -> Reference:
    """Raises ValueError when the annotations do not fit the text."""
    told = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    text = text_beside(folder, name)
    found = Reference(
        title=told["title"],
        language=Language(told["language"]),
        cast=tuple(_person(one) for one in told["characters"]),
        events=tuple(_event(one) for one in told["events"] if one["anchor"] in text),
        quotes=tuple(_quote(one, text) for one in told["quotes"] if one["kind"] in _KINDS),
    )
    return found.at_home(text, source)


def _person(told: Mapping[str, Any]) -> Person:
    gender = re.match(r"female|male", told["gender"] or "")
    age = re.match(r"[a-z]+", told["age_class"] or "")
    species = told["species"]
    return Person(
        key=told["id"],
        name=told["name"],
        aliases=tuple(alias for alias in told["aliases"] if alias),
        role=told["importance"] if told["importance"] in _ROLES else "minor",
        kind=Kind(species) if species in set(Kind) else Kind.HUMAN if species == "human" else Kind.BEAST,
        gender=gender[0] if gender else None,
        age=_AGES.get(age[0]) if age else None,
        group=bool(told["group"]),
    )


def _event(told: Mapping[str, Any]) -> Event:
    start = told["pos"]
    end = start + len(told["anchor"])
    return Event(key=told["id"], what=told["text"], anchor=told["anchor"], at=(start, end), weight=told["weight"])


def _quote(told: Mapping[str, Any], text: str) -> Quote:
    """These annotations count the quotation marks in, ours do not."""
    start = max(told["start"], text.find(told["text"], told["start"], told["end"]))
    return Quote(
        at=(start, min(told["end"], start + len(told["text"]))),
        kind=told["kind"],
        by=tuple(told["speakers"]),
        match=told.get("match", "all"),
        text=told["text"],
    )
