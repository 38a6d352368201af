"""A great moment is soon answered by a face, and three views of one scene differ."""

from manga.storyboard import FigureDirection, PageDraft, PanelDraft, Pose, Role, SceneDirection, Shot
from offline.directing.vary_shots import answered


def panel(
    number: int, shot: Shot, *, importance: int = 2, role: Role = Role.TALK, pose: Pose = Pose.STAND
) -> PanelDraft:
    figures = (FigureDirection(character="c01", pose=pose),)
    return PanelDraft(
        key=f"b{number:04d}",
        beats=(f"b{number:04d}",),
        scene="s01",
        role=role,
        importance=importance,
        direction=SceneDirection(shot=shot, setting="room", figures=figures),
    )


def shots(*panels: PanelDraft) -> list[Shot]:
    pages = answered([PageDraft(key="g001", number=1, panels=panels)])
    return [one.direction.shot for one in pages[0].panels]


KEY = panel(1, Shot.FULL, importance=5, role=Role.PAYOFF)


def test_a_great_moment_is_answered_by_a_face_within_two_panels() -> None:
    assert shots(KEY, panel(2, Shot.MEDIUM), panel(3, Shot.LONG)) == [Shot.FULL, Shot.MEDIUM, Shot.BUST]


def test_who_lies_or_runs_is_not_seen_from_so_near_and_another_panel_answers() -> None:
    for pose in (Pose.LIE, Pose.RUN):
        assert shots(KEY, panel(2, Shot.MEDIUM), panel(3, Shot.LONG, pose=pose))[1:] == [Shot.BUST, Shot.LONG]


def test_what_is_answered_stays_as_it_is() -> None:
    for answer in (panel(2, Shot.CLOSE), panel(2, Shot.LONG, role=Role.REACT)):
        assert shots(KEY, answer, panel(3, Shot.LONG)) == [Shot.FULL, answer.direction.shot, Shot.LONG]


def test_the_third_view_from_one_distance_is_taken_from_another() -> None:
    found = shots(*(panel(number, Shot.MEDIUM) for number in range(1, 8)))
    assert all(len(set(found[n : n + 3])) > 1 for n in range(5))


def test_who_sits_stands_where_no_legs_are_seen() -> None:
    pages = answered(
        [PageDraft(key="g001", number=1, panels=(KEY, panel(2, Shot.LONG), panel(3, Shot.FULL, pose=Pose.SIT)))]
    )
    assert pages[0].panels[2].direction.figures[0].pose is Pose.STAND
