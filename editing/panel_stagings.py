"""Other ways of showing a panel, by rule: nearer, wider, from the other side, past a shoulder, from above or below.

State in, stagings out: each with what an edit of the panel changes to have it, and what it would be drawn from. Which
of them look otherwise than the panel does now, only a drawing tells.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from agents.artwork import panel_briefs
from editing.phase_results import artwork_of, brief_of, result_of
from editing.placement_edits import AUTHOR
from editing.state_as_json import Json, WorkState
from manga.characters import Cast
from manga.concept import Concept
from manga.panel_brief import PanelBrief
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Angle, FigureDirection, SceneDirection, Shot, Storyboard

StagingName = Literal["nearer", "wider", "other_side", "shoulder", "above", "below", "nearest", "widest"]
_NEARER: Final[Mapping[Shot, Shot]] = {
    Shot.ESTABLISHING: Shot.FULL,
    Shot.LONG: Shot.MEDIUM,
    Shot.FULL: Shot.MEDIUM,
    Shot.MEDIUM: Shot.CLOSE,
    Shot.BUST: Shot.CLOSE,
    Shot.CLOSE: Shot.EXTREME_CLOSE,
    Shot.INSERT: Shot.MEDIUM,
}
_WIDER: Final[Mapping[Shot, Shot]] = {
    Shot.EXTREME_CLOSE: Shot.BUST,
    Shot.CLOSE: Shot.MEDIUM,
    Shot.BUST: Shot.FULL,
    Shot.MEDIUM: Shot.FULL,
    Shot.FULL: Shot.LONG,
    Shot.LONG: Shot.ESTABLISHING,
    Shot.INSERT: Shot.LONG,
}
_FACES: Final = frozenset({Shot.CLOSE, Shot.EXTREME_CLOSE})
_TURNED: Final[Mapping[str, Any]] = {"left": "right", "right": "left"}
_MOVES: Final = ("x", "depth", "facing")


@dataclass(frozen=True, slots=True)
class Staging:
    """`change` is the `change_data` of the `selection` edit that takes it; `brief` is what it would be drawn from."""

    name: StagingName
    change: Json
    brief: PanelBrief


def stagings(state: WorkState, panel: str) -> tuple[PanelBrief, tuple[Staging, ...]]:
    """What the panel is drawn from now, and every way that the rules know, those that change most first."""
    now = next(brief for brief in _briefs(state) if brief.panel == panel)
    art = artwork_of(state).get(panel)
    given_back: Json = {"picture": None} if art is not None and art.made.model == AUTHOR else {}
    found = (
        Staging(name, change_between(now.direction, other) | given_back, now.model_copy(update={"direction": other}))
        for name, other in other_directions(now.direction)
    )
    return now, tuple(found)


def _briefs(state: WorkState) -> tuple[PanelBrief, ...]:
    return panel_briefs(
        result_of(state, Phase.STORYBOARD, Storyboard),
        result_of(state, Phase.CHARACTERS, Cast),
        result_of(state, Phase.CONCEPT, Concept),
        brief_of(state).settings,
        plot=result_of(state, Phase.PLOT, Plot),
    )


def other_directions(direction: SceneDirection) -> Iterator[tuple[StagingName, SceneDirection]]:
    """In this order, without those that the direction is already."""
    for name, rule in _RULES.items():
        other = rule(direction)
        if other is not None and other != direction:
            yield name, other


def change_between(old: SceneDirection, new: SceneDirection) -> Json:
    """The fields of an edit that make one direction the other; both show the same people."""
    camera = {name: getattr(new, name).value for name in ("shot", "angle") if getattr(old, name) != getattr(new, name)}
    people = {
        f"figures.{before.character}.{name}": getattr(after, name)
        for before, after in zip(old.figures, new.figures, strict=True)
        for name in _MOVES
        if getattr(before, name) != getattr(after, name)
    }
    return {**camera, **people}


def _nearer(direction: SceneDirection) -> SceneDirection | None:
    shot = _NEARER.get(direction.shot)
    if shot is None or (shot is Shot.EXTREME_CLOSE and len(direction.figures) != 1):
        return None
    if shot in _FACES and len(direction.figures) > 2:
        shot = Shot.BUST
    return direction.model_copy(update={"shot": shot, "angle": _level(direction)})


def _wider(direction: SceneDirection) -> SceneDirection | None:
    shot = _WIDER.get(direction.shot)
    return None if shot is None else direction.model_copy(update={"shot": shot, "angle": _level(direction)})


def _level(direction: SceneDirection) -> Angle:
    """Nobody looks past a shoulder from nearer, or from farther off; from right above, heads are cut off."""
    return Angle.EYE if direction.angle in (Angle.OVER_SHOULDER, Angle.BIRD) else direction.angle


def _other_side(direction: SceneDirection) -> SceneDirection | None:
    """Everybody in his mirror's place."""
    turned = tuple(
        figure.model_copy(update={"x": round(1 - figure.x, 3), "facing": _TURNED.get(figure.facing, figure.facing)})
        for figure in direction.figures
    )
    return direction.model_copy(update={"figures": turned})


def _shoulder(direction: SceneDirection) -> SceneDirection | None:
    """Of two, past one who does not face us, so that the face of the other is seen."""
    if len(direction.figures) != 2 or direction.angle is Angle.OVER_SHOULDER:
        return None
    near, far = sorted(direction.figures, key=lambda figure: (figure.facing == "front", figure.x))
    left = near.x <= far.x
    placed: dict[str, FigureDirection] = {
        near.character: near.model_copy(
            update={"x": 0.25 if left else 0.75, "depth": "foreground", "facing": "back"},
        ),
        far.character: far.model_copy(update={"x": 0.68 if left else 0.32, "depth": "middle", "facing": "front"}),
    }
    figures = tuple(placed[figure.character] for figure in direction.figures)
    return direction.model_copy(update={"shot": Shot.BUST, "angle": Angle.OVER_SHOULDER, "figures": figures})


def _from(angle: Angle) -> Callable[[SceneDirection], SceneDirection | None]:
    return lambda direction: direction.model_copy(update={"angle": angle})


def _at(shot: Shot) -> Callable[[SceneDirection], SceneDirection | None]:
    """Of an empty place alone, where nobody can change sides."""
    return lambda direction: None if direction.figures else direction.model_copy(update={"shot": shot})


_RULES: Final[Mapping[StagingName, Callable[[SceneDirection], SceneDirection | None]]] = {
    "nearer": _nearer,
    "wider": _wider,
    "other_side": _other_side,
    "shoulder": _shoulder,
    "above": _from(Angle.HIGH),
    "below": _from(Angle.LOW),
    "nearest": _at(Shot.CLOSE),
    "widest": _at(Shot.ESTABLISHING),
}
