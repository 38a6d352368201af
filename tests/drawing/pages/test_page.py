"""A page from storyboard to pixels: the graph copies geometry, the drawing follows the graph, files are repeatable."""

import io
import json

import pytest
from PIL import Image

from drawing.ink.canvas import ART_JSON, Canvas, Drawing, laid_flat
from drawing.ink.paths import (
    box,
    from_data,
    rect,
    to_data,
)
from drawing.lettering.balloons import row_boxes
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.compose_page import BALLOON_B4_MM, HALO_MM, compose
from drawing.pages.page_files import graph_bytes, page_files
from drawing.pages.pdf_to_pixels import ink_ratio, pixels, png, preview_png
from drawing.pages.scene_graph import BookFacts, body_page
from manga.book import PageGraph
from manga.geometry import Rect
from manga.lettering import BalloonKind, PageLettering, Sfx
from manga.paper import PAPERS, Direction, PaperName, Side
from tests.drawing.lettering.desk import board, drawn, panel, part
from tests.drawing.pages.made import B5, BOXES, page, with_balloon, with_panel

FOLDERS = standard_folders()
FACES = faces(FOLDERS)
PX = 400 / 182
FACTS = BookFacts("星", None, "ja", Direction.RTL, B5)


def black_art(box_of: Rect) -> bytes:
    canvas = Canvas(box_of.width, box_of.height)
    canvas.fill(rect(-50, -50, 900, 900))
    return json.dumps(canvas.finish().to_json()).encode()


def pictures(graph: PageGraph) -> dict[str, bytes]:
    return {node.picture: black_art(node.picture_box) for node in graph.panels}


def at(image: Image.Image, x: float, y: float) -> int:
    """The grey at a place in millimetres of the trim; the image has one byte a pixel."""
    return image.tobytes()[int(y / 257 * image.height) * image.width + int(x / 182 * image.width)]


def painted(graph: PageGraph, images: dict[str, bytes] | None = None) -> Image.Image:
    files = page_files(graph, pictures(graph) if images is None else images, FOLDERS, 400)
    return Image.open(io.BytesIO(files.png)).convert("L")


def test_a_page_takes_frames_pictures_and_spans_from_its_storyboard() -> None:
    storyboard = board([panel(1, [part(1, "はい", who="a")]), panel(2)])
    art, _ = drawn(storyboard)
    graph = body_page(storyboard.pages[0], art, PageLettering(page="g001"), FACTS, 1)
    assert [node.address for node in graph.panels] == ["p01.k1", "p01.k2"]
    assert [node.polygon for node in graph.panels] == [f.polygon for f in storyboard.pages[0].layout.frames]
    assert [node.picture for node in graph.panels] == ["blob-b0001", "blob-b0002"]
    assert [len(node.spans) for node in graph.panels] == [1, 0]
    assert graph.panels[0].speakers == ("a",)
    assert (graph.folio, graph.kind, graph.trim) == (1, "body", B5.trim)


def test_figures_of_a_page_are_in_millimetres_of_the_page() -> None:
    storyboard = board([panel(1), panel(2)])
    art, _ = drawn(storyboard)
    graph = body_page(storyboard.pages[0], art, PageLettering(page="g001"), FACTS, 1)
    for node in graph.panels:
        face = node.figures[0].face
        assert face is not None
        assert node.picture_box.contains(face)


def test_a_panel_without_a_picture_is_a_placeholder_and_stays_white() -> None:
    storyboard = board([panel(1), panel(2)])
    art, blobs = drawn(storyboard)
    graph = body_page(storyboard.pages[0], {"b0001": art["b0001"]}, PageLettering(page="g001"), FACTS, 1)
    assert [node.placeholder for node in graph.panels] == [False, True]
    assert page_files(graph, dict(blobs), FOLDERS, 200).ink < 0.2


def test_a_scene_graph_comes_back_from_its_file() -> None:
    graph = page(1)
    assert PageGraph.of(json.loads(graph_bytes(graph))) == graph


def test_pictures_fill_their_panels_and_nothing_beside_them() -> None:
    image = painted(page(1))
    for node in page(1).panels:
        x, y = node.picture_box.x + 4, node.picture_box.bottom - 4
        assert at(image, x, y) == 0
    gutter = (BOXES[1].right + BOXES[0].x) / 2
    assert at(image, gutter, 50) == 255
    assert at(image, 8, 130) == 255


