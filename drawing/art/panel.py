"""One panel's picture: place, people, things, effects.

In: `PanelRequest` (size, direction, looks). Out: `DrawnPanel` (calls, anchors as shares of the picture, an estimate of
the ink, what could not be drawn). Pure: the same request gives the same calls.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from drawing.art.account import account
from drawing.art.anchoring import anchors_of
from drawing.art.animals.figure import UNDRESSED
from drawing.art.animals.species import unknown_beast
from drawing.art.backdrop import paint_backdrop, paint_over
from drawing.art.breakout import Out, brought_out
from drawing.art.cast import Ground, figures_of, rests
from drawing.art.company import is_low
from drawing.art.figure import Figure
from drawing.art.fold import off_the_fold
from drawing.art.insert import draw_insert
from drawing.art.lying import BED, draw_bed, draw_blanket, draw_cover, draw_rest
from drawing.art.perch import draw_branch, perched
from drawing.art.props.held import can_hold
from drawing.art.seats import draw_boat, draw_boat_side, draw_seat
from drawing.art.setting_off import draw_rim, draw_shadow
from drawing.art.settings.places import PLACES
from drawing.art.shots import DISTANT, Standing, stage_for, standings
from drawing.art.stage import Stage
from drawing.art.things.drawable import in_period, is_class, thing_of
from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.pen import Pen, showing
from manga.artwork import Breakout, Drawn, FigureAnchors
from manga.characters import Kind, Look
from manga.geometry import Polygon, Rect, distance
from manga.storyboard import BreakoutRoom, FigureDirection, Pose, SceneDirection, Shot
from manga.times import culture_of, times_of
from manga.vocabulary.appearance import UNKNOWN_CLOTHES
from manga.vocabulary.places import has, place_to_draw

LINE_MM = 0.35
_IN_BED = re.compile(r"\b(?:in|on|into|upon) (?:(?:his|her|my|the|their|a) )?bed\b|ベッド|寝台")

_ON_GROUND = frozenset({Pose.LIE, Pose.FALL, Pose.DIG})
_FACES = frozenset({Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE})


@dataclass(frozen=True, slots=True)
class PanelRequest:
    """`looks` are those of the characters that the direction names."""

    width_mm: float
    height_mm: float
    direction: SceneDirection
    looks: Mapping[str, Look]
    period: str = "modern"
    seed: int = 0
    outline: Polygon = ()
    """The panel's border on the picture, millimetres; where it leaves a corner to another panel, nobody stands."""
    room: BreakoutRoom | None = None
    """Who may stand before the border, and how far beyond it."""
    talking: tuple[str, ...] = ()
    """The characters that speak in the panel."""
    fold: float | None = None
    """Where the picture is folded, as a share of its width: there no face is."""
    texts: int = 0
    """How many texts the picture must have room for."""
    culture: str = ""
    """Whose houses the story has; empty: that is not told."""

    @property
    def place(self) -> tuple[str, bool]:
        """The place that is drawn, and whether the setting was known."""
        words = self.direction.place + self.direction.seen
        return place_to_draw(
            self.direction.setting, times_of(self.period, culture_of(self.period, words, self.culture))
        )


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """The picture and what is known about it."""

    drawing: Drawing
    figures: tuple[FigureAnchors, ...]
    ink: float
    missing: tuple[str, ...] = ()
    breakout: Breakout | None = None
    drawn: Drawn = field(default_factory=Drawn)


def draw_panel(request: PanelRequest) -> DrawnPanel:
    direction, missing = _known(request)
    figures, stage, place = _seen(request, direction)
    if not request.place[1]:
        missing.append(f"setting: {direction.setting}")
    canvas = Canvas(request.width_mm, request.height_mm, line=LINE_MM)
    if direction.shot is Shot.INSERT:
        lost = draw_insert(canvas, direction, stage, place, request.texts)
        return _finished(canvas, (), [*missing, *lost])
    standing, out = _staged(request, direction, figures, stage, place)
    paint_backdrop(canvas, direction, stage, place, standing)
    canvas.end_backdrop()
    for s in standing:
        with canvas.showing("figure", s.direction.character):
            _draw_figure(canvas, direction, stage, place, s, out=out is not None and s is out.standing)
    paint_over(canvas, direction, stage, place, standing)
    return replace(_finished(canvas, tuple(standing), missing), breakout=_breakout(request, out))


