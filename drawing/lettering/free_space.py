"""The free space for balloons on a page: panels, what must stay free in them, how far a balloon may lean out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from drawing.lettering.busy_ground import BusyGround
from drawing.lettering.figure_anchors import SeenOnPage, Speaker, speaker_of, visible
from manga.artwork import FigureAnchors
from manga.geometry import Point, Polygon, Rect, bounds, inside, overlap_area
from manga.storyboard import StoryPage

Obstacle: TypeAlias = tuple[float, float, float, float, float, bool]
"""Left, top, right, bottom, what a square millimetre of it costs when it is hidden, and whether it is a whole body."""

NEXT_LEAN_MM = 3.0
"""How far a balloon may reach into the panel that is read next."""
TOUCH_MM2 = 0.3
"""What covers no more of something only touches it."""
BEFORE_BORDERS = 30.0
"""What it costs to hide all of a figure that stands before its panel's border."""
TYPE_LEAN_MM = 4.0
"""How far type may stand in the page's margin beside its panel."""


@dataclass(frozen=True, slots=True)
class Overhang:
    """How far a balloon may reach over each side of its panel, millimetres."""

    left: float
    right: float
    top: float
    bottom: float

    def allows(self, panel: Rect, balloon: Rect) -> bool:
        return (
            balloon.x >= panel.x - self.left
            and balloon.right <= panel.right + self.right
            and balloon.y >= panel.y - self.top
            and balloon.bottom <= panel.bottom + self.bottom
        )


_NONE = Overhang(0.0, 0.0, 0.0, 0.0)
"""In a book of strips nothing leaves its panel."""


@dataclass(frozen=True, slots=True)
class PanelSpace:
    """One panel. `read` are the panels that a reader has seen before it."""

    index: int
    key: str
    polygon: Polygon
    box: Rect
    figures: tuple[FigureAnchors, ...]
    read: tuple[Polygon, ...]
    overhang: Overhang
    ends_tier: bool
    upright: bool
    obstacles: tuple[Obstacle, ...]
    room: Rect
    """The panel's box and a strip of the page's margin where it touches one."""
    before: tuple[Polygon, ...] = ()
    """What stands before borders of the page: figures of any panel."""
    strangers: tuple[Rect, ...] = ()
    """Faces that are seen in the picture and belong to none of its figures."""
    things: tuple[Rect, ...] = ()
    told_hands: tuple[Rect, ...] = ()
    """Hands that hold or touch something, as an image model tells: surer than where they are expected."""
    ground: BusyGround | None = None
    """Where the picture is quiet; None where nobody has looked."""

    @property
    def faces(self) -> tuple[Rect, ...]:
        return (*(f.face for f in self.figures if f.face is not None), *self.strangers)

    @property
    def heads(self) -> tuple[Rect, ...]:
        return tuple(head for head, _ in self.heads_and_faces)

    @property
    def heads_and_faces(self) -> tuple[tuple[Rect, Rect | None], ...]:
        """Every head with the face in it, if one is seen: what of it is no face is hair."""
        own = ((f.head, f.face) for f in self.figures if f.head is not None)
        return (*own, *((head_around(face), face) for face in self.strangers))

    @property
    def hands(self) -> tuple[Rect, ...]:
        return (*(hand for f in self.figures for hand in f.hands), *self.told_hands)

    def holds(self, shape: Sequence[Point], box: Rect) -> bool:
        """Whether all of a shape, whose box is known, lies in the panel."""
        if not self.box.contains(box):
            return False
        return self.upright or all(inside(point, self.polygon) for point in shape)

    def leaves_type(self, text: Rect) -> bool:
        """Whether type that is not all in the panel stands out of it only into the page's margin."""
        if not self.room.contains(text):
            return False
        near = self.box.inset(0.01)
        pulled = ((min(max(x, near.x), near.right), min(max(y, near.y), near.bottom)) for x, y in text.polygon())
        return all(inside(corner, self.polygon) for corner in pulled)

    def rivals(self, character: str) -> tuple[Speaker, ...]:
        """Everybody else whose mouth can be seen."""
        return tuple(speaker_of(f) for f in self.figures if f.character != character and visible(f, self.box))

    def others(self, character: str) -> tuple[Rect, ...]:
        """Heads of everybody else."""
        found = (f.head or f.face for f in self.figures if f.character != character)
        return (*(head for head in found if head is not None), *self.strangers)


@dataclass(frozen=True, slots=True)
class PageSpace:
    """A page in reading order. Type keeps to `text_area`."""

    panels: tuple[PanelSpace, ...]
    text_area: Rect
    trim: Rect
    rtl: bool


def page_space(
    page: StoryPage, figures: Mapping[str, Sequence[FigureAnchors]], *, text_area: Rect, trim: Rect, rtl: bool
) -> PageSpace:
    """`figures` by panel key, in millimetres of the page."""
    frames = [(panel.key, page.frame(panel.key).polygon) for panel in page.panels]
    space = space_of(frames, figures, text_area=text_area, trim=trim, rtl=rtl)
    if page.layout.name == "free":
        return space
    return replace(space, panels=tuple(replace(one, overhang=_NONE, room=one.box) for one in space.panels))


