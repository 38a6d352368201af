"""The title page of a book that has no cover of its own: one of its pictures, cut beside heads and words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.pages.title_page import cover_plan, title_page
from drawing.pages.title_picture import scene_of
from manga.artwork import Breakout, FigureAnchors, Made, PanelArt
from manga.characters import Cast
from manga.geometry import Rect
from manga.paper import Side
from manga.storyboard import Shot
from tests.drawing.lettering.desk import board, drawn
from tests.drawing.pages.covers import CAST, FACES, bounding, facts, shown, story


def test_a_book_without_a_place_or_people_borrows_a_picture() -> None:
    bare = board([shown(1, (), background="none")])
    assert scene_of(bare) is None
    assert cover_plan(facts("星"), bare, CAST, {}, FACES, "modern") is None
    assert cover_plan(facts("星"), story("c01"), Cast(characters=()), {}, FACES, "modern") is None


def test_painted_pictures_are_not_mixed_with_drawn_ones() -> None:
    art, _ = drawn(story("c01"))
    painted = {key: found.model_copy(update={"media_type": "image/png"}) for key, found in art.items()}
    assert cover_plan(facts("星"), story("c01"), CAST, painted, FACES, "modern") is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_borrowed_picture_keeps_beside_the_words(language: str) -> None:
    art, _ = drawn(story("c01"))
    page = title_page(facts("星の鍵", language), Side.RIGHT, story("c01"), art, FACES)
    (node,) = page.panels
    assert all(node.picture_box.width > 0 and b.text.box.overlap(bounding(node.polygon)) == 0 for b in page.balloons)
    assert not node.borderless, "a picture that ends on the page ends in a line"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("left", [0.02, 0.4, 0.72])
def test_a_borrowed_picture_is_cut_beside_its_heads(language: str, left: float) -> None:
    head = Rect(x=left, y=0.2, width=0.24, height=0.5)
    figure = FigureAnchors(character="c01", body=head, head=head, face=head.inset(0.05))
    wide = PanelArt(
        panel="b0001",
        blob="b",
        media_type="image/png",
        width=3000,
        height=1000,
        figures=(figure,),
        made=Made(model="m"),
    )
    (node,) = title_page(facts("星の鍵", language), Side.RIGHT, story("c01"), {"b0001": wide}, FACES).panels
    assert node.figures[0].head is not None
    assert node.picture_box.contains(bounding(node.polygon), 1e-3)
    assert bounding(node.polygon).contains(node.figures[0].head, 1e-3)


def test_nobody_steps_out_of_a_borrowed_picture() -> None:
    out = Breakout(character="c01", outlines=(((0.2, -0.1), (0.4, -0.1), (0.3, 0.1)),))
    art = {key: one.model_copy(update={"breakout": out}) for key, one in drawn(story("c01"))[0].items()}
    assert title_page(facts("星の鍵"), Side.RIGHT, story("c01"), art, FACES).panels[0].breakout is None


@given(st.integers(600, 3000), st.sampled_from(["ja", "en"]))
@settings(max_examples=30, deadline=None)
def test_a_borrowed_picture_reaches_the_edges_or_leaves_room(width: int, language: str) -> None:
    art = PanelArt(
        panel="b0001", blob="b", media_type="image/png", width=width, height=1000, made=Made(model="m"), figures=()
    )
    page = title_page(facts("星の鍵", language), Side.RIGHT, story("c01"), {"b0001": art}, FACES)
    box = bounding(page.panels[0].polygon)
    left_over = page.bleed.right - box.right
    assert left_over < 1e-6 or left_over > 0.1 * page.bleed.width
    assert box.y == page.bleed.y or box.y > page.bleed.y + 0.1 * page.bleed.height


def test_the_best_borrowed_picture_shows_the_hero_alone_and_near() -> None:
    near = shown(1, ("a",))
    far = shown(2, ("a",), shot=Shot.LONG)
    storyboard = board([far, near])
    art, _ = drawn(storyboard)
    assert title_page(facts("星"), Side.RIGHT, storyboard, art, FACES).panels[0].picture == "blob-b0001"
