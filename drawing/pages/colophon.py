"""The colophon (奥付): what is known of a book in, its last page's scene graph out.

It tells who wrote and who drew, and honestly what is wanting: panels that show a placeholder, things that the artist
could not draw, what of the story was left out. A box with lines at the foot of the page, as long as the list needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drawing.ink.paths import rect, to_data
from drawing.lettering.fonts import Faces
from drawing.lettering.horizontal_text import LEADING, set_level
from drawing.lettering.letter_page import moved_run
from drawing.pages.scene_graph import BookFacts, blank_page
from manga.book import PageGraph
from manga.geometry import Rect, bounds
from manga.lettering import Balloon, BalloonKind, FaceName, TextRun
from manga.paper import Direction, Side
from manga.values import Span

KEY = "colophon"
TITLE_B4_MM, LINE_B4_MM = 6.4, 3.9
PAD_EM = 1.4
LINE_EM = 1.55
MOST_LINES = 34
MOST_NAMED = 12
"""So many panels and things are named; of more it is told how many."""
_TITLE: FaceName = "gothic"
_TEXT: FaceName = "round"
_NOWHERE = Span(start=0, end=0)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is told beside the book's facts. `placeholders` are addresses (`p03.k2`), `hands` who drew, `cuts` how many
    passages of the story are not in the book."""

    hands: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    cuts: int = 0


def colophon(facts: BookFacts, imprint: Imprint, number: int, side: Side, faces: Faces) -> PageGraph:
    """The page, behind page `number - 1`."""
    page = blank_page(KEY, number, side, facts).model_copy(update={"kind": "colophon"})
    scale = facts.paper.scale
    size, pad = LINE_B4_MM * scale, PAD_EM * LINE_B4_MM * scale
    area = facts.paper.text_area.inset(4 * scale)
    width = area.width - 2 * pad
    title = _wrapped(" ".join(facts.title.split()), width, _TITLE, TITLE_B4_MM * scale, faces)[:2]
    runs = [(line, _TITLE, TITLE_B4_MM * scale) for line in title]
    told = [line for text in lines_of(facts, imprint) for line in _wrapped(text, width, _TEXT, size, faces)]
    if len(told) > MOST_LINES:
        told = [*told[: MOST_LINES - 1], "…"]
    runs += [(line, _TEXT, size) for line in told]
    height = sum(LINE_EM * em for _, _, em in runs) + 2 * pad
    box = Rect(x=area.x, y=max(area.y, area.bottom - height), width=area.width, height=height)
    texts: list[TextRun] = []
    y = box.y + pad
    for line, face, em in runs:
        run = set_level((line,), line, _NOWHERE, face, em, faces)
        texts.append(moved_run(run, box.x + pad, y + (LINE_EM - LEADING) * em / 2))
        y += LINE_EM * em
    return page.model_copy(update={"balloons": tuple(_boxed(texts, box))})


def _boxed(texts: Sequence[TextRun], box: Rect) -> Iterator[Balloon]:
    """The first text has the box drawn around all of them."""
    for i, text in enumerate(texts):
        yield Balloon(
            key=f"{KEY}.{i}",
            panel="",
            line=KEY,
            kind=BalloonKind.MONOLOGUE if i else BalloonKind.CAPTION,
            outline="" if i else to_data(rect(box.x, box.y, box.width, box.height)),
            polygon=bounds(text.box.polygon()).polygon() if i else box.polygon(),
            text=text,
            order=i,
        )


def lines_of(facts: BookFacts, imprint: Imprint) -> Iterator[str]:
    """Everything that is told, a paragraph each."""
    return _japanese(facts, imprint) if facts.language == "ja" else _english(facts, imprint)


def _japanese(facts: BookFacts, imprint: Imprint) -> Iterator[str]:
    bound = "右綴じ" if facts.direction is Direction.RTL else "左綴じ"
    if facts.author:
        yield f"原作　{' '.join(facts.author.split())}"
    if imprint.hands:
        yield f"作画　{'、'.join(imprint.hands)}"
    yield "制作　Mangaka"
    yield f"判型　{facts.paper.name.value}　{facts.paper.trim_width_mm:g}×{facts.paper.trim_height_mm:g} mm　{bound}"
    if imprint.placeholders:
        yield f"仮の絵　{_named([_panel_ja(address) for address in imprint.placeholders], '、', 'ほか{}コマ')}"
    else:
        yield "仮の絵　なし"
    if imprint.missing:
        yield f"描けなかったもの　{_named(imprint.missing, '、', 'ほか{}点')}"
    if imprint.cuts:
        yield f"物語から省いたところ　{imprint.cuts}か所"


def _english(facts: BookFacts, imprint: Imprint) -> Iterator[str]:
    bound = "bound on the right" if facts.direction is Direction.RTL else "bound on the left"
    if facts.author:
        yield f"Story: {' '.join(facts.author.split())}"
    if imprint.hands:
        yield f"Pictures: {', '.join(imprint.hands)}"
    yield "Made with Mangaka"
    size = f"{facts.paper.trim_width_mm:g} × {facts.paper.trim_height_mm:g} mm"
    yield f"Size: {facts.paper.name.value} ({size}), {bound}"
    if imprint.placeholders:
        yield f"Placeholders: {_named([_panel_en(address) for address in imprint.placeholders], '; ', 'and {} more')}"
    else:
        yield "Placeholders: none"
    if imprint.missing:
        yield f"Could not be drawn: {_named(imprint.missing, ', ', 'and {} more')}"
    if imprint.cuts:
        yield f"Left out of the story: {imprint.cuts} passage{'s' if imprint.cuts > 1 else ''}"


def _named(names: Sequence[str], joint: str, more: str) -> str:
    told = list(names[:MOST_NAMED])
    return joint.join([*told, more.format(len(names) - len(told))] if len(told) < len(names) else told)


def _panel_ja(address: str) -> str:
    page, panel = _numbers(address)
    return f"{page}ページ{panel}コマ目"


def _panel_en(address: str) -> str:
    page, panel = _numbers(address)
    return f"page {page}, panel {panel}"


def _numbers(address: str) -> tuple[int, int]:
    page, _, panel = address.partition(".")
    return int(page[1:]), int(panel[1:])


def _wrapped(text: str, width: float, face: FaceName, size: float, faces: Faces) -> list[str]:
    """Lines that fit a width: between words where there are any, else between letters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and faces.setting(face, line + piece).width((line + piece).rstrip()) * size > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterator[str]:
    """Latin words with their space, all other letters one by one."""
    word = ""
    for letter in text:
        if letter.isascii() and letter != " ":
            word += letter
            continue
        if word:
            yield word
            word = ""
        yield letter
    if word:
        yield word
