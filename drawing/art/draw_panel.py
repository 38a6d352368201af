"""Draws one panel's picture: place, people, things, effects.

In: `PanelBrief` (size, direction, looks). Out: `DrawnPanel` (calls, anchors as shares of the picture, an estimate of
the ink, what could not be drawn). Pure: the same brief gives the same calls.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from drawing.art.acts import side_by_side
from drawing.art.animals.animal_figure import UNDRESSED
from drawing.art.animals.perching_birds import draw_branch, perched
from drawing.art.animals.species import unknown_beast
from drawing.art.background import paint_backdrop, paint_over
from drawing.art.beasts_beside_people import beasts_beside
from drawing.art.chairs_and_boats import draw_boat, draw_boat_side, draw_seat
from drawing.art.figure import Figure
from drawing.art.figure_anchors import anchors_of
from drawing.art.figure_before_border import Out, brought_out
from drawing.art.figure_spacing import DISTANT, is_low
from drawing.art.figures_on_things import borne, supports
from drawing.art.frame_shot import Standing, stage_for, standings
from drawing.art.hands_on_another import joined
from drawing.art.held_in_view import held_in_view
from drawing.art.insert_shots import draw_insert
from drawing.art.keep_off_fold import off_the_fold
from drawing.art.lines_between import tied, ties
from drawing.art.living_objects import (
    objects_in,
    seen_objects,
    stand_objects,
    unknown_objects,
    with_objects,
    with_objects_as_things,
)
from drawing.art.lying_down import BED, draw_bed, draw_blanket, draw_cover, draw_rest
from drawing.art.make_figure import Ground, figures_of, rests
from drawing.art.props.held_things import can_hold
from drawing.art.settings.place_painters import PLACES
from drawing.art.stage import Stage
from drawing.art.things.draw_own_shape import with_shape, word_of
from drawing.art.things.find_drawing import in_period, is_class, thing_of
from drawing.art.things_beside_people import Placed, things_beside
from drawing.art.what_a_picture_shows import account, places_of_things, seen_in
from drawing.art.worn_cloaks import with_cloaks
from drawing.ink.canvas import Canvas
from drawing.ink.drawing_calls import Drawing
from drawing.ink.paths import ellipse
from drawing.ink.pen import MID, Pen, showing
from manga.artwork import Breakout, Drawn, FigureAnchors
from manga.characters import Kind, Look
from manga.concept import Culture
from manga.geometry import Rect, distance
from manga.panel_brief import PanelBrief
from manga.plot import TimeOfDay
from manga.storyboard import FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.clothes_and_hair import UNKNOWN_CLOTHES, outfits
from manga.vocabulary.places import has


def draw_rim(canvas: Canvas, direction: SceneDirection, stage: Stage, s: Standing) -> None:
    """A white contour sets the figure off from the tones behind it, a wider one in the dark."""
    evening = direction.time_of_day is TimeOfDay.EVENING
    dark = stage.night or evening or direction.background == "dark" or bool(direction.effects)
    wide = (0.34 if dark else 0.27) + 0.012 * s.size
    for path in s.figure.silhouette:
        canvas.stroke(path, 2 * min(wide, 0.7) / s.size, 255)
    for path in s.figure.silhouette:
        canvas.fill(path, 255)


def draw_shadow(canvas: Canvas, s: Standing) -> None:
    """Where feet touch the floor."""
    body = s.figure.marks.body
    wide = min(body.width, 2.2) * 0.42 * s.size
    x = s.x + s.figure.foot * s.size
    canvas.tone(ellipse(x, s.y - 0.04 * s.size, wide, 0.16 * s.size), MID)


LINE_MM = 0.35
_IN_BED = re.compile(r"\b(?:in|on|into|upon|beside|by) (?:(?:his|her|my|the|their|a) )?bed\b|\bbedside\b|ベッド|寝台")

_NOT_DRAWN, _HANDS = frozenset({"gloves", "mask"}), "hands: "
"""Marks of a look that nothing is drawn for."""
_ON_GROUND = frozenset({Pose.LIE, Pose.FALL, Pose.DIG})
_ON_LEGS = frozenset({Pose.KNEEL, Pose.CRAWL, Pose.CLIMB, Pose.JUMP, Pose.CROUCH, Pose.FALL, Pose.RUN, Pose.DIG})
_BY_A_BED = frozenset({Pose.LIE, Pose.SIT, Pose.KNEEL, Pose.CROUCH, Pose.WEEP, Pose.PRAY, Pose.LOOK_DOWN})
_FACES = frozenset({Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE})


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """The picture and what is known about it."""

    drawing: Drawing
    figures: tuple[FigureAnchors, ...]
    ink: float
    missing: tuple[str, ...] = ()
    breakout: Breakout | None = None
    drawn: Drawn = field(default_factory=Drawn)
    things: tuple[Rect, ...] = ()
    """Where things are, as shares of the picture."""


def draw_panel(brief: PanelBrief) -> DrawnPanel:
    brief = with_cloaks(brief)
    objects = objects_in(brief)
    made = _drawn(brief, objects)
    if not objects:
        return made
    seen = tuple(seen_objects(made.drawing, brief, objects))
    unknown = tuple(f"prop: {word}" for word in unknown_objects(brief, objects))
    figures, told = (*made.figures, *seen), with_objects(made.drawn, seen)
    return replace(made, figures=figures, drawn=told, missing=tuple(dict.fromkeys((*made.missing, *unknown))))


def _drawn(brief: PanelBrief, objects: Mapping[str, str]) -> DrawnPanel:
    direction, missing = _known(brief)
    figures, stage, place = _seen(brief, direction)
    if not brief.place[1]:
        missing.append(f"setting: {direction.setting}")
    canvas = Canvas(brief.width_mm, brief.height_mm, line=LINE_MM)
    if direction.shot is Shot.INSERT:
        lost = draw_insert(canvas, direction, stage, place, brief.texts)
        return _finished(canvas, (), [*missing, *lost])
    standing, out, borne_by = _staged(brief, direction, figures, stage, place)
    lines = ties(direction, standing)
    standing = tied(standing, lines)
    paint_backdrop(canvas, direction, stage, place, standing)
    canvas.end_backdrop()
    beings = {thing_of(with_shape(word, brief.things), brief.period) or "" for word in objects.values()}
    painted = seen_in(canvas.finish()) if direction.props else ()
    beings |= {thing.name for thing in borne_by.values()} | {one.name for one in painted if one.kind == "part"}
    in_place = any(one.kind == "place" for one in painted)
    placed = things_beside(brief, direction, stage, standing, beings, in_place=in_place)
    for thing in (one for one in placed if one.behind):
        thing.ink(canvas)
    for beast in beasts_beside(brief, direction, stage, standing):
        beast.ink(canvas)
    for s in standing:
        on = borne_by.get(s.direction.character)
        if on is not None and on.behind:
            on.ink(canvas)
        with canvas.showing("figure", s.direction.character):
            before = out is not None and s.direction is out.standing.direction
            _draw_figure(canvas, direction, stage, place, s, seated=on is not None, out=before)
        if on is not None and not on.behind:
            on.ink(canvas)
    for thing in (one for one in placed if not one.behind):
        thing.ink(canvas)
    for line in lines:
        line.ink(canvas)
    stand_objects(canvas, stage, brief, objects, [s.placed(s.figure.marks.head) for s in standing])
    paint_over(canvas, direction, stage, place, standing)
    return replace(_finished(canvas, tuple(standing), missing), breakout=_breakout(brief, out))


def _staged(
    brief: PanelBrief, direction: SceneDirection, figures: Sequence[Figure], stage: Stage, place: str
) -> tuple[list[Standing], Out | None, dict[str, Placed]]:
    """Everybody where he stands, the farther first; who of them stands before the border; on what who is."""
    outdoors = PLACES[place].outdoors
    standing = [
        perched(_raised(s, direction, place), stage, direction.shot, outdoors=outdoors)
        for s in standings(direction, figures, stage, brief.speakers, brief.texts)
    ]
    if brief.fold is not None:
        standing = off_the_fold(standing, brief.fold * brief.width_mm)
    standing = held_in_view(standing, stage.height)
    standing, things = borne(supports(brief, direction), direction, stage, joined(direction, standing, stage.height))
    return *brought_out(standing, brief.room, direction.shot, brief.width_mm, brief.height_mm, brief.outline), things


def _breakout(brief: PanelBrief, out: Out | None) -> Breakout | None:
    if out is None:
        return None
    w, h = brief.width_mm, brief.height_mm
    lines = tuple(tuple((round(x / w, 5), round(y / h, 5)) for x, y in line) for line in out.outlines)
    return Breakout(character=out.standing.direction.character, outlines=lines)


def expected_anchors(brief: PanelBrief) -> tuple[FigureAnchors, ...]:
    """Where this artist would place the figures, without drawing them: where an image model was told to."""
    standing, _ = expected_standings(brief)
    size = (brief.width_mm, brief.height_mm)
    return tuple(anchors_of(s, *size) for s in sorted(standing, key=lambda s: s.direction.x))


def expected_standings(brief: PanelBrief) -> tuple[list[Standing], Stage]:
    """Where this artist would place the figures, the farther first, and their stage. An insert has none."""
    brief = with_cloaks(brief)
    direction, _ = _known(brief)
    figures, stage, place = _seen(brief, direction)
    insert = direction.shot is Shot.INSERT
    return ([] if insert else _staged(brief, direction, figures, stage, place)[0]), stage


def expected_breakout(brief: PanelBrief) -> Breakout | None:
    """What of somebody would stand before the panel's border, without drawing him."""
    brief = with_cloaks(brief)
    direction, _ = _known(brief)
    if brief.room is None or direction.shot is Shot.INSERT:
        return None
    figures, stage, place = _seen(brief, direction)
    return _breakout(brief, _staged(brief, direction, figures, stage, place)[1])


