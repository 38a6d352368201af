"""Drawn letters: off faces and balloons, mostly inside their panel, hard or soft as the sound is."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.balloon_spots import covered
from drawing.lettering.drawn_sounds import BREAKING, IMPACT, MOST_OUTSIDE, Sound, convex, draw_sound, face_of
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
def test_faces_stay_free_and_little_leaves_the_panel(text: str, seed: int) -> None:
    sfx = drawn(text, seed=seed)
    assert max(covered(sfx.polygon, PANEL.faces)) <= 0.02
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
