"""Draws the background and foreground of a panel: the place, or a mood; effect lines; weather."""

from collections.abc import Callable, Sequence
from math import cos, sin
from random import Random
from typing import Final

from drawing.art.camera import facing_of, paint_detail, paint_place
from drawing.art.frame_shot import DISTANT, Standing
from drawing.art.make_figure import rests
from drawing.art.settings.foreground import paint_front
from drawing.art.settings.hills_and_fields import cover_ground
from drawing.art.settings.place_painters import PLACES, Place
from drawing.art.settings.surface_texture import within
from drawing.art.stage import Scenery, Stage, seeded
from drawing.ink import effect_lines
from drawing.ink.canvas import Canvas
from drawing.ink.effect_lines import FocusSpot
from drawing.ink.paths import Path, ellipse, rect
from drawing.ink.pen import DARK, LIGHT, MID
from manga.geometry import Point, Rect
from manga.plot import Emotion, TimeOfDay, Weather
from manga.storyboard import SceneDirection, Shot

_Effect = Callable[[Canvas, FocusSpot, Random], None]
_GROUNDS: dict[str, _Effect] = {
    "flash": effect_lines.flash,
    "beta_flash": effect_lines.beta_flash,
    "bokeh": lambda canvas, spot, r: effect_lines.bokeh(canvas, r),
}
"""Effects that lie where else the place is."""
_BEHIND: dict[str, _Effect] = {
    "focus_lines": effect_lines.focus_lines,
    "speed_lines": lambda canvas, spot, r: effect_lines.speed_lines(canvas, spot, r, angle=0.06),
    "gloom": lambda canvas, spot, r: effect_lines.gloom(canvas, r),
    "flowers": lambda canvas, spot, r: effect_lines.flowers(canvas, r),
    "impact": effect_lines.impact,
}
"""Effects between the place and the figures."""
DRAWN_EFFECTS = frozenset({*_GROUNDS, *_BEHIND, "rain", "snow", "sparkle"})
"""Words of effects that are drawn; the last three lie before the figures."""


def paint_backdrop(
    canvas: Canvas, direction: SceneDirection, stage: Stage, place: str, standing: Sequence[Standing]
) -> None:
    """Everything behind the figures."""
    spot = attention(stage, standing)
    ground = next((e for e in direction.effects if e in _GROUNDS), None)
    if ground:
        _GROUNDS[ground](canvas, spot, stage.random(ground))
    else:
        near = any(s.figure.human and rests(s.direction, direction) for s in standing)
        scenery = Scenery.on(canvas, stage, [_taken(s) for s in standing])
        _paint_place(scenery, direction, place, bare=near)
    for effect in direction.effects:
        if effect in _BEHIND and not (effect == "gloom" and stage.night):
            _BEHIND[effect](canvas, spot, stage.random(effect))


def _paint_place(scenery: Scenery, direction: SceneDirection, place: str, *, bare: bool) -> None:
    """`bare` when the view looks down on somebody who lies."""
    found = PLACES[place]
    if direction.background == "dark":
        scenery.wipe(0)
    elif not bare and _shows_place(direction, scenery.stage):
        with scenery.canvas.showing("place", place):
            paint_place(scenery, found, facing_of(direction))
            if found.outdoors and found.entry.ground:
                cover_ground(scenery, paved="paving" in found.entry.has)
        _thin(scenery, direction, found)
    elif not bare and _shows_part(direction, scenery.stage, found):
        aloft = seeded("aloft", *_words(direction)).random() < _ALOFT
        with scenery.canvas.showing("place", "sky" if aloft and found.outdoors else place):
            paint_detail(scenery, found, facing_of(direction), aloft=aloft and found.outdoors)
        _thin(scenery, direction, found)
        if not aloft and not scenery.stage.night:
            _tinged(scenery, direction, most=_TONED)
    else:
        scenery.wipe()
        _mood(scenery, direction, found)


def _thin(s: Scenery, direction: SceneDirection, place: Place) -> None:
    """Thinner tones behind people who are seen near or whole: else they would merge with the place. In the dark, and
    where the place is the picture's subject, it keeps all of them."""
    lit = not place.entry.unlit and s.stage.time is not TimeOfDay.EVENING and not s.stage.night
    if lit and direction.figures and direction.shot not in {Shot.LONG, Shot.ESTABLISHING}:
        s.canvas.thin_tones(_KEPT, _DOWN)


_KEPT: Final = 0.45
_DOWN: Final = {DARK: MID, MID: LIGHT}
_ALOFT = 0.2
"""How often there is but sky behind a head in the open."""


