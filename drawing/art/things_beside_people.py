"""Stands what a panel names besides its people on the floor beside them: large things behind, small ones before.

In near views, whose floor is below the picture, they are cut by its lower border. What is far off is on the horizon.
Nothing that somebody holds or wears, or that the place has already.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from drawing.art.frame_shot import DISTANT, Standing
from drawing.art.insert_shots import reach_of
from drawing.art.settings.place_painters import PLACES
from drawing.art.stage import Stage
from drawing.art.things.draw_own_shape import is_own
from drawing.art.things.find_drawing import HEAD_CM, can_be_held, entry_named, how_drawn, is_afar, thing_named, thing_of
from drawing.ink.canvas import Canvas
from drawing.ink.paths import ellipse
from drawing.ink.pen import LIGHT, Pen
from manga.panel_brief import PanelBrief
from manga.storyboard import Pose, SceneDirection, Shot

_MOST = 6
"""Things a picture: more is a shop."""
_BEHIND, _BEFORE = 1.28, 0.9
"""How far off large things stand and small ones lie, where people stand at 1."""
_LEAST, _HIGHEST, _WIDEST = 0.085, 0.62, 0.5
"""Of the picture: the height that a thing has to have to be seen, the most of its height and of its width."""
_LOWEST = 0.985
_CUT = {True: 0.3, False: 0.14}
"""Of its height: how much the lower border of a near view takes at most of what stands behind, and of what lies
before."""
_COVERS, _LITTLE = 0.3, 0.16
"""Of its width: what would cover so much of others lies behind them, but for what is little in a near view:
it is far below their faces."""
_LOST, _LOW_CM, _NEARER, _PEEPS = 0.6, 120.0, 1.4, 0.15
"""Of its width: of what is covered so much behind people too little is seen. In near views furniture that is so low
stands before them instead, nearer, as high as this share of the picture."""
_TABLES, _TWO = frozenset({"table", "desk", "hearth"}), 2
_STEP = 25
"""Places across the picture that are tried."""
_WORN = frozenset({"garment"})
_HATS = frozenset({"hat", "cap", "gloves"})
"""Of such, what lies about where nobody has one on."""
_PARTS = frozenset({"building", "scenery", "material", "creature"})
_LOOSE = frozenset({"stone", "log", "tent", "snowman"})
"""Of such, what lies about by itself."""
GROUND: Final = "ground"
"""The class of what lies flat in the floor."""
_SKY, _OFF, _BEYOND = 0.02, (0.12, 0.72), 1.06
"""Of the height: how far from the upper border the sky's things begin, and between which lines a horizon is one; of the
width, what goes from border to border."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing on the floor: its middle and size in millimetres, and whether it stands behind people."""

    name: str
    x: float
    y: float
    size: float
    behind: bool

    def ink(self, canvas: Canvas) -> None:
        thing = thing_named(self.name)
        half = self.size * _half(self.name)
        low = self.y + self.size * reach_of(self.name).bottom
        if entry_named(self.name).kind != GROUND and not _is_far(self.name) and not _on_wall(self.name):
            canvas.tone(ellipse(self.x, low, half * 1.05, min(0.09 * self.size, 0.3 * half)), LIGHT)
        with canvas.moved(self.x, self.y, self.size):
            (thing.lying or thing.draw)(Pen.on(canvas))


def things_beside(
    brief: PanelBrief,
    direction: SceneDirection,
    stage: Stage,
    standing: Sequence[Standing],
    besides: Collection[str] = (),
    *,
    in_place: bool = True,
) -> list[Placed]:
    """In the order in which they are named, without what is drawn `besides`. What is far off or on a wall is seen where
    the picture is `in_place`, not before a mood."""
    if direction.shot not in {*DISTANT, Shot.MEDIUM, Shot.BUST}:
        return []
    names = [name for name in dict.fromkeys(_named(brief, direction, in_place=in_place)) if name not in besides][:_MOST]
    if direction.shot is Shot.BUST:
        names = [name for name in names if _is_large(name)] if direction.background != "none" else []
    taken = [s.sides for s in standing]
    indoors = not PLACES[brief.place[0]].outdoors
    found = [_far_off(name, stage, taken) for name in names if _is_far(name)]
    for name in (name for name in names if not _is_far(name)):
        hangs = indoors and _on_wall(name)
        placed = (
            _on_the_wall(name, stage, taken)
            if hangs
            else _placed(name, stage, taken, standing, near=direction.shot not in DISTANT)
        )
        half = placed.size * _half(name)
        taken.append((placed.x - half, placed.x + half))
        found.append(placed)
    return found


def _named(brief: PanelBrief, direction: SceneDirection, *, in_place: bool) -> Iterator[str]:
    """Names of what can lie about and is in nobody's hands."""
    held = {thing_of(figure.holds, brief.period) for figure in direction.figures if figure.holds}
    hats = {brief.looks[figure.character].hat for figure in direction.figures} - {"none"}
    held |= {thing_of(hat, brief.period) for hat in hats}
    place = PLACES[brief.place[0]]
    shown = in_place and direction.background in {"full", "partial"} and direction.shot is not Shot.BUST
    for word in direction.props:
        name = thing_of(word, brief.period)
        if name is None or name in held or name in place.key.split("_"):
            continue
        inside = not place.outdoors and (name == "door" or (shown and _on_wall(name)))
        if inside or lies_about(name) or (name in _HATS and not hats) or (place.outdoors and shown and _is_far(name)):
            yield name


