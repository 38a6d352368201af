"""The sea's edge: a beach, a cape with its lighthouse."""

from drawing.art.settings.land import ridge, tufts
from drawing.art.settings.plants import stone
from drawing.art.settings.sky import open_sky
from drawing.art.stage import Scenery
from drawing.ink.paths import Path, ellipse, poly, rect, smooth
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE
from manga.geometry import Point


def horizon_of(s: Scenery) -> float:
    """Where sea and sky meet: never so high or low that one of them is lost."""
    return min(max(s.stage.horizon, s.stage.height * 0.25), s.stage.height * 0.68)


def water(s: Scenery, low: float, bottom: float, word: str) -> None:
    """Open sea from the horizon down to `bottom`, with glints that grow nearer."""
    w = s.stage.width
    area = rect(-1, low, w + 2, bottom - low)
    s.canvas.fill(area, 255)
    dark = 0.75 if s.stage.night else 0.42
    s.canvas.graded_tone(area, ((0, low), dark), ((0, bottom), dark * 0.35))
    s.line((-1, low), (w + 1, low), 1.1)
    r = s.stage.random("water", word)
    waves: list[tuple[str | float, ...]] = []
    for _ in range(34):
        t = r.random() ** 0.8
        x, y, long = w * r.random(), low + (bottom - low) * (0.04 + 0.9 * t), w * (0.02 + 0.08 * t)
        waves += [("M", x, y), ("Q", x + long * 0.3, y - long * 0.1, x + long * 0.55, y)]
        waves += [("Q", x + long * 0.8, y + long * 0.08, x + long, y - long * 0.02)]
    s.canvas.stroke(tuple(waves), s.pen.weight * 2.8, 255)
    s.canvas.stroke(tuple(waves), s.pen.weight * 0.8)


def shore(s: Scenery) -> None:
    """A beach: breakers, wet sand, rocks, a headland."""
    w, h, low = s.stage.width, s.stage.height, horizon_of(s)
    open_sky(s, low)
    ridge(s, low + 0.4, h * 0.07, LIGHT_TONE, "headland", rough=0.9)
    depth = h - low
    water(s, low, low + depth * 0.5, "shore")
    r = s.stage.random("shore")
    edge = low + depth * 0.42
    lines: list[list[Point]] = []
    for row in range(3):
        y = edge + depth * (0.02 + 0.085 * row)
        lines.append(
            [
                (w * (i / 8 - 0.03) + r.uniform(-1, 1), y + depth * 0.035 * (1 if i % 2 else -1) * r.uniform(0.4, 1))
                for i in range(9)
            ]
        )
    sand: Path = (*smooth(lines[0], tension=0.55), ("L", w + 2, h + 2), ("L", -2, h + 2), ("Z",))
    s.canvas.fill(sand, 255)
    if s.stage.night:
        s.canvas.graded_tone(sand, ((0, edge), 0.5), ((0, h), 0.25))
    else:
        s.canvas.graded_tone(sand, ((0, edge), 0.26), ((0, edge + depth * 0.3), 0.0))
    for number, line in enumerate(lines):
        foam = tuple(reversed([(x, y + depth * 0.03) for x, y in line]))
        band: Path = (*smooth(line, tension=0.55), ("L", *foam[0]), *smooth(foam, tension=0.55)[1:], ("Z",))
        s.canvas.fill(band, 255)
        s.pen.curve(line, 1.2 - 0.25 * number)
    for x, y, k in ((0.06, 0.42, 0.1), (0.15, 0.5, 0.05), (0.93, 0.46, 0.085), (0.84, 0.56, 0.045), (0.7, 0.84, 0.03)):
        stone(s, w * x, low + depth * y, w * k, h * k * 0.9)
    specks = [ellipse(w * r.random(), low + depth * (0.68 + 0.3 * r.random()), 0.22, 0.13) for _ in range(36)]
    s.canvas.fill(tuple(op for speck in specks for op in speck))


