"""What a sentence about one line, one thing or one scene costs, in tokens of the whole book, and what it touches.

python -m benchmarks.wish_cost [--figures FILE] [STORY]

The book and every wish go over Google's wire to the stub of the tests. Questions are counted whole, with their schemas,
and answers as they come; the stub answers as the rules would, so a real model's answers are longer on both sides.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from benchmarks.figure import Figure, told
from editing.phase_results import result_of
from graph.build import STEPS, build_graph
from graph.events import ReviewRequested
from manga.brief import Brief, FeedbackMode, Settings
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import PanelDraft, Storyboard
from prompts.library import load_prompts
from providers.google.text import GoogleText
from tests.gemini.calls import Call
from tests.gemini.server import Gemini, serve
from tests.graph.crew import CREW, Studio, studio

STORY: Final = Path(__file__).parent.parent / "evals" / "stories" / "ja_tokei.txt"
MOST: Final = 0.15
"""Of the book's tokens."""
LETTERS_A_TOKEN: Final = 4
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SmallWish:
    """A sentence, and the plan that a model would make of it: phase and keys of each item. `answers` by prompt stand
    for a model that understands the wish; the stub answers other questions as the rules do."""

    name: str
    said: str
    items: tuple[tuple[Phase, str, tuple[str, ...]], ...]
    answers: Json

    @property
    def plan(self) -> Json:
        return {
            "items": [{"phase": phase.value, "instruction": said, "scope": keys} for phase, said, keys in self.items]
        }


@dataclass(frozen=True, slots=True)
class Cost:
    """`tokens` of the wish and of the `book`; panels that changed (`touched`), those of them outside the wish's scope
    (`outside`), and whether every item of the plan changed something in its scope (`done`)."""

    name: str
    tokens: int
    book: int
    touched: int
    outside: int
    done: bool

    @property
    def share(self) -> float:
        return self.tokens / self.book


def tokens_of(calls: Iterable[Call]) -> int:
    """Questions with their schemas, and answers."""
    return sum(
        call.usage.get("totalTokenCount", 0)
        + len(json.dumps(call.schema, ensure_ascii=False, separators=(",", ":"))) // LETTERS_A_TOKEN
        for call in calls
    )


@dataclass
class Author:
    """A book at the review of its letters, and the person who wishes for something."""

    it: Studio
    gemini: Gemini
    review: ReviewRequested
    book: int = 0
    _counted: int = 0

    def counted(self) -> int:
        """Tokens since the last time."""
        calls = self.gemini.calls[self._counted :]
        self._counted = len(self.gemini.calls)
        return tokens_of(calls)

    async def answered(self, **answer: Any) -> None:
        events = await self.it.run(answer=answer, interrupt_id=self.review.interrupt_id)
        if not isinstance(events[-1], ReviewRequested):
            raise AssertionError(f"no review, but {events[-1]}")
        self.review = events[-1]

    async def to_letters(self) -> None:
        while self.review.phase is not Phase.LETTERING or self.review.data.get("question"):
            await self.answered(action="approve")

    async def shown(self) -> tuple[Json, Plot, Storyboard]:
        """What stands in every panel, by key, and where from."""
        state: Any = await self.it.values()
        board = result_of(state, Phase.STORYBOARD, Storyboard)
        art = {key: one["digest"] for key, one in (state.get("artwork") or {}).items()}
        words = {
            balloon["key"]: balloon["text"] for page in state["lettering"]["pages"] for balloon in page["balloons"]
        }
        panels = {panel.key: self._panel(panel, art, words) for panel in board.panels()}
        return panels, result_of(state, Phase.PLOT, Plot), board

    @staticmethod
    def _panel(panel: PanelDraft, art: Json, words: Json) -> object:
        own = {part.key for part in panel.dialogue.parts}
        told = {key: text["source"] for key, text in words.items() if key in own}
        return panel.to_json(), art.get(panel.key), told

    async def carried_out(self, wish: SmallWish) -> Cost:
        self.gemini.desk.answering.own.clear()
        for prompt, answer in {"feedback": wish.plan, **wish.answers}.items():
            self.gemini.answer(prompt, answer)
        before, _, old = await self.shown()
        await self.answered(action="feedback", text=wish.said)
        await self.to_letters()
        after, plot, board = await self.shown()
        tokens = self.counted()
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        names = {panel.key: names_of(panel, plot) for panel in (*old.panels(), *board.panels())}
        scopes = [set(keys) for _, _, keys in wish.items]
        inside = {key for key in changed if any(names[key] & keys for keys in scopes)}
        done = all(any(names[key] & keys for key in changed) for keys in scopes)
        return Cost(wish.name, tokens, self.book, len(changed), len(changed - inside), done)


def names_of(panel: PanelDraft, plot: Plot) -> set[str]:
    """The keys by which a wish may mean this panel."""
    scenes = {scene.key for scene in plot.scenes if {beat.key for beat in scene.beats} & set(panel.beats)}
    return {panel.scene, *panel.beats, *panel.names()} | scenes


