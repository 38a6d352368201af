"""Draws pictures of a phase's result at a quality level: state in, pictures in the work's blobs out.

They are made in the phase node where a person will be asked, else by whoever wants them. What was drawn before from the
same is found, so an edit of one page costs one picture. No result depends on them: what cannot be drawn is left out.
"""

import asyncio
import logging
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from agents.finishing import facts_of
from agents.result_cache import name_of, remembered
from drawing.layout.spreads import other_half
from drawing.lettering.fonts import standard_folders
from drawing.pages.preview_early_phases import shown_cast, shown_concept, shown_plot, shown_sheets
from drawing.pages.preview_pictures import PreviewPicture, shown_file, shown_page
from drawing.pages.preview_storyboard import NameFacts, shown_name
from drawing.pages.rough_picture import drawn_panel
from drawing.pages.scene_graph import body_page, body_pages
from editing.phase_results import artwork_of, result_of, settings_of
from editing.preview_quality import page_px, within
from editing.state_as_json import Json, WorkState
from editing.work_blobs import WorkBlobs
from manga.artwork import PanelArt
from manga.book import Book, PageGraph
from manga.brief import Language
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import MangaError, NotFound
from manga.lettering import Lettering, PageLettering
from manga.panel_brief import PanelBrief
from manga.paper import PAPERS
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard, StoryPage
from manga.values import Value
from providers.base import Offload

log = logging.getLogger("mangaka.previews")

PNG: Literal["image/png"] = "image/png"


class PreviewImage(Value):
    """One picture: of a page by its number (0 is the title page), or a sheet of the whole phase (no page).

    `blob` names it among the work's objects; a page's picture is the trimmed page, so `bounds` of elements (mm) lie on
    it at `width` pixels for the paper's width.
    """

    page: int | None = Field(default=None, ge=0)
    blob: str
    media_type: Literal["image/png"] = PNG
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    level: int = Field(ge=1, le=5)


class _Kept(Value):
    """A picture on the shelf, under what it was drawn from."""

    blob: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Order:
    """A picture to be drawn: `draw(*values, folders, width_px)`, the objects of `names` after the values where there
    are names. `reads` is all of it as JSON."""

    page: int | None
    draw: Callable[..., PreviewPicture]
    reads: Json
    values: tuple[Any, ...] = ()
    names: tuple[str, ...] | None = None
    wide: int = 1
    """In pages."""
    language: Language | None = None
    """Of what is said on it, where anything is."""
    whole: bool = True
    """Whether all the names must be there; else the picture does without."""


async def render_preview(
    state: WorkState,
    phase: Phase,
    level: int,
    blobs: WorkBlobs,
    offload: Offload,
    language: Language | None = None,
    pages: Container[int | None] | None = None,
) -> tuple[PreviewImage, ...]:
    """The phase's pictures in the order of pages, or of these `pages` alone; what is said beside them in a language,
    the book's where none is named. Raises errors of storage, nothing else."""
    level = within(level)
    spoken = language or Language((state.get("concept") or {}).get("language", Language.EN))
    orders = list(_ORDERS[phase](state, spoken)) if state.get(phase.value) else []
    orders = [order for order in orders if pages is None or order.page in pages]
    # All are waited for, so that nothing goes on behind a phase that failed.
    done = await asyncio.gather(*(_carried_out(o, level, blobs, offload) for o in orders), return_exceptions=True)
    return tuple(_drawn(done, phase))


def _drawn(done: Iterable[PreviewImage | BaseException], phase: Phase) -> Iterator[PreviewImage]:
    for image in done:
        if isinstance(image, PreviewImage):
            yield image
        elif isinstance(image, Exception) and not isinstance(image, MangaError):
            log.warning("a picture of the %s's preview is left out: %r", phase.value, image)
        else:
            raise image


async def _carried_out(order: _Order, level: int, blobs: WorkBlobs, offload: Offload) -> PreviewImage:
    width = page_px(level) * order.wide

    async def drawn() -> _Kept:
        values = order.values
        if order.names is not None:
            found = await asyncio.gather(*(_object(blobs, name, order.whole) for name in order.names))
            there = {name: data for name, data in zip(order.names, found, strict=True) if data is not None}
            values = (*values, there)
        spoken = () if order.language is None else (order.language,)
        made = await offload.run(order.draw, *values, standard_folders(), width, *spoken)
        return _Kept(blob=await blobs.keep(made.png, content_type=PNG), width=made.width, height=made.height)

    reads = order.reads if order.language is None else {"said": order.reads, "language": order.language.value}
    name = name_of("previews", {"draw": order.draw.__name__, "reads": reads, "width": width})
    kept = await remembered(blobs, name, _Kept, drawn)
    return PreviewImage(page=order.page, blob=kept.blob, width=kept.width, height=kept.height, level=level)


async def _object(blobs: WorkBlobs, name: str, must: bool) -> bytes | None:
    try:
        return await blobs.get(name)
    except NotFound:
        if must:
            raise
        return None


