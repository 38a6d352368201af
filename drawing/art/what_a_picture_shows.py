"""Tells what a finished picture shows, from its drawing calls and what each was drawn for, if it is still seen.

Only what is on the canvas and inside its edges is told. A deed is told where enough of the body is seen to read it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from drawing.art.figure import Figure
from drawing.art.frame_shot import Standing
from drawing.art.settings.place_painters import PLACES
from drawing.ink.drawing_calls import Call, Drawing, ShownThing
from drawing.ink.paths import box, flattened, from_data, reach
from manga.artwork import Drawn, DrawnFigure
from manga.geometry import Point, Rect, inside

GRID = 6
"""Points across and down the box of what is looked for."""
_STEPS = 3
LEAST = 0.25
"""Of a head or a thing: how much of its box must lie in the picture, to be seen."""
LEAST_THING, MOST_THING = 0.001, 0.12
"""Shares of the picture that a thing covers which words keep off."""
LEAST_BODY = 0.15
"""Of a body whose head is cut off."""
TO_THE_HIPS, TO_THE_KNEES = 0.55, 0.75
"""Of a body's height from its top: how much is seen of whoever is seen to sit, or to walk."""
NEAR = 0.35
"""By how much two figures may differ in their distance from us and still reach each other, as a share."""

_BY_HIPS = frozenset({"sit", "stand", "relaxed", "lean"})
_BY_LEGS = frozenset(
    {"walk", "run", "jump", "climb", "crawl", "kneel", "crouch", "fall", "row", "dig", "sweep", "fly", "ascend"}
)
_BY_HEAD = frozenset({"look_up", "look_down", "look_back", "bow", "despair", "lie"})
"""All other deeds are done with hands, or by beasts with their mouths."""
_THINGS = frozenset({"thing", "holds"})
_MAY_BE_HIDDEN = _THINGS | {"part"}
_ENDLESS = frozenset({"rope", "thread"})
"""What is held and runs on beyond every picture."""


def uncovered(drawing: Drawing, one: ShownThing) -> float:
    """Of points on its surfaces, those over which nothing was filled later; what was drawn of it once more is itself.
    1 for what has no surface."""
    own = [call for call in drawing.calls[one.first : one.end] if call[0] == "f"]
    grid = list(_grid(own))
    points = {point for call in own for point in _under(call, grid)}
    left = points
    for call, clips in _later(drawing, one):
        covered = _under(call, left)
        for clip in clips if covered else ():
            covered = _under(clip, covered)
        left = left.difference(covered)
        if not left:
            break
    return len(left) / len(points) if points else 1.0


def _grid(calls: Sequence[Call]) -> Iterator[Point]:
    boxes = [reach(str(call[1]))[1] for call in calls]
    if not boxes:
        return
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
    for i in range(GRID):
        for j in range(GRID):
            yield x0 + (x1 - x0) * (i + 0.5) / GRID, y0 + (y1 - y0) * (j + 0.5) / GRID


def _under(call: Call, points: Collection[Point]) -> list[Point]:
    """The points that its path surrounds; paths are read only where their boxes hold a point."""
    data = str(call[1])
    left, top, right, bottom = reach(data)[1]
    near = [p for p in points if left <= p[0] <= right and top <= p[1] <= bottom]
    if not near:
        return []
    lines = [line for line in flattened(from_data(data), _STEPS) if len(line) > 2]
    return [p for p in near if any(inside(p, line) for line in lines)]


def _later(drawing: Drawing, one: ShownThing) -> Iterator[tuple[Call, list[Call]]]:
    """Surfaces that were filled after it, each with the clips that hold where it was."""
    again = [s for s in drawing.shown if s.kind in {"thing", "holds"} and s.name == one.name and s.first >= one.end]
    stack: list[list[Call]] = [[]]
    for at in range(one.end, len(drawing.calls)):
        call = drawing.calls[at]
        if call[0] == "q":
            stack.append([*stack[-1]])
        elif call[0] == "Q":
            stack = stack[:-1] or [[]]
        elif call[0] == "c":
            stack[-1].append(call)
        elif call[0] == "f" and not any(s.first <= at < s.end for s in again):
            yield call, stack[-1]


def seen_in(drawing: Drawing) -> tuple[ShownThing, ...]:
    """What was drawn, without things of which too little is seen."""
    picture = Rect(x=0, y=0, width=drawing.width, height=drawing.height)
    return tuple(one for one in drawing.shown if one.kind not in _MAY_BE_HIDDEN or _is_seen(drawing, one, picture))


def account(drawing: Drawing, standing: Sequence[Standing], seen: Sequence[ShownThing]) -> Drawn:
    """Names in the order in which they were drawn, each once."""
    picture = Rect(x=0, y=0, width=drawing.width, height=drawing.height)
    people = {s.direction.character: s for s in standing if _stands_in(s, picture)}
    hands = [one for one in drawing.shown if one.kind in {"holds", "grip"}]
    place = next((one.name for one in seen if one.kind == "place"), "")
    return Drawn(
        place=place,
        inside=not PLACES[place].outdoors if place else None,
        figures=tuple(_figure(key, s, people, seen, picture) for key, s in people.items()),
        things=_names(one for one in seen if one.kind == "thing" and not any(_within(one, held) for held in hands)),
        parts=_names(one for one in seen if one.kind == "part"),
        weather=next((one.name for one in seen if one.kind == "weather"), ""),
    )


