"""Hats and glasses, and the shadow of a brim. In the head's coordinates."""

from collections.abc import Callable

from drawing.art.eyes import sockets
from drawing.art.face import FaceShape, HeadView
from drawing.art.hair.hair_under_hats import worn_hat
from drawing.ink.paths import Path, ellipse, mapped, poly, smooth, stroke
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT, LIGHT_TONE, MID_TONE, WHITE, Pen, Shade
from manga.characters import Look
from manga.geometry import Point

_LEAN: dict[HeadView, float] = {"front": 0.0, "three_quarter": 0.03, "profile": 0.08, "back": 0.0}


_SEAT = 0.1
"""How far above the brow the band of a felt hat or a top hat sits."""
_BRIMS = {"hunting": 0.6, "top": 0.56, "straw": 0.74}
"""Half the width of a brim: an ear's breadth beyond the hair; of straw, as wide as shoulders."""
_CROWNS = {"hunting": 0.78, "top": 1.02, "straw": 0.7}
"""How far the crown rises above the band."""


def ink_glasses(pen: Pen, shape: FaceShape, view: HeadView) -> None:
    found = sockets(shape, view)
    for s in found:
        rim = ellipse(s.x, s.y + 0.005, 0.132 * s.squeeze, 0.122)
        pen.contour(rim, 1.3)
        pen.line(((s.x - 0.05 * s.squeeze, s.y - 0.06), (s.x - 0.085 * s.squeeze, s.y + 0.0)), 0.8, (0.5, 1))
    if len(found) == 2:
        a, b = found
        pen.curve(
            ((a.x + 0.13 * a.squeeze, a.y - 0.01), ((a.x + b.x) / 2 - 0.01, a.y - 0.035), (b.x - 0.13, b.y - 0.01)), 1.2
        )
    if found:
        last = found[-1]
        pen.straight(
            ((last.x + 0.13 * last.squeeze, last.y - 0.02), (0.36 if view != "profile" else 0.12, last.y - 0.04)), 1.1
        )


def hat_outline(look: Look, view: HeadView) -> list[Path]:
    """What a wide hat covers besides the hair."""
    x, hat = _LEAN[view], worn_hat(look)
    if hat == "sedge":
        return [poly(((x - 0.86, -0.22), (x, -0.88), (x + 0.86, -0.22), (x, -0.1)))]
    if hat in _CROWNS:
        tall, half = _CROWNS[hat], _BRIMS[hat]
        return [
            _half_brim(x, half),
            poly(
                (
                    (x - 0.46, -0.3 - _SEAT),
                    (x - 0.44, 0.2 - _SEAT - tall),
                    (x - 0.2, -_SEAT - tall),
                    (x + 0.2, -_SEAT - tall),
                    (x + 0.44, 0.2 - _SEAT - tall),
                    (x + 0.46, -0.3 - _SEAT),
                )
            ),
        ]
    return []


def ink_brim_shadow(pen: Pen, look: Look, view: HeadView, skin: Path) -> None:
    """What a hat's rim casts on the brow."""
    edge = _EDGES.get(worn_hat(look))
    if edge is None or view == "back":
        return
    with pen.canvas.saved():
        pen.canvas.clip(skin)
        pen.canvas.tone(mapped(edge(view), lambda x, y: (x + 0.015, y + 0.075)), LIGHT)


_FEATHERED = frozenset({"hunting", "victorian_dress", "robe", "tunic", "gown", "none"})
"""With these clothes a felt hat has a feather."""


_KNIGHTS = frozenset({"knight", "騎士"})
"""Marks of the look of those whose helmet is of European steel."""


_CALLED = {"straw": "straw hat", "sedge": "sedge hat", "hunting": "hunting hat", "top": "top hat", "scarf": "headscarf"}
"""What a hat is called, where its word is not a noun."""


