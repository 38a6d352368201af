"""Draws a storyboard page (ネーム) for judging: frames, addresses, rough figures, the words in their order. The second
page of a spread shows the rest of its figures.

In: a page of the storyboard, its paper, names by character key, a width in pixels. Out: the trimmed page as a picture.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drawing.art.frame_shot import DISTANT, FRAMINGS
from drawing.ink.canvas import Canvas
from drawing.ink.paths import ellipse, poly, rect
from drawing.lettering.fonts import faces
from drawing.pages.preview_pictures import PreviewPicture, shown_drawing
from drawing.pages.preview_text import COLUMN, LEADING, TextWriter, cut, in_columns
from drawing.pages.preview_words import listed
from manga.brief import Language
from manga.geometry import Polygon, Rect, bounds
from manga.lettering import FaceName
from manga.paper import Paper
from manga.plot import DOUBT
from manga.storyboard import FigureDirection, LinePart, PanelDraft, SceneDirection, StoryPage

GREY, PALE = 110.0, 190.0
_DEPTHS = {"background": 0.7, "middle": 1.0, "foreground": 1.2}
"""How large somebody is drawn; who is nearer is drawn later."""
_SIZES = (5.2, 4.6, 4.0, 3.4, 2.9)
_PAD = 1.1
_LABEL = 3.8
_SAID = 3.0
_TAG = 4.4
_MOST_SAID = 3
_LEGIBLE_PX = 5.6
"""Smaller letters cannot be read."""
_NARROW = 0.6
"""Share of a panel's height, or width, that words take at most."""
_SQUARE = frozenset({"narration", "sign", "letter", "monologue"})


def draw_people(hand: TextWriter, direction: SceneDirection, box: Rect, names: Mapping[str, str], unit: float) -> None:
    """Everybody of a panel in its `box`; lengths of pens and letters are in `unit`s of a millimetre."""
    for figure in sorted(direction.figures, key=lambda figure: _DEPTHS[figure.depth]):
        _draw_figure(hand, figure, direction, box, names.get(figure.character, figure.character)[:8], unit)


def _draw_figure(
    hand: TextWriter, figure: FigureDirection, direction: SceneDirection, box: Rect, name: str, unit: float
) -> None:
    canvas, framing = hand.canvas, FRAMINGS[direction.shot]
    r = framing.head * box.height / 2 * _DEPTHS[figure.depth]
    r = min(r, box.width * 0.42)
    x = box.x + box.width * (0.12 + 0.76 * figure.x)
    standing = direction.shot in DISTANT
    y = box.y + framing.eyes * box.height - (11.5 * r if standing else 0)
    canvas.stroke(_body(x, y, r, None if standing else box.bottom), 0.35 * unit, GREY)
    head = ellipse(x, y, r * 0.82, r)
    canvas.fill(head, PALE if figure.facing == "back" else 255)
    canvas.stroke(head, 0.4 * unit, GREY)
    _draw_face(canvas, figure, x, y, r, unit)
    size = 3.4 * unit
    left = x - hand.faces.setting("gothic", name).width(name) * size / 2
    hand.line(name, left, y - r - 1.3 * size if standing else y + r + 0.5, size, grey=GREY)


def _draw_face(canvas: Canvas, figure: FigureDirection, x: float, y: float, r: float, unit: float) -> None:
    if figure.facing == "back" or r < 1.2:
        return
    aside = {"left": -0.42, "right": 0.42}.get(figure.facing, 0.0) * r
    down = poly(((x + aside * 0.6, y - 0.9 * r), (x + aside, y), (x + aside * 0.6, y + 0.9 * r)), close=False)
    across = poly(((x - 0.8 * r, y + 0.1 * r), (x + 0.8 * r, y + 0.1 * r)), close=False)
    for line in (down, across):
        canvas.stroke(line, 0.22 * unit, PALE)


