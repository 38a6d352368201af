"""A text model that answers with the tape whose question is most like the one that it is asked.

Words of a prompt and lists of a register change every week, and an exact tape then answers nothing. What a model once
said of the same story can still be told and drawn by today's code: such a book judges the artist, not the prompts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from evals.losses import without_refusals
from evals.model_recorder import NotRecorded, Prompts
from evals.taped_questions import Json, taped, told_in
from manga.brief import Settings
from providers.base import Answer, Ask, Room
from providers.question_text import worded

LIKE: Final = 0.1
SAME: Final = 0.7
"""Of what a question tells, by letters, the share that a tape was told, too: the least about one story, and the least
about one piece of it."""
AS_TAPED: Final = Settings(fidelity="adapted")
_TELLS: Final = 8
"""Letters of a line: shorter ones are keys, numbers and words that all stories share."""
_ASIDE: Final = frozenset({"prompt_id", "faults", "previous"})
_PAGES, _SHAPES, _CUTS = "storyboard_pages", "thing_shapes", "plot_revision"
_GATHERED: Final = frozenset({_PAGES, _SHAPES})
"""Questions whose answers are gathered from every tape of the story, in whatever pieces these were asked for."""


@dataclass(frozen=True, slots=True)
class TapedQuestion:
    """What one tape was asked with, as a count of letters by line, and what was answered."""

    lines: Counter[str]
    inputs: Json
    answer: Json


@dataclass(frozen=True, slots=True)
class NearestTape:
    """A TextModel of kept answers."""

    folder: Path
    prompts: Prompts
    name: str = "tapes/1"

    def answers(self, prompt_id: str) -> bool:
        return True

    def room(self, prompt_id: str) -> Room | None:
        return self

    def holds(self, ask: Ask[Any]) -> bool:
        """A story is asked for in pieces where the tape was."""
        near = self._near(ask)
        return ask.prompt_id in _GATHERED or not near or near[0][0] >= SAME

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Raises NotRecorded where no tape was asked nearly the same."""
        if ask.prompt_id == _CUTS:  # what comes back then is on no page of a tape
            return ask.output_type()
        near, inputs = [tape for _, tape in self._near(ask)], self._inputs(ask)
        if ask.prompt_id == _SHAPES:  # a story is told without them, too
            return ask.output_type.of(_shapes(inputs["things"], near))
        if not near:
            raise NotRecorded(f"no tape was asked for {ask.prompt_id} of this story")
        if ask.prompt_id == _PAGES:
            return ask.output_type.of(_pages(inputs["pages"], near))
        if ask.prompt_id == "characters":
            near.sort(key=lambda tape: -_casts(self.folder)[_named(tape.answer)])
        return ask.output_type.of(without_refusals(near[0].answer))

    def _near(self, ask: Ask[Any]) -> list[tuple[float, TapedQuestion]]:
        """Tapes about the same story with the likeness of their questions, the nearest first."""
        asked = _lines_of(self._inputs(ask))
        found = ((likeness(asked, one.lines), one) for one in _tapes(self.folder).get(ask.prompt_id, ()))
        return sorted((one for one in found if one[0] >= LIKE), key=lambda one: -one[0])

    def _inputs(self, ask: Ask[Any]) -> Json:
        return next((inputs for _, inputs, _ in told_in(worded(ask, self.prompts), {})), {})


def _pages(wanted: list[Json], near: Iterable[TapedQuestion]) -> Json:
    """The pages that are asked for, of panels that a tape has for their beats: today's pages may be cut otherwise.
    Raises NotRecorded where they are of moments that tapes have left out."""
    panels: dict[str, list[Json]] = {}
    for tape in near:
        own: dict[str, list[Json]] = {}
        for panel in (panel for page in tape.answer["pages"] for panel in page["panels"]):
            own.setdefault(panel["beats"][0], []).append(panel)
        panels = {**own, **panels}
    pages = [_page(page, panels) for page in wanted]
    if not all(page["panels"] for page in pages):
        raise NotRecorded("no tape has a panel of one of these pages")
    return {"pages": pages}


def _page(wanted: Json, panels: Mapping[str, list[Json]]) -> Json:
    own = [panel for beat in wanted["beats"] for panel in panels.get(beat, ())]
    kept = [
        {
            **panel,
            "beats": [beat for beat in panel["beats"] if beat in wanted["beats"]],
            "dialogue": {
                "parts": [one for one in panel.get("dialogue", {}).get("parts", ()) if one["line"] in wanted["lines"]]
            },
        }
        for panel in own
    ]
    return {"key": f"g{wanted['number']:03d}", "number": wanted["number"], "panels": kept}


def _shapes(wanted: list[Json], near: Iterable[TapedQuestion]) -> Json:
    """The shapes of things, which tapes number otherwise, by their words; what no tape has is not answered."""
    shapes: dict[str, Json] = {}
    for tape in near:
        drawn = {one["key"]: one for one in tape.answer["things"]}
        for thing in tape.inputs["things"]:
            if thing["key"] in drawn:
                shapes.setdefault(thing["word"], drawn[thing["key"]])
    return {"things": [{**shapes[one["word"]], "key": one["key"]} for one in wanted if one["word"] in shapes]}


@cache
def _tapes(folder: Path) -> dict[str, tuple[TapedQuestion, ...]]:
    """By prompt."""
    found: dict[str, list[TapedQuestion]] = {}
    for prompt_id, inputs, answer in taped(folder):
        found.setdefault(prompt_id, []).append(TapedQuestion(_lines_of(inputs), inputs, answer))
    return {prompt_id: tuple(own) for prompt_id, own in found.items()}


@cache
def _casts(folder: Path) -> Counter[tuple[str, ...]]:
    """How many tapes were told of each cast: answers of several runs lie on tape, and one key is not one person in
    all of them."""
    every = (tape.inputs for own in _tapes(folder).values() for tape in own)
    return Counter(_named(inputs["cast"]) for inputs in every if "cast" in inputs)


def _named(cast: Any) -> tuple[str, ...]:
    people = cast["characters"] if isinstance(cast, dict) else cast
    return tuple(f"{one['key']} {one['name']}" for one in people)


def likeness(asked: Counter[str], taped: Counter[str]) -> float:
    """From 0 to 1: the share of what is asked, by letters, that a tape was told, too."""
    return (asked & taped).total() / asked.total() if asked else 0.0


def _lines_of(inputs: Json) -> Counter[str]:
    return Counter({line: len(line) for name, told in inputs.items() if name not in _ASIDE for line in _lines(told)})


def _lines(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        for inner in told.values():
            yield from _lines(inner)
    elif isinstance(told, list | tuple):
        for inner in told:
            yield from _lines(inner)
    else:
        yield from (line for line in str(told).split("\n") if len(line) >= _TELLS)
