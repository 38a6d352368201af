"""The lamp room at the top of a lighthouse: eight walls of glass around the great lens on its pedestal.

Space as the stage has it: x and up in heads, z 1 at the figures; the room is a ring of corners around its middle.
"""

from collections.abc import Callable
from itertools import pairwise
from math import cos, radians, sin

from drawing.art.settings.coast import horizon_of, water
from drawing.art.settings.room_in_perspective import lamplight
from drawing.art.settings.sky_and_weather import open_sky
from drawing.art.settings.surface_texture import segments
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point

_MIDDLE, _DEEP = 1.9, 0.78
"""z of the room's middle, and how much farther its back is."""
_CORNERS = (-112.5, -67.5, -22.5, 22.5, 67.5, 112.5)
_SILL, _LINTEL, _APEX = 2.7, 10.6, 16.0


def lighthouse_room(s: Scenery) -> None:
    h = s.stage.height
    low = min(max(s.stage.horizon, h * 0.16), h * 0.62)
    open_sky(s, low, clouds=3)
    water(s, low, max(_on(s, 0, _SILL)[1], low + 2, horizon_of(s)), "lamp room")
    x = _lens_at(s)
    if s.stage.night:
        _beams(s, s.stage.at(x, 6.4, _MIDDLE))
    _gallery(s)
    _dome(s)
    _panes(s)
    _parapet(s)
    _floor(s)
    if s.stage.night:
        lamplight(s, (s.stage.at(x, 0, _MIDDLE)[0], h * 0.3))
    _lens(s, x)


def _on(s: Scenery, angle: float, up: float, wide: float = 1.0) -> Point:
    """A point of the ring by its angle from the back (degrees)."""
    a = radians(angle)
    half = 1.16 * (s.stage.width + 3 * abs(s.stage.centre - s.stage.width / 2)) / s.stage.unit
    return s.stage.at(half * wide * sin(a), up, _MIDDLE + _DEEP * wide * cos(a))


def _lens_at(s: Scenery) -> float:
    """Its place across, heads: the middle, or as far aside as lets it be seen beside people."""
    half = 2.0 * s.stage.unit / _MIDDLE
    for share in (0.0, 0.16, -0.16, 0.28, -0.28):
        x = s.stage.width * (0.5 + share)
        if not any(b.x < x + half and b.right > x - half for b in s.quiet):
            break
    else:
        x = s.stage.width * 0.5
    return (x - s.stage.centre) * _MIDDLE / s.stage.unit


def _strip(s: Scenery, low: float, high: float) -> Path:
    upper = [_on(s, a, high) for a in _CORNERS]
    lower = [_on(s, a, low) for a in reversed(_CORNERS)]
    return poly([*upper, *lower])


def _gallery(s: Scenery) -> None:
    """The railing outside, beyond the glass."""
    ink = 255.0 if s.stage.night else 0.0
    rails = [(_on(s, a, up, 1.22), _on(s, a + 15, up, 1.22)) for a in range(-75, 75, 15) for up in (3.4, 4.6)]
    posts = [(_on(s, a, 0, 1.22), _on(s, a, 4.6, 1.22)) for a in range(-75, 76, 15)]
    s.lines([*rails, *posts], 1.0, ink)


def _dome(s: Scenery) -> None:
    """Ribs that meet over the lens, and the ring they rest on."""
    w = s.stage.width
    ring = [_on(s, a, _LINTEL + 0.8) for a in _CORNERS]
    roof = poly([*ring, (w + 4, -4), (-4, -4)])
    s.pen.cover(roof, DARK_TONE)
    apex = s.stage.at(0, _APEX, _MIDDLE)
    s.lines([(p, apex) for p in ring], 3.0)
    s.lines([(p, apex) for p in ring], 1.4, 255)
    s.pen.shape(_strip(s, _LINTEL, _LINTEL + 0.8), MID_TONE, 1.3)