def ink_hat(pen: Pen, look: Look, view: HeadView) -> None:
    worn = worn_hat(look)
    with pen.canvas.showing("thing", _CALLED.get(worn, worn)):
        _ink_hat(pen, look, view)


def _ink_hat(pen: Pen, look: Look, view: HeadView) -> None:
    if look.hat == "helmet" and not _KNIGHTS.isdisjoint(look.marks):
        _helm(pen, view)
        return
    felt = look.hat == "hunting" and look.outfit not in _FEATHERED
    (_felt if felt else HATS.get(worn_hat(look), _none))(pen, view)


def _none(pen: Pen, view: HeadView) -> None:
    del pen, view


def _sedge(pen: Pen, view: HeadView) -> None:
    """A wide cone."""
    x = _LEAN[view]
    cone = poly(((x - 0.86, -0.22), (x - 0.05, -0.86), (x + 0.05, -0.86), (x + 0.86, -0.22)), close=False)
    pen.shape((*cone, ("Q", x, -0.04, x - 0.86, -0.22), ("Z",)), WHITE, 1.3)
    for k in (-0.62, -0.38, -0.13, 0.13, 0.38, 0.62):
        pen.line(((x + k * 0.06, -0.82), (x + k * 1.05, -0.13 - abs(k) * 0.1)), 0.7, (0.2, 0.4))
    for t in (0.35, 0.68):
        y, half = -0.86 + 0.64 * t, 0.05 + 0.81 * t
        pen.curve(((x - half, y), (x, y + 0.12 * t), (x + half, y)), 0.7)


def _cap(pen: Pen, view: HeadView) -> None:
    x = _LEAN[view]
    dome = smooth(((x - 0.5, -0.24), (x - 0.46, -0.52), (x, -0.78), (x + 0.46, -0.52), (x + 0.5, -0.24)), tension=0.55)
    pen.shape((*dome, ("Q", x, -0.38, x - 0.5, -0.24), ("Z",)), MID_TONE, 1.3)
    if view == "back":
        return
    pen.shape(_peak(view), BLACK, 1.1)


def _peak(view: HeadView) -> Path:
    x = _LEAN[view]
    reach = {"three_quarter": -0.2, "profile": -0.36}.get(view, 0.0)
    brim = smooth(
        (
            (x - 0.44, -0.28),
            (x - 0.26 + reach, -0.12),
            (x + reach, -0.08),
            (x + 0.3 + reach * 0.6, -0.14),
            (x + 0.4, -0.3),
        ),
        tension=0.55,
    )
    return (*brim, ("Q", x, -0.38, x - 0.44, -0.28), ("Z",))


def _felt(pen: Pen, view: HeadView) -> None:
    _brimmed(pen, view, _BRIMS["hunting"], 0.36, DARK_TONE)


def _hunting(pen: Pen, view: HeadView) -> None:
    """A soft felt hat with a feather."""
    _felt(pen, view)
    x = _LEAN[view] + 0.3
    pen.shape(stroke(((x, -0.44), (x + 0.12, -0.72), (x + 0.3, -0.92)), 0.13, (0.8, 0.9), steps=5), WHITE, 0.9)


def _top(pen: Pen, view: HeadView) -> None:
    _brimmed(pen, view, _BRIMS["top"], 0.6, BLACK)


def _straw(pen: Pen, view: HeadView) -> None:
    """Plaited, with a ribbon and a wide brim."""
    half, x, low = _BRIMS["straw"], _LEAN[view], -0.3 - _SEAT
    _brimmed(pen, view, half, 0.24, WHITE)
    for k in (-0.3, -0.15, 0.0, 0.15, 0.3):
        pen.line(((x + k, low - 0.16), (x + k * 0.8, low - 0.29 + abs(k) * 0.1)), 0.6, (0.2, 0.4))
    for k in range(-6, 7):
        u = k / 6.6
        y = low + 0.105 - 0.1 * u * u
        pen.line(((x + half * u * 0.9, y - 0.035), (x + half * u, y + 0.015 * (1 - u * u))), 0.6, (0.2, 0.4))