def _body(x: float, y: float, r: float, bottom: float | None) -> tuple[tuple[str | float, ...], ...]:
    """Standing on its feet; where there is a `bottom`, a bust that runs out of the panel there."""
    chest = y + 1.3 * r
    if bottom is None:
        foot, hip = y + 12.5 * r, y + 6 * r
        right = ((x + 1.2 * r, chest), (x + 0.7 * r, hip), (x + r, foot))
        left = ((x - r, foot), (x - 0.7 * r, hip), (x - 1.2 * r, chest))
        return poly((*left, *right))
    foot = max(bottom + r, y + 3 * r)
    left = ((x - 2 * r, foot), (x - 1.8 * r, chest + r), (x - 0.6 * r, chest))
    right = ((x + 0.6 * r, chest), (x + 1.8 * r, chest + r), (x + 2 * r, foot))
    return poly((*left, *right))


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What every page of a name shares. `vertical`: lines run downwards, first at the right; `language`: of whoever
    looks."""

    paper: Paper
    vertical: bool
    names: Mapping[str, str]
    language: Language = Language.EN


def shown_name(page: StoryPage, facts: NameFacts, folders: tuple[str, ...], width_px: int) -> PreviewPicture:
    """Lengths of letters are those of a B5 page and grow with the paper."""
    trim = facts.paper.trim
    canvas = Canvas(trim.width, trim.height)
    hand = TextWriter(canvas, faces(folders))
    unit = trim.width / 182
    legible = _LEGIBLE_PX * trim.width / width_px
    for n, panel in enumerate(page.panels, start=1):
        frame = page.frame(panel.key)
        box = _within(frame.polygon, trim)
        if box.width < 1 or box.height < 1:
            continue
        whole = _spread_box(frame.polygon, facts.paper) if page.spread else box
        drawn = _Panel(hand, panel, f"p{page.number:02}.k{n}", box, whole, facts, unit, legible)
        with canvas.saved():
            canvas.clip(poly(frame.polygon))
            drawn.figures()
            if page.spread != "second":
                drawn.letters()
        canvas.stroke(poly(frame.polygon), (0.3 if frame.borderless else 0.7) * unit, PALE if frame.borderless else 0)
    return shown_drawing(canvas.finish(), width_px)


def _spread_box(polygon: Polygon, paper: Paper) -> Rect:
    """Both trimmed pages under a panel that bleeds on all sides."""
    box, off = bounds(polygon), paper.trim.x - paper.bleed.x
    return Rect(x=box.x + off, y=box.y + off, width=box.width - 2 * off, height=box.height - 2 * off)


def _within(polygon: Polygon, trim: Rect) -> Rect:
    """Where words may stand: inside slanted edges, and inside the trimmed page."""
    box = bounds(polygon)
    xs, ys = [box.x, box.x, box.right, box.right], [box.y, box.y, box.bottom, box.bottom]
    if len(polygon) == 4:
        xs, ys = sorted(x for x, _ in polygon), sorted(y for _, y in polygon)
    x, y = max(xs[1], trim.x), max(ys[1], trim.y)
    right, bottom = min(xs[2], trim.right), min(ys[2], trim.bottom)
    return Rect(x=x, y=y, width=max(0.0, right - x), height=max(0.0, bottom - y))


@dataclass(frozen=True, slots=True)
class _Block:
    """The set words of one part, without a place."""

    part: LinePart
    lines: tuple[str, ...]
    size: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Panel:
    """One panel on its way to the page: its words in `box`, its figures in `whole`, which on a spread is two pages."""

    hand: TextWriter
    draft: PanelDraft
    address: str
    box: Rect
    whole: Rect
    facts: NameFacts
    unit: float
    legible: float
    """How high letters must be, in millimetres."""

    def figures(self) -> None:
        draw_people(self.hand, self.draft.direction, self.whole, self.facts.names, self.unit)

    def letters(self) -> None:
        self._said()
        self._words()
        self._address()

    def _tag(self) -> Rect:
        """The corner where no line begins."""
        height = 1.3 * _TAG * self.unit
        width = self.hand.faces["gothic"].width(self.address) * _TAG * self.unit + 2 * self.unit
        x = self.box.x if self.facts.vertical else self.box.right - width
        return Rect(x=x, y=self.box.y, width=width, height=height)

    def _address(self) -> None:
        """White on black."""
        tag, size = self._tag(), _TAG * self.unit
        self.hand.canvas.fill(rect(tag.x, tag.y, tag.width, tag.height), 0)
        self.hand.line(self.address, tag.x + self.unit, tag.y + size * 0.16, size, grey=255)

    def _said(self) -> None:
        """What the panel shows, at its foot; where that would be too small to read, the view alone."""
        direction = self.draft.direction
        how = listed((direction.shot.value, direction.angle.value), self.facts.language)
        size = _SAID * self.unit
        if size >= self.legible:
            most = max(1, min(_MOST_SAID, int(self.box.height * 0.2 / (LEADING * size))))
            text = f"{how}: {direction.seen or direction.place or direction.setting}"
        else:
            size, most, text = self.legible, 1, how
        rows = self.hand.wrapped(text, size, self.box.width - 3, most)
        top = self.box.bottom - len(rows) * LEADING * size - 1
        self.hand.canvas.fill(rect(self.box.x, top - 0.5, self.box.width, self.box.height), 255)
        self.hand.lines(rows, self.box.x + 1.5, top, size, grey=GREY)

    def _words(self) -> None:
        blocks = self._set()
        for (block, x, y), label in zip(self._placed(blocks), _labels(self.draft.dialogue.parts), strict=True):
            self._block(block, x, y, label)

    def _set(self) -> list[_Block]:
        """As large as it fits; at the smallest size words are cut."""
        parts = self.draft.dialogue.parts
        for size in _SIZES:
            blocks = [self._one(part, size * self.unit, most=60) for part in parts]
            if self._fits(blocks):
                return blocks
        most = 3 if self.facts.vertical else 2
        return [self._one(part, _SIZES[-1] * self.unit, most=most) for part in parts]

    def _fits(self, blocks: Sequence[_Block]) -> bool:
        room = self.box.height * 0.74 - 6 * self.unit
        if self.facts.vertical:
            return sum(b.width + 1 for b in blocks) <= self.box.width - 2 and all(b.height <= room for b in blocks)
        return sum(b.height + _LABEL * self.unit for b in blocks) <= room

    def _one(self, part: LinePart, size: float, *, most: int) -> _Block:
        size *= 1.25 if part.kind == "sfx" else 1
        pad = 2 * _PAD * self.unit
        if self.facts.vertical:
            length = max(3, int((_NARROW * self.box.height - 6 * self.unit) / size))
            lines = in_columns(part.text, length, most)
            width = size * (1 + COLUMN * (len(lines) - 1)) + pad
            return _Block(part, tuple(lines), size, width, max(map(len, lines)) * size + pad)
        lines = cut(self.hand.wrapped(part.text, size, _NARROW * self.box.width, most), most)
        widest = max(self.hand.faces["gothic"].width(line) for line in lines) * size
        return _Block(part, tuple(lines), size, widest + pad, len(lines) * LEADING * size + pad)

    def _placed(self, blocks: Sequence[_Block]) -> Iterator[tuple[_Block, float, float]]:
        """Top left of each, in reading order: leftwards from the right edge, or down with every other at the right."""
        right, y = self.box.right - 1.5, self.box.y + 1.5
        wide = (
            sum(block.width + 1 for block in blocks)
            if self.facts.vertical
            else max((b.width for b in blocks), default=0)
        )
        if wide + 3 > self.box.width - self._tag().width:
            y += self._tag().height
        for n, block in enumerate(blocks):
            if self.facts.vertical:
                yield block, right - block.width, y + (n % 2) * 4 * self.unit
                right -= block.width + 1
            else:
                yield block, self.box.x + 1.5 if n % 2 == 0 else right - block.width, y + (n > 0) * 3 * self.unit
                y += block.height + _LABEL * self.unit

    def _block(self, block: _Block, x: float, y: float, label: str) -> None:
        canvas, kind = self.hand.canvas, block.part.kind
        if kind != "sfx":
            round_ = min(0.45 * min(block.width, block.height), 0.75 * block.size)
            corner = 0.3 if kind in _SQUARE else round_
            shape = _rounded(Rect(x=x, y=y, width=block.width, height=block.height), corner)
            canvas.fill(shape, 255)
            canvas.stroke(shape, (0.9 if kind == "shout" else 0.4) * self.unit)
        pad = _PAD * self.unit
        face: FaceName = "gothic_heavy" if kind == "sfx" else "gothic"
        if self.facts.vertical:
            self.hand.columns(block.lines, x + block.width - pad, y + pad, block.size, face=face)
        else:
            self.hand.lines(block.lines, x + pad, y + pad, block.size, face=face)
        self._label(f"{label} {self._speaker(block.part)}".rstrip(), x, y + block.height + 0.4)

    def _label(self, text: str, x: float, y: float) -> None:
        size = max(2.9 * self.unit, min(self.legible, _LABEL * self.unit))
        width = self.hand.faces.setting("gothic", text).width(text) * size
        self.hand.line(text, min(x, self.box.right - width - 0.5), y, size, grey=GREY)

    def _speaker(self, part: LinePart) -> str:
        """Who says it; doubted where the model doubts it."""
        if part.speaker is None:
            return ""
        name = self.facts.names.get(part.speaker, part.speaker)[:6]
        return f"{name}?" if part.confidence < DOUBT else name


def _labels(parts: Sequence[LinePart]) -> Iterator[str]:
    """b1, b2, s1: as addresses count them."""
    counts = {"b": 0, "s": 0}
    for part in parts:
        letter = "s" if part.kind == "sfx" else "b"
        counts[letter] += 1
        yield f"{letter}{counts[letter]}"


def _rounded(box: Rect, r: float) -> tuple[tuple[str | float, ...], ...]:
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    return (
        ("M", left + r, top), ("L", right - r, top), ("Q", right, top, right, top + r),
        ("L", right, bottom - r), ("Q", right, bottom, right - r, bottom),
        ("L", left + r, bottom), ("Q", left, bottom, left, bottom - r),
        ("L", left, top + r), ("Q", left, top, left + r, top), ("Z",),
    )  # fmt: skip
