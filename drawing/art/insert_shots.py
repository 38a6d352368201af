"""Insert shots: a panel that shows a thing or hands near, or a match that burns in the dark.

In: a panel's scenery. Out: marks over the whole panel.
"""

from dataclasses import replace
from functools import cache
from math import cos, pi, sin

from drawing.art.camera import Facing, paint_place
from drawing.art.hand_shapes import PINCH
from drawing.art.hands import hand, ink_fingers, ink_hand
from drawing.art.settings.hell_and_paradise import lotus
from drawing.art.settings.place_painters import PLACES
from drawing.art.settings.starship import space
from drawing.art.settings.surface_texture import blades, joined, wavy
from drawing.art.stage import Scenery, Stage
from drawing.art.things.draw_shape_file import draw_shape
from drawing.art.things.find_drawing import is_afar, is_class, is_outside, thing_named, thing_of
from drawing.ink.canvas import IDENTITY, Canvas
from drawing.ink.paths import Path, ellipse, moved_data, poly, rect, stroke
from drawing.ink.pen import BLACK, DARK, DARK_TONE, LIGHT, MID, WHITE, Pen
from manga.geometry import Point, Rect
from manga.storyboard import SceneDirection
from manga.vocabulary.places import has

_LEAN = 0.3
"""Radians by which the match leans, its flame to the left."""
_FINGERS = -pi / 2 - 0.5
"""Where the fingers point."""
_HALO = ((1.0, DARK), (0.8, MID), (0.6, LIGHT), (0.42, 0.0))
"""Rings of light around the flame: their reach, and the tone that is left in them."""
_FOOT = 0.4
"""How far below its middle a match is held, of its length."""


def struck(s: Scenery, texts: int = 0) -> None:
    """Below the words, where there are some."""
    w, h = s.stage.width, s.stage.height
    s.wipe()
    s.pen.cover(rect(-1, -1, w + 2, h + 2), BLACK)
    size = min(w * 0.6, h * 0.52)
    x, y = w * 0.46, h * (0.5 if texts else 0.42)
    for share, tone in _HALO:
        around = ellipse(x, y, size * share, size * share)
        s.canvas.fill(around, 255)
        if tone:
            s.canvas.tone(around, tone)
    _held(s, (x, y), size)


def _sleeve(wrist: Point, size: float) -> Path:
    """Away from the fingers, out of the picture."""
    far = (wrist[0] - 4 * size * cos(_FINGERS), wrist[1] - 4 * size * sin(_FINGERS))
    return stroke((wrist, far), 0.42 * size, (0.0, 0.0), steps=2)


def _held(s: Scenery, flame: Point, size: float) -> None:
    """The match, and the hand that comes with it from below."""
    long = size * 0.85
    middle = (flame[0] + 0.3 * long * sin(_LEAN), flame[1] + 0.3 * long * cos(_LEAN))
    foot = (middle[0] + _FOOT * long * sin(_LEAN), middle[1] + _FOOT * long * cos(_LEAN))
    dx, dy = hand((0.0, 0.0), _FINGERS, size, "pinch", thumb_left=False).at(*PINCH)
    held = hand((foot[0] - dx, foot[1] - dy), _FINGERS, size, "pinch", thumb_left=False)
    pen = Pen.on(s.canvas)
    pen.shape(_sleeve(held.wrist, size), DARK_TONE, 1.4)
    ink_hand(pen, held)
    with s.canvas.showing("thing", "match"), s.canvas.moved(*middle, long, -_LEAN):
        draw_shape(Pen.on(s.canvas), "match")
    ink_fingers(pen, held)


def draw_insert(canvas: Canvas, direction: SceneDirection, stage: Stage, place: str, texts: int = 0) -> list[str]:
    """What it is to show and cannot; `texts` must have room."""
    words = [*direction.props, *(f.holds for f in direction.figures if f.holds)]
    names = {word: thing_of(word, stage.period) for word in words}
    known = _shown([name for name in names.values() if name], stage, place)
    lost = [lack for word, name in names.items() if (lack := _lack(word, name))]
    scenery = Scenery.on(canvas, stage)
    if place == "space":
        with canvas.showing("place", place):
            space(scenery)
    elif known:
        _things(scenery, direction, place, list(dict.fromkeys(known))[:2], texts)
    else:
        _without_thing(scenery, direction, place)
    return lost


