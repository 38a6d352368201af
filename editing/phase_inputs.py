"""What several phases read of the state, as JSON: exactly that and nothing else, since a phase's digest covers it."""

from editing.results import result_of, settings_of
from editing.work_state import Json, WorkState
from manga.artwork import PanelArt
from manga.brief import Settings
from manga.characters import Cast, Look, SpeechStyle
from manga.concept import Concept
from manga.paper import Direction, Side
from manga.phases import Phase


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
    """The cast without looks: new hair moves no scene."""
    plain = {"look": Look(), "description": "", "costume": "", "reference_images": ()}
    cast = result_of(state, Phase.CHARACTERS, Cast)
    return Cast(characters=tuple(person.model_copy(update=plain) for person in cast.characters)).to_json()


def read_looks(state: WorkState) -> Json:
    """The cast as it is drawn: other words about somebody change no line of the title page."""
    unread = dict.fromkeys(("personality", "description", "costume"), "") | {"speech": SpeechStyle(), "mentions": 0}
    unread |= {"aliases": (), "reference_images": ()}
    cast = result_of(state, Phase.CHARACTERS, Cast)
    kept = (person.model_copy(update=unread | {"name": person.key}) for person in cast.characters)
    return Cast(characters=tuple(kept)).to_json()


def read_art(reads: Json) -> dict[str, PanelArt]:
    return {key: PanelArt.of(art) for key, art in reads["art"].items()}
