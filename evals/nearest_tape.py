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
SAME: Final = 0.6
"""Of what two questions tell, by letters, the share that both tell: the least of two about one story, and the least of
two about one piece of it."""
AS_TAPED: Final = Settings(fidelity="adapted")
_ASIDE: Final = frozenset({"prompt_id", "faults", "previous"})
_NEED_NOT_BE: Final = ("thing_shapes", "plot_revision")
"""Questions that change nothing of a story where no tape has been asked them of it."""


@dataclass(frozen=True, slots=True)
class TapedQuestion:
    """What one tape was asked with, as a count of letters by leaf, and what was answered."""

    leaves: Counter[str]
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
        return not near or near[0][0] >= SAME

    async def answer(self, ask: Ask[Answer]) -> Answer:
        """Raises NotRecorded where no tape was asked nearly the same."""
        near = [tape for _, tape in self._near(ask)]
        if not near and ask.prompt_id not in _NEED_NOT_BE:
            raise NotRecorded(f"no tape was asked for {ask.prompt_id} of this story")
        inputs, told = self._inputs(ask), without_refusals(near[0].answer) if near else {}
        if ask.prompt_id == "plot_revision" and not self.holds(ask):
            told = {}
        elif ask.prompt_id == "storyboard_pages":
            told = _pages(inputs["pages"], near)
        elif ask.prompt_id == "thing_shapes":
            told = _shapes(inputs["things"], near)
        return ask.output_type.of(told)

    def _near(self, ask: Ask[Any]) -> list[tuple[float, TapedQuestion]]:
        """Tapes about the same story with the likeness of their questions, the nearest first."""
        asked = _leaves_of(self._inputs(ask))
        found = ((likeness(asked, one.leaves), one) for one in _tapes(self.folder).get(ask.prompt_id, ()))
        return sorted((one for one in found if one[0] >= LIKE), key=lambda one: -one[0])

    def _inputs(self, ask: Ask[Any]) -> Json:
        return next((inputs for _, inputs, _ in told_in(worded(ask, self.prompts), {})), {})


def _pages(wanted: list[Json], near: Iterable[TapedQuestion]) -> Json:
    """The pages that are asked for, of panels that a tape has for their beats: today's pages may be cut otherwise."""
    panels: dict[str, list[Json]] = {}
    for tape in near:
        own: dict[str, list[Json]] = {}
        for panel in (panel for page in tape.answer["pages"] for panel in page["panels"]):
            own.setdefault(panel["beats"][0], []).append(panel)
        panels = {**own, **panels}
    return {"pages": [_page(page, panels) for page in wanted]}


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
        found.setdefault(prompt_id, []).append(TapedQuestion(_leaves_of(inputs), inputs, answer))
    return {prompt_id: tuple(own) for prompt_id, own in found.items()}


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """From 0 to 1: letters that both tell, of the letters that either tells."""
    either = (one | other).total()
    return (one & other).total() / either if either else 0.0


def _leaves_of(inputs: Json) -> Counter[str]:
    return Counter({leaf: len(leaf) for name, told in inputs.items() if name not in _ASIDE for leaf in _leaves(told)})


def _leaves(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        for inner in told.values():
            yield from _leaves(inner)
    elif isinstance(told, list | tuple):
        for inner in told:
            yield from _leaves(inner)
    elif told not in ("", None):
        yield str(told)