_BEHIND_FACES = frozenset({Shot.BUST, Shot.CLOSE, Shot.MEDIUM})
_STRONG = frozenset({Emotion.SADNESS, Emotion.FEAR, Emotion.SHAME, Emotion.ANGER, Emotion.SURPRISE})


def _shows_part(direction: SceneDirection, stage: Stage, place: Place) -> bool:
    """Whether something of the place is behind a face; a strong feeling has a ground of its own more often, and so has
    a night in the open: its stars."""
    if direction.background == "none" or direction.shot not in _BEHIND_FACES or direction.effects:
        return False
    if place.entry.unlit:
        return False
    chance = seeded("part", *_words(direction)).random()
    often = direction.emotion not in _STRONG and not (stage.night and place.outdoors)
    return chance < (0.75 if often else 0.4)


def _shows_place(direction: SceneDirection, stage: Stage) -> bool:
    """Faces have a plain ground behind them; so have some of the partial grounds, for a rest to the eye: not in a wide
    panel, which would be empty."""
    wide = stage.width > _WIDE * stage.height
    near = direction.shot is Shot.EXTREME_CLOSE or (direction.shot is Shot.CLOSE and not wide)
    if direction.background == "none" or near:
        return False
    if direction.background == "full" or direction.shot in DISTANT:
        return True
    return direction.shot is Shot.MEDIUM or wide or seeded("ground", *_words(direction)).random() < 0.5


def _words(direction: SceneDirection) -> tuple[str, ...]:
    """What tells one panel of a place from another."""
    return (direction.seen, direction.shot, *(f"{f.character}{f.expression}{f.x}" for f in direction.figures))


def _mood(s: Scenery, direction: SceneDirection, place: Place) -> None:
    """A plain ground whose tone follows the hour and the feeling; light of a lamp that is not seen falls from aside."""
    w, h = s.stage.width, s.stage.height
    area = rect(-1, -1, w + 2, h + 2)
    if place.entry.unlit:
        s.canvas.graded_tone(area, ((0, 0), 0.92), ((0, h), 0.5))
    elif s.stage.night and not place.outdoors:
        lit, far = (0.0, w) if s.stage.seed % 2 else (w, 0.0)
        s.canvas.graded_tone(area, ((far, 0), 0.44), ((lit, 0), 0.02))
    elif s.stage.night:
        _starlight(s)
    else:
        if direction.emotion in _LOW and not direction.effects:
            _kakeami(s)
        _tinged(s, direction)


_LOW = frozenset({Emotion.SADNESS, Emotion.FEAR, Emotion.SHAME})


_TONED = 0.8
"""Chances up to this lay a tone."""


def _tinged(s: Scenery, direction: SceneDirection, most: float = 1.0) -> None:
    """The tone of a feeling, whatever is under it."""
    w, h = s.stage.width, s.stage.height
    area = rect(-1, -1, w + 2, h + 2)
    if direction.emotion in _LOW:
        s.canvas.graded_tone(area, ((0, 0), 0.46), ((0, h * 0.9), 0.03))
    elif direction.emotion in {Emotion.ANGER, Emotion.TENSION, Emotion.SURPRISE}:
        s.canvas.graded_tone(area, ((0, h), 0.4), ((0, 0), 0.02))
    elif direction.emotion in {Emotion.JOY, Emotion.TENDERNESS}:
        s.canvas.graded_tone(area, ((0, h), 0.2), ((0, h * 0.4), 0.0))
    else:
        chance = seeded("plain", s.stage.seed, *_words(direction)).random()
        _plain(s, area, min(chance, _TONED if w > _WIDE * h else most))


def _kakeami(s: Scenery) -> None:
    """Tufts of short strokes, each turned against its neighbours, that thin out from above and keep off people."""
    w, h = s.stage.width, s.stage.height
    r, size = s.stage.random("kakeami", round(w), round(h)), max(2.6, min(w, h) * 0.06)
    pairs: list[tuple[Point, Point]] = []
    rows = 5
    for row in range(rows):
        y = (row + 0.3) * size * 0.95
        for column in range(int(w / size) + 2):
            x = (column + 0.5 * (row % 2)) * size
            if r.random() < row / rows or within((x, y), s.quiet):
                continue
            turn = r.choice((0.3, 1.1, 1.9, 2.7)) + r.uniform(-0.2, 0.2)
            dx, dy = cos(turn) * size * 0.52, sin(turn) * size * 0.52
            for k in (-0.6, -0.2, 0.2, 0.6):
                px, py = x - dy * k * 1.3, y + dx * k * 1.3
                pairs.append(((px - dx, py - dy), (px + dx, py + dy)))
    s.lines(pairs, 0.8)