def test_a_borderless_panel_has_no_border() -> None:
    def width_of_borders(graph: PageGraph) -> int:
        return sum(call[0] == "s" and call[-1] == "miter" for call in compose(graph, {}, FACES).drawing.calls)

    assert width_of_borders(with_panel(page(1), 0, borderless=True)) == width_of_borders(page(1)) - 1


def test_a_balloon_is_white_with_black_letters_over_a_black_picture() -> None:
    graph = page(1)
    image = painted(graph)
    body = graph.balloons[0].polygon
    assert at(image, body[0][0] + 1.2, body[2][1] - 1.2) == 255
    text = graph.balloons[0].text.box
    inside = image.crop((text.x * PX, text.y * PX, text.right * PX, text.bottom * PX))
    assert 0 < ink_ratio(inside) < 0.6


def test_the_white_around_a_balloon_that_leans_out_leaves_its_panels_border_whole() -> None:
    body = rect(156, 30, 20, 36)
    leaning = {"outline": to_data(body), "polygon": Rect(x=156, y=30, width=20, height=36).polygon(), "tail_tip": None}
    graph = with_balloon(page(1), 0, lambda b: b.model_copy(update=leaning))
    image = Image.open(io.BytesIO(page_files(graph, pictures(graph), FOLDERS, 1600).png)).convert("L")
    beside = 66 + BALLOON_B4_MM * B5.scale / 2 + HALO_MM * B5.scale / 2
    assert at(image, 162, beside) == 255
    assert at(image, BOXES[0].right, beside) == 0


def test_a_monologue_has_no_balloon_but_white_ground_from_line_to_line() -> None:
    graph = with_balloon(page(1), 0, lambda b: b.model_copy(update={"kind": BalloonKind.MONOLOGUE, "tail_tip": None}))
    image, text = painted(graph), graph.balloons[0].text
    body = graph.balloons[0].polygon
    assert at(image, body[0][0] + 1.2, body[2][1] - 1.2) == 0
    first, *_, last = row_boxes(text)
    air = 0.2 * text.size_q * 0.25
    assert min(at(image, first.right + air, first.y + first.height * t / 9) for t in range(1, 9)) > 200
    assert min(at(image, last.x - air, last.y + last.height * t / 9) for t in range(1, 9)) > 200


@pytest.mark.parametrize("kind", list(BalloonKind))
def test_every_kind_of_balloon_shows_its_words(kind: BalloonKind) -> None:
    bare = with_balloon(page(1), 0, lambda b: b.model_copy(update={"text": b.text.model_copy(update={"glyphs": ()})}))
    styled = [with_balloon(g, 0, lambda b: b.model_copy(update={"kind": kind})) for g in (page(1), bare)]
    with_words, without = (ink_ratio(painted(graph, {})) for graph in styled)
    assert with_words > without


@pytest.mark.parametrize("style", ["black", "white"])
def test_a_sound_shows_on_black_and_on_white(style: str) -> None:
    outline = "M20 110L60 110L60 140L20 140Z"
    sound = Sfx.of(
        {"key": "s", "panel": "b0012", "text": "ド", "outline": outline, "style": style}
        | {"polygon": [[20, 110], [60, 110], [60, 140], [20, 140]]}
    )
    graph = page(1).model_copy(update={"sfx": (sound,)})
    for images in (pictures(graph), dict[str, bytes]()):
        edge = painted(graph, images).crop((30, 220, 150, 330))
        assert len(set(edge.tobytes())) > 2


def test_the_folio_stands_at_the_outer_foot() -> None:
    left, right = page(1), page(2)
    assert (left.side, right.side) == (Side.LEFT, Side.RIGHT)
    foot = (0, 535, 80, 565), (320, 535, 400, 565)
    found = [[ink_ratio(painted(g, {}).crop(area)) > 0 for area in foot] for g in (left, right)]
    assert found == [[True, False], [False, True]]


def test_nothing_is_drawn_beyond_the_bleed() -> None:
    calls = compose(page(1), pictures(page(1)), FACES).drawing.calls
    assert calls[0] == ("q",)
    clip = box(from_data(str(calls[1][1])))
    assert calls[1][0] == "c"
    assert (clip.x, clip.y, clip.width, clip.height) == (0, 0, 188, 263)


