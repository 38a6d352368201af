"""Drafts of plots for tests: what a model would answer about a text."""

from collections.abc import Callable, Sequence
from typing import Any

from agents.plot.agent import make_plot
from agents.plot.locate_scenes import Reading
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.errors import NotFound
from manga.plot import Plot
from manga.plot_draft import BeatDraft, ChangedPlot, LineDraft, PlotDraft, SceneDraft
from manga.story_source import Source, find_headings
from manga.values import Span
from providers.base import AMPLE, Ask, Room
from tests.agents.test_characters import sheet
from tests.agents.test_concept import ANSWER as CONCEPT

CUTS = "code has cut"
"""Stands in the question about what was cut for want of room."""
CAST = Cast(characters=(sheet("c01", "ごん"), sheet("c02", "兵十")))


def source_of(text: str, language: Language = Language.JA) -> Source:
    return Source(language=language, text=text, headings=find_headings(text))


def reading_of(source: Source, span: Span | None = None, *, reordered: bool = False) -> Reading:
    return Reading(source, span or Span(start=0, end=len(source.text)), CAST, reordered)


def said(text: str, speaker: str | None = "c01", **more: Any) -> LineDraft:
    return LineDraft(text=text, speaker=speaker, **more)


def beat(evidence: str, *lines: LineDraft, **more: Any) -> BeatDraft:
    return BeatDraft(evidence=evidence, lines=lines, **more)


def scene(*beats: BeatDraft, **more: Any) -> SceneDraft:
    return SceneDraft(**{"place": "村", "setting": "village", "beats": beats, **more})


def draft(*beats: BeatDraft) -> PlotDraft:
    """One scene."""
    return PlotDraft(scenes=(scene(*beats),))


def drafted(text: str, size: int = 60, **more: Any) -> PlotDraft:
    """A draft that begins a beat with the first sentence after every `size` characters, three beats a scene."""
    starts, at = [0], size
    while (end := text.find("。", at)) >= 0 and end + 1 < len(text):
        starts.append(end + 1)
        at = end + 1 + size
    words = [text[start : start + 40].strip() for start in starts]
    beats = [beat(one, **more) for one in words if one]
    return PlotDraft(scenes=tuple(scene(*beats[n : n + 3]) for n in range(0, len(beats), 3)))


class DraftModel:
    """A chat model; `answer_to` gives the draft of the text that it is asked about. What code has cut it finds well
    chosen, unless it `looks`."""

    name = "draft/1"

    def __init__(self, answer_to: Callable[[Ask[Any]], Any], *, looks: bool = False) -> None:
        self.answer_to = answer_to
        self.looks = looks
        self.asks: list[Ask[Any]] = []

    def answers(self, prompt_id: str) -> bool:
        return True

    def room(self, prompt_id: str) -> Room | None:
        return AMPLE

    async def answer(self, ask: Ask[Any]) -> Any:
        if not self.looks and ask.output_type is ChangedPlot and CUTS in ask.revision.instructions[0]:
            return ChangedPlot()
        self.asks.append(ask)
        return self.answer_to(ask)

    @property
    def prompts(self) -> Sequence[str]:
        return [ask.prompt_id for ask in self.asks]


SHORT = "　ごんは川へ行きました。\n「やあ」とごんが言いました。\n　兵十は帰りました。\n"
CHAPTER = "".join(f"　{n}日めに、ごんは川へ行って、兵十のことを考えました。\n" for n in range(190))
LONG = "\n\n".join(f"第{n}章\n\n{CHAPTER}" for n in "一二三")
SHORT_DRAFT = draft(beat("ごんは川へ"), beat("「やあ」と", said("やあ")), beat("兵十は帰り"))


class Shelf:
    """Objects by name, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def get(self, name: str) -> bytes:
        if name not in self.kept:
            raise NotFound(name)
        return self.kept[name]

    async def put(self, name: str, data: bytes, *, content_type: str = "") -> object:
        self.kept[name] = data
        return name


def by_rule(ask: Ask[Any]) -> PlotDraft:
    return drafted(ask.inputs["story"])


async def made(model: DraftModel, story: str = SHORT, settings: Settings | None = None, **more: Any) -> Plot:
    return await make_plot(story=story, concept=CONCEPT, cast=CAST, settings=settings or Settings(), text=model, **more)