def _brimmed(pen: Pen, view: HeadView, half: float, tall: float, cover: Shade) -> None:
    x = _LEAN[view]
    low = -0.3 - _SEAT
    crown = smooth(
        (
            (x - 0.46, low),
            (x - 0.43, low - 0.08 - tall * 0.6),
            (x - 0.25, low - 0.1 - tall),
            (x, low - (0.04 if cover.black is False else 0.1) - tall),
            (x + 0.25, low - 0.1 - tall),
            (x + 0.43, low - 0.08 - tall * 0.6),
            (x + 0.46, low),
        ),
        tension=0.5,
    )
    pen.shape((*crown, ("Q", x, low + 0.08, x - 0.46, low), ("Z",)), cover, 1.3)
    band = poly(((x - 0.46, low - 0.13), (x + 0.46, low - 0.13), (x + 0.47, low), (x, low + 0.08), (x - 0.47, low)))
    pen.shape(band, WHITE if cover.black else BLACK, 1.0)
    pen.shape(_half_brim(x, half), cover, 1.2)
    if cover.black:
        pen.line(((x - 0.3, low - 0.2), (x - 0.28, low - tall * 0.9)), 1.6, (0.8, 0.8), 255)
    elif cover != WHITE:
        pen.line(((x - 0.06, low - 0.04 - tall), (x + 0.02, low - tall * 0.62)), 1.2, (0.2, 1))


def _half_brim(x: float, half: float) -> Path:
    """Seen a little from below: its ends turn up, and it leaves the brow free."""
    y = -0.3 - _SEAT
    return (
        ("M", x - half, y - 0.02), ("C", x - half * 0.86, y + 0.1, x - half * 0.4, y + 0.145, x, y + 0.145),
        ("C", x + half * 0.4, y + 0.145, x + half * 0.86, y + 0.1, x + half, y - 0.02),
        ("C", x + half * 0.66, y + 0.055, x + half * 0.3, y + 0.065, x, y + 0.065), ("C", x - half * 0.3, y + 0.065,
        x - half * 0.66, y + 0.055, x - half, y - 0.02), ("Z",),
    )  # fmt: skip


def _scarf(pen: Pen, view: HeadView) -> None:
    """A cloth tied around the head (hachimaki or kerchief)."""
    x = _LEAN[view]
    band: Path = (
        ("M", x - 0.49, -0.27), ("Q", x, -0.5, x + 0.5, -0.27), ("L", x + 0.5, -0.14), ("Q", x, -0.36, x - 0.49,
        -0.14), ("Z",),
    )  # fmt: skip
    pen.shape(band, WHITE, 1.2)
    knot = 0.44 if view != "back" else 0.0
    for dy in (-0.1, 0.12):
        pen.shape(
            stroke(
                ((x + knot, -0.22), (x + knot + 0.16, -0.22 + dy * 0.4), (x + knot + 0.3, -0.2 + dy)),
                0.1,
                (0.5, 0.2),
                steps=4,
            ),
            WHITE,
            1.0,
        )
    pen.shape(ellipse(x + knot + 0.02, -0.22, 0.06, 0.07), WHITE, 1.0)


def _crown(pen: Pen, view: HeadView) -> None:
    x = _LEAN[view]
    teeth: list[Point] = [(x - 0.455, -0.36)]
    for i in range(5):
        teeth += [(x - 0.5 + 0.25 * i, -0.86 if i % 2 == 0 else -0.8), (x - 0.38 + 0.25 * i, -0.6)]
    pen.shape(
        (*poly((*teeth[:-1], (x + 0.455, -0.36)), close=False), ("Q", x, -0.2, *teeth[0]), ("Z",)), LIGHT_TONE, 1.2
    )
    for k in (-0.24, 0.0, 0.24):
        pen.shape(ellipse(x + k * 1.15, -0.42 - abs(k) * 0.16, 0.045, 0.045), WHITE, 0.9)


