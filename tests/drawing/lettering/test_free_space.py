"""The page as a place: what may be leant over, what must stay free, which panel ends a tier."""

from drawing.lettering.free_space import Overhang, page_space
from manga.geometry import Rect
from manga.paper import PAPERS, PaperName
from tests.drawing.lettering.desk import board, panel
from tests.drawing.lettering.spots_desk import page_of, panel_at, person

BOX = Rect(x=20, y=20, width=80, height=60)


def test_a_balloon_may_reach_over_a_side_as_far_as_is_allowed() -> None:
    overhang = Overhang(left=3, right=0, top=0, bottom=0)
    assert overhang.allows(BOX, Rect(x=17.5, y=30, width=10, height=10))
    assert not overhang.allows(BOX, Rect(x=16, y=30, width=10, height=10))
    assert not overhang.allows(BOX, Rect(x=95, y=30, width=10, height=10))


def test_a_face_weighs_more_than_a_head_and_a_head_more_than_a_body() -> None:
    space = panel_at(BOX, [person("a", 60, 50)])
    body, head, face = sorted(space.obstacles, key=lambda o: o[4])[0:3]
    assert [o[5] for o in (body, head, face)] == [True, False, False]
    assert body[4] < head[4] < face[4]


def test_others_are_everybody_but_the_speaker() -> None:
    space = panel_at(BOX, [person("a", 40, 50), person("b", 80, 50)])
    assert len(space.others("a")) == 1
    assert [rival.character for rival in space.rivals("a")] == ["b"]
    assert len(space.faces) == len(space.heads) == 2


def test_a_slanted_panel_holds_only_what_lies_inside_its_cut() -> None:
    slanted = panel_at(BOX, polygon=((20, 20), (100, 20), (60, 80), (20, 80)))
    corner = Rect(x=85, y=65, width=10, height=10)
    assert panel_at(BOX).holds(corner.polygon(), corner)
    assert not slanted.holds(corner.polygon(), corner)


def test_nobody_leans_over_a_panel_that_was_read_before_by_more_than_a_third_of_the_gutter() -> None:
    storyboard = board([panel(i) for i in range(1, 6)])
    page = storyboard.pages[0]
    paper = PAPERS[PaperName.B5]
    space = page_space(page, {}, text_area=paper.text_area, trim=paper.trim, rtl=True)
    assert [len(p.read) for p in space.panels] == [0, 1, 2, 3, 4]
    for earlier, later in zip(space.panels, space.panels[1:], strict=False):
        gap = earlier.box.x - later.box.right
        if gap > 0 and earlier.box.y < later.box.bottom and later.box.y < earlier.box.bottom:
            assert later.overhang.right <= 0.35 * gap + 1e-6


def test_the_last_panel_of_a_row_ends_the_tier() -> None:
    storyboard = board([panel(i) for i in range(1, 6)])
    paper = PAPERS[PaperName.B5]
    space = page_space(storyboard.pages[0], {}, text_area=paper.text_area, trim=paper.trim, rtl=True)
    for one in space.panels:
        if one.ends_tier:
            beside = [o for o in space.panels if o is not one and abs(o.box.centre[1] - one.box.centre[1]) < 5]
            assert all(other.box.x > one.box.x for other in beside)


def test_a_page_knows_its_panels() -> None:
    assert page_of(panel_at(BOX)).panels[0].box == BOX