def _seen(brief: PanelBrief, direction: SceneDirection) -> tuple[list[Figure], Stage, str]:
    """The figures, their stage and the place's name."""
    place, _ = brief.place
    figures = figures_of(_dressed(brief), direction, _ground(place), brief.speakers, supports(brief, direction))
    stage = stage_for(
        direction, figures, brief.width_mm, brief.height_mm, brief.period, brief.seed,
        outdoors=PLACES[place].outdoors, talking=brief.speakers,
    )  # fmt: skip
    return figures, replace(stage, western=brief.houses_of is Culture.WEST), place


def _dressed(brief: PanelBrief) -> Mapping[str, Look]:
    """Everybody in clothes of the story's culture: what is a robe in the East is a gown in the West."""
    if brief.culture != Culture.WEST:
        return brief.looks
    own = {key: outfits().then(look.outfit, ("west",)) for key, look in brief.looks.items()}
    return {key: look.model_copy(update={"outfit": own[key]}) for key, look in brief.looks.items()}


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


def _known(brief: PanelBrief) -> tuple[SceneDirection, list[str]]:
    """The direction without figures that have no look and things that the artist cannot draw; what was left out, and
    which beasts are drawn as another one."""
    brief = with_objects_as_things(brief, objects_in(brief))
    missing: list[str] = []
    kept: list[FigureDirection] = []
    for figure in brief.direction.figures:
        if figure.character not in brief.looks:
            missing.append(f"character: {figure.character}")
            continue
        if beast := unknown_beast(brief.looks[figure.character]):
            missing.append(f"beast: {beast}")
        marks = brief.looks[figure.character].marks
        missing += [
            f"outfit: {mark.removeprefix(UNKNOWN_CLOTHES)}"
            for mark in marks
            if mark.startswith((UNKNOWN_CLOTHES, _HANDS)) or mark in _NOT_DRAWN
        ]
        holds, lack = _in_hand(with_shape(figure.holds, brief.things), brief.period)
        missing += [lack] if lack else []
        kept.append(figure.model_copy(update={"holds": holds}))
    low, high = _free(brief)
    direction = _with_a_place(brief, len(kept))
    placed = (f.model_copy(update={"x": round(low + f.x * (high - low), 4)}) for f in kept)
    props = tuple(with_shape(prop, brief.things) for prop in direction.props)
    known = direction.model_copy(update={"figures": tuple(placed), "props": props})
    return _stepped_back(side_by_side(known), brief.looks), missing


