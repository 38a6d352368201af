"""Pages without words: nothing that type, drawn sounds, titles and numbers change on a page is left to be seen."""

import io
import json

import pytest
from PIL import Image, ImageChops

from drawing.ink.paths import rect, to_data
from drawing.lettering.fonts import faces, standard_folders
from drawing.lettering.glyph_outlines import run_outline
from drawing.pages.page_files import page_files
from evals.retold.sheets import covered
from manga.book import PageGraph
from manga.geometry import Rect
from manga.lettering import BalloonKind, Sfx, StripTitle
from tests.drawing.pages.made import BOXES, page, run, with_balloon
from tests.drawing.pages.test_page import pictures

FOLDERS = standard_folders()
FULL = 800


def painted(graph: PageGraph) -> Image.Image:
    return Image.open(io.BytesIO(page_files(graph, pictures(graph), FOLDERS, FULL).png))


def with_everything() -> PageGraph:
    """Balloons, words on the picture, a sound over a border, a strip's title, a page number."""
    title = StripTitle(panel="b0012", text=run("題名", 100, 8, 900))
    letters = run("ドン", 70, 110, 910, size=14.0)
    drawn = run_outline(letters, faces(FOLDERS))
    sound = Sfx(
        key="s", panel="b0012", text="ドン", outline=to_data(drawn), polygon=letters.box.polygon(), style="white"
    )
    graph = with_balloon(page(1), 1, lambda b: b.model_copy(update={"kind": BalloonKind.MONOLOGUE, "tail_tip": None}))
    return graph.model_copy(update={"titles": (title,), "sfx": (sound,), "folio": 128})


def without_words(graph: PageGraph) -> PageGraph:
    """The same page before anything is lettered; balloons are there, empty."""
    empty = {"glyphs": (), "ruby": ()}
    balloons = tuple(b.model_copy(update={"text": b.text.model_copy(update=empty)}) for b in graph.balloons)
    return graph.model_copy(update={"balloons": balloons, "sfx": (), "titles": (), "folio": None})


def test_a_covered_page_is_the_same_whatever_its_words_are() -> None:
    graph = with_everything()
    lettered, bare = (covered(graph, painted(one)) for one in (graph, without_words(graph)))
    assert ImageChops.difference(painted(graph).convert("L"), painted(without_words(graph)).convert("L")).getbbox()
    assert ImageChops.difference(lettered, bare).getbbox() is None


@pytest.mark.parametrize("left_out", ["balloons", "sfx", "titles"])
def test_words_that_are_not_covered_are_seen(left_out: str) -> None:
    graph = with_everything()
    forgotten = graph.model_copy(update={left_out: ()})
    lettered, bare = (covered(forgotten, painted(one)) for one in (graph, without_words(graph)))
    assert ImageChops.difference(lettered, bare).getbbox() is not None


def test_pictures_stay() -> None:
    graph = with_everything()
    page_ = covered(graph, painted(graph))
    scale = page_.width / graph.trim.width
    box = BOXES[1]
    assert page_.getpixel((round((box.x + 4) * scale), round((box.bottom - 4) * scale))) == 0


def test_what_a_picture_carries_beside_its_pixels_is_gone() -> None:
    graph = page(1)
    image = painted(graph)
    image.info["Title"] = "星"
    assert covered(graph, image).info == {}


def test_both_feet_are_covered_so_that_no_page_tells_whether_it_is_even() -> None:
    for number in (1, 2):
        graph = page(number)
        image = covered(graph, painted(graph))
        assert len({image.getpixel((x, image.height - 5)) for x in (5, image.width - 5)}) == 1


def test_a_sound_is_covered_by_its_whole_ground() -> None:
    sound = Sfx(key="s", panel="b0012", text="ドン", outline=to_data(rect(30, 110, 20, 20)),
                polygon=Rect(x=30, y=110, width=20, height=20).polygon())  # fmt: skip
    graph = page(1).model_copy(update={"sfx": (sound,)})
    image = covered(graph, painted(graph))
    left, top, right, bottom = (round(mm * image.width / 182) for mm in (30, 110, 50, 130))
    greys = image.crop((left, top, right, bottom)).getextrema()
    assert greys[0] == greys[1]
    assert json.loads(graph.model_dump_json())["sfx"]