def _panes(s: Scenery) -> None:
    """Posts at the corners, bars between them that follow the walls."""
    bars: list[tuple[Point, Point]] = []
    for a, b in pairwise(_CORNERS):
        p0, p1, q0, q1 = _on(s, a, _SILL), _on(s, a, _LINTEL), _on(s, b, _SILL), _on(s, b, _LINTEL)
        bars += [((p0[0], p0[1] + (p1[1] - p0[1]) * t), (q0[0], q0[1] + (q1[1] - q0[1]) * t)) for t in (1 / 3, 2 / 3)]
        middle = ((p0[0] + q0[0]) / 2, (p0[1] + q0[1]) / 2), ((p1[0] + q1[0]) / 2, (p1[1] + q1[1]) / 2)
        bars.append(middle)
    s.lines(bars, 2.6)
    s.lines(bars, 1.0, 255)
    for a in _CORNERS[1:-1]:
        foot, top = _on(s, a, _SILL), _on(s, a, _LINTEL)
        wide = 0.3 * s.stage.unit / (_MIDDLE + _DEEP * cos(radians(a)))
        s.pen.shape(rect(foot[0] - wide, top[1], wide * 2, foot[1] - top[1]), MID_TONE, 1.2)
        s.canvas.fill(rect(foot[0] + wide * 0.3, top[1], wide * 0.7, foot[1] - top[1]))
    if not s.stage.night:
        shine = []
        for a in (-45.0, 0.0, 45.0):
            x, y = _on(s, a + 6, _LINTEL - 1)
            k = s.stage.unit * 0.5
            shine += [((x, y), (x - k, y + k * 1.6)), ((x + k * 0.5, y), (x - k * 0.8, y + k * 2.1))]
        s.canvas.stroke(segments(shine), s.pen.weight * 1.4, 255)


def _parapet(s: Scenery) -> None:
    """The iron wall under the glass: plates with rivets, and the sill."""
    s.pen.shape(_strip(s, 0, _SILL), LIGHT_TONE, 1.3)
    s.canvas.graded_tone(_strip(s, 0, _SILL), (_on(s, 0, _SILL), 0.08), (_on(s, 0, 0), 0.4))
    s.lines([(_on(s, a, 0), _on(s, a, _SILL)) for a in _CORNERS[1:-1]], 1.4)
    rivets: list[tuple[str | float, ...]] = []
    for a in range(-66, 67, 6):
        for up in (0.5, _SILL - 0.5):
            rivets += ellipse(*_on(s, a, up, 0.995), 0.3, 0.3)
    s.canvas.fill(tuple(rivets))
    s.pen.shape(_strip(s, _SILL - 0.1, _SILL + 0.35), MID_TONE, 1.2)


def _floor(s: Scenery) -> None:
    """Plates in rings around the pedestal, darker towards the walls."""
    w, h = s.stage.width, s.stage.height
    edge = [_on(s, a, 0) for a in _CORNERS]
    area = poly([*edge, (w + 4, h + 4), (-4, h + 4)])
    s.pen.cover(area, WHITE)
    s.canvas.graded_tone(area, (_on(s, 0, 0), 0.4 if not s.stage.night else 0.5), ((w / 2, h), 0.06))
    s.canvas.stroke(poly(edge, close=False), s.pen.weight * 1.6)
    rings = [smooth([_on(s, a, 0, wide) for a in range(-180, 181, 20)], tension=0.5) for wide in (0.78, 0.5)]
    s.canvas.stroke(tuple(op for ring in rings for op in ring), s.pen.weight * 0.9)
    spokes = [(_on(s, a, 0, 0.3), _on(s, a, 0, 1.0)) for a in range(-170, 190, 24)]
    s.lines(spokes, 0.7)
    studs = [_on(s, a, 0, wide) for wide in (0.64, 0.9) for a in range(-178, 180, 12)]
    s.lines([((x, y), (x + 0.6, y)) for x, y in studs if y < h], 1.0)