def _staged(
    request: PanelRequest, direction: SceneDirection, figures: Sequence[Figure], stage: Stage, place: str
) -> tuple[list[Standing], Out | None]:
    """Everybody where he stands, the farther first, and who of them stands before the border."""
    outdoors = PLACES[place].outdoors
    standing = [
        perched(_raised(s, direction, place), stage, direction.shot, outdoors=outdoors)
        for s in standings(direction, figures, stage, request.talking, request.texts)
    ]
    if request.fold is not None:
        standing = off_the_fold(standing, request.fold * request.width_mm)
    return brought_out(standing, request.room, direction.shot, request.width_mm, request.height_mm, request.outline)


def _breakout(request: PanelRequest, out: Out | None) -> Breakout | None:
    if out is None:
        return None
    w, h = request.width_mm, request.height_mm
    lines = tuple(tuple((round(x / w, 5), round(y / h, 5)) for x, y in line) for line in out.outlines)
    return Breakout(character=out.standing.direction.character, outlines=lines)


def expected_anchors(request: PanelRequest) -> tuple[FigureAnchors, ...]:
    """Where this hand would place the figures, without drawing them: where another hand was told to."""
    direction, _ = _known(request)
    if direction.shot is Shot.INSERT:
        return ()
    figures, stage, place = _seen(request, direction)
    standing, _ = _staged(request, direction, figures, stage, place)
    size = (request.width_mm, request.height_mm)
    return tuple(anchors_of(s, *size) for s in sorted(standing, key=lambda s: s.direction.x))


def expected_breakout(request: PanelRequest) -> Breakout | None:
    """What of somebody would stand before the panel's border, without drawing him."""
    direction, _ = _known(request)
    if request.room is None or direction.shot is Shot.INSERT:
        return None
    figures, stage, place = _seen(request, direction)
    return _breakout(request, _staged(request, direction, figures, stage, place)[1])


def _seen(request: PanelRequest, direction: SceneDirection) -> tuple[list[Figure], Stage, str]:
    """The figures, their stage and the place's name."""
    place, _ = request.place
    figures = figures_of(request.looks, direction, _ground(place), request.talking)
    stage = stage_for(
        direction, figures, request.width_mm, request.height_mm, request.period, request.seed,
        outdoors=PLACES[place].outdoors, talking=request.talking,
    )  # fmt: skip
    return figures, stage, place


def _ground(place: str) -> Ground:
    """What one sits on: a seat, the mats of a house, or the bare ground, as on a roof."""
    if PLACES[place].outdoors:
        return "earth"
    return "mats" if PLACES[place].entry.floor else "seats"


def _raised(s: Standing, direction: SceneDirection, place: str) -> Standing:
    """Whoever lies in a bed lies higher."""
    lies = s.figure.human and s.direction.pose is Pose.LIE and direction.shot in DISTANT
    return replace(s, y=s.y - BED * s.size) if lies and _has_beds(direction, place) else s


def _has_beds(direction: SceneDirection, place: str) -> bool:
    """A ward, and any room with chairs where somebody is said to lie in a bed."""
    chairs = not PLACES[place].outdoors and not PLACES[place].entry.floor
    return has(place, "bed") or (chairs and _IN_BED.search(direction.seen) is not None)


def _known(request: PanelRequest) -> tuple[SceneDirection, list[str]]:
    """The direction without figures that have no look and things that the artist cannot draw; what was left out, and
    which beasts are drawn as another one."""
    missing: list[str] = []
    kept: list[FigureDirection] = []
    for figure in request.direction.figures:
        if figure.character not in request.looks:
            missing.append(f"character: {figure.character}")
            continue
        if beast := unknown_beast(request.looks[figure.character]):
            missing.append(f"beast: {beast}")
        marks = request.looks[figure.character].marks
        missing += [
            f"outfit: {mark.removeprefix(UNKNOWN_CLOTHES)}" for mark in marks if mark.startswith(UNKNOWN_CLOTHES)
        ]
        holds, lack = _in_hand(figure.holds, request.period)
        missing += [lack] if lack else []
        kept.append(figure.model_copy(update={"holds": holds}))
    low, high = _free(request)
    direction = _with_a_place(request, len(kept))
    placed = (f.model_copy(update={"x": round(low + f.x * (high - low), 4)}) for f in kept)
    return _stepped_back(direction.model_copy(update={"figures": tuple(placed)}), request.looks), missing