def lighthouse(s: Scenery) -> None:
    """The tower on its cape over the sea; at night its beams sweep the sky."""
    w, h, low = s.stage.width, s.stage.height, horizon_of(s)
    open_sky(s, low)
    depth = h - low
    water(s, low, h + 2, "cape")
    right = s.stage.seed % 2 == 1
    at = 0.74 if right else 0.26

    def x(share: float) -> float:
        return w * (share if right else 1 - share)

    top = low - depth * 0.02
    cliff = smooth(
        ((x(0.5), low + depth * 0.3), (x(0.56), low + depth * 0.1), (x(0.62), top - h * 0.03),
        (x(0.8), top - h * 0.05), (x(1.06), top - h * 0.02)),
        tension=0.5,
    )  # fmt: skip
    s.pen.shape(
        (*cliff, ("L", x(1.06), h + 2), ("L", x(0.5), h + 2), ("Z",)), DARK_TONE if s.stage.night else MID_TONE, 1.2
    )
    _tower(s, w * at, top - h * 0.035, max(h * 0.3, min(top - h * 0.1, h * 0.5)))
    _cape(s, low + depth * 0.24, depth)
    tufts(s, "cape", 46)


def _cape(s: Scenery, y: float, depth: float) -> None:
    """The grass on which people stand, with a trodden path."""
    w, h = s.stage.width, s.stage.height
    edge = [
        (-w * 0.05, y + depth * 0.06),
        (w * 0.2, y + depth * 0.02),
        (w * 0.45, y + depth * 0.09),
        (w * 0.7, y),
        (w * 1.05, y - depth * 0.08),
    ]
    area: Path = (*smooth(edge, tension=0.5), ("L", w * 1.05, h + 2), ("L", -w * 0.05, h + 2), ("Z",))
    s.canvas.fill(area, 255)
    s.canvas.graded_tone(area, ((0, y), 0.6 if s.stage.night else 0.24), ((0, h), 0.3 if s.stage.night else 0.0))
    s.pen.curve(edge, 1.3)


def _tower(s: Scenery, x: float, base: float, tall: float) -> None:
    night = s.stage.night
    half, neck = tall * 0.11, tall * 0.07
    top = base - tall * 0.78
    if night:
        _beams(s, (x, top - tall * 0.08), tall)
    body = poly(((x - half, base), (x - neck, top), (x + neck, top), (x + half, base)))
    s.pen.shape(body, WHITE, 1.3)
    with s.canvas.saved():
        s.canvas.clip(body)
        s.pen.cover(rect(x + neck * 0.2, top, half * 2, tall), MID_TONE)
        for t in (0.28, 0.62):
            s.pen.shape(rect(x - half * 1.2, top + tall * 0.78 * t, half * 2.4, tall * 0.1), BLACK, 0.8)
    for t in (0.18, 0.5, 0.85):
        s.pen.shape(rect(x - neck * 0.22, top + tall * 0.78 * t - tall * 0.02, neck * 0.44, tall * 0.05), BLACK, 0.8)
    s.pen.shape(rect(x - neck * 1.5, top - tall * 0.02, neck * 3, tall * 0.03), WHITE, 1.1)
    s.lines(
        [((x + neck * k, top - tall * 0.02), (x + neck * k, top - tall * 0.075)) for k in (-1.4, -1.05, 1.05, 1.4)],
        0.9,
        255 if night else 0,
    )
    s.pen.shape(rect(x - neck * 0.8, top - tall * 0.13, neck * 1.6, tall * 0.11), WHITE, 1.1)
    s.lines([((x + neck * k, top - tall * 0.13), (x + neck * k, top - tall * 0.02)) for k in (-0.4, 0, 0.4)], 0.8)
    roof = ((-0.95, 0.13), (-0.5, 0.19), (0.0, 0.21), (0.5, 0.19), (0.95, 0.13))
    dome = smooth([(x + neck * u, top - tall * v) for u, v in roof], tension=0.5)
    s.pen.shape((*dome, ("Z",)), BLACK, 1.1)
    s.line((x, top - tall * 0.21), (x, top - tall * 0.27), 1.4, 255 if night else 0)


def _beams(s: Scenery, at: Point, tall: float) -> None:
    w = s.stage.width
    for side, rise in ((-1, -0.1), (1, 0.06)):
        end = (at[0] + side * w * 1.1, at[1] + w * rise)
        wide = w * 0.13
        beam = poly((at, (end[0], end[1] - wide), (end[0], end[1] + wide)))
        s.canvas.fill(beam, 255)
        s.canvas.graded_tone(beam, (at, 0.0), ((at[0] + side * w * 0.75, end[1]), 0.9))
    s.canvas.fill(ellipse(*at, tall * 0.1, tall * 0.1), 255)