@asynccontextmanager
async def author(story: str) -> AsyncIterator[Author]:
    """A book that is told and drawn, its last review open."""
    with serve() as gemini:
        text = GoogleText("gemini-3.8-flash", SecretStr("a-key"), load_prompts(), timeout_s=60.0, base_url=gemini.url)
        made = studio()
        services = replace(made.services, text=text)
        steps = {**STEPS, Phase.FINISHING: CREW[Phase.FINISHING]}
        it = replace(made, services=services, graph=build_graph(services, made.saver, steps=steps))
        brief = Brief(text=story, feedback_mode=FeedbackMode(enabled=True), settings=Settings(seed=5))
        first = (await it.run(brief=brief))[-1]
        assert isinstance(first, ReviewRequested), first
        person = Author(it, gemini, first)
        await person.to_letters()
        person.book = person.counted()
        try:
            yield person
        finally:
            await text.aclose()


Make = Callable[[Plot, Storyboard], SmallWish]


def a_line(plot: Plot, board: Storyboard) -> SmallWish:
    part = next(part for panel in board.panels() for part in panel.dialogue.parts if len(part.text) > 8)
    shorter = {"changes": [{"key": part.key, "text": part.text[:6]}]}
    said = "この文字をもっと短く"
    return SmallWish("one line", said, ((Phase.LETTERING, said, (part.key,)),), {"lettering": shorter})


def a_thing(plot: Plot, board: Storyboard) -> SmallWish:
    panel = board.pages[1].panels[0]
    said = "ここに鉢を置いて"
    patch = {"props": [*panel.direction.props, "flowerpot"][-6:], "seen": f"{panel.direction.seen[:300]} A pot."}
    answer = {"changes": [{"panel": panel.key, "direction": patch}]}
    return SmallWish("one thing in one picture", said, ((Phase.ARTWORK, said, (panel.key,)),), {"redrawing": answer})


def a_panel(plot: Plot, board: Storyboard) -> SmallWish:
    panel = board.pages[-1].panels[1]
    said = "このコマは上から見て"
    answer = {
        "changes": [{"panel": panel.key, "direction": {"angle": "bird" if panel.direction.angle != "bird" else "low"}}]
    }
    items = ((Phase.STORYBOARD, said, (panel.key,)),)
    return SmallWish("one panel of the storyboard", said, items, {"storyboard_revision": answer})


def a_scene(plot: Plot, board: Storyboard) -> SmallWish:
    scene = plot.scenes[1]
    said = "この場面は夜にして"
    answer = {"scenes": [{"key": scene.key, "time_of_day": "night" if scene.time_of_day != "night" else "evening"}]}
    return SmallWish("one scene of the plot", said, ((Phase.PLOT, said, (scene.key,)),), {"plot_revision": answer})


def two_wishes(plot: Plot, board: Storyboard) -> SmallWish:
    """Both parts of one sentence, each about its own pictures."""
    page, last = board.pages[1], board.panels()[-1]
    keys = tuple(panel.key for panel in page.panels)

    def answer(inputs: Json) -> Json:
        patch = {"effects": ["flash"]} if [last.key] in inputs["scopes"] else {"effects": ["gloom"]}
        return {"changes": [{"panel": one["key"], "direction": patch} for one in inputs["panels"]]}

    items = ((Phase.ARTWORK, "2ページを暗く", keys), (Phase.ARTWORK, "最後のコマで驚かせて", (last.key,)))
    return SmallWish("two wishes in one sentence", "2ページを暗く、最後のコマで驚かせて", items, {"redrawing": answer})


WISHES: tuple[Make, ...] = (a_scene, a_line, a_thing, a_panel, two_wishes)


async def costs(story: str, wishes: Sequence[Make] = WISHES) -> list[Cost]:
    """Each wish on the book as the wishes before it have left it."""
    async with author(story) as person:
        found = []
        for make in wishes:
            _, plot, board = await person.shown()
            found.append(await person.carried_out(make(plot, board)))
        return found


def figures(found: Sequence[Cost]) -> list[Figure]:
    shares = [Figure(f"{one.name}: tokens, of the book's", 100 * one.share, "%", most=100 * MOST) for one in found]
    return [
        Figure("tokens of the book", found[0].book if found else 0, ""),
        *shares,
        Figure("panels changed outside a wish's scope", sum(one.outside for one in found), "", most=0),
        Figure("wishes with a part that changed nothing", sum(not one.done for one in found), "", most=0),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wish_cost")
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    parser.add_argument("story", type=Path, nargs="?", default=STORY)
    chosen = parser.parse_args(arguments)
    found = asyncio.run(costs(chosen.story.read_text(encoding="utf-8")))
    return told(figures(found), chosen.figures)


if __name__ == "__main__":
    sys.exit(main())