def _is_far(name: str) -> bool:
    """Whether it is seen far off in the open."""
    return "far" in how_drawn().get(name, {})


def _on_wall(name: str) -> bool:
    return "wall" in how_drawn().get(name, {})


def lies_about(name: str) -> bool:
    """Whether a thing may be on any floor: no part of a place, and nothing that is worn or far above."""
    kind = entry_named(name).kind
    part = kind in _PARTS and name not in _LOOSE and not is_own(name)
    return not (is_afar(name) or _is_far(name) or kind in _WORN or part)


def _is_large(name: str) -> bool:
    """Whether it stands behind people."""
    return bool(thing_named(name).stands) or not can_be_held(name)


def _is_low(name: str) -> bool:
    entry, box = entry_named(name), reach_of(name)
    return entry.kind == "furniture" and entry.cm * box.height / max(box.width, box.height) < _LOW_CM


def _half(name: str) -> float:
    """Half of a thing's width, of its size."""
    box = reach_of(name)
    return max(-box.x, box.right)


def _placed(
    name: str, stage: Stage, taken: Sequence[tuple[float, float]], standing: Sequence[Standing], *, near: bool
) -> Placed:
    thing = thing_named(name)
    large = _is_large(name)
    z = _BEHIND if large else _BEFORE
    width, height = stage.width, stage.height
    size = max(thing.size * stage.unit / z, _LEAST * min(width, height) * (1.6 if large else 1.0))
    size = min(size, _HIGHEST * height, _WIDEST * width / (2 * _half(name)))
    box = reach_of(name)
    foot = min(stage.floor(z), height + _CUT[large] * size * box.height if near else _LOWEST * height)
    beside = min((s.x for s in standing), key=lambda x: abs(x - width / 2), default=width / 2)
    half = size * _half(name)
    pair = [s for s in standing if s.figure.human and s.direction.pose is Pose.SIT]
    if name in _TABLES and len(pair) == len({s.direction.facing for s in pair}) == _TWO:  # they sit across it
        x, z = sum(s.x for s in pair) / _TWO, min(s.z for s in pair) * _BEFORE
        return Placed(name, x, min(stage.floor(z), _LOWEST * height) - box.bottom * size, size, behind=False)
    x = _free(half, width, taken, beside)
    if near and large and _is_low(name) and _covered(x, half, taken) > _LOST:
        size *= _NEARER
        x = _free(size * _half(name), width, taken, width / 2)
        return Placed(name, x, height - _PEEPS * height - box.y * size, size, behind=False)
    tall = size * box.height > _LITTLE * height or not near
    covers = tall and _covered(x, half, taken) > _COVERS
    return Placed(name, x, foot - box.bottom * size, size, large or covers)


def _on_the_wall(name: str, stage: Stage, taken: Sequence[tuple[float, float]]) -> Placed:
    """At its height on the wall behind everybody, where nobody stands before it."""
    box, h = reach_of(name), stage.height
    size = min(max(thing_named(name).size * stage.unit / _BEHIND, _LEAST * h), _HIGHEST * h)
    foot = stage.floor(_BEHIND) - how_drawn()[name]["wall"] / HEAD_CM * stage.unit / _BEHIND
    foot = max(_SKY * h + size * box.height, min(foot, 0.8 * h))
    x = _free(size * _half(name), stage.width, taken, stage.width / 2)
    return Placed(name, x, foot - box.bottom * size, size, behind=True)


def _far_off(name: str, stage: Stage, taken: Sequence[tuple[float, float]]) -> Placed:
    """In the open, behind everything, where nobody stands before it."""
    where, share = how_drawn()[name]["far"]
    box, w, h = reach_of(name), stage.width, stage.height
    if where == "line":
        size = _BEYOND * w / box.width
        return Placed(name, w / 2, _horizon(stage) + share * h - box.centre[1] * size, size, behind=True)
    size = min(share * h / box.height, _WIDEST * w)
    x = _free(size * _half(name), w, taken, w / 2)
    y = _SKY * h - box.y * size if where == "sky" else _horizon(stage) - box.bottom * size
    return Placed(name, x, y, size, behind=True)


def _horizon(stage: Stage) -> float:
    return max(_OFF[0] * stage.height, min(_OFF[1] * stage.height, stage.horizon))


def _covered(x: float, half: float, taken: Sequence[tuple[float, float]]) -> float:
    """How often it would be covered all over."""
    return sum(max(0.0, min(x + half, b) - max(x - half, a)) for a, b in taken) / (2 * half)


def _free(half: float, width: float, taken: Sequence[tuple[float, float]], near: float) -> float:
    """The middle of the place where the least of it is covered, as near to somebody as may be."""
    low, high = half + 0.02 * width, width - half - 0.02 * width
    if low >= high:
        return width / 2
    tried = [low + (high - low) * i / (_STEP - 1) for i in range(_STEP)]

    def cost(x: float) -> float:
        return _covered(x, half, taken) + 0.15 * abs(x - near) / width

    return min(tried, key=cost)