def _lens(s: Scenery, x: float) -> None:
    """Rings of ground glass in a frame of brass, on a pedestal that stands on the floor."""
    k = s.stage.unit / _MIDDLE
    cx, foot = s.stage.at(x, 0, _MIDDLE)

    def at(u: float, up: float) -> Point:
        return (cx + u * k, foot - up * k)

    s.canvas.tone(ellipse(cx + 0.5 * k, foot, 2.2 * k, 0.36 * k), DARK_TONE.tone)
    for half, low, high, shade in ((1.6, 0.0, 0.5, MID_TONE), (0.85, 0.5, 3.2, DARK_TONE), (1.5, 3.2, 3.8, MID_TONE)):
        body = poly([at(-half, low), at(half, low), at(half * 0.94, high), at(-half * 0.94, high)])
        s.pen.shape(body, shade, 1.3)
        s.canvas.fill(poly([at(half * 0.5, low), at(half, low), at(half * 0.94, high), at(half * 0.5, high)]))
        s.line(at(-half * 0.7, low), at(-half * 0.66, high), 1.6, 255)
    glass = _barrel(at)
    s.pen.shape(glass, WHITE, 1.8)
    with s.canvas.saved():
        s.canvas.clip(glass)
        if not s.stage.night:
            s.canvas.graded_tone(glass, (at(-0.6, 6), 0.0), (at(1.7, 6), 0.46))
        _prisms(s, at)
    s.pen.shape(ellipse(*at(0, 6.5), 0.75 * k, 0.95 * k), WHITE, 1.4)
    s.canvas.stroke(ellipse(*at(0, 6.5), 0.48 * k, 0.62 * k), s.pen.weight)
    lit = s.stage.dim
    s.canvas.fill(ellipse(*at(0, 6.5), 0.2 * k, 0.34 * k), 255 if lit else 0)
    s.pen.shape(poly([at(-1.1, 9.2), at(1.1, 9.2), at(0.5, 9.9), at(-0.5, 9.9)]), DARK_TONE, 1.3)
    s.pen.shape(rect(cx - 0.16 * k, -2, 0.32 * k, at(0, 9.9)[1] + 2), BLACK, 1.0)


_At = Callable[[float, float], Point]


def _barrel(place: _At) -> Path:
    rim = [(-1.15, 3.8), (-1.7, 5.2), (-1.78, 6.5), (-1.6, 7.9), (-1.0, 9.2), (1.0, 9.2), (1.6, 7.9), (1.78, 6.5),
           (1.7, 5.2), (1.15, 3.8)]  # fmt: skip
    return smooth([place(*p) for p in rim], closed=True, tension=0.35)


def _prisms(s: Scenery, place: _At) -> None:
    lines: list[tuple[str | float, ...]] = []
    for n in range(12):
        up = 4.0 + 0.45 * n
        if 5.4 < up < 7.6:
            continue
        bow = 0.14 if up > 6.5 else -0.14
        lines += [("M", *place(-1.9, up)), ("Q", *place(0, up + bow), *place(1.9, up))]
    for u in (-1.0, 1.0):
        lines += [("M", *place(u * 0.6, 3.8)), ("Q", *place(u * 1.35, 6.5), *place(u * 0.5, 9.2))]
    for k in (1.1, 1.45):
        lines += ellipse(*place(0, 6.5), abs(place(k, 0)[0] - place(0, 0)[0]), abs(place(0, k * 0.82)[1]
                         - place(0, 0)[1]))  # fmt: skip
    s.canvas.stroke(tuple(lines), s.pen.weight)


def _beams(s: Scenery, at: Point) -> None:
    """Light that leaves on both sides, wider and weaker as it goes."""
    w = s.stage.width
    for side, rise in ((-1, -0.06), (1, 0.05)):
        x, y = at[0] + side * w, at[1] + w * rise
        wide = w * 0.1
        beam = poly((at, (x, y - wide), (x, y + wide)))
        s.canvas.fill(beam, 255)
        s.canvas.graded_tone(beam, (at, 0.0), ((at[0] + side * w * 0.7, y), 0.8))
