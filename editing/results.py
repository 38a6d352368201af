"""Reading phase results out of graph state: edits laid over, validated into the vocabulary's types."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from agents.paper_wishes import last_paper
from editing.overlay import layered, overlay
from editing.placements import own_pictures
from editing.relayout import PLAIN, Ground
from editing.work_state import Json, WorkState
from manga.artwork import PanelArt
from manga.book import Book
from manga.brief import Brief, Language, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.edits import Edit
from manga.element_addresses import AddressBook, address_book
from manga.errors import BriefRejected
from manga.lettering import Lettering
from manga.paper import PAPERS
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard
from manga.values import Value

V = TypeVar("V", bound=Value)

RESULT_TYPES: Mapping[Phase, type[Value]] = {
    Phase.CONCEPT: Concept,
    Phase.CHARACTERS: Cast,
    Phase.PLOT: Plot,
    Phase.STORYBOARD: Storyboard,
    Phase.LETTERING: Lettering,
    Phase.FINISHING: Book,
}
"""Artwork is a dict of `PanelArt` by panel key and is read by `artwork_of`."""


def edits_of(state: WorkState) -> tuple[Edit, ...]:
    return tuple(Edit.of(edit) for edit in state.get("edits") or ())


def result_json(state: WorkState, phase: Phase) -> Json:
    """A phase's result as people see it: the raw one with the edits laid over."""
    raw: Any = state.get(phase.value) or {}
    edits = edits_of(state)
    if phase is Phase.ARTWORK:
        own = pictures_of(state)
        return {**raw, **own} if own else raw
    if phase is Phase.STORYBOARD and layered(phase, edits):
        return overlay(phase, raw, edits, ground_of(state))
    return overlay(phase, raw, edits)


def book_of(state: WorkState) -> AddressBook:
    """Where every page, panel and text stands at this version; empty before there is a storyboard."""
    seen = result_json(state, Phase.STORYBOARD)
    return address_book(Storyboard.of(seen) if seen else None)


def pictures_of(state: WorkState) -> Json:
    """The author's own pictures by panel key, of panels that are there."""
    edits = [edit for edit in edits_of(state) if "picture" in edit.changes]
    if not edits:
        return {}
    pages = result_json(state, Phase.STORYBOARD).get("pages", ())
    return own_pictures(edits, (panel["key"] for page in pages for panel in page["panels"]))


def ground_of(state: WorkState) -> Ground:
    """What this work's pages are laid out on."""
    if not state.get("concept"):
        return PLAIN
    concept, settings = result_of(state, Phase.CONCEPT, Concept), settings_of(state)
    return Ground(
        paper=PAPERS[settings.paper],
        direction=concept.direction,
        start_side=concept.start_side,
        vertical=concept.language is Language.JA,
        seed=settings.seed,
        layout=settings.layout,
    )


def result_of(state: WorkState, phase: Phase, kind: type[V]) -> V:
    """The same, typed. `kind` is the phase's own type."""
    return kind.of(result_json(state, phase))


def settings_of(state: WorkState) -> Settings:
    """The settings of the book, with the paper that a person has asked for since."""
    settings = brief_of(state).settings
    wishes: list[Json] = (state.get("wishes") or {}).get(Phase.FINISHING.value, [])
    paper = last_paper([wish["instruction"] for wish in wishes])
    return settings.model_copy(update={"paper": paper}) if paper is not None else settings


def check_brief(sent: object) -> None:
    """Raises BriefRejected that names the field at fault, in one line."""
    try:
        Brief.of(sent)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "brief"
        remedy = 'Send `{"brief": {"text": "..."}}`; the input\'s schema lists what else a brief may say.'
        raise BriefRejected(f"{where}: {first['msg']}.", remedy=remedy, element=where) from error


def brief_of(state: WorkState) -> Brief:
    return Brief.of(state["brief"])


def artwork_of(state: WorkState) -> dict[str, PanelArt]:
    """Every panel's picture by panel key."""
    return {key: PanelArt.of(art) for key, art in result_json(state, Phase.ARTWORK).items()}


def as_read(art: PanelArt) -> PanelArt:
    """A picture without how it came about: what later phases may depend on, the same after a crash as without one."""
    made = art.made.model_copy(update={"seconds": 0.0, "attempts": 1, "cache_hit": False, "cost_usd": 0.0})
    return art.model_copy(update={"made": made, "drawn": None})
