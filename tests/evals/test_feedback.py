"""The labelled set is whole, the scorer counts rightly, and the work-on part keeps its scores."""

from collections import Counter

from evals.feedback.scoring import GOALS, PARTS, FeedbackScore, Labelled, Wish, score, sentences, total, view_for
from manga.feedback import Plan, PlanItem
from manga.phases import Phase
from offline.wishes.make_plan import plan_of

LABELLED = Labelled(
    id="-",
    book="en",
    asked_at=Phase.LETTERING,
    sentence="-",
    group="several",
    wishes=(Wish(phase="characters", scope=("c01",)), Wish(phase="ask")),
)


def _plan(*items: tuple[Phase, tuple[str, ...]], question: str = "") -> Plan:
    return Plan(items=tuple(PlanItem(phase=p, instruction="x", scope=s) for p, s in items), question=question)


def test_a_plan_as_labelled_is_right_in_phase_and_scope() -> None:
    found = score(LABELLED, _plan((Phase.CHARACTERS, ("c01",)), question="?"))
    assert (found.wishes, found.phase_right, found.scope_right) == (2, 2, 2)


def test_another_scope_is_right_in_phase_only() -> None:
    found = score(LABELLED, _plan((Phase.CHARACTERS, ("c01", "c02")), question="?"))
    assert (found.phase_right, found.scope_right) == (2, 1)


def test_what_is_planned_beyond_the_labels_counts_against_the_plan() -> None:
    found = score(LABELLED, _plan((Phase.CHARACTERS, ("c01",)), (Phase.PLOT, ()), (Phase.CONCEPT, ()), question="?"))
    assert (found.wishes, found.phase_right) == (4, 2)


def test_a_question_that_was_not_asked_is_a_miss() -> None:
    assert score(LABELLED, _plan((Phase.CHARACTERS, ("c01",)))).phase_right == 1


def test_goals_are_met_only_when_both_are() -> None:
    assert GOALS.met_by(FeedbackScore(100, 85, 80))
    assert not GOALS.met_by(FeedbackScore(100, 84, 80))
    assert not GOALS.met_by(FeedbackScore(100, 85, 79))


def test_the_set_is_as_large_and_as_mixed_as_it_was_promised() -> None:
    work_on, aside = sentences("work_on"), sentences("set_aside")
    assert len(sentences("by_hand")) == 26
    every = (*work_on, *aside)
    assert (len(work_on), len(aside)) == (80, 40)
    assert len({one.id for one in every}) == len({one.sentence for one in every}) == 120
    assert Counter(one.book for one in every) == {"ja": 60, "en": 60}
    groups = Counter(one.group for one in every)
    assert groups["several"] == groups["ask"] == 15
    assert groups.keys() == {*Phase, "several", "ask"}


def test_every_label_names_elements_of_its_book() -> None:
    for one in (labelled for part in PARTS for labelled in sentences(part)):
        book = view_for(one)
        kinds = (book.people, book.scenes, book.pages, book.panels, book.lines)
        keys = {element.key for kind in kinds for element in kind}
        assert {key for wish in one.wishes for key in wish.scope} <= keys, one.id


def test_the_part_to_work_on_keeps_its_scores() -> None:
    found = total(score(one, plan_of(one.sentence, view_for(one))) for one in sentences("work_on"))
    assert found.phase >= 0.97
    assert found.scope >= 0.97


def test_wishes_that_an_edit_could_carry_out_are_placed() -> None:
    found = total(score(one, plan_of(one.sentence, view_for(one))) for one in sentences("by_hand"))
    assert (found.phase, found.scope) == (1.0, 1.0)