def _figure(
    key: str, s: Standing, people: Mapping[str, Standing], seen: Sequence[ShownThing], picture: Rect
) -> DrawnFigure:
    own = [one for one in seen if one.kind == "figure" and one.name == key]
    held = [one for one in seen if one.kind == "holds" and any(_within(one, figure) for figure in own)]
    face = s.figure.marks.face
    return DrawnFigure(
        character=key,
        deed=s.figure.deed if _reads(s, picture) else "",
        face=s.figure.face if face is not None and _share(s.placed(face), picture) >= LEAST else "",
        holds=_names(held),
        touches=tuple(
            other for other, o in people.items() if other != key and (other == s.figure.tied or _touches(s, o, picture))
        ),
    )


def _names(shown: Iterable[ShownThing]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name.replace("_", " ") for one in shown))


def _within(one: ShownThing, other: ShownThing) -> bool:
    return other.first <= one.first and one.end <= other.end


def _is_seen(drawing: Drawing, one: ShownThing, picture: Rect) -> bool:
    """Whether enough of what its marks cover lies in the picture, and is not covered by what came later."""
    box = _reach_of(drawing, one)
    if box is None:
        return False
    shown = _share(box, picture) >= _least(one)
    return shown and uncovered(drawing, one) >= LEAST


def _reach_of(drawing: Drawing, one: ShownThing) -> Rect | None:
    """The box of all its marks; None for nothing."""
    marks = (call for call in drawing.calls[one.first : one.end] if call[0] in {"f", "s", "t"})
    boxes = [reach(str(call[1]))[1] for call in marks]
    if not boxes:
        return None
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return Rect(x=left, y=top, width=max(b[2] for b in boxes) - left, height=max(b[3] for b in boxes) - top)


def places_of_things(drawing: Drawing, seen: Sequence[ShownThing]) -> tuple[Rect, ...]:
    """Where things are, held ones and others, as shares of the picture. What fills much of it is a place to be in, not
    a thing to look at."""
    picture = Rect(x=0, y=0, width=drawing.width, height=drawing.height)
    things = [one for one in seen if one.kind in _THINGS]
    found = (_in_picture(box, picture) for one in things if (box := _reach_of(drawing, one)) is not None)
    return tuple(dict.fromkeys(box for box in found if LEAST_THING <= box.area <= MOST_THING))


def place_of_thing(drawing: Drawing, name: str) -> Rect | None:
    """Where a thing of this name is, held or not, as shares of the picture; None where it is not seen."""
    picture = Rect(x=0, y=0, width=drawing.width, height=drawing.height)
    own = (one for one in drawing.shown if one.kind in {"thing", "holds"} and one.name == name)
    boxes = (_reach_of(drawing, one) for one in own if _is_seen(drawing, one, picture))
    return next((_in_picture(box, picture) for box in boxes if box is not None), None)


def _in_picture(box: Rect, picture: Rect) -> Rect:
    left, top = max(box.x, 0.0), max(box.y, 0.0)
    right, bottom = min(box.right, picture.right), min(box.bottom, picture.bottom)
    return Rect(
        x=round(left / picture.width, 4),
        y=round(top / picture.height, 4),
        width=round(max(0.0, right - left) / picture.width, 4),
        height=round(max(0.0, bottom - top) / picture.height, 4),
    )


def _least(one: ShownThing) -> float:
    return LEAST if one.kind == "thing" or one.name not in _ENDLESS else 0.0


def _stands_in(s: Standing, picture: Rect) -> bool:
    marks = s.figure.marks
    return _share(s.placed(marks.head), picture) >= LEAST or _share(s.placed(marks.body), picture) >= LEAST_BODY


def _reads(s: Standing, picture: Rect) -> bool:
    """Whether what the body does can be seen."""
    body, deed = s.placed(s.figure.marks.body), s.figure.deed
    if deed in _BY_HIPS | _BY_LEGS:
        whole = max(0.0, min(picture.bottom, body.bottom) - max(0.0, body.y)) / (body.height or 1.0)
        return whole >= (TO_THE_HIPS if deed in _BY_HIPS else TO_THE_KNEES)
    if deed in _BY_HEAD or not s.figure.human:
        return _share(s.placed(s.figure.marks.head), picture) >= LEAST
    return any(_share(s.placed(hand), picture) >= LEAST for hand in s.figure.marks.hands)


def _touches(s: Standing, other: Standing, picture: Rect) -> bool:
    """Whether a hand that is seen lies on somebody who is as near to us."""
    if abs(s.size / s.figure.scale - other.size / other.figure.scale) > NEAR * s.size / s.figure.scale:
        return False
    hands = (s.placed(hand) for hand in s.figure.marks.hands)
    seen = [hand.centre for hand in hands if _share(hand, picture) >= LEAST]
    return any(_lies_on(((x - other.x) / other.size, (y - other.y) / other.size), other.figure) for x, y in seen)


def _lies_on(point: Point, figure: Figure) -> bool:
    """A point in the figure's own heads."""
    return _surrounds(figure.marks.body, point) and any(
        inside(point, line)
        for path in figure.silhouette
        if _surrounds(box(path), point)
        for line in flattened(path, 4)
        if len(line) > 2
    )


def _surrounds(r: Rect, point: Point) -> bool:
    return r.x <= point[0] <= r.right and r.y <= point[1] <= r.bottom


def _share(box: Rect, picture: Rect) -> float:
    """How much of a box lies in the picture; of one without area by its longer side."""
    across = max(0.0, min(box.right, picture.right) - max(box.x, picture.x))
    down = max(0.0, min(box.bottom, picture.bottom) - max(box.y, picture.y))
    if box.width * box.height <= 0:
        return max(across, down) / (max(box.width, box.height) or 1.0)
    return across * down / (box.width * box.height)
