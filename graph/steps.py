"""The six phases that one agent makes in one piece: what each reads of the state, and which agent makes it from that.

`reads` gives JSON and `make` gets nothing else, so a phase's digest covers exactly what its agent can see.
"""

from collections.abc import Mapping
from typing import TypeVar

from agents.characters import make_cast
from agents.concept import make_concept
from agents.finishing import finish
from agents.formats import check_formats
from agents.lettering import letter
from agents.plot import make_plot
from agents.proofreading import Reader
from agents.storyboard import make_storyboard
from drawing.lettering.moved import Placing
from drawing.lettering.sfx import DARK
from graph.edits.placed import last_place, last_word, placings
from graph.nodes import Bench, Step
from graph.refusals import wishes_of
from graph.results import artwork_of, as_read, edits_of, result_of, settings_of
from graph.sheet_easel import draw_sheets
from graph.sheets import sheet_warnings
from graph.state import Json, State
from manga.artwork import Made, PanelArt
from manga.book import Book
from manga.brief import RUBY_OF_STYLE, Settings
from manga.characters import Cast, Look, SpeechStyle
from manga.concept import Concept
from manga.continuity import Aspect
from manga.lettering import Lettering
from manga.paper import Direction, Side
from manga.phases import Phase
from manga.plot import Plot
from manga.revision import Revision
from manga.storyboard import Storyboard
from manga.values import Span, Value
from storage.base import Purpose

V = TypeVar("V", bound=Value)


def _settings(state: State, *names: str) -> Json:
    """The settings that a phase reads; the others stand at their defaults."""
    chosen = settings_of(state)
    return Settings(**{name: getattr(chosen, name) for name in names}).to_json()


def _left_for_panels(state: State, *names: str) -> Json:
    """The same, with as many pictures as the character sheets leave."""
    settings, sheets = _settings(state, *names), len(state.get("sheets") or {})
    most = settings["max_images"]
    return {**settings, "max_images": max(0, most - sheets)} if most is not None and sheets else settings


def _concept(state: State) -> Concept:
    return result_of(state, Phase.CONCEPT, Concept)


def _story_concept(state: State) -> Json:
    """Without what only layout and the title page read: another reading direction tells no other story."""
    fixed = {"author": None, "direction": Direction.RTL, "start_side": Side.LEFT}
    return _concept(state).model_copy(update=fixed).to_json()


def _names(state: State) -> Json:
    """The cast without looks: new hair moves no scene."""
    plain = {"look": Look(), "description": "", "costume": "", "reference_images": ()}
    cast = result_of(state, Phase.CHARACTERS, Cast)
    return Cast(characters=tuple(person.model_copy(update=plain) for person in cast.characters)).to_json()


def _looks(state: State) -> Json:
    """The cast as it is drawn: other words about somebody change no line of the title page."""
    unread = dict.fromkeys(("personality", "description", "costume"), "") | {"speech": SpeechStyle(), "mentions": 0}
    unread |= {"aliases": (), "reference_images": ()}
    cast = result_of(state, Phase.CHARACTERS, Cast)
    kept = (person.model_copy(update=unread | {"name": person.key}) for person in cast.characters)
    return Cast(characters=tuple(kept)).to_json()


def _revision(bench: Bench, kind: type[V]) -> Revision[V]:
    """What a person asked for, and the result to be revised; nothing when nobody asked."""
    wishes, previous = bench.revision.wishes, bench.revision.previous
    return Revision(wishes, kind.of(previous) if wishes and previous else None)


def _read_for_concept(state: State) -> Json:
    names = ("title", "author", "language", "direction", "start_side", "style", "color", "seed")
    return {"story": state["brief"]["text"], "settings": _settings(state, *names)}


async def _make_concept(reads: Json, bench: Bench) -> Concept:
    settings, revision = Settings.of(reads["settings"]), _revision(bench, Concept)
    return await make_concept(story=reads["story"], settings=settings, text=bench.text, revision=revision)


def _read_for_characters(state: State) -> Json:
    settings = _settings(state, "style", "color", "seed")
    return {"story": state["brief"]["text"], "concept": _story_concept(state), "settings": settings}


async def _make_characters(reads: Json, bench: Bench) -> Cast:
    return await make_cast(
        story=reads["story"],
        concept=Concept.of(reads["concept"]),
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        revision=_revision(bench, Cast),
    )


def _read_for_plot(state: State) -> Json:
    return {
        "story": state["brief"]["text"],
        "concept": _story_concept(state),
        "cast": _names(state),
        "settings": _left_for_panels(state, "pages", "fidelity", "max_images", "seed"),
    }


async def _make_plot(reads: Json, bench: Bench) -> Plot:
    return await make_plot(
        story=reads["story"],
        concept=Concept.of(reads["concept"]),
        cast=Cast.of(reads["cast"]),
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        shelf=bench.blobs,
        revision=_revision(bench, Plot),
    )


def _told(state: State) -> Json:
    """The plot with those changes alone that put things into hands: a wound or wet hair moves no panel."""
    plot = result_of(state, Phase.PLOT, Plot).to_json()
    for beat in (beat for scene in plot["scenes"] for beat in scene["beats"]):  # type: ignore[attr-defined]
        handed = [change for change in beat.pop("changes") if change["aspect"] == Aspect.HOLDS.value]
        beat.update({"changes": handed} if handed else {})
    return plot


