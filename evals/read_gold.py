"""Reads the gold of stories: what a careful reader finds in them, as values that are checked against the text.

`load("ja_name")` reads `stories/ja_name.txt` and `stories/gold/ja_name.yaml`. All offsets are code points of
`Story.body`: the text below the title, with ruby mark-up read. Raises `GoldWrong` when words do
not stand where it says, or marks and keys belong to nobody.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from evals.gold_values import SPOKEN, Event, Gold, Person, Quote, Scene
from manga.read_yaml import read_yaml

OPENING: Final = "「『“‘"
CLOSING: Final = "」』”"
DASH: Final = "—"
__all__ = [
    "CLOSING", "DASH", "OPENING", "SPOKEN", "Event", "Gold", "GoldWrong", "Person", "Quote", "Scene", "Story",
    "gold_path", "load", "names", "parted", "problems", "schema", "schema_text",
]  # fmt: skip
STORIES: Final = Path(__file__).parent / "stories"
RUBY: Final = re.compile(r"｜([^｜《》\n]+)《[^《》\n]+》|([々一-鿿]+)《[^《》\n]+》")


def problems(title: str, body: str, gold: Gold) -> list[str]:
    """Empty when anchors, marks, keys and names all fit the text."""
    checks = (
        misplaced(body, gold), unordered(gold), strangers(gold), unlisted(gold), contradictions(gold),
        unseen(body, gold), open_marks(body, gold),
    )  # fmt: skip
    wrong_title = [] if title == gold.title else [f"the title is {title!r}, not {gold.title!r}"]
    return wrong_title + [problem for check in checks for problem in check]


def places(gold: Gold) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every stretch of the text that gold names, as words and offsets."""
    yield from ((scene.anchor, scene.at) for scene in gold.scenes)
    yield from ((event.anchor, event.at) for event in gold.events)
    yield from ((quote.text, quote.at) for quote in (*gold.quotes, *gold.unmarked))
    yield from ((thing.anchor, thing.at) for thing in gold.things)
    yield from ((held.anchor, held.at) for held in gold.held)
    yield from ((never.anchor, never.at) for never in gold.never)
    yield from ((one.until, one.until_at) for one in gold.held if one.until is not None and one.until_at is not None)


def misplaced(body: str, gold: Gold) -> Iterator[str]:
    """Words that do not stand where their offsets say."""
    if body[: gold.scenes[0].at[0]].strip():
        yield "the first scene does not begin with the story"
    for words, (start, end) in places(gold):
        if body[start:end] != words:
            yield f"{words[:30]!r} is not at {start}..{end}, there is {body[start:end][:30]!r}"


def unordered(gold: Gold) -> Iterator[str]:
    """Lists that do not follow the text; quotes that overlap."""
    for label, found in (("scenes", gold.scenes), ("events", gold.events)):
        starts = [one.at[0] for one in found]
        if starts != sorted(set(starts)):
            yield f"the {label} are not in the order of the text"
    if [event.key for event in gold.events] != [f"e{n}" for n in range(1, len(gold.events) + 1)]:
        yield "events are not numbered from e1"
    for before, after in pairwise((*gold.quotes,)):
        if before.at[1] > after.at[0]:
            yield f"the quote {after.text[:30]!r} begins before the last one ends"


def strangers(gold: Gold) -> Iterator[str]:
    """Keys that nobody of the cast has; speakers where none can be, and none where one must."""
    keys = [person.key for person in gold.cast]
    if len(set(keys)) < len(keys):
        yield "two of the cast have one key"
    if not any(person.role == "main" for person in gold.cast):
        yield "nobody is main"
    for key in named(gold):
        if key not in keys:
            yield f"{key!r} is not in the cast"
    for quote in (*gold.quotes, *gold.unmarked):
        if bool(quote.by) != (quote.kind in SPOKEN):
            yield f"{quote.text[:30]!r} is {quote.kind} by {list(quote.by)}"
        if quote.match == "any" and len(quote.by) < 2:
            yield f"{quote.text[:30]!r} leaves nothing open"


def unlisted(gold: Gold) -> Iterator[str]:
    """Things that are used and not listed, or listed twice."""
    things = [thing.key for thing in gold.things]
    if len(set(things)) < len(things):
        yield "two things have one key"
    used = (*(key for event in gold.events for key in event.things), *(one.thing for one in gold.held))
    yield from (f"{key!r} is not among the things" for key in used if key not in things)


def contradictions(gold: Gold) -> Iterator[str]:
    """Doers and patients who are not seen in their event, those only heard who are not there, stretches without end."""
    for event in gold.events:
        yield from (f"{key!r} is not seen in {event.key}" for key in {*event.doer, *event.patient} - {*event.who})
    for scene in gold.scenes:
        yield from (f"{key!r} is heard at {scene.at[0]} and not there" for key in {*scene.heard} - {*scene.who})
    for one in gold.held:
        if (one.until is None) != (one.until_at is None) or (one.until_at is not None and one.until_at < one.at):
            yield f"nobody knows until when {one.who} holds {one.thing}"
    for never in gold.never:
        if not (never.nouns or never.person or never.sound):
            yield f"{never.anchor[:30]!r} names nothing that must not be seen or heard"


