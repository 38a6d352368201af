"""Gallery sheets of page layouts: growing and changing weights, and figures before their panels' borders."""

from collections.abc import Iterator, Sequence

from drawing.art.draw_panel import draw_panel
from drawing.gallery.contact_sheet import Sheet, SheetCell
from drawing.gallery.people import CAST
from drawing.ink.canvas import Canvas
from drawing.ink.paths import poly, rect
from drawing.layout.breakouts import breakouts
from drawing.layout.lay_out_pages import lay_out_book
from manga.geometry import Rect, bounds
from manga.panel_brief import brief_for
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.plot import LineKind
from manga.storyboard import (
    DialogueLayout,
    FigureDirection,
    LinePart,
    PageDraft,
    PanelDraft,
    Pose,
    Role,
    SceneDirection,
    Shot,
    Storyboard,
    StoryboardDraft,
    StoryPage,
)
from manga.values import Span

_B5 = PAPERS[PaperName.B5]
_LOOKS = {"c01": CAST[0][1], "c02": CAST[1][1]}
_MIXES = ((3, 2, 2, 4), (2, 2, 3, 2, 1), (5, 2, 2), (2, 4, 2, 2, 3, 1), (1, 2, 3, 4, 3), (4, 1, 1, 2, 2), (2, 5, 2, 2))


def _panel(number: int, importance: int, shot: Shot | None = None, *figures: FigureDirection) -> PanelDraft:
    """Two people who talk, or those who are given, silent."""
    two = (FigureDirection(character="c01", x=0.72), FigureDirection(character="c02", x=0.28))
    key, line = f"b{number:04}", f"l{number:04}"
    span = Span(start=number * 100, end=number * 100 + 9)
    said = LinePart(key=f"{line}.1", line=line, kind=LineKind.SPEECH, text="あ" * 9, span=span, speaker="c01")
    return PanelDraft(
        key=key,
        beats=(key,),
        scene="s01",
        role=Role.TALK,
        importance=importance,
        direction=SceneDirection(
            shot=shot or (Shot.MEDIUM, Shot.BUST, Shot.FULL)[number % 3], setting="street", figures=figures or two
        ),
        dialogue=DialogueLayout(parts=() if figures else (said,)),
    )


def _mixed(weights: Sequence[int]) -> list[PanelDraft]:
    return [_panel(i, weight) for i, weight in enumerate(weights)]


def _entrance() -> list[PanelDraft]:
    """Somebody enters, head to foot."""
    enters = FigureDirection(character="c01", facing="left")
    place = _panel(0, 3, Shot.ESTABLISHING, FigureDirection(character="c02"))
    whole = _panel(1, 3, Shot.FULL, enters)
    whole = whole.model_copy(update={"direction": whole.direction.model_copy(update={"presents": True})})
    return [place, whole, _panel(2, 2), _panel(3, 2)]


def _leap(pose: Pose, shot: Shot) -> list[PanelDraft]:
    """A page that rises to one deed."""
    hero = FigureDirection(character="c01", x=0.5, pose=pose, facing="left")
    return [_panel(0, 2), _panel(1, 2), _panel(2, 4, shot, hero), _panel(3, 1), _panel(4, 2)]


_CLIMAXES = (
    ("enters", _entrance()),
    ("runs", _leap(Pose.RUN, Shot.FULL)),
    ("cheers", _leap(Pose.CHEER, Shot.MEDIUM)),
    ("points", _leap(Pose.POINT, Shot.BUST)),
)


def _laid(panels: Sequence[PanelDraft], direction: Direction) -> Storyboard:
    draft = StoryboardDraft(pages=(PageDraft(key="g001", number=1, panels=tuple(panels)),))
    rtl = direction is Direction.RTL
    return lay_out_book(draft, paper=_B5, start_side=Side.LEFT, direction=direction, vertical=rtl, seed=5)


def _cell(word: str, board: Storyboard) -> SheetCell:
    page = board.pages[0]

    def paint(canvas: Canvas, box: Rect) -> None:
        with canvas.moved(box.x, box.y, box.height / _B5.trim.height):
            canvas.stroke(rect(0, 0, _B5.trim.width, _B5.trim.height), 0.5, 150)
            for frame in page.layout.frames:
                canvas.fill(poly(frame.polygon), 255 - 22 * frame.importance)
                canvas.stroke(poly(frame.polygon), 1.2)
            _step_out(canvas, page, board)

    return SheetCell(word, paint)


def _step_out(canvas: Canvas, page: StoryPage, board: Storyboard) -> None:
    """The figure that stands before its border, cut only where it stays behind it."""
    for key, room in breakouts(board, _B5).items():
        polygon = page.frame(key).polygon
        box = bounds(polygon)
        outline = tuple((x - box.x, y - box.y) for x, y in polygon)
        direction = next(panel.direction for panel in page.panels if panel.key == key)
        request = brief_for(box.width, box.height, direction, _LOOKS, outline=outline, room=room)
        drawn = draw_panel(request)
        seen = [poly(polygon)]
        if drawn.breakout is not None:
            outlines = drawn.breakout.outlines
            seen += [poly([(box.x + x * box.width, box.y + y * box.height) for x, y in line]) for line in outlines]
        with canvas.saved():
            canvas.clip(tuple(op for path in seen for op in path))
            canvas.draw(drawn.drawing.figure, box.x, box.y)


def _cells() -> Iterator[SheetCell]:
    for direction in (Direction.RTL, Direction.LTR):
        for mix in _MIXES:
            yield _cell(f"{direction.value} {'-'.join(map(str, mix))}", _laid(_mixed(mix), direction))
    for direction in (Direction.RTL, Direction.LTR):
        for name, panels in _CLIMAXES if direction is Direction.RTL else _CLIMAXES[:-1]:
            yield _cell(f"{direction.value} {name}", _laid(panels, direction))


def layouts() -> Sheet:
    """Pages right to left and left to right."""
    return Sheet("layouts", tuple(_cells()), 7, _B5.trim.height / _B5.trim.width, 1100)
