"""The six phases that one agent makes in one piece: what each reads of the state, and which agent makes it from that.

`reads` gives JSON and `make` gets nothing else, so a phase's digest covers exactly what its agent can see.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from agents.characters import make_cast
from agents.concept import make_concept
from agents.plot import make_plot
from agents.storyboard import make_storyboard
from graph.nodes import Bench, Step
from graph.results import brief_of, result_of
from graph.state import Json, State
from manga.brief import Settings
from manga.characters import Cast, Look
from manga.concept import Concept
from manga.paper import Direction, Side
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard
from manga.values import Value

V = TypeVar("V", bound=Value)


def _settings(state: State, *names: str) -> Json:
    """The settings that a phase reads; the others stand at their defaults."""
    chosen = brief_of(state).settings
    return Settings(**{name: getattr(chosen, name) for name in names}).to_json()


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


def _revising(bench: Bench, kind: type[V]) -> dict[str, Any]:
    """What a person asked for, and the result to be revised; nothing when nobody asked."""
    if not bench.instructions:
        return {}
    previous = kind.of(bench.previous) if bench.previous else None
    return {"instructions": bench.instructions, "scope": bench.scope, "previous": previous}


def _read_for_concept(state: State) -> Json:
    names = ("title", "author", "language", "direction", "start_side", "style", "color", "seed")
    return {"story": state["brief"]["text"], "settings": _settings(state, *names)}


async def _make_concept(reads: Json, bench: Bench) -> Concept:
    settings = Settings.of(reads["settings"])
    return await make_concept(story=reads["story"], settings=settings, text=bench.text, **_revising(bench, Concept))


def _read_for_characters(state: State) -> Json:
    settings = _settings(state, "style", "color", "seed")
    return {"story": state["brief"]["text"], "concept": _story_concept(state), "settings": settings}


async def _make_characters(reads: Json, bench: Bench) -> Cast:
    return await make_cast(
        story=reads["story"],
        concept=Concept.of(reads["concept"]),
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        **_revising(bench, Cast),
    )


def _read_for_plot(state: State) -> Json:
    return {
        "story": state["brief"]["text"],
        "concept": _story_concept(state),
        "cast": _names(state),
        "settings": _settings(state, "pages", "fidelity", "max_images", "seed"),
    }


async def _make_plot(reads: Json, bench: Bench) -> Plot:
    return await make_plot(
        story=reads["story"],
        concept=Concept.of(reads["concept"]),
        cast=Cast.of(reads["cast"]),
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        **_revising(bench, Plot),
    )


def _read_for_storyboard(state: State) -> Json:
    return {
        "plot": result_of(state, Phase.PLOT, Plot).to_json(),
        "cast": _names(state),
        "concept": _concept(state).model_copy(update={"author": None}).to_json(),
        "settings": _settings(state, "pages", "fidelity", "paper", "max_images", "seed"),
    }


async def _make_storyboard(reads: Json, bench: Bench) -> Storyboard:
    return await make_storyboard(
        plot=Plot.of(reads["plot"]),
        cast=Cast.of(reads["cast"]),
        concept=Concept.of(reads["concept"]),
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        **_revising(bench, Storyboard),
    )


STEPS: Mapping[Phase, Step] = {
    Phase.CONCEPT: Step(_read_for_concept, _make_concept),
    Phase.CHARACTERS: Step(_read_for_characters, _make_characters),
    Phase.PLOT: Step(_read_for_plot, _make_plot),
    Phase.STORYBOARD: Step(_read_for_storyboard, _make_storyboard),
}