def _lack(word: str, name: str | None) -> str:
    """What is not shown as it was directed."""
    if name is None:
        return f"prop: {word}"
    return f"prop: {word} (drawn as: {name})" if is_class(name) else ""


def _things(s: Scenery, direction: SceneDirection, place: str, names: list[str], texts: int) -> None:
    """The first of them decides how they are seen."""
    first, stage = names[0], s.stage
    if first == "match":
        struck(s, texts)
    elif first == "sign" and not PLACES[place].outdoors:
        _written(s, place)
    elif thing_named(first).falls:
        _let_down(s, first)
    elif is_afar(first):
        _aloft(s, first)
    elif place == "lily_pond" and first in {"flower", "leaf"}:
        _part(s, place, _side(stage))
        with s.canvas.showing("thing", "lotus"):
            lotus(s, (stage.width * 0.5, stage.height * 0.74), min(stage.width, stage.height) * 0.34)
    else:
        lying = all(thing_named(name).lying for name in names)
        _table(s, direction, place, _FROM_ABOVE if lying else _FLOOR, outside=is_outside(first))
        _lay_all(s.canvas, names, stage)


_FLOOR = 0.68
_FROM_ABOVE = 0.36
"""Of the height, where the wall meets the floor; the same where all lies flat and we look down at it."""


def _lay_all(canvas: Canvas, names: list[str], stage: Stage) -> None:
    """What stands on floors stands large at the wall, smaller things lie before it."""
    w, h = stage.width, stage.height
    standing = [name for name in names if thing_named(name).stands]
    small = [name for name in names if name not in standing]
    for name in standing[:1]:
        behind = bool(small) or name == "door"
        tall = max(1.1, min(2.0, 0.2 * w / (h * thing_named(name).stands))) if behind else 0.86
        size = min(h * tall, w * 0.46 / thing_named(name).stands)
        foot = h * (_FLOOR + (0.045 if behind else 0.18))
        _lay(canvas, name, w * 0.5, foot - size * reach_of(name).bottom, size)
    size = min(h * (0.48 if standing else 0.62), w * 0.6 / max(1, len(small)) ** 0.5)
    for i, name in enumerate(small):
        x = w * ((0.58 if standing else 0.5) if len(small) == 1 else 0.32 + 0.36 * i)
        y = h * 0.92 - size * reach_of(name).bottom if standing else h * (0.66 if thing_named(name).lying else 0.56)
        _lay(canvas, name, x, y, size * (1.25 if thing_named(name).long else 1.0))


def _shown(names: list[str], stage: Stage, place: str) -> list[str]:
    """Without what hangs down from above when other things are there to be seen, and without the gates of old towns,
    which are no doors of a house: their place shows them."""
    gate = PLACES[place].outdoors or stage.period in {"old_japan", "old_china", "medieval"}
    kept = [name for name in names if not (gate and name == "door")]
    return [name for name in kept if not (thing_named(name).falls or is_afar(name))] or kept


def _lay(canvas: Canvas, name: str, x: float, y: float, size: float) -> None:
    thing = thing_named(name)
    box = reach_of(name)
    left, right, foot = box.x, box.right, box.bottom
    middle, half = x + size * ((left + right) / 2 + 0.04), size * (right - left) / 2
    if thing.long:
        foot = 0.12
    canvas.tone(ellipse(middle, y + size * foot, half * 1.06, size * 0.08), MID)
    with canvas.moved(x, y, size, -0.14 if thing.long else 0.0):
        (thing.lying or thing.draw)(Pen.on(canvas))


@cache
def reach_of(name: str) -> Rect:
    """What a thing covers around its middle, in its own size."""
    canvas = Canvas(4, 4)
    with canvas.moved(2, 2):
        (thing_named(name).lying or thing_named(name).draw)(Pen.on(canvas))
    marks = [moved_data(str(call[1]), IDENTITY)[1] for call in canvas.finish().calls if call[0] in {"f", "s"}]
    x, y = min(m[0] for m in marks), min(m[1] for m in marks)
    return Rect(x=x - 2, y=y - 2, width=max(m[2] for m in marks) - x, height=max(m[3] for m in marks) - y)


