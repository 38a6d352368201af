"""Drawn letters: off faces and balloons, mostly inside their panel, hard or soft as the sound is."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.balloon_spots import HAIR_LIMIT, covered, hair_covered
from drawing.lettering.drawn_sounds import (
    BREAKING,
    IMPACT,
    MOST_OF_PANEL,
    MOST_OUTSIDE,
    Sound,
    convex,
    draw_sound,
    face_of,
)
from drawing.lettering.figure_anchors import SeenOnPage
from drawing.lettering.free_space import PageSpace, looked_at
from drawing.lettering.sound_sources import away
from manga.artwork import FigureAnchors
from manga.geometry import Polygon, Rect, area, bounds, overlap_area
from manga.lettering import Sfx
from tests.drawing.lettering.desk import part
from tests.drawing.lettering.spots_desk import TRIM, page_of, panel_at, person
from tests.drawing.lettering.typing_desk import all_faces

WIDE = Rect(x=15, y=20, width=150, height=80)
PANEL = panel_at(WIDE, [person("a", 60, 60), person("b", 120, 60)])


def drawn(
    text: str = "ドキッ", *, taken: tuple[Polygon, ...] = (), loud: int = 3, dark: bool = False, seed: int = 1
) -> Sfx:
    sound = Sound(part(1, text, kind="sfx"), PANEL, loud, dark)
    return draw_sound(sound, page_of(PANEL), taken, all_faces(), Random(seed))


@pytest.mark.parametrize("text", ["ドキッ", "ざわざわ", "ゴゴゴゴゴ", "WHOOSH", "シーン"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_faces_and_hair_stay_free_and_little_leaves_the_panel(text: str, seed: int) -> None:
    sfx = drawn(text, seed=seed)
    assert max(covered(sfx.polygon, PANEL.faces)) <= 0.02
    assert max(hair_covered(sfx.polygon, PANEL), default=0.0) <= HAIR_LIMIT
    assert overlap_area(WIDE.polygon(), sfx.polygon) >= 0.85 * area(sfx.polygon)
    assert TRIM.contains(bounds(sfx.polygon))


def test_balloons_stay_free() -> None:
    taken = (Rect(x=15, y=20, width=45, height=40).polygon(), Rect(x=130, y=20, width=30, height=40).polygon())
    assert all(overlap_area(balloon, drawn(taken=taken).polygon) == 0 for balloon in taken)


def test_where_everything_is_taken_it_is_drawn_small_all_the_same() -> None:
    full = drawn(taken=(WIDE.polygon(),))
    assert full.outline
    assert area(full.polygon) < area(drawn().polygon)


def test_loud_sounds_are_large() -> None:
    assert area(drawn(loud=5).polygon) > area(drawn(loud=1).polygon)


def test_dark_panels_have_white_letters() -> None:
    assert (drawn(dark=True).style, drawn().style) == ("white", "black")


@pytest.mark.parametrize(
    ("text", "face"),
    [("ドカッ", "sharp"), ("ザワザワ", "sharp"), ("シーン", "heavy"), ("ふわり", "hand"), ("BANG", "comic_sfx")],
)
def test_the_face_is_as_hard_as_the_sound(text: str, face: str) -> None:
    assert face_of(text) == face


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=12))
def test_any_sound_at_all_can_be_drawn(text: str) -> None:
    sfx = drawn(text)
    assert sfx.text == text
    assert set(sfx.outline) <= set("MLCQZ0123456789.-e ,")


def test_the_same_seed_draws_the_same_and_another_seed_another() -> None:
    assert drawn(seed=4) == drawn(seed=4)
    assert drawn(seed=4).outline != drawn(seed=5).outline


def test_a_hull_holds_all_points() -> None:
    path = (("M", 0.0, 0.0), ("L", 4.0, 0.0), ("L", 2.0, 1.0), ("L", 4.0, 3.0), ("L", 0.0, 3.0), ("Z",))
    assert set(convex(path)) == {(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)}


def test_a_sound_that_fills_a_place_lies_behind_its_people_where_the_picture_tells_them_apart() -> None:
    def layer(text: str, *, layered: bool) -> str:
        sound = Sound(part(1, text, kind="sfx"), PANEL, 3, dark=False, layered=layered)
        return draw_sound(sound, page_of(PANEL), (), all_faces(), Random(1)).layer

    assert layer("ざわざわ", layered=True) == "behind"
    assert {layer("ざわざわ", layered=False), layer("ガシャン", layered=True)} == {"before"}


@pytest.mark.parametrize("text", ["ドカッ", "ゴゴゴゴゴ", "BANG"])
def test_a_sound_of_impact_bursts_out_of_its_frame_by_an_eighth_of_the_panel_at_most(text: str) -> None:
    sfx = drawn(text, loud=IMPACT)
    outside = 1 - overlap_area(WIDE.polygon(), sfx.polygon) / area(sfx.polygon)
    assert 0.02 < outside <= MOST_OUTSIDE[True]
    reach = Rect(
        x=WIDE.x - BREAKING * WIDE.width,
        y=WIDE.y - BREAKING * WIDE.height,
        width=(1 + 2 * BREAKING) * WIDE.width,
        height=(1 + 2 * BREAKING) * WIDE.height,
    )
    assert reach.contains(bounds(sfx.polygon), slack=0.1)
    assert max(covered(sfx.polygon, PANEL.faces)) <= 0.02


def test_a_sound_of_impact_touches_no_face_of_another_panel() -> None:
    heads = [person(f"p{n}", 20 + 20 * n, 118) for n in range(8)]
    below = panel_at(Rect(x=15, y=106, width=150, height=80), heads, index=1)
    sound = Sound(part(1, "ドカッ", kind="sfx"), PANEL, IMPACT, dark=False)
    sfx = draw_sound(sound, page_of(PANEL, below), (), all_faces(), Random(1))
    assert max(covered(sfx.polygon, below.heads)) == 0.0


@pytest.mark.parametrize("text", ["ドキッ", "ゴゴゴゴゴ", "WHOOSH", "BANG"])
@pytest.mark.parametrize(("splash", "loud"), [(False, 3), (False, IMPACT), (True, IMPACT)])
def test_a_sound_takes_no_more_of_its_panel_than_is_its_share(text: str, splash: bool, loud: int) -> None:
    sound = Sound(part(1, text, kind="sfx"), panel_at(WIDE), loud, dark=False, splash=splash)
    sfx = draw_sound(sound, page_of(panel_at(WIDE)), (), all_faces(), Random(2))
    assert area(sfx.polygon) <= MOST_OF_PANEL[splash] * area(WIDE.polygon()) * 1.001


def with_things(*things: Rect, figures: tuple[FigureAnchors, ...] = ()) -> PageSpace:
    return looked_at(page_of(panel_at(WIDE, figures)), {"b0000": SeenOnPage((), things, None)})


@pytest.mark.parametrize("x", [25.0, 120.0])
def test_a_bell_is_heard_beside_it_and_not_over_it(x: float) -> None:
    bell = Rect(x=x, y=50, width=12, height=14)
    page = with_things(bell)
    sfx = draw_sound(
        Sound(part(1, "カーン", kind="sfx"), page.panels[0], 3, dark=False), page, (), all_faces(), Random(1)
    )
    start = (bounds(sfx.polygon).centre[0], bounds(sfx.polygon).y)
    assert max(covered(sfx.polygon, [bell])) <= 0.02
    assert away(start, (bell,)) < 35


def test_a_step_is_heard_at_the_feet_and_a_laugh_at_the_mouth() -> None:
    someone = person("a", 90, 45, 10)

    def start(text: str) -> float:
        page = with_things(figures=(someone,))
        sound = Sound(part(1, text, kind="sfx"), page.panels[0], 2, dark=False)
        return bounds(draw_sound(sound, page, (), all_faces(), Random(1)).polygon).y

    assert start("ハハハ") < start("タタタ")


def test_hands_and_things_of_another_panel_are_left_whole() -> None:
    below = panel_at(Rect(x=15, y=104, width=150, height=80), index=1)
    things = tuple(Rect(x=15 + 12 * n, y=104, width=11, height=12) for n in range(12))
    page = looked_at(page_of(PANEL, below), {"b0001": SeenOnPage((), things, None)})
    sound = Sound(part(1, "ドカッ", kind="sfx"), page.panels[0], IMPACT, dark=False)
    sfx = draw_sound(sound, page, (), all_faces(), Random(1))
    assert max(covered(sfx.polygon, things)) <= 0.02