def test_marks_that_no_reader_sees_are_left_out_and_no_pixel_changes() -> None:
    graph = page(1)
    canvas = Canvas(95, 70)
    for i in range(40):
        canvas.fill(rect(i * 12 - 200, i * 9 - 150, 9, 6), 40)
        canvas.stroke(rect(i * 12 - 190, i * 9 - 150, 9, 6), 2.5)
    art = json.dumps(canvas.finish().to_json()).encode()
    whole = Canvas(95, 70)
    whole.draw(Drawing.of(json.loads(art)))
    shown = laid_flat(compose(graph, {graph.panels[0].picture: art}, FACES).drawing)
    none = compose(graph, {}, FACES).drawing
    assert 0 < len(shown.calls) - len(none.calls) < len(whole.finish().calls)
    near = Canvas(95, 70)
    near.draw(whole.finish(), within=Rect(x=0, y=0, width=95, height=70))
    assert preview_png(near.finish(), 300) == preview_png(whole.finish(), 300)


def test_the_same_page_gives_the_same_bytes() -> None:
    graph = page(1)
    assert page_files(graph, pictures(graph), FOLDERS, 300) == page_files(graph, pictures(graph), FOLDERS, 300)


@pytest.mark.parametrize("paper", list(PaperName))
def test_a_page_is_as_wide_as_asked_and_as_high_as_its_paper(paper: PaperName) -> None:
    sheet = PAPERS[paper]
    graph = page(1).model_copy(
        update={"paper": paper, "trim": sheet.trim, "bleed": sheet.bleed, "panels": (), "balloons": ()}
    )
    image = Image.open(io.BytesIO(page_files(graph, {}, FOLDERS, 500).png))
    assert image.width == 500
    assert abs(image.height - 500 * sheet.trim_height_mm / sheet.trim_width_mm) <= 1
    assert image.mode == "L"


def test_a_coloured_picture_keeps_its_colour_and_a_grey_one_stays_grey() -> None:
    def page_with(color: tuple[int, int, int]) -> Image.Image:
        out = io.BytesIO()
        Image.new("RGB", (95, 70), color).save(out, "PNG")
        graph = with_panel(page(1), 0, media_type="image/png")
        return Image.open(io.BytesIO(page_files(graph, {graph.panels[0].picture: out.getvalue()}, FOLDERS, 300).png))

    assert page_with((200, 30, 30)).mode == "RGB"
    assert page_with((90, 90, 90)).mode == "L"


def test_ink_is_the_share_of_black() -> None:
    assert ink_ratio(Image.new("L", (10, 10), 0)) == 1
    assert ink_ratio(Image.new("L", (10, 10), 255)) == 0
    half = Image.new("L", (10, 10), 255)
    half.paste(0, (0, 0, 5, 10))
    assert ink_ratio(half) == 0.5


def test_a_preview_is_as_wide_as_asked() -> None:
    canvas = Canvas(30, 20)
    canvas.fill(rect(0, 0, 30, 20))
    image = Image.open(io.BytesIO(preview_png(canvas.finish(), 90)))
    assert image.size == (90, 60)
    assert image.tobytes().count(0) > 0.9 * 90 * 60


def test_a_page_in_dots_an_inch_has_the_papers_size() -> None:
    graph = page(1)
    pdf = page_files(graph, {}, FOLDERS, 100).pdf
    image = pixels(pdf, dpi=25.4)
    assert image.width == 182
    assert image.height in {257, 258}  # pdfium rounds up
    assert png(image) == png(pixels(pdf, dpi=25.4))


def test_art_of_another_size_than_its_panel_covers_it() -> None:
    graph = with_panel(page(1), 2, picture_box=replace_box(BOXES[2]))
    image = painted(graph, {graph.panels[2].picture: black_art(BOXES[2])})
    assert at(image, 17, 160) == 0
    assert at(image, 165, 160) == 0
    assert graph.panels[2].media_type == ART_JSON


def replace_box(found: Rect) -> Rect:
    return Rect(x=found.x - 10, y=found.y - 10, width=found.width + 20, height=found.height + 20)


def test_what_is_remembered_stands_in_black_gutters() -> None:
    graph = page(1).model_copy(update={"balloons": ()})
    gutter = (BOXES[0].centre[0], (BOXES[0].bottom + BOXES[2].y) / 2)
    assert at(painted(graph, {}), *gutter) > 200
    remembered = with_panel(with_panel(graph, 0, flashback=True), 2, flashback=True)
    assert at(painted(remembered, {}), *gutter) < 30
