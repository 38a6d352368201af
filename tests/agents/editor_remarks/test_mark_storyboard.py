"""A book that breaks each rule on purpose is marked for it, and one that breaks none is not."""

import pytest

from agents.editor_remarks.mark_storyboard import red_pen
from manga.editor_remarks import Remark, Rule
from manga.storyboard import Shot
from tests.agents.editor_remarks.faulty import CAST, CONCEPT, FAULTS, book, faulty, good_panels


def marks(rule: Rule) -> list[Remark]:
    return [remark for remark in red_pen(faulty(rule), CAST, CONCEPT) if remark.rule is rule]


def test_every_rule_has_its_fault() -> None:
    assert set(FAULTS) == set(Rule)


def test_a_good_book_has_no_mark() -> None:
    assert red_pen(book(good_panels()), CAST, CONCEPT) == ()


@pytest.mark.parametrize("rule", list(Rule))
def test_a_broken_rule_is_marked_with_its_page_and_reason(rule: Rule) -> None:
    storyboard = faulty(rule)
    found = marks(rule)
    assert found
    keys = {panel.key for panel in storyboard.panels()} | {page.key for page in storyboard.pages}
    keys |= {part.key for panel in storyboard.panels() for part in panel.dialogue.parts}
    for remark in found:
        page = storyboard.pages[remark.page - 1]
        assert remark.element in keys
        assert remark.panel is None or remark.panel in {panel.key for panel in page.panels}
        assert remark.reason


def test_doubtful_speakers_stand_first() -> None:
    panels = good_panels()
    FAULTS[Rule.NO_AFTERBEAT](panels)
    FAULTS[Rule.DOUBTFUL_SPEAKER](panels)
    FAULTS[Rule.WEAK_HOOK](panels)
    assert [remark.rule for remark in red_pen(book(panels), CAST, CONCEPT)] == [
        Rule.DOUBTFUL_SPEAKER,
        Rule.WEAK_HOOK,
        Rule.NO_AFTERBEAT,
    ]


def test_a_fixed_camera_is_meant_so() -> None:
    panels = good_panels()
    FAULTS[Rule.SAME_DISTANCE](panels)
    old = panels[1][0]
    panels[1][0] = old.model_copy(update={"direction": old.direction.model_copy(update={"fixed_camera": True})})
    assert not [r for r in red_pen(book(panels), CAST, CONCEPT) if r.rule is Rule.SAME_DISTANCE]


@pytest.mark.parametrize(("things", "marked"), [(("lantern", "letter", "key"), False), (("key", "key", "key"), True)])
def test_inserts_are_from_one_distance_only_where_they_show_one_thing(things: tuple[str, ...], *, marked: bool) -> None:
    panels = good_panels()
    for at, thing in enumerate(things):
        old = panels[1][at]
        shown = old.direction.model_copy(update={"shot": Shot.INSERT, "props": (thing,), "figures": ()})
        panels[1][at] = old.model_copy(update={"direction": shown})
    found = [r for r in red_pen(book(panels), CAST, CONCEPT) if r.rule is Rule.SAME_DISTANCE]
    assert bool(found) is marked