def _read_for_storyboard(state: State) -> Json:
    return {
        "plot": _told(state),
        "cast": _names(state),
        "concept": _concept(state).model_copy(update={"author": None}).to_json(),
        "settings": _left_for_panels(state, "pages", "fidelity", "paper", "layout", "max_images", "seed"),
    }


async def _make_storyboard(reads: Json, bench: Bench) -> Storyboard:
    return await make_storyboard(
        plot=Plot.of(reads["plot"]),
        cast=Cast.of(reads["cast"]),
        concept=Concept.of(reads["concept"]),
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        shelf=bench.blobs,
        offload=bench.offload,
        revision=_revision(bench, Storyboard),
    )


def _anchors(state: State) -> Json:
    """Where figures are in their pictures, and whether a sound stands on a dark one; strokes move no balloon."""
    unread = {"blob": "", "digest": "", "take": 0, "made": Made(model="")}
    panels = result_of(state, Phase.STORYBOARD, Storyboard).panels()
    loud = {panel.key for panel in panels if any(part.kind == "sfx" for part in panel.dialogue.parts)}
    return {
        key: art.model_copy(update=unread | {"ink": float(key in loud and art.ink > DARK)}).to_json()
        for key, art in sorted(artwork_of(state).items())
    }


def _read_for_lettering(state: State) -> Json:
    unread = dict.fromkeys(("logline", "theme", "mood", "target_readers", "art_style"), "") | {
        "title": "-",
        "author": None,
    }
    return {
        "storyboard": result_of(state, Phase.STORYBOARD, Storyboard).to_json(),
        "art": _anchors(state),
        "concept": _concept(state).model_copy(update=unread).to_json(),
        "settings": _settings(state, "fidelity", "paper", "punctuation", "ruby", "seed") | {"ruby": _readers(state)},
        **_by_hand(state),
        **({"cast": _names(state)} if wishes_of(state, Phase.LETTERING) else {}),
    }


def _readers(state: State) -> str:
    """Whose readings are wished for: as set, else by the style that was asked for."""
    chosen = settings_of(state)
    return chosen.ruby if chosen.ruby != "auto" else RUBY_OF_STYLE.get(chosen.style, "auto")


def _by_hand(state: State) -> Json:
    """What a person has said of letters: where they stand, and words that stand over wishes. Nothing without edits."""
    edits = edits_of(state)
    places = {key: placing.to_json() for key, placing in sorted(placings(edits).items())}
    wishes = len(wishes_of(state, Phase.LETTERING))
    words, put = sorted(last_word(edits, wishes)), sorted(last_place(edits, wishes))
    return {name: value for name, value in (("placings", places), ("by_hand", words), ("put", put)) if value}


async def _make_lettering(reads: Json, bench: Bench) -> Lettering:
    return await letter(
        storyboard=Storyboard.of(reads["storyboard"]),
        art=_art(reads),
        concept=Concept.of(reads["concept"]),
        settings=Settings.of(reads["settings"]),
        offload=bench.offload,
        text=bench.text,
        revision=Revision(bench.revision.wishes),
        cast=Cast.of(reads["cast"]) if "cast" in reads else None,
        placings={key: Placing.of(value) for key, value in reads.get("placings", {}).items()},
        by_hand=reads.get("by_hand", ()),
        put=reads.get("put", ()),
        shelf=bench.blobs,
        clock=bench.clock,
    )


def _read_for_finishing(state: State) -> Json:
    art = artwork_of(state)
    return {
        "storyboard": result_of(state, Phase.STORYBOARD, Storyboard).to_json(),
        "art": {key: as_read(art[key]).to_json() for key in sorted(art)},
        "lettering": result_of(state, Phase.LETTERING, Lettering).to_json(),
        "concept": _concept(state).to_json(),
        "cast": _looks(state),
        "cuts": [span.to_json() for span in result_of(state, Phase.PLOT, Plot).cuts],
        "settings": _settings(state, "title", "author", "paper", "color"),
        **({"warnings": told} if (told := sheet_warnings(state)) else {}),
    }


async def _make_finishing(reads: Json, bench: Bench) -> Book:
    check_formats(bench.revision.instructions)
    return await finish(
        storyboard=Storyboard.of(reads["storyboard"]),
        art=_art(reads),
        lettering=Lettering.of(reads["lettering"]),
        concept=Concept.of(reads["concept"]),
        settings=Settings.of(reads["settings"]),
        blobs=bench.blobs.meant_for(Purpose.PRODUCT),
        offload=bench.offload,
        cast=Cast.of(reads["cast"]),
        cuts=tuple(Span.of(span) for span in reads["cuts"]),
        warnings=tuple(reads.get("warnings", ())),
        page_ready=bench.page_ready,
        shelf=bench.blobs,
        reader=None if bench.text.takes_whole(Phase.FINISHING.value) else Reader(bench.text, bench.clock),
    )


def _art(reads: Json) -> dict[str, PanelArt]:
    return {key: PanelArt.of(art) for key, art in reads["art"].items()}


STEPS: Mapping[Phase, Step] = {
    Phase.CONCEPT: Step(_read_for_concept, _make_concept),
    Phase.CHARACTERS: Step(_read_for_characters, _make_characters, draw_sheets),
    Phase.PLOT: Step(_read_for_plot, _make_plot),
    Phase.STORYBOARD: Step(_read_for_storyboard, _make_storyboard),
    Phase.LETTERING: Step(_read_for_lettering, _make_lettering),
    Phase.FINISHING: Step(_read_for_finishing, _make_finishing),
}
