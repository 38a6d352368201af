"""A book that breaks each rule on purpose is marked for it, and one that breaks none is not."""

import pytest

from agents.editor_remarks.mark_storyboard import red_pen
from manga.editor_remarks import Remark, Rule
from manga.plot import Beat, Line, LineKind, PagePlan, Plot, Scene
from manga.storyboard import DialogueLayout, LinePart, Shot
from manga.values import Span
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


@pytest.mark.parametrize(
    ("told", "said", "kind", "breaks"),
    [
        ("I came, and he stayed.", "I came,", LineKind.SPEECH, True),
        ("I came, and he stayed.", "I came, and he stayed.", LineKind.SPEECH, False),
        ("Too short,", "Too short,", LineKind.SPEECH, False),
        ("He ran until the mill stood still.", "until the mill stood still.", LineKind.NARRATION, True),
        ("He ran until the mill stood still.", "He ran until the mill stood still.", LineKind.NARRATION, False),
        ("山へ行って、鬼を見た。", "山へ行って、", LineKind.SPEECH, True),
        ("山へ行って、鬼を見た。", "山へ行って", LineKind.SPEECH, True),
        ("ちょっと待って", "ちょっと待って", LineKind.SPEECH, False),
    ],
)
def test_what_waits_for_more_is_marked_where_the_story_goes_on(
    told: str, said: str, kind: LineKind, breaks: bool
) -> None:
    speaker = None if kind is LineKind.NARRATION else "c01"
    at = 700 + told.index(said)
    words = LinePart(
        key="l0070.1", line="l0070", kind=kind, text=said, span=Span(start=at, end=at + len(said)), speaker=speaker
    )
    line = Line(key="l0070", kind=kind, text=told, span=Span(start=700, end=700 + len(told)), speaker=speaker)
    panels = good_panels()
    first = panels[1][0]
    panels[1][0] = first.model_copy(update={"dialogue": DialogueLayout(parts=(words,))})
    beat = Beat(key=first.beats[0], span=Span(start=700, end=800), told="", lines=(line,))
    plot = Plot(
        acts=(),
        scenes=(Scene(key="s01", place="", setting="river", beats=(beat,)),),
        pages=(PagePlan(number=1, beats=(beat.key,)),),
    )
    marks = [mark.element for mark in red_pen(book(panels), CAST, CONCEPT, plot) if mark.rule is Rule.BREAKS_OFF]
    assert marks == (["l0070.1"] if breaks else [])
