"""What cannot be at once is marked, with an edit that mends it where one does."""

from typing import Any

from agents.editor_remarks.mark_storyboard import red_pen
from editing.accept_edits import check_form
from manga.characters import Cast
from manga.continuity import OFF, Aspect, Change
from manga.editor_remarks import Remark, Rule
from manga.plot import Beat, Deed, PagePlan, Plot, Scene
from manga.storyboard import Storyboard
from manga.values import Span
from tests.agents.editor_remarks.faulty import CAST, CONCEPT, FAULTS, book, good_panels

FIRST = "c01"


def plot(*changes: Change, deeds: tuple[Deed, ...] = ()) -> Plot:
    """The good book's story: a beat a panel, each a hundred letters long."""
    beats = tuple(
        Beat(
            key=f"b{n:04}",
            span=Span(start=n * 100, end=n * 100 + 100),
            told="",
            changes=tuple(c for c in changes if c.span.start // 100 == n),
            deeds=tuple(d for d in deeds if d.span.start // 100 == n),
        )
        for n in range(1, 13)
    )
    scene = Scene(key="s01", place="the river", setting="river", beats=beats)
    return Plot(acts=(), scenes=(scene,), pages=(PagePlan(number=1, beats=tuple(b.key for b in beats)),))


def change(aspect: Aspect, to: str, at: int) -> Change:
    return Change(who=FIRST, aspect=aspect, to=to, span=Span(start=at, end=at + 1))


def deed(action: str, thing: str, at: int) -> Deed:
    return Deed(who=FIRST, action=action, thing=thing, span=Span(start=at, end=at + 1))


def held(thing: str, page: int, index: int) -> Storyboard:
    """The good book, with something in the first one's hand in one panel."""
    panels = good_panels()
    old = panels[page][index]
    figures = tuple(f.model_copy(update={"holds": thing}) if f.character == FIRST else f for f in old.direction.figures)
    panels[page][index] = old.model_copy(update={"direction": old.direction.model_copy(update={"figures": figures})})
    return book(panels)


def marks(storyboard: Storyboard, story: Plot, **look: Any) -> list[Remark]:
    first, *others = CAST.characters
    dressed = first.model_copy(update={"look": first.look.model_copy(update=look)})
    cast = Cast(characters=(dressed, *others))
    return [r for r in red_pen(storyboard, cast, CONCEPT, story) if r.rule is Rule.CONTRADICTION]


def test_a_story_that_agrees_with_itself_has_no_mark() -> None:
    told = plot(change(Aspect.HAT, OFF, 210), change(Aspect.WOUND, "arm", 310), deeds=(deed("take", "gun", 410),))
    assert marks(held("gun", 1, 1), told, hat="top") == []


def test_a_thing_that_was_dropped_is_not_held_any_more() -> None:
    told = plot(deeds=(deed("take", "gun", 210), deed("drop", "", 310)))
    (mark,) = marks(held("gun", 1, 1), told)
    assert (mark.panel, mark.page) == ("b0005", 2)
    assert mark.fix is not None
    assert mark.fix.change_data == {"figures.c01.holds": ""}


def test_a_thing_that_was_taken_up_again_may_be_held() -> None:
    told = plot(deeds=(deed("take", "gun", 210), deed("drop", "", 310), deed("take", "gun", 410)))
    assert marks(held("gun", 1, 1), told) == []


def test_nobody_holds_the_hat_that_he_wears() -> None:
    assert marks(held("hat", 1, 1), plot(), hat="top")
    assert marks(held("hat", 1, 1), plot(change(Aspect.HAT, OFF, 210)), hat="top") == []


def test_nobody_takes_off_a_hat_twice_or_one_that_the_sheet_does_not_have() -> None:
    twice = plot(change(Aspect.HAT, OFF, 210), change(Aspect.HAT, OFF, 410))
    assert [mark.panel for mark in marks(book(good_panels()), twice, hat="top")] == ["b0004"]
    (mark,) = marks(book(good_panels()), plot(change(Aspect.HAT, OFF, 210)))
    assert mark.fix is not None
    assert mark.fix.element_id == FIRST


def test_a_wound_does_not_heal_within_its_scene() -> None:
    told = plot(change(Aspect.WOUND, "arm", 210), change(Aspect.WOUND, "", 810))
    assert [mark.panel for mark in marks(book(good_panels()), told)] == ["b0008"]


def test_nobody_is_in_a_panel_twice() -> None:
    panels = good_panels()
    old = panels[0][1]
    twins = (old.direction.figures[0], old.direction.figures[0].model_copy(update={"x": 0.1}))
    panels[0][1] = old.model_copy(update={"direction": old.direction.model_copy(update={"figures": twins})})
    assert [mark.panel for mark in marks(book(panels), plot())] == ["b0002"]


def test_a_ditch_that_is_dug_in_a_place_is_no_other_place() -> None:
    def seen_in(setting: str) -> list[Remark]:
        panels = good_panels()
        old = panels[0][1]
        panels[0][1] = old.model_copy(update={"direction": old.direction.model_copy(update={"setting": setting})})
        return marks(book(panels), plot())

    assert seen_in("forest")
    assert seen_in("ditch") == seen_in("channel") == []


def test_every_mend_is_an_edit_that_is_taken() -> None:
    elsewhere = good_panels()
    FAULTS[Rule.CONTRADICTION](elsewhere)
    taken_off = plot(change(Aspect.HAT, OFF, 210), change(Aspect.GLASSES, OFF, 220))
    dropped = plot(deeds=(deed("take", "gun", 210), deed("drop", "", 310)))
    found = [
        *marks(book(elsewhere), plot()),
        *marks(book(good_panels()), taken_off),
        *marks(held("gun", 1, 1), dropped),
        *marks(held("hat", 1, 1), plot(), hat="top"),
    ]
    fixes = [mark.fix for mark in found if mark.fix is not None]
    assert len(fixes) == 5
    for fix in fixes:
        check_form({name: value for name, value in fix.to_json().items() if name != "label"})