_WIDE = 1.7
"""By its height: in so wide a panel one face leaves much room, which a bare ground would leave empty."""


def _starlight(s: Scenery) -> None:
    """A dark sky that pales downwards, with a few stars: white figures and grey ones stand out from it."""
    w, h = s.stage.width, s.stage.height
    s.canvas.fill(rect(-1, -1, w + 2, h * 0.42 + 1))
    s.canvas.graded_tone(rect(-1, h * 0.42, w + 2, h * 0.58 + 2), ((0, h * 0.42), 0.92), ((0, h), 0.46))
    r = s.stage.random("starlight")
    for _ in range(max(8, int(w * h / 260))):
        size = r.choice((0.18, 0.24, 0.24, 0.42))
        s.canvas.fill(ellipse(r.uniform(0, w), r.uniform(0, h * 0.5), size, size), 255)


def _plain(s: Scenery, area: Path, chance: float) -> None:
    """Tone from a side, from above or from below, never aslant, which costs thrice; now and then bare paper."""
    w, h = s.stage.width, s.stage.height
    if chance < 0.36:
        s.canvas.graded_tone(area, ((w, 0), 0.26), ((w * 0.15, 0), 0.0))
    elif chance < 0.6:
        s.canvas.graded_tone(area, ((0, h), 0.26), ((0, h * 0.35), 0.0))
    elif chance < 0.84:
        s.canvas.graded_tone(area, ((0, 0), 0.26), ((0, h * 0.8), 0.0))


def paint_over(
    canvas: Canvas, direction: SceneDirection, stage: Stage, place: str, standing: Sequence[Standing]
) -> None:
    """Weather and light before the figures."""
    outside = PLACES[place].outdoors
    names = set(direction.effects)
    falls = names | {direction.weather.value} if outside else names if direction.background in _BARE else set[str]()
    faces = [_place_of(s, s.figure.marks.face) for s in standing if s.figure.marks.face is not None]
    if "rain" in falls:
        with canvas.showing("weather", "rain"):
            effect_lines.rain(canvas, stage.random("rain"), n=90, off=faces)
    if "snow" in falls:
        with canvas.showing("weather", "snow"):
            effect_lines.snow(canvas, stage.random("snow"), n=110, off=faces)
    if outside and direction.weather is Weather.WIND and direction.background == "full":
        with canvas.showing("weather", "wind"):
            effect_lines.wind(canvas, stage.random("wind"))
    if "sparkle" in names:
        effect_lines.sparkles(canvas, stage.random("sparkle"))
    deep = direction.background == "full" and direction.shot in _DEEP and not names & set(_GROUNDS)
    if deep and not (standing and seeded("free", *_words(direction)).random() < _FREE):
        paint_front(Scenery.on(canvas, stage), place, [_taken(s) for s in standing])


_BARE = frozenset({"none", "dark"})
"""Grounds that tell nothing of a roof."""
_FREE = 0.3
"""How often nothing stands before people, lest the same bush be in every panel."""
_DEEP = DISTANT | {Shot.MEDIUM}
"""Views so wide that something may stand nearer than the people."""


def _taken(s: Standing) -> Rect:
    """The room that somebody takes, mm."""
    return _place_of(s, s.figure.marks.body)


def _place_of(s: Standing, r: Rect) -> Rect:
    """A box of the figure's on the picture, mm."""
    return Rect(x=s.x + r.x * s.size, y=s.y + r.y * s.size, width=r.width * s.size, height=r.height * s.size)


def attention(stage: Stage, standing: Sequence[Standing]) -> FocusSpot:
    """The ellipse that effect lines leave free: the largest head whose face is seen, or the middle."""
    if not standing:
        return FocusSpot(stage.width * 0.5, stage.height * 0.5, stage.width * 0.3, stage.height * 0.3)
    faces = [s for s in standing if s.figure.marks.face is not None] or list(standing)
    main = max(faces, key=lambda s: s.size)
    head = main.figure.marks.head
    x, y = main.x + (head.x + head.width / 2) * main.size, main.y + (head.y + head.height / 2) * main.size
    rx = max(head.width * 0.72 * main.size, stage.width * 0.22)
    ry = max(head.height * 0.78 * main.size, stage.height * 0.26)
    return FocusSpot(x, y, min(rx, stage.width * 0.44), min(ry, stage.height * 0.5))