def _let_down(s: Scenery, name: str) -> None:
    """In the open, from above the frame."""
    w, h = s.stage.width, s.stage.height
    s.wipe()
    s.canvas.graded_tone(rect(-1, -1, w + 2, h + 2), ((0, 0), 0.0), ((0, h), 0.42))
    s.canvas.fill(ellipse(w * 0.5, h * 0.42, min(w, h) * 0.3, h * 0.5), 255)
    with s.canvas.moved(w * 0.5, h * (0.5 if name == "thread" else 0.4), h * (1.08 if name == "thread" else 0.82)):
        thing_named(name).draw(Pen.on(s.canvas))


def _aloft(s: Scenery, name: str) -> None:
    """Alone before the sky, or a plain wall."""
    w, h = s.stage.width, s.stage.height
    s.wipe()
    s.canvas.graded_tone(rect(-1, -1, w + 2, h + 2), ((0, 0), 0.4 if s.stage.dim else 0.18), ((0, h), 0.0))
    with s.canvas.moved(w * 0.5, h * 0.5, min(w * 0.8, h * 0.74)):
        thing_named(name).draw(Pen.on(s.canvas))


_FAR = 0.105
"""Of the height, a head as far off as the back wall of the place then is."""
_NEARER = 1.55


def _side(stage: Stage) -> Facing:
    return stage.random("part", round(stage.width), round(stage.height)).choice(_SIDES)


def _written(s: Scenery, place: str) -> None:
    """What is written, on a plate on the door."""
    w, h = s.stage.width, s.stage.height
    _part(s, place, "front")
    with s.canvas.moved(w * 0.5, h * 0.56, min(w, h) * 0.62):
        thing_named("sign").draw(Pen.on(s.canvas))


def _part(s: Scenery, place: str, side: Facing) -> None:
    """What marks the place, seen larger: the middle of its front, or one of its sides."""
    w, h = s.stage.width, s.stage.height
    stage = replace(s.stage, unit=_FAR * h, camera=5.4, horizon=h * 0.38, centre=w * 0.5)
    aside = {"left": 0.3, "right": 0.7}.get(side, 0.5) if PLACES[place].outdoors else 0.5
    with s.canvas.showing("place", place), s.canvas.saved():
        s.canvas.clip(stage.frame)
        with s.canvas.moved(w * (0.5 - aside * _NEARER), h * (0.5 - 0.42 * _NEARER), _NEARER):
            pen = Pen(s.canvas, s.pen.weight / _NEARER)
            paint_place(replace(s, stage=stage, pen=pen), PLACES[place], "front" if PLACES[place].outdoors else side)


_SIDES: tuple[Facing, ...] = ("front", "left", "right")


def _table(s: Scenery, direction: SceneDirection, place: str, share: float, *, outside: bool) -> None:
    """A plain ground; the floor of the place, for what belongs `outside` no floor of a house; or darkness."""
    w, h = s.stage.width, s.stage.height
    s.wipe(0 if direction.background == "dark" else 255)
    if direction.background == "dark":
        s.canvas.fill(ellipse(w * 0.5, h * 0.58, w * 0.44, h * 0.42), 255)
        return
    s.canvas.graded_tone(rect(-1, -1, w + 2, h + 2), ((0, 0), 0.5 if s.stage.dim else 0.32), ((0, h * 0.75), 0.04))
    floor = h * share
    if place == "kitchen" and not outside:
        _worktop(s, floor)
        return
    if PLACES[place].outdoors and not has(place, "paving"):
        _meadow(s, floor)
        return
    s.pen.cover(poly(((-1, floor), (w + 1, floor), (w + 1, h + 1), (-1, h + 1))), WHITE)
    s.canvas.graded_tone(rect(-1, floor, w + 2, h - floor + 2), ((0, floor), 0.3), ((0, h), 0.05))
    s.line((-1, floor), (w + 1, floor), 1.4)
    seams = [((w * (0.5 + k * 0.3), floor), (w * (0.5 + k * 0.52), h + 1)) for k in (-1.5, -0.5, 0.5, 1.5)]
    s.lines(seams, 0.8)
    if not has(place, "paving") and not outside:
        _grain(s, floor)


