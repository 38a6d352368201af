"""Places the people of a title picture: leads and the title's space in, staggered figures out.

A figure is placed by its head: as near as possible to where a composer would put it, clear of the title, of the
page's edge and of the other heads, and its face hidden by nobody before it. Lengths are the picture's millimetres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drawing.art.figure import Figure
from drawing.art.make_figure import figure_of
from drawing.art.props.ladders_and_desks import climbed_thing
from drawing.ink.canvas import Canvas
from drawing.ink.paths import box
from drawing.ink.pen import Pen
from manga.artwork import FigureAnchors
from manga.characters import Kind, Look
from manga.geometry import Point, Rect
from manga.storyboard import Expression, FigureDirection, Pose, SceneDirection, Shot

SIZES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.22)
STEPS = 6
SMALLER = 1.6
"""What it costs to be drawn at no size at all."""
SMALLNESS = 0.3
"""How much of its true smallness a child or a small animal keeps: 0 none, 1 all."""
RIM_HEADS = 0.07
EDGE = 0.05
"""What heads keep from the page's edge, as a share of its width."""
GROUND = 0.955
"""Where the feet of somebody stand who is seen whole, as a share of the height."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody on the title page."""

    character: str
    look: Look
    expression: Expression = Expression.CALM
    holds: str = ""


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure, where its origin lies, and how large one of its units is."""

    lead: Lead
    figure: Figure
    x: float
    y: float
    size: float
    pieces: tuple[Rect, ...]
    """Boxes around the pieces of the body, in the figure's own units."""

    def on_page(self, part: Rect) -> Rect:
        return Rect(
            x=self.x + part.x * self.size,
            y=self.y + part.y * self.size,
            width=part.width * self.size,
            height=part.height * self.size,
        )

    @property
    def head(self) -> Rect:
        return self.on_page(self.figure.marks.head)

    def parts(self) -> Iterator[Rect]:
        """Boxes around the pieces of the body, on the page."""
        return (self.on_page(piece) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a head is wanted (shares of the page), how high it is, which way it looks, and how near it stands."""

    at: Point
    height: float
    facing: str
    near: int
    hangs: bool = False
    """On what hangs down from another world."""


_BESIDE: dict[int, tuple[_Spot, ...]] = {
    1: (_Spot((0.4, 0.42), 0.28, "left", 1),),
    2: (_Spot((0.34, 0.4), 0.22, "right", 1), _Spot((0.74, 0.68), 0.18, "left", 2)),
    3: (
        _Spot((0.42, 0.48), 0.2, "left", 2),
        _Spot((0.78, 0.7), 0.165, "left", 3),
        _Spot((0.16, 0.28), 0.14, "right", 1),
    ),
}
"""For a title at the upper right, by the number of people, the hero first."""
_BELOW: dict[int, tuple[_Spot, ...]] = {
    1: (_Spot((0.5, 0.5), 0.27, "right", 1),),
    2: (_Spot((0.35, 0.52), 0.21, "right", 2), _Spot((0.72, 0.46), 0.18, "left", 1)),
    3: (
        _Spot((0.5, 0.58), 0.2, "right", 3),
        _Spot((0.22, 0.46), 0.15, "right", 1),
        _Spot((0.79, 0.48), 0.15, "left", 2),
    ),
}
"""For a title across the top."""
_UNDER: dict[int, tuple[_Spot, ...]] = {
    1: (_Spot((0.52, 0.66), 0.17, "left", 1),),
    2: (_Spot((0.52, 0.66), 0.16, "left", 2), _Spot((0.84, 0.82), 0.13, "left", 1)),
}
"""Below the border of another world."""
_ABOVE = {False: _Spot((0.21, 0.25), 0.18, "right", 0), True: _Spot((0.21, 0.43), 0.14, "right", 0)}
"""Above it; also below a title across the top."""
_HANGING = frozenset({"thread", "rope", "ladder"})


def above(lead: Lead, width: float, height: float, title: Rect, *, on_top: bool) -> PlacedFigure:
    """Somebody in another world than the hero's."""
    page = Rect(x=0, y=0, width=width, height=height)
    spot = _ABOVE[on_top]
    return _best(lead, _figure(lead, spot), spot, page, title, (), SIZES)[1]


def arranged(
    leads: Sequence[Lead], width: float, height: float, title: Rect, *, on_top: bool, parted: bool = False
) -> tuple[PlacedFigure, ...]:
    """The people, farthest first; `parted` below another world. The hero chooses his place first. Beasts among
    themselves are as large as in nature, so that all of them are made smaller where one has no room."""
    spots = (_UNDER if parted else _BELOW if on_top else _BESIDE).get(len(leads), ())
    if parted and spots:
        spots, leads = (replace(spots[0], hangs=_climbs(leads[0])), *spots[1:]), (leads[0], *map(_let_go, leads[1:]))
    page = Rect(x=0, y=0, width=width, height=height)
    figures = [_figure(lead, spot) for lead, spot in zip(leads, spots, strict=False)]
    sized = [replace(spot, height=high) for spot, high in zip(spots, _heights(figures, spots), strict=False)]
    natural = len(figures) > 1 and all(figure.low for figure in figures)
    tries = [(k,) for k in SIZES] if natural else [SIZES]
    done = min((_all_of(leads, figures, sized, page, title, sizes) for sizes in tries), key=lambda found: found[0])[1]
    return tuple(placed for _, placed in sorted(done, key=lambda pair: pair[0].near))


def _heights(figures: Sequence[Figure], spots: Sequence[_Spot]) -> list[float]:
    """How high each head is wanted, as a share of the page."""
    if all(figure.low for figure in figures):
        heads = [figure.marks.head.height * figure.scale for figure in figures]
        most = max((spot.height for spot in spots), default=0.0)
        return [most * head / max(heads) for head in heads]
    tallest = max(figure.scale for figure in figures)
    return [spot.height * (figure.scale / tallest) ** SMALLNESS for figure, spot in zip(figures, spots, strict=False)]


def _all_of(
    leads: Sequence[Lead],
    figures: Sequence[Figure],
    spots: Sequence[_Spot],
    page: Rect,
    title: Rect,
    sizes: Sequence[float],
) -> tuple[float, list[tuple[_Spot, PlacedFigure]]]:
    """What it costs to place everybody at one of these sizes, and where they stand then."""
    done: list[tuple[_Spot, PlacedFigure]] = []
    total = 0.0
    for lead, spot, figure in zip(leads, spots, figures, strict=False):
        cost, placed = _best(lead, figure, spot, page, title, done, sizes)
        done.append((spot, placed))
        total += cost
    return total, done


def _best(
    lead: Lead,
    figure: Figure,
    spot: _Spot,
    page: Rect,
    title: Rect,
    done: Sequence[tuple[_Spot, PlacedFigure]],
    sizes: Sequence[float],
) -> tuple[float, PlacedFigure]:
    """The cheapest place and its cost; smaller sizes are tried as long as they could be cheaper."""
    pieces = tuple(box(path) for path in figure.silhouette)
    best: tuple[float, PlacedFigure] | None = None
    for k in sizes:
        if best is not None and best[0] <= SMALLER * (1 - k):
            break
        for step in _shifts():
            placed = _placed(lead, figure, pieces, spot, page, k, step)
            cost = _cost(placed, spot, page, title, done)
            if best is None or cost < best[0]:
                best = (cost, placed)
    assert best is not None
    return best


def _climbs(lead: Lead) -> bool:
    return lead.look.kind is Kind.HUMAN and climbed_thing(lead.holds) in _HANGING


def _let_go(lead: Lead) -> Lead:
    """One rope bears one."""
    return replace(lead, holds="") if _climbs(lead) else lead


def _figure(lead: Lead, spot: _Spot) -> Figure:
    beast = lead.look.kind is not Kind.HUMAN
    pose = Pose.SIT if beast and not lead.holds else Pose.RELAXED if not lead.holds else Pose.STAND
    pose = Pose.CLIMB if spot.hangs else pose
    directed = FigureDirection.of(
        {
            "character": lead.character,
            "facing": spot.facing,
            "expression": lead.expression,
            "pose": pose,
            "holds": lead.holds,
        }
    )
    return figure_of(lead.look, directed, SceneDirection(shot=Shot.MEDIUM, setting=""))


def _shifts() -> Iterator[Point]:
    """Steps away from the wanted place, as shares of the page."""
    steps = [0.06 * i for i in range(-STEPS, STEPS + 1)]
    return ((dx, dy) for dx in steps for dy in steps)


def _placed(
    lead: Lead, figure: Figure, pieces: tuple[Rect, ...], spot: _Spot, page: Rect, k: float, step: Point
) -> PlacedFigure:
    """The head where it is wanted; a figure that would hang in the air is set on the ground."""
    head = figure.marks.head
    size = k * _wished(figure, spot, page)
    cx, cy = (spot.at[0] + step[0]) * page.width, (spot.at[1] + step[1]) * page.height
    x, y = cx - head.centre[0] * size, cy - head.centre[1] * size
    return PlacedFigure(lead, figure, x, y if spot.hangs else max(y, GROUND * page.height), size, pieces)


def _wished(figure: Figure, spot: _Spot, page: Rect) -> float:
    """The size of a unit when the head is as high as the spot says."""
    return spot.height * page.height / figure.marks.head.height


def _cost(
    placed: PlacedFigure, spot: _Spot, page: Rect, title: Rect, done: Sequence[tuple[_Spot, PlacedFigure]]
) -> float:
    head = placed.head
    cx, cy = head.centre
    off = abs(cx / page.width - spot.at[0]) + abs(cy / page.height - spot.at[1])
    small = 1 - placed.size / _wished(placed.figure, spot, page)
    margin = 0.035 * page.width
    cost = 2.0 * off + SMALLER * max(0.0, small)
    cost += 100.0 * (head.inset(-margin).overlap(title) > 0)
    cost += 40.0 * (not page.inset(EDGE * page.width).contains(head))
    body = placed.on_page(placed.figure.marks.body)
    cost += 3.0 * (1 - body.overlap(Rect(x=0, y=-1e6, width=page.width, height=2e6)) / max(body.area, 1e-6))
    cost += sum(_conflict(placed, spot, other, where) for where, other in done)
    return cost + 0.6 * body.overlap(title) / max(title.area, 1e-6)


def _conflict(placed: PlacedFigure, spot: _Spot, other: PlacedFigure, where: _Spot) -> float:
    """Heads over heads, or the nearer one's body before the farther one's face."""
    cost = 60.0 * (placed.head.overlap(other.head) > 0)
    front, back = (placed, other) if spot.near > where.near else (other, placed)
    hidden = sum(part.overlap(back.head) for part in front.parts()) / max(back.head.area, 1e-6)
    return cost + 30.0 * min(1.0, hidden)


def draw_placed(canvas: Canvas, placed: PlacedFigure) -> None:
    """The figure in its white rim."""
    with canvas.moved(placed.x, placed.y, placed.size):
        for path in placed.figure.silhouette:
            canvas.stroke(path, 2 * RIM_HEADS, 255)
        for path in placed.figure.silhouette:
            canvas.fill(path, 255)
        placed.figure.ink(Pen.on(canvas))


def anchors(placed: PlacedFigure, width: float, height: float) -> FigureAnchors:
    """Where the figure is, as shares of the picture."""
    marks = placed.figure.marks

    def share(part: Rect) -> Rect:
        on = placed.on_page(part)
        return Rect(
            x=round(on.x / width, 4),
            y=round(on.y / height, 4),
            width=round(on.width / width, 4),
            height=round(on.height / height, 4),
        )

    mouth = placed.on_page(Rect(x=marks.mouth[0], y=marks.mouth[1], width=0, height=0)) if marks.mouth else None
    return FigureAnchors(
        character=placed.lead.character,
        body=share(marks.body),
        head=share(marks.head),
        face=share(marks.face) if marks.face else None,
        mouth=(round(mouth.x / width, 4), round(mouth.y / height, 4)) if mouth else None,
        hands=tuple(share(hand) for hand in marks.hands),
    )
