"""Which way the view of a panel goes, and its place painted as it is seen so.

Who looks to the right is seen before what lies at the left of the place, whoever answers him before what lies at its
right; past a shoulder, and now and then at a group, the view goes back to where it came from. Rooms are turned about
the viewer, so that their corners come into the picture; of open country another part is shown. In: the direction and
the place. Out: marks behind the figures.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from drawing.art.frame_shot import DISTANT
from drawing.art.settings.place_painters import Place
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.stage import Scenery, seeded
from drawing.ink.pen import Pen
from manga.geometry import Rect
from manga.storyboard import Angle, SceneDirection, Shot

Facing = Literal["front", "left", "right", "reverse"]

_GROUPS: tuple[Facing, ...] = ("front", "left", "right", "reverse", "front", "right", "left", "reverse")
_WIDER = 1.6
"""Of the panel's width: so wide open country is when a part of it is seen."""
_ASIDE = 0.18
"""Of the panel's width: how far the point to which roads and decks run moves aside then."""
_ENLARGED = 1.7
"""How much larger a part of open country is behind a head."""
_FADED = 0.36
"""White dots over what lies behind a head, lest it compete with the face."""


def facing_of(direction: SceneDirection) -> Facing:
    """The same for the same panel of the same place."""
    people, shot = direction.figures, direction.shot
    if direction.fixed_camera or shot is Shot.ESTABLISHING:
        return "front"
    chance = seeded("view", direction.place, direction.seen, shot, *(f"{f.character}{f.x}" for f in people)).random()
    if not people:
        return _GROUPS[int(chance * 3)]
    if direction.angle is Angle.OVER_SHOULDER and any(f.facing == "back" for f in people):
        return "reverse" if min(people, key=lambda f: f.facing != "back").x > 0.5 else "front"
    if len(people) == 1 and shot not in DISTANT and people[0].facing in {"left", "right"}:
        turned: tuple[Facing, Facing] = ("left", "reverse") if people[0].facing == "right" else ("right", "front")
        return turned[chance < 0.3]
    return _GROUPS[int(chance * len(_GROUPS))]


def paint_place(s: Scenery, place: Place, facing: Facing) -> None:
    """The place as it is seen when the view goes one way."""
    paint, turn = place.paint, {"left": -1.0, "right": 1.0}.get(facing, 0.0)
    if facing == "reverse":
        paint, turn = (place.reverse, 0.0) if place.reverse else (place.paint, -1.0 if s.stage.seed % 2 else 1.0)
    if turn and (place.outdoors or not place.boxed):
        _part_of(s, paint, turn)
    else:
        paint(replace(s, stage=replace(s.stage, turn=turn)))


def _part_of(s: Scenery, paint: Callable[[Scenery], None], turn: float) -> None:
    """One side of a picture that is wider than the panel."""
    more = (_WIDER - 1) * s.stage.width
    off = more if turn > 0 else 0.0
    stage = replace(s.stage, width=s.stage.width + more, centre=s.stage.centre + off - turn * _ASIDE * s.stage.width)
    quiet = tuple(Rect(x=b.x + off, y=b.y, width=b.width, height=b.height) for b in s.quiet)
    with s.canvas.moved(-off, 0):
        paint(replace(s, stage=stage, quiet=quiet))


def paint_detail(s: Scenery, place: Place, facing: Facing, *, aloft: bool) -> None:
    """A part of the place behind a head: large, and paler than the face, but dark by night; or, looking up, the sky
    alone."""
    w, h = s.stage.width, s.stage.height
    if aloft:
        s.wipe()
        open_sky(s, h * 1.02, clouds=2)
        return
    if place.outdoors:
        side = 0.5 + 0.36 * {"left": -1, "right": 1}.get(facing, 0.0)
        low = min(max(s.stage.horizon, h * 0.2), h * 0.66)
        dx, dy = side * w * (_ENLARGED - 1), low * (_ENLARGED - 1)
        with s.canvas.saved(), s.canvas.moved(-dx, -dy, _ENLARGED):
            s.canvas.clip(s.stage.frame)
            paint_place(_finer(s, dx, dy), place, "reverse" if facing == "reverse" else "front")
    else:
        paint_place(replace(s, pen=Pen(s.canvas, s.pen.weight * 0.8)), place, facing)
    if not s.stage.night:
        s.canvas.tone(s.stage.frame, _FADED, grey=255)


def _finer(s: Scenery, dx: float, dy: float) -> Scenery:
    """Lines keep their weight; where people are, is told in the enlarged picture's measure."""
    quiet = tuple(
        Rect(x=(b.x + dx) / _ENLARGED, y=(b.y + dy) / _ENLARGED, width=b.width / _ENLARGED, height=b.height / _ENLARGED)
        for b in s.quiet
    )
    return replace(s, pen=Pen(s.canvas, s.pen.weight * 0.9 / _ENLARGED), quiet=quiet)