def named(gold: Gold) -> Iterator[str]:
    """Every key that is used anywhere."""
    for scene in gold.scenes:
        yield from (*scene.who, *scene.heard, *((scene.teller,) if scene.teller else ()))
    for event in gold.events:
        yield from (*event.who, *event.doer, *event.patient)
    yield from (one.who for one in gold.held)
    yield from (one.person for one in gold.never if one.person)
    for quote in (*gold.quotes, *gold.unmarked):
        yield from quote.by


def unseen(body: str, gold: Gold) -> Iterator[str]:
    """Names and looks that the story does not use."""
    for person in gold.cast:
        yield from (f"{words!r} of {person.key} is not in the text" for words in absent(body, person.aliases))
        yield from (f"{words!r} of {person.key} is not in the text" for words in absent(body, person.looks))
        if not person.aliases and person.name not in body:
            yield f"nothing in the text names {person.key}"
    for thing in gold.things:
        yield from (
            f"{words!r} of {thing.key} is not in the text" for words in absent(body, (thing.name, *thing.words))
        )


def absent(body: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in body]


def open_marks(body: str, gold: Gold) -> Iterator[str]:
    """Quotation marks that belong to no quote, and quotes that no mark opens."""
    starts, ends = ({quote.at[side] for quote in gold.quotes} for side in (0, 1))
    inside = {i for quote in gold.quotes for i in range(*quote.at)}
    for i, letter in enumerate(body):
        if i not in inside and stray(body, i, letter, starts, ends):
            yield f"no quote has the mark at {i}: {body[max(0, i - 10) : i + 20]!r}"
    for quote in gold.quotes:
        if not opened(body, quote):
            yield f"no mark opens {quote.text[:30]!r}"


def stray(body: str, i: int, letter: str, starts: set[int], ends: set[int]) -> bool:
    """Whether a quotation mark outside all quotes is neither the first nor the last of one."""
    if letter in OPENING:
        return i + 1 not in starts
    if letter in CLOSING:
        return i not in ends
    if letter == "’":
        return i not in ends and not (i and body[i - 1].isalpha())
    if letter == '"':
        return i + 1 not in starts and i not in ends
    at_line = i == 0 or body[i - 1] == "\n"
    return at_line and letter == DASH and not {i + 1, i + 2} & starts


def opened(body: str, quote: Quote) -> bool:
    """A mark stands before it, or its line is one that a dash opens."""
    start = quote.at[0]
    line = body[body.rfind("\n", 0, start) + 1 : start]
    return body[start - 1 : start] in (*OPENING, '"', "（") or line.startswith(DASH)


class GoldWrong(ValueError):
    """The annotations do not fit their story. Says every place."""


@dataclass(frozen=True, slots=True)
class Story:
    """`raw` is what an author would send, title and ruby mark-up in it; `body` is what the gold counts in."""

    name: str
    raw: str
    body: str
    gold: Gold

    def scene_at(self, position: int) -> Scene:
        """The scene that holds a code point of the body."""
        scenes = self.gold.scenes
        return next((scene for scene in reversed(scenes) if scene.at[0] <= position), scenes[0])


def names(root: Path = STORIES) -> tuple[str, ...]:
    """All stories that have gold, in alphabetical order."""
    return tuple(sorted(path.stem for path in (root / "gold").glob("*.yaml")))


def load(name: str, root: Path = STORIES) -> Story:
    """One story with its gold, checked. Raises GoldWrong; FileNotFoundError for a name that is not there."""
    raw = (root / f"{name}.txt").read_text(encoding="utf-8")
    gold = Gold.of(read_yaml(gold_path(name, root).read_text(encoding="utf-8")))
    title, body = parted(raw)
    found = problems(title, body, gold)
    if found:
        raise GoldWrong(f"{name}: " + "; ".join(found))
    return Story(name, raw, body, gold)


def gold_path(name: str, root: Path = STORIES) -> Path:
    return root / "gold" / f"{name}.yaml"


def parted(raw: str) -> tuple[str, str]:
    """Title and body of a story's file: one line, an empty line, the story. Ruby readings are left out."""
    title, _, body = raw.partition("\n\n")
    return title, RUBY.sub(lambda m: m.group(1) or m.group(2), body).rstrip("\n")


def schema() -> Mapping[str, Any]:
    """The JSON schema of a gold file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Gold.model_json_schema()}


def schema_text() -> str:
    """What stands in `stories/gold/schema.json`."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
