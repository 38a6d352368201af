"""The webtoon: panels at one width one below the other, every word in its panel's place anew, slices of one height."""

import io
import zipfile
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw

from drawing.export.export_book import bound, part
from drawing.export.webtoon import (
    LEAST_MM,
    LOUDEST,
    MARGIN_MM,
    SCENE_MM,
    WIDTH_MM,
    cuts,
    rest,
    strip_page,
)
from drawing.ink.paths import box as extent
from drawing.ink.paths import (
    from_data,
    poly,
    to_data,
)
from manga.geometry import Rect, bounds, overlap_area
from manga.lettering import Sfx, StripTitle
from tests.drawing.export.editions import edition, leaves
from tests.drawing.pages.made import page, with_panel

STRIP = strip_page(page(1))


def test_panels_stand_in_reading_order_at_one_width() -> None:
    boxes = [bounds(panel.polygon) for panel in STRIP.panels]
    assert [panel.key for panel in STRIP.panels] == [panel.key for panel in page(1).panels]
    assert {round(box.width, 1) for box in boxes} == {WIDTH_MM - 2 * MARGIN_MM}
    for above, below in pairwise(boxes):
        assert below.y - above.bottom >= LEAST_MM - 0.01


def test_no_word_is_lost_and_none_leaves_the_strip() -> None:
    assert [b.text.source for b in STRIP.balloons] == [b.text.source for b in page(1).balloons]
    assert all(STRIP.trim.contains(balloon.text.box) for balloon in STRIP.balloons)
    assert [len(b.text.glyphs) for b in STRIP.balloons] == [len(b.text.glyphs) for b in page(1).balloons]


def test_balloons_are_placed_anew_without_lying_on_each_other_or_on_faces() -> None:
    for i, balloon in enumerate(STRIP.balloons):
        assert all(overlap_area(balloon.polygon, other.polygon) < 0.5 for other in STRIP.balloons[:i])
        faces = [f.face for panel in STRIP.panels for f in panel.figures if f.face is not None]
        assert all(overlap_area(balloon.polygon, face.polygon()) <= 0.02 * face.area for face in faces)


def test_a_sound_stays_in_its_panel_and_does_not_grow_with_a_narrow_one() -> None:
    graph = page(1)
    box = bounds(graph.panels[1].polygon)
    narrow = Rect(x=box.x, y=box.y, width=25, height=box.height)
    shape = Rect(x=box.x + 4, y=box.y + 20, width=14, height=30)
    sound = Sfx(key="l9.1", panel=graph.panels[1].key, text="ド", outline=to_data(poly(shape.polygon())),
                polygon=shape.polygon())  # fmt: skip
    graph = with_panel(graph, 1, polygon=narrow.polygon()).model_copy(update={"sfx": (sound,)})
    strip = strip_page(graph)
    (moved,) = strip.sfx
    assert bounds(strip.panels[1].polygon).contains(bounds(moved.polygon), slack=0.02)
    assert bounds(moved.polygon).height == pytest.approx(LOUDEST * 30, abs=0.02)
    assert extent(from_data(moved.outline)).height == pytest.approx(LOUDEST * 30, abs=0.05)


def test_a_new_scene_is_a_longer_silence() -> None:
    first, second, *_ = page(1).panels
    assert rest(None, first) == SCENE_MM
    assert rest(first, second.model_copy(update={"scene": "s99"})) == SCENE_MM
    payoff = second.model_copy(update={"role": "payoff"})
    assert LEAST_MM <= rest(first, second) < rest(first, payoff) < SCENE_MM


def test_slices_are_no_higher_than_wanted_and_together_the_strip() -> None:
    found, options = edition(), {"width": 400, "slice": 640}
    parts = [part("webtoon", leaf) for leaf in leaves(found, options)]
    archive = zipfile.ZipFile(io.BytesIO(bound("webtoon", found, parts, options)))
    images = [Image.open(io.BytesIO(archive.read(name))) for name in archive.namelist()]
    assert {image.width for image in images} == {400}
    assert max(image.height for image in images) <= 640
    heights = [Image.open(io.BytesIO(data)).height for data in parts]
    assert sum(image.height for image in images) == sum(heights)


@pytest.mark.parametrize(("ink", "expected"), [((0, 80), [0, 100, 200, 250]), ((0, 250), [0, 100, 200, 250])])
def test_a_strip_without_end_is_cut_all_the_same(ink: tuple[int, int], expected: list[int]) -> None:
    strip = Image.new("L", (20, 250), 255)
    ImageDraw.Draw(strip).rectangle((0, ink[0], 19, ink[1] - 1), fill=0)
    assert cuts(strip, 100) == expected


def test_a_cut_falls_into_a_gap_rather_than_a_picture() -> None:
    strip = Image.new("L", (20, 160), 255)
    ImageDraw.Draw(strip).rectangle((0, 0, 19, 69), fill=0)
    ImageDraw.Draw(strip).rectangle((0, 80, 19, 159), fill=0)
    _, cut, end = cuts(strip, 100)
    assert 70 < cut < 80
    assert end == 160


def test_the_title_of_a_strip_stands_above_its_first_panel() -> None:
    body = page(1)
    first = body.panels[0]
    title = StripTitle(panel=first.key, text=body.balloons[0].text)
    strip = strip_page(body.model_copy(update={"titles": (title,)}))
    assert strip.titles[0].text.box.bottom < bounds(strip.panels[0].polygon).y
    assert strip.titles[0].text.box.centre[0] == pytest.approx(WIDTH_MM / 2, abs=0.1)