def _concept(state: WorkState, language: Language) -> Iterator[_Order]:
    concept = result_of(state, Phase.CONCEPT, Concept)
    yield _Order(None, shown_concept, concept.to_json(), (concept,), wide=2, language=language)


def _characters(state: WorkState, language: Language) -> Iterator[_Order]:
    """With the character sheets that there are."""
    cast = result_of(state, Phase.CHARACTERS, Cast)
    shapes = (shape for person in cast.characters for shape in person.shapes)
    sheets = tuple(sorted({name for shape in shapes for name in shape.reference_images}))
    if sheets:
        yield _Order(None, shown_sheets, cast.to_json(), (cast,), sheets, wide=2, language=language, whole=False)
    else:
        yield _Order(None, shown_cast, cast.to_json(), (cast,), wide=2, language=language)


def _plot(state: WorkState, language: Language) -> Iterator[_Order]:
    plot, names = result_of(state, Phase.PLOT, Plot), _names(state)
    reads = {"plot": plot.to_json(), "names": names}
    yield _Order(None, shown_plot, reads, (plot, names), wide=2, language=language)


def _names(state: WorkState) -> dict[str, str]:
    return {person.key: person.name for person in result_of(state, Phase.CHARACTERS, Cast).characters}


def _storyboard(state: WorkState, language: Language) -> Iterator[_Order]:
    vertical = result_of(state, Phase.CONCEPT, Concept).language is Language.JA
    facts = NameFacts(PAPERS[settings_of(state).paper], vertical, _names(state), language)
    said = {"names": dict(facts.names), "language": language.value}
    common = {"paper": facts.paper.to_json(), "vertical": vertical, **said}
    direction = result_of(state, Phase.CONCEPT, Concept).direction
    before: StoryPage | None = None
    for each in result_of(state, Phase.STORYBOARD, Storyboard).pages:
        page = other_half(before, each, facts.paper, direction) if before and each.spread == "second" else each
        before = each
        yield _Order(page.number, shown_name, {"page": page.to_json(), **common}, (page, facts))


def _artwork(state: WorkState, _: Language) -> Iterator[_Order]:
    """The pages without letters."""
    return _composed(state, {})


def _lettering(state: WorkState, _: Language) -> Iterator[_Order]:
    return _composed(state, {page.page: page for page in result_of(state, Phase.LETTERING, Lettering).pages})


def _composed(state: WorkState, letters: Mapping[str, PageLettering]) -> Iterator[_Order]:
    art, facts = artwork_of(state), facts_of(result_of(state, Phase.CONCEPT, Concept), settings_of(state))
    for graph in body_pages(result_of(state, Phase.STORYBOARD, Storyboard), art, letters, facts):
        yield _Order(graph.number, shown_page, graph.to_json(), (graph,), _pictures(graph))


async def render_alternatives(
    state: WorkState, panel: str, art: Sequence[PanelArt], level: int, blobs: WorkBlobs, offload: Offload
) -> tuple[PreviewImage, ...]:
    """Each of a panel's pictures in its frame, on its page without the other panels. Raises errors of storage."""
    facts = facts_of(result_of(state, Phase.CONCEPT, Concept), settings_of(state))
    pages = result_of(state, Phase.STORYBOARD, Storyboard).pages
    page = next(page for page in pages if any(draft.key == panel for draft in page.panels))
    alone = page.model_copy(update={"panels": tuple(draft for draft in page.panels if draft.key == panel)})
    graphs = [body_page(alone, {panel: each}, PageLettering(page=page.key), facts, page.number) for each in art]
    orders = [_Order(page.number, shown_page, graph.to_json(), (graph,), _pictures(graph)) for graph in graphs]
    return tuple([await _carried_out(order, within(level), blobs, offload) for order in orders])


async def render_panel(brief: PanelBrief, level: int, blobs: WorkBlobs, offload: Offload) -> PreviewImage:
    """As our own artist draws it, whoever draws the book. Raises errors of storage."""
    seeded = brief.with_own_chance()
    return await _carried_out(_Order(None, drawn_panel, seeded.to_json(), (seeded,)), level, blobs, offload)


def _pictures(graph: PageGraph) -> tuple[str, ...]:
    return tuple(sorted({panel.picture for panel in graph.panels if panel.picture}))


def _finishing(state: WorkState, _: Language) -> Iterator[_Order]:
    for page in result_of(state, Phase.FINISHING, Book).pages:
        yield _Order(page.number, shown_file, {"image": page.image}, names=(page.image,))


_ORDERS: Mapping[Phase, Callable[[WorkState, Language], Iterator[_Order]]] = {
    Phase.CONCEPT: _concept,
    Phase.CHARACTERS: _characters,
    Phase.PLOT: _plot,
    Phase.STORYBOARD: _storyboard,
    Phase.ARTWORK: _artwork,
    Phase.LETTERING: _lettering,
    Phase.FINISHING: _finishing,
}
