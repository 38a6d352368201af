"""Finds what a figure does more closely than its pose says, and at whom: a direction in, acts and pairs out.

The panel's sentence decides, and what is in the hand. Acts are data of `acts.yaml`, their bodies data of `poses.yaml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from drawing.art.pose_spec import HandShape
from drawing.art.things.find_drawing import entry_named, thing_of
from manga.read_yaml import read_yaml
from manga.storyboard import FigureDirection, Pose, SceneDirection

_FILE: Final = Path(__file__).with_name("acts.yaml")
_PARTS, _WHOM = "parts", "whom"
LINES: Final = frozenset({"rope", "chain", "thread"})
"""What is hauled hand over hand; anything else that is pulled is held."""


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the file, which says what its fields mean."""

    name: str
    of: tuple[str, ...]
    said: re.Pattern[str] | None = None
    alone: bool = False
    armed: tuple[str, ...] = ()
    holding: bool = False
    free: bool = False
    near: str = ""
    far: str = ""
    grip: HandShape = "grip"
    apart: float = 2.0
    answers: bool = False
    behind: bool = False
    lifts: bool = False
    borne: bool = False
    by: bool = False
    solo: bool = False
    astride: bool = False
    lying: bool = False
    unless: re.Pattern[str] | None = None
    held_as: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody does, and the index of the one at whom. `near` is the part of his body that is meant."""

    act: Act
    other: int | None = None
    near: str = ""


@cache
def _file() -> Mapping[str, Any]:
    told: Mapping[str, Any] = read_yaml(_FILE.read_text(encoding="utf-8"))
    return told


@cache
def acts() -> tuple[Act, ...]:
    """In order of precedence."""
    return tuple(_act(name, dict(told)) for name, told in _file().items() if name not in (_PARTS, _WHOM))


def _act(name: str, told: dict[str, Any]) -> Act:
    said, unless = (_pattern(told.pop(field, "")) for field in ("said", "unless"))
    return Act(name, tuple(told.pop("of")), said, armed=tuple(told.pop("with", ())), unless=unless, **told)


def _pattern(told: str) -> re.Pattern[str] | None:
    return re.compile(told.replace("WHOM", _file()[_WHOM]), re.IGNORECASE) if told else None


@cache
def _parts() -> re.Pattern[str]:
    """A part of a body, whose name is the group."""
    named = "|".join(rf"(?P<{name}>(?<![A-Za-z])(?:{words})(?![A-Za-z]))" for name, words in _file()[_PARTS].items())
    return re.compile(named, re.IGNORECASE)


def doings(scene: SceneDirection) -> dict[int, Doing]:
    """By index of the figure, of those who do more than their pose says. Nobody does anything with two; he to whom
    something is done does at most what needs nobody and no thing."""
    found: dict[int, Doing] = {}
    for i, directed in enumerate(scene.figures):
        busy: set[int | None] = {k for j, one in found.items() if one.other is not None for k in (j, one.other)}
        doing = _doing(i, directed, scene, busy)
        if doing is not None:
            found[i] = doing
    return found


def _doing(i: int, directed: FigureDirection, scene: SceneDirection, busy: set[int | None]) -> Doing | None:
    for act in acts():
        if not _fits(act, directed, scene) or (i in busy and (not act.alone or act.holding)):
            continue
        other = None if act.alone else _whom(i, scene.figures, act)
        if act.alone or (other is None and act.solo) or (other is not None and other not in busy):
            return Doing(act, other, _named_part(scene.seen) if act.by else "")
    return None


def _fits(act: Act, directed: FigureDirection, scene: SceneDirection) -> bool:
    if directed.pose not in act.of or (act.said is not None and not act.said.search(scene.seen)):
        return False
    if act.unless and act.unless.search(" ".join((scene.seen, directed.holds, *scene.props))):
        return False
    if act.armed and not _is_armed(act, directed.holds):
        return False
    if act.free and directed.holds:
        return False
    if directed.pose is Pose.PULL and (directed.holds or LINES & {thing_of(prop) for prop in scene.props}):
        return False
    return bool(directed.holds) or not act.holding


def _is_armed(act: Act, holds: str) -> bool:
    thing = thing_of(holds) if holds else None
    return thing is not None and (thing in act.armed or entry_named(thing).kind in act.armed)


def _named_part(seen: str) -> str:
    found = _parts().search(seen)
    return next((name for name, words in found.groupdict().items() if words), "") if found else ""


def _whom(i: int, figures: Sequence[FigureDirection], act: Act) -> int | None:
    """The next one on the side to which somebody looks; of one who looks at us the nearest."""
    own = figures[i]
    every = [j for j in range(len(figures)) if j != i and (figures[j].pose is Pose.LIE or not act.lying)]
    others = [j for j in every if figures[j].depth == own.depth] or every
    way = {"left": -1, "right": 1}.get(own.facing, 0) * (-1 if act.behind else 1)
    ahead = [j for j in others if (figures[j].x - own.x) * way >= 0]
    return min(ahead or ([] if act.behind else others), key=lambda j: abs(figures[j].x - own.x), default=None)


def side_by_side(scene: SceneDirection) -> SceneDirection:
    """Two who touch are equally near to us."""
    figures = list(scene.figures)
    for i, one in doings(scene).items():
        if one.other is not None and figures[i].depth != figures[one.other].depth:
            for k in (i, one.other):
                figures[k] = figures[k].model_copy(update={"depth": "middle"})
    return scene.model_copy(update={"figures": tuple(figures)})


def gaps(scene: SceneDirection) -> dict[frozenset[int], float]:
    """By two who touch: how far their heads are from each other, in heads of an adult."""
    return {frozenset((i, one.other)): one.act.apart for i, one in doings(scene).items() if one.other is not None}
