"""What pictures are drawn after: sheets of everybody named, one picture of the place, and nothing over a scene cut.

python -m benchmarks.picture_references [--figures FILE] [--stories GLOB]

The stories of `evals` are told by the rules. Pictures are asked for over Google's wire, from the stub of the tests.
A reference leaks where it shows another panel's place and the storyboard has the two in two scenes and in two places.
What annotators say of places is told beside: there the storyboard itself may be wrong.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from benchmarks.figure import Figure, told
from drawing.raster.reference_picture import reference_jpeg
from editing.phase_results import artwork_of, result_of
from editing.work_blobs import blobs_of
from evals.addable_counts import Tally
from evals.measured_stories import Subject, subjects
from graph.build import STEPS, build_graph
from graph.events import ReviewRequested
from manga.brief import Brief, FeedbackMode
from manga.characters import Cast
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import PanelDraft, Storyboard
from offline.writer import OfflineWriter
from prompts.library import load_prompts
from providers.base import ImageModel, Picture, Sheet, SheetBrief
from providers.google.images import GoogleImages
from providers.model_wrappers import WrappedImages
from providers.process_pool import InlineOffload
from tests.gemini.server import Gemini, serve
from tests.graph.crew import Studio, studio

MODEL: Final = "gemini-nano-banana-2.1"


@dataclass(frozen=True, slots=True)
class Listened(WrappedImages):
    """Obeys the ImageModel port, and writes down what each panel was last asked for with."""

    inner: ImageModel
    after: dict[str, tuple[Sheet, ...]] = field(default_factory=dict)

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.after[brief.panel] = tuple(sheets)
        return await self.inner.draw(brief, sheets, simplified=simplified)

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        return await self.inner.draw_sheet(brief)


@dataclass(frozen=True, slots=True)
class References(Tally):
    """Of some panels. `sent` are pictures that calls carried, `meant` those that panels were to be drawn after."""

    panels: int = 0
    meant: int = 0
    sent: int = 0
    with_place: int = 0
    over_cuts: int = 0
    other_place: int = 0
    named: int = 0
    without: int = 0


async def measured(subject: Subject) -> References:
    """One story, drawn."""
    with serve() as gemini:
        gemini.draw(panels=False)
        images = GoogleImages(
            MODEL, SecretStr("a-key"), load_prompts(), InlineOffload(), timeout_s=60.0, base_url=gemini.url
        )
        listened = Listened(images)
        try:
            it = await _drawn(subject, listened)
            return await _counted(subject, it, listened, gemini)
        finally:
            await images.aclose()


async def _drawn(subject: Subject, images: ImageModel) -> Studio:
    """The work at the review of its pictures."""
    made = studio()
    services = replace(made.services, text=OfflineWriter(InlineOffload()), images=images)
    it = replace(made, services=services, graph=build_graph(services, made.saver, steps=STEPS))
    brief = Brief(text=subject.text, feedback_mode=FeedbackMode(enabled=True), settings=subject.settings)
    review = (await it.run(brief=brief))[-1]
    while isinstance(review, ReviewRequested) and review.phase is not Phase.ARTWORK:
        review = (await it.run(answer={"action": "approve"}, interrupt_id=review.interrupt_id))[-1]
    assert isinstance(review, ReviewRequested), review
    return it


async def _counted(subject: Subject, it: Studio, listened: Listened, gemini: Gemini) -> References:
    state: Any = await it.values()
    board, cast = result_of(state, Phase.STORYBOARD, Storyboard), result_of(state, Phase.CHARACTERS, Cast)
    panels = {panel.key: panel for panel in board.panels()}
    blobs = blobs_of(it.blobs, it.options.tenant, it.work)
    owners: dict[str, list[str]] = {}
    for key, art in artwork_of(state).items():
        if art.media_type.startswith("image/"):
            name = sha256(reference_jpeg(await blobs.get(art.blob))).hexdigest()
            owners.setdefault(name, []).append(key)
    annotated = _annotated_places(subject, result_of(state, Phase.PLOT, Plot), panels.values())
    found = References(sent=sum(len(call.pictures) for call in gemini.calls if call.prompt_id == "artwork"))
    for key, sheets in listened.after.items():
        shows = [owners.get(sha256(sheet.data).hexdigest(), []) for sheet in sheets if sheet.place]
        found += References(
            panels=1,
            meant=len(sheets),
            with_place=bool(shows),
            over_cuts=sum(all(_is_cut(panels[key], panels[other]) for other in ones) for ones in shows),
            other_place=sum(all(not annotated[key] & annotated[other] for other in ones) for ones in shows),
            named=len(names := _named(panels[key], cast)),
            without=len(names - {sheet.character for sheet in sheets}),
        )
    return found


def _is_cut(one: PanelDraft, other: PanelDraft) -> bool:
    places = [(p.direction.setting, p.direction.place, p.direction.seen_from) for p in (one, other)]
    return one.scene != other.scene and (places[0] != places[1] or not one.direction.place)


def _named(panel: PanelDraft, cast: Cast) -> set[str]:
    """Who is directed to be seen, or called by name in the panel's sentence, and has a sheet."""
    told = panel.direction.seen
    found = {figure.character for figure in panel.direction.figures}
    for name, key in sorted(((one.name, one.key) for one in cast.characters), key=lambda one: -len(one[0])):
        whole = f" {name} " if name.isascii() else name
        spaced = f" {''.join(c if c.isalnum() else ' ' for c in told)} " if name.isascii() else told
        if len(name) > 1 and whole in spaced:
            found.add(key)
            told = told.replace(name, " ")
    with_sheet = {one.key for one in cast.characters if one.reference_images}
    return found & with_sheet


def _annotated_places(subject: Subject, plot: Plot, panels: Iterable[PanelDraft]) -> dict[str, set[str]]:
    """Where the annotated story is in each panel; of one that has no beat of the text, everywhere."""
    gold = subject.reference
    everywhere = {scene.place for scene in gold.scenes} if gold else {""}
    spans = {beat.key: beat.span for beat in plot.beats()}
    found = {}
    for panel in panels:
        stretches = [spans[key] for key in panel.beats if key in spans]
        scenes = [scene for one in stretches for scene in (gold.scenes_of(one.start, one.end) if gold else ())]
        found[panel.key] = {scene.place for scene in scenes} or everywhere
    return found


def figures(found: References, stories: int) -> list[Figure]:
    """Of all stories together."""
    return [
        Figure("stories", stories, "", least=1),
        Figure("  panels", found.panels, "", least=1),
        Figure("  references that calls carry, of those meant", found.sent / max(1, found.meant), "", least=1, most=1),
        Figure("  panels drawn after a picture of their place", found.with_place / max(1, found.panels), "", least=0.4),
        Figure("  references over a scene cut", found.over_cuts, "", most=0),
        Figure("  named people", found.named, "", least=1),
        Figure("  named people without their sheet", found.without, "", most=0),
        Figure("  references of a place that annotators call another one", found.other_place, ""),
    ]


def main() -> int:
    """1 when a figure is out of bounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=Path, help="write the figures as JSON too")
    parser.add_argument("--stories", default="*", metavar="GLOB", help="ids of cases")
    asked = parser.parse_args()
    found, chosen = References(), [one for one in subjects(asked.stories) if one.reference is not None]
    for subject in chosen:
        one = asyncio.run(measured(subject))
        print(subject.id, one, flush=True)
        found += one
    return told(figures(found, len(chosen)), asked.figures)


if __name__ == "__main__":
    sys.exit(main())