def _dome(view: HeadView) -> Path:
    x = _LEAN[view]
    dome = smooth(((x - 0.54, -0.16), (x - 0.5, -0.5), (x, -0.8), (x + 0.5, -0.5), (x + 0.54, -0.16)), tension=0.55)
    return (*dome, ("Q", x, -0.3, x - 0.54, -0.16), ("Z",))


def _helmet(pen: Pen, view: HeadView) -> None:
    x = _LEAN[view]
    pen.shape(_dome(view), BLACK, 1.3)
    for k in (-0.3, 0.0, 0.3):
        pen.line(((x + k * 0.3, -0.74), (x + k, -0.34)), 0.9, (0.5, 0.5), 255)
    if view == "back":
        return
    for side in (-1, 1):
        pen.shape(
            stroke(((x, -0.42), (x + side * 0.2, -0.62), (x + side * 0.24, -0.96)), 0.1, (0.2, 1), steps=5), WHITE, 1.0
        )
    for side in (-1, 1):
        flap = poly(
            ((x + side * 0.52, -0.2), (x + side * 0.44, -0.14), (x + side * 0.47, 0.2), (x + side * 0.62, 0.16))
        )
        pen.shape(flap, BLACK, 1.0)


def _helm(pen: Pen, view: HeadView) -> None:
    """A bowl of steel with a comb, a plume, and the visor raised above the brow."""
    x = _LEAN[view]
    comb = {"front": 0.0, "three_quarter": -0.12, "profile": 0.0, "back": 0.0}[view]
    plume = ((x + comb, -0.78), (x + comb + 0.16, -1.02), (x + comb + 0.44, -1.0), (x + comb + 0.62, -0.72))
    pen.shape(stroke(plume, 0.17, (0.5, 1), steps=8), WHITE, 1.1)
    pen.curve(plume[:3], 0.7)
    pen.shape(_dome(view), LIGHT_TONE, 1.3)
    pen.canvas.fill(stroke(((x - 0.4, -0.4), (x - 0.3, -0.56), (x - 0.12, -0.68)), 0.07, (1, 1), steps=6), 255)
    pen.curve(((x + comb, -0.79), (x + comb * 1.5, -0.55), (x + comb * 1.7, -0.28)), 1.0)
    if view != "back":
        visor = smooth(((x - 0.57, -0.3), (x - 0.4, -0.5), (x + comb, -0.6), (x + 0.4, -0.5), (x + 0.57, -0.3)))
        pen.shape((*visor, ("Q", x, -0.38, x - 0.57, -0.3), ("Z",)), MID_TONE, 1.2)
        for k in (-0.3, -0.15, 0.0, 0.15, 0.3):
            pen.straight(((x + k, -0.5 + abs(k) * 0.25), (x + k * 1.08, -0.43 + abs(k) * 0.25)), 1.3)
    for side in (-1, 1):
        pen.shape(ellipse(x + side * 0.51, -0.24, 0.055, 0.055), WHITE, 1.0)


HATS: dict[str, Callable[[Pen, HeadView], None]] = {
    "sedge": _sedge, "straw": _straw, "cap": _cap, "hunting": _hunting, "top": _top, "scarf": _scarf,
    "crown": _crown, "helmet": _helmet,
}  # fmt: skip

_EDGES: dict[str, Callable[[HeadView], Path]] = {
    "sedge": lambda view: poly(((-0.7, -0.5), (0.7, -0.5), (0.7, -0.18), (_LEAN[view], -0.13), (-0.7, -0.18))),
    "straw": lambda view: _half_brim(_LEAN[view], _BRIMS["straw"]),
    "cap": _peak,
    "hunting": lambda view: _half_brim(_LEAN[view], _BRIMS["hunting"]),
    "top": lambda view: _half_brim(_LEAN[view], _BRIMS["top"]),
    "helmet": _dome,
}
"""What lies over the brow."""