def space_of(
    frames: Sequence[tuple[str, Polygon]],
    figures: Mapping[str, Sequence[FigureAnchors]],
    *,
    text_area: Rect,
    trim: Rect,
    rtl: bool,
) -> PageSpace:
    """The same from panels' keys and borders, in reading order."""
    polygons = [polygon for _, polygon in frames]
    boxes = [bounds(polygon) for polygon in polygons]
    spaces = tuple(
        PanelSpace(
            index=i,
            key=key,
            polygon=polygons[i],
            box=boxes[i],
            figures=tuple(figures.get(key, ())),
            read=tuple(polygons[:i]),
            overhang=_overhang(i, boxes, trim),
            room=_room(i, boxes),
            obstacles=obstacles_of(figures.get(key, ())),
            upright=set(polygons[i]) == set(boxes[i].polygon()),
            ends_tier=_ends_tier(i, boxes, rtl=rtl),
        )
        for i, (key, _) in enumerate(frames)
    )
    return PageSpace(spaces, text_area, trim, rtl)


def lies_on(figure: Polygon, words: Polygon) -> bool:
    """Whether a figure that stands before a border and words, or whatever else is convex, cover each other."""
    return bounds(figure).overlap(bounds(words)) > 0 and overlap_area(figure, words) > TOUCH_MM2


def head_around(face: Rect) -> Rect:
    """The head with hair around a face from brow to chin."""
    return Rect(
        x=face.x - 0.25 * face.width, y=face.y - 0.45 * face.height, width=1.5 * face.width, height=1.45 * face.height
    )


def looked_at(page: PageSpace, seen: Mapping[str, SeenOnPage]) -> PageSpace:
    """The same page with what is seen in its pictures, by panel key."""
    return replace(
        page, panels=tuple(_looked_at(one, seen[one.key]) if one.key in seen else one for one in page.panels)
    )


def _looked_at(panel: PanelSpace, seen: SeenOnPage) -> PanelSpace:
    faces = tuple(face for face in seen.faces if inside(face.centre, panel.polygon))
    weighed = [pair for face in faces for pair in ((head_around(face), 6.0), (face, 30.0))]
    weighed += [(hand, 20.0) for hand in seen.hands]
    more = ((r.x, r.y, r.right, r.bottom, weight / r.area, False) for r, weight in weighed if r.area > 0)
    obstacles = (*panel.obstacles, *more)
    return replace(
        panel, strangers=faces, things=seen.things, told_hands=seen.hands, ground=seen.ground, obstacles=obstacles
    )


def around(page: PageSpace, shapes: Sequence[Polygon]) -> PageSpace:
    """The same page, with what stands before its panels' borders to be kept free in every panel."""
    if not shapes:
        return page
    boxes = [bounds(shape) for shape in shapes]
    more = tuple((b.x, b.y, b.right, b.bottom, BEFORE_BORDERS / max(1.0, b.area), False) for b in boxes)
    panels = tuple(replace(one, obstacles=(*one.obstacles, *more), before=tuple(shapes)) for one in page.panels)
    return replace(page, panels=panels)


def obstacles_of(figures: Sequence[FigureAnchors]) -> tuple[Obstacle, ...]:
    """Faces before all, then heads, hands and bodies."""
    found: list[Obstacle] = []
    for figure in figures:
        weighed = [(figure.body, 1.5), (figure.head, 6.0), (figure.face, 30.0), *((hand, 2.0) for hand in figure.hands)]
        for rect, weight in weighed:
            if rect is not None and rect.area > 0:
                found.append((rect.x, rect.y, rect.right, rect.bottom, weight / rect.area, rect is figure.body))
    return tuple(found)


def _overhang(i: int, boxes: Sequence[Rect], trim: Rect) -> Overhang:
    own = boxes[i]
    room = {
        "left": own.x - trim.x - 2,
        "right": trim.right - own.right - 2,
        "top": own.y - trim.y - 2,
        "bottom": trim.bottom - own.bottom - 2,
    }
    for j, other in enumerate(boxes):
        side, gap = _neighbour(own, other)
        if j != i and side:
            lean = 0.35 * gap if j < i else gap + (NEXT_LEAN_MM if j == i + 1 else -0.35 * gap)
            room[side] = min(room[side], lean)
    return Overhang(**{side: max(0.0, lean) for side, lean in room.items()})


def _room(i: int, boxes: Sequence[Rect]) -> Rect:
    own = boxes[i]
    taken = {_neighbour(own, other)[0] for j, other in enumerate(boxes) if j != i}
    left, right, top, bottom = (0.0 if side in taken else TYPE_LEAN_MM for side in ("left", "right", "top", "bottom"))
    return Rect(x=own.x - left, y=own.y - top, width=own.width + left + right, height=own.height + top + bottom)


def _neighbour(own: Rect, other: Rect) -> tuple[str, float]:
    """On which side another box lies, and how far; no side when it is only diagonally there."""
    across = min(own.right, other.right) - max(own.x, other.x)
    down = min(own.bottom, other.bottom) - max(own.y, other.y)
    if down > across:
        gap = max(own.x, other.x) - min(own.right, other.right)
        return ("left" if other.centre[0] < own.centre[0] else "right", max(0.0, gap)) if down > 0 else ("", 0.0)
    gap = max(own.y, other.y) - min(own.bottom, other.bottom)
    return ("top" if other.centre[1] < own.centre[1] else "bottom", max(0.0, gap)) if across > 0 else ("", 0.0)


def _ends_tier(i: int, boxes: Sequence[Rect], *, rtl: bool) -> bool:
    """Whether nothing of the same tier is read after this panel, though something was before."""
    own = boxes[i]

    def beside(other: Rect) -> bool:
        shared = min(own.bottom, other.bottom) - max(own.y, other.y)
        return shared > 0.5 * min(own.height, other.height)

    row = [box for j, box in enumerate(boxes) if j != i and beside(box)]
    return bool(row) and all(box.x > own.x if rtl else box.x < own.x for box in row)
