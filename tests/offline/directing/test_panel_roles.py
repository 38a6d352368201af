"""What panels are for, from what their moments tell."""

from manga.brief import Language
from manga.plot import Beat, Deed
from manga.storyboard import Role
from manga.text_capacity import MEASURES
from offline.directing.page_moments import moments_of
from offline.directing.panel_roles import Frame, answered, frames_of
from tests.offline.storyboard_plots import Teller, scene


def test_where_no_face_is_near_the_greatest_moment_is_answered_by_who_is_struck() -> None:
    teller = Teller()

    def frame(text: str, who: str, action: str, weight: int, role: Role) -> Frame:
        line = teller.line(text)
        deed = Deed(who=who, action=action, span=line.span)
        beat = teller.beat(line, importance=weight, deeds=(deed,), present=("c01", "c02"))
        return Frame(moments_of(beat, scene(1, beat), MEASURES[Language.JA]), role, weight)

    shot = frame("兵十はごんをうちました。", "c02", "shoot", 5, Role.PAYOFF)
    fallen = frame("ごんはたおれました。", "c01", "fall", 4, Role.ACT)
    after = frame("兵十はかけよりました。", "c02", "run", 4, Role.PAYOFF)
    assert [found.role for found in answered([[shot, fallen], [after]])[0]] == [Role.PAYOFF, Role.REACT]


def test_a_page_that_ends_without_words_ends_on_a_picture_as_large_as_the_others() -> None:
    teller = Teller()
    beats = [teller.beat(teller.line("雨がふりました。"), importance=weight, present=()) for weight in (4, 4, 4, 2)]
    page = [moments_of(beat, scene(1, *beats), MEASURES[Language.JA]) for beat in beats]
    first, _ = frames_of([page, page[:1]], [False, False])
    assert [found.importance for found in first] == [4, 4, 4, 4]


def test_who_runs_off_before_others_after_a_great_moment_is_seen_going_and_not_only_as_a_face() -> None:
    teller = Teller()

    def beat(text: str, action: str, weight: int) -> Beat:
        line = teller.line(text)
        deed = Deed(who="c01", action=action, span=line.span)
        return teller.beat(line, importance=weight, deeds=(deed,), present=("c01", "c02"))

    beats = [beat("ごんは木から身をのり出しました。", "look", 4), beat("ごんは先に立って走りました。", "run", 2)]
    page = [moments_of(found, scene(1, *beats), MEASURES[Language.JA]) for found in beats]
    assert [found.role for found in frames_of([page], [False])[0]] == [Role.PAYOFF, Role.ACT]
