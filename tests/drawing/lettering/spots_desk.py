"""What tests of placing share: a panel with figures, and a piece with its settings, without a storyboard."""

from collections.abc import Sequence

from drawing.lettering.balloons import TAILED, body_for, hull
from drawing.lettering.figure_anchors import speaker_of
from drawing.lettering.free_space import Overhang, PageSpace, PanelSpace, obstacles_of
from drawing.lettering.placed_pieces import TextPiece, Variant
from manga.artwork import FigureAnchors
from manga.geometry import Point, Polygon, Rect, bounds
from manga.lettering import BalloonKind
from tests.drawing.lettering.typing_desk import set_text

TEXT_AREA = Rect(x=10, y=10, width=160, height=230)
TRIM = Rect(x=0, y=0, width=180, height=250)


def person(name: str, x: float, y: float, size: float = 12.0) -> FigureAnchors:
    """Somebody whose mouth is at a point of the page; `size` is the height of the head, millimetres."""
    return FigureAnchors(
        character=name,
        body=Rect(x=x - size, y=y - size, width=2 * size, height=5 * size),
        head=Rect(x=x - size / 2, y=y - 0.75 * size, width=size, height=size),
        face=Rect(x=x - size / 3, y=y - size / 2, width=size / 1.5, height=size / 1.5),
        mouth=(x, y),
    )


def panel_at(
    box: Rect, figures: Sequence[FigureAnchors] = (), *, index: int = 0, polygon: Polygon | None = None
) -> PanelSpace:
    shape = polygon or box.polygon()
    return PanelSpace(
        index=index,
        key=f"b{index:04}",
        polygon=shape,
        box=bounds(shape),
        figures=tuple(figures),
        read=(),
        overhang=Overhang(left=4, right=4, top=4, bottom=4),
        ends_tier=False,
        upright=polygon is None,
        obstacles=obstacles_of(figures),
        room=bounds(shape),
    )


def page_of(*panels: PanelSpace, rtl: bool = True) -> PageSpace:
    return PageSpace(panels, TEXT_AREA, TRIM, rtl)


def variant_of(text: str, kind: BalloonKind = BalloonKind.SPEECH, cost: float = 0.0) -> Variant:
    run = set_text(text)
    body = body_for(run, kind)
    return Variant(run, body, cost, tuple(body.rim()), hull(body, (0.0, 0.0), kind))


def piece_of(
    text: str,
    panel: PanelSpace,
    kind: BalloonKind = BalloonKind.SPEECH,
    *,
    who: str | None = None,
    rank: int = 0,
    count: int = 1,
) -> TextPiece:
    figure = next((f for f in panel.figures if f.character == who), None)
    return TextPiece(
        key=f"l{panel.index:02}{rank:02}.1",
        panel=panel,
        kind=kind,
        variants=(variant_of(text, kind),),
        speaker=speaker_of(figure) if figure and kind in TAILED else None,
        rank=rank,
        count=count,
        talker=who,
    )


def moved(shape: Polygon, by: Point) -> Polygon:
    return tuple((x + by[0], y + by[1]) for x, y in shape)
