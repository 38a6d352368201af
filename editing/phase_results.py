"""Reads phase results out of graph state with edits laid over: as values, or as the JSON that a phase depends on."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from agents.paper_wishes import last_paper
from agents.prompt_facts import looks_in
from editing.overlay import layered, overlay
from editing.placement_edits import own_pictures
from editing.relayout_pages import PLAIN, Ground
from editing.state_as_json import Json, WorkState
from manga.artwork import PanelArt
from manga.book import Book
from manga.brief import Brief, Language, Settings
from manga.characters import Cast, Look, OtherShape, SpeechStyle
from manga.concept import Concept
from manga.edits import Edit
from manga.element_addresses import AddressBook, address_book
from manga.errors import BriefRejected
from manga.lettering import Lettering
from manga.paper import PAPERS, Direction, Side
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


def read_settings(state: WorkState, *names: str) -> Json:
    """The settings that a phase reads; the others stand at their defaults."""
    chosen = settings_of(state)
    return Settings(**{name: getattr(chosen, name) for name in names}).to_json()


def read_settings_for_panels(state: WorkState, *names: str) -> Json:
    """The same, with as many pictures as the character sheets leave."""
    settings, sheets = read_settings(state, *names), len(state.get("sheets") or {})
    most = settings["max_images"]
    return {**settings, "max_images": max(0, most - sheets)} if most is not None and sheets else settings


def read_concept(state: WorkState) -> Concept:
    return result_of(state, Phase.CONCEPT, Concept)


def read_story_concept(state: WorkState) -> Json:
    """Without what only layout and the title page read: another reading direction tells no other story."""
    fixed = {"author": None, "direction": Direction.RTL, "start_side": Side.LEFT}
    return read_concept(state).model_copy(update=fixed).to_json()


def read_names(state: WorkState) -> Json:
    """The cast without looks: new hair moves no scene. That somebody has two shapes may move some."""
    plain = {"look": Look(), "description": "", "costume": "", "reference_images": ()}
    two = {"other": OtherShape(look=Look())}
    people = result_of(state, Phase.CHARACTERS, Cast).characters
    told = (person.model_copy(update=plain if person.other is None else {**plain, **two}) for person in people)
    return Cast(characters=tuple(told)).to_json()


def read_people(state: WorkState) -> Json:
    """One line of everybody's looks, by key: what a scene is staged by."""
    return dict(looks_in(result_of(state, Phase.CHARACTERS, Cast)))


def read_looks(state: WorkState) -> Json:
    """The cast as it is drawn: other words about somebody change no line of the title page."""
    unread = dict.fromkeys(("personality", "description", "costume"), "") | {"speech": SpeechStyle(), "mentions": 0}
    unread |= {"aliases": (), "reference_images": (), "other": None}
    cast = result_of(state, Phase.CHARACTERS, Cast)
    kept = (person.model_copy(update=unread | {"name": person.key}) for person in cast.characters)
    return Cast(characters=tuple(kept)).to_json()


def read_art(reads: Json) -> dict[str, PanelArt]:
    return {key: PanelArt.of(art) for key, art in reads["art"].items()}


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