def _in_hand(word: str, period: str) -> tuple[str, str]:
    """The words for a thing in a hand as it was in a period, and what of them is not drawn."""
    if not word:
        return "", ""
    if not can_hold(word, period):
        return "", f"prop: {word}"
    name = thing_of(word, period)
    return in_period(word, period), f"prop: {word} (drawn as: {name})" if name and is_class(name) else ""


def _stepped_back(direction: SceneDirection, looks: Mapping[str, Look]) -> SceneDirection:
    """A beast that lies or digs is seen whole, and the ground under it: near by its head would hang in the air."""
    lies = (f for f in direction.figures if looks[f.character].kind is not Kind.HUMAN and f.pose in _ON_GROUND)
    near = direction.shot in _FACES or (direction.shot is Shot.MEDIUM and len(direction.figures) == 1)
    if not near or all(looks[f.character].outfit not in UNDRESSED for f in lies):
        return direction
    background = "partial" if direction.background == "none" else direction.background
    return direction.model_copy(update={"shot": Shot.FULL, "background": background})


def _with_a_place(request: PanelRequest, people: int) -> SceneDirection:
    """One who is alone in a low wide picture has a part of the place beside him, not a band of tone."""
    direction = request.direction
    bare = direction.background == "none" and direction.shot in (Shot.BUST, Shot.MEDIUM, Shot.CLOSE)
    if bare and people == 1 and not direction.effects and is_low(request.width_mm, request.height_mm):
        return direction.model_copy(update={"background": "partial"})
    return direction


def _free(request: PanelRequest) -> tuple[float, float]:
    """From where to where the whole height of the picture is seen, as shares of its width."""
    if len(request.outline) <= 4:
        return 0.0, 1.0
    picture = Rect(x=0, y=0, width=request.width_mm, height=request.height_mm)
    lacking = max(picture.polygon(), key=lambda corner: min(distance(corner, p) for p in request.outline))
    inner = min(request.outline, key=lambda p: distance(p, picture.centre))[0] / request.width_mm
    return (inner, 1.0) if lacking[0] == 0 else (0.0, inner)


def _draw_figure(
    canvas: Canvas, direction: SceneDirection, stage: Stage, place: str, s: Standing, *, out: bool = False
) -> None:
    outdoors = PLACES[place].outdoors
    on_branch = s.figure.perches and outdoors
    distant = (direction.shot in DISTANT or s.y < stage.height) and not on_branch
    if on_branch:
        with canvas.showing("thing", "branch"):
            draw_branch(canvas, stage, s)
    if distant and direction.background in {"full", "partial"} and s.direction.pose is not Pose.LIE:
        draw_shadow(canvas, s)
    lies = s.figure.human and s.direction.pose is Pose.LIE
    near = lies and rests(s.direction, direction)
    abed = lies and not near and _has_beds(direction, place)
    with canvas.moved(s.x, s.y, s.size):
        pen = Pen.on(canvas)
        if s.direction.pose in {Pose.SIT, Pose.WRITE} and not s.figure.low:
            showing("thing", "chair", lambda pen: draw_seat(pen, s.figure.seat))(pen)
        rows = s.figure.human and s.direction.pose is Pose.ROW and not has(place, "boat")
        ahead = 1 if s.direction.facing == "right" else -1
        if rows:
            showing("thing", "boat", lambda pen: draw_boat(pen, ahead))(pen)
        if near:
            draw_rest(pen, s.figure, outdoors=outdoors)
        if abed:
            showing("thing", "bed", lambda pen: draw_bed(pen, s.figure))(pen)
        with canvas.broken_out() if out else nullcontext():
            draw_rim(canvas, direction, stage, s)
            s.figure.ink(pen)
        if rows:
            draw_boat_side(pen, ahead)
        if near and not outdoors:
            draw_blanket(pen, s.figure)
        if abed:
            draw_cover(pen, s.figure)


def _finished(canvas: Canvas, standing: tuple[Standing, ...], missing: list[str]) -> DrawnPanel:
    drawing = canvas.finish()
    anchors = tuple(anchors_of(s, canvas.width, canvas.height) for s in sorted(standing, key=lambda s: s.direction.x))
    return DrawnPanel(
        drawing, anchors, ink_share(drawing), tuple(dict.fromkeys(missing)), drawn=account(drawing, standing)
    )


def ink_share(drawing: Drawing) -> float:
    """A rough estimate of how much of the picture is black, from a coarse grid of its large surfaces."""
    from drawing.art.coverage import coverage

    return coverage(drawing)