def _worktop(s: Scenery, back: float) -> None:
    """Before a wall of tiles; its edge is towards us."""
    w, h = s.stage.width, s.stage.height
    tile = h * 0.17
    joints = [((-1.0, back - tile * k), (w + 1, back - tile * k)) for k in range(1, 5)]
    joints += [((x * tile, -1.0), (x * tile, back)) for x in range(1, int(w / tile) + 1)]
    s.lines(joints, 0.7)
    edge = h * 0.93
    s.pen.cover(poly(((-1, back), (w + 1, back), (w + 1, h + 1), (-1, h + 1))), WHITE)
    s.canvas.graded_tone(rect(-1, back, w + 2, edge - back), ((0, back), 0.16), ((0, edge), 0.02))
    s.canvas.tone(rect(-1, edge, w + 2, h - edge + 1), MID)
    for y in (back, edge):
        s.line((-1, y), (w + 1, y), 1.4)


def _grain(s: Scenery, floor: float) -> None:
    """Of boards that run away from us, and the moulding of the wall behind them."""
    w, h, r = s.stage.width, s.stage.height, s.stage.random("grain")
    strokes = []
    for _ in range(26):
        t, u = r.uniform(0.05, 0.9), r.uniform(-0.95, 0.95)
        deep = r.uniform(0.06, 0.2)
        at = ((w * (0.5 + u * (0.55 + 0.42 * v)), floor + (h - floor) * v) for v in (t, t + deep))
        strokes.append(wavy(next(at), next(at), w * 0.004, r))
    s.canvas.stroke(joined(strokes), s.pen.weight * 0.6)
    s.lines([((-1, floor - h * up), (w + 1, floor - h * up)) for up in (0.05, 0.035)], 0.8)


def _meadow(s: Scenery, floor: float) -> None:
    """Grass in clumps at the sides and behind, bare earth under the thing."""
    w, h, r = s.stage.width, s.stage.height, s.stage.random("insert")
    s.canvas.graded_tone(rect(-1, floor, w + 2, h - floor + 2), ((0, floor), 0.28), ((0, h), 0.0))
    far = [
        blades((w * (k + r.random()) / 18, floor + h * 0.012), h * r.uniform(0.03, 0.075), r, n=4) for k in range(18)
    ]
    near = [
        blades((w * x, h * y), h * r.uniform(0.12, 0.2), r, n=7, lean=0.2 if x < 0.5 else -0.2)
        for x, y in ((0.02, 1.0), (0.1, 1.04), (0.2, 1.05), (0.82, 1.05), (0.92, 1.03), (1.0, 0.99))
    ]
    s.canvas.fill(joined((*far, *near)))


def _without_thing(s: Scenery, direction: SceneDirection, place: str) -> None:
    """Nothing to show: a hand of the first figure, or a part of the place."""
    if not direction.figures:
        _part(s, place, _side(s.stage))
        return
    w, h = s.stage.width, s.stage.height
    s.wipe()
    s.canvas.graded_tone(rect(-1, -1, w + 2, h + 2), ((0, 0), 0.3), ((0, h), 0.02))
    size = min(w, h) * 0.62
    pose = "fist" if direction.emotion.value in {"anger", "resolve", "tension", "sadness"} else "open"
    wrist = (w * 0.5, h * 0.86 if pose == "open" else h * 0.74)
    drawn = hand(wrist, -pi / 2, size, "fist" if pose == "fist" else "open", thumb_left=False)
    with s.canvas.moved(0, 0):
        pen = Pen(s.canvas, s.canvas.line * 1.4)
        sleeve = poly(
            (
                (wrist[0] - size * 0.24, wrist[1] - size * 0.04),
                (wrist[0] + size * 0.24, wrist[1] - size * 0.04),
                (wrist[0] + size * 0.34, h + 2),
                (wrist[0] - size * 0.34, h + 2),
            )
        )
        with s.canvas.showing("thing", "hand"):
            ink_hand(pen, drawn)
        pen.shape(sleeve, DARK_TONE, 1.2)