def _in_hand(word: str, period: str) -> tuple[str, str]:
    """The words for a thing in a hand as it was in a period, and what of them is not drawn."""
    if not word:
        return "", ""
    if not can_hold(word, period):
        return "", f"prop: {word_of(word)}"
    name = thing_of(word, period)
    return in_period(word, period), f"prop: {word} (drawn as: {name})" if name and is_class(name) else ""


def _stepped_back(direction: SceneDirection, looks: Mapping[str, Look]) -> SceneDirection:
    """A beast that lies or digs is seen whole, and the ground under it: near by its head would hang in the air. So are
    people of whom no more than the waist is directed to be seen, where what they do shows in their legs."""
    lies = (f for f in direction.figures if looks[f.character].kind is not Kind.HUMAN and f.pose in _ON_GROUND)
    near = direction.shot in _FACES or (direction.shot is Shot.MEDIUM and len(direction.figures) == 1)
    over = direction.shot is Shot.MEDIUM and _stands_over(direction)
    beasts = near and any(looks[f.character].outfit in UNDRESSED for f in lies)
    people = direction.shot is Shot.MEDIUM and any(f.pose in _ON_LEGS for f in direction.figures)
    if not (beasts or people or over):
        return direction
    background = "partial" if direction.background == "none" else direction.background
    return direction.model_copy(update={"shot": Shot.FULL, "background": background})


def _stands_over(direction: SceneDirection) -> bool:
    """Whether somebody on his legs is by one who lies on the ground: near by, one of the two is not in the picture."""
    poses = {figure.pose for figure in direction.figures}
    return Pose.LIE in poses and not poses <= _BY_A_BED and _IN_BED.search(direction.seen) is None


def _with_a_place(brief: PanelBrief, people: int) -> SceneDirection:
    """One who is alone in a low wide picture has a part of the place beside him, not a band of tone."""
    direction = brief.direction
    bare = direction.background == "none" and direction.shot in (Shot.BUST, Shot.MEDIUM, Shot.CLOSE)
    if bare and people == 1 and not direction.effects and is_low(brief.width_mm, brief.height_mm):
        return direction.model_copy(update={"background": "partial"})
    return direction


def _free(brief: PanelBrief) -> tuple[float, float]:
    """From where to where the whole height of the picture is seen, as shares of its width."""
    if len(brief.outline) <= 4:
        return 0.0, 1.0
    picture = Rect(x=0, y=0, width=brief.width_mm, height=brief.height_mm)
    lacking = max(picture.polygon(), key=lambda corner: min(distance(corner, p) for p in brief.outline))
    inner = min(brief.outline, key=lambda p: distance(p, picture.centre))[0] / brief.width_mm
    return (inner, 1.0) if lacking[0] == 0 else (0.0, inner)


def _draw_figure(
    canvas: Canvas,
    direction: SceneDirection,
    stage: Stage,
    place: str,
    s: Standing,
    *,
    seated: bool = False,
    out: bool = False,
) -> None:
    """`seated`: something is under him; `out`: he stands before the panel's border."""
    outdoors = PLACES[place].outdoors
    on_branch = s.figure.perches and outdoors
    distant = (direction.shot in DISTANT or s.y < stage.height) and not on_branch
    if on_branch:
        with canvas.showing("thing", "branch"):
            draw_branch(canvas, stage, s)
    if distant and not seated and direction.background in {"full", "partial"} and s.direction.pose is not Pose.LIE:
        draw_shadow(canvas, s)
    lies = s.figure.human and s.direction.pose is Pose.LIE
    near = lies and rests(s.direction, direction)
    abed = lies and not near and _has_beds(direction, place)
    with canvas.moved(s.x, s.y, s.size):
        pen = Pen.on(canvas)
        if s.direction.pose in {Pose.SIT, Pose.WRITE} and not s.figure.low and not seated:
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
    seen = seen_in(drawing)
    told, things = account(drawing, standing, seen), places_of_things(drawing, seen)
    return DrawnPanel(drawing, anchors, ink_share(drawing), tuple(dict.fromkeys(missing)), drawn=told, things=things)


def ink_share(drawing: Drawing) -> float:
    """A rough estimate of how much of the picture is black, from a coarse grid of its large surfaces."""
    from drawing.art.coverage import coverage

    return coverage(drawing)
