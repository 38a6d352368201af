"""The bible: what a plot's changes and deeds mean for each panel, and for nothing else."""

import pytest

from agents.appearance_timeline import Bible, make_bible, with_hands, with_hands_emptied
from agents.artwork import panel_briefs
from agents.changed_appearance import dressed, sentence
from agents.storyboard.agent import draft_of
from agents.storyboard.page_losses import lost_to_hands
from editing.input_digests import panel_digest
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.continuity import OFF, Aspect, Change, State
from manga.panel_brief import PanelBrief
from manga.plot import Beat, Deed, Plot
from manga.storyboard import Expression, PanelDraft, Pose, Shot, StoryboardDraft
from manga.values import Span
from tests.graph.told import CAST, CONCEPT, plot_of, storyboard_of

PANELS = 6
BOOK = storyboard_of(PANELS)
"""c01 is seen in the panels 0, 2 and 4, c02 in the others."""


def change(who: str, aspect: Aspect, to: str, at: int) -> Change:
    return Change(who=who, aspect=aspect, to=to, span=Span(start=at, end=at + 1))


def told(*changes: Change, plot: Plot | None = None, flashback: bool = False) -> Plot:
    """The small story with changes in the beats where they happen."""
    scene = (plot or plot_of(PANELS)).scenes[0]
    beats = tuple(_with(beat, changes) for beat in scene.beats)
    return (plot or plot_of(PANELS)).model_copy(
        update={"scenes": (scene.model_copy(update={"beats": beats, "flashback": flashback}),)}
    )


def _with(beat: Beat, changes: tuple[Change, ...]) -> Beat:
    own = tuple(c for c in changes if beat.span.start <= c.span.start <= beat.span.end)
    return beat.model_copy(update={"changes": own})


def briefs(plot: Plot | None, cast: Cast = CAST) -> tuple[PanelBrief, ...]:
    return panel_briefs(BOOK, cast, CONCEPT, Settings(seed=7), plot=plot)


def redrawn(plot: Plot, before: Plot | None = None) -> list[int]:
    old, new = briefs(before or plot_of(PANELS)), briefs(plot)
    pairs = zip(old, new, strict=True)
    return [n for n, (a, b) in enumerate(pairs) if panel_digest(a, "image-model/1") != panel_digest(b, "image-model/1")]


def test_a_story_without_changes_leaves_every_brief_as_it_was() -> None:
    assert briefs(plot_of(PANELS)) == briefs(None)


def test_a_change_redraws_the_later_panels_in_which_that_person_is_seen_and_no_others() -> None:
    assert redrawn(told(change("c01", Aspect.WOUND, "arm", 20))) == [2, 4]
    assert redrawn(told(change("c02", Aspect.HAIR, "long", 31))) == [3, 5]


def test_the_same_state_is_told_word_for_word_in_every_panel() -> None:
    shown = briefs(told(change("c01", Aspect.BANDAGE, "head", 0)))
    assert [shown[n].continuity for n in (0, 2, 4)] == [("ごん：頭に包帯を巻いている。",)] * 3
    assert shown[1].continuity == ()


def test_the_artist_draws_what_the_state_says() -> None:
    shown = briefs(told(change("c01", Aspect.HAT, "straw", 0), change("c01", Aspect.WET, "yes", 21)))
    assert [shown[n].cast[0].look.hat for n in (0, 2, 4)] == ["straw"] * 3
    assert [shown[n].cast[0].look.marks for n in (0, 2, 4)] == [(), ("wet",), ("wet",)]


def test_a_change_undone_brings_back_the_very_same_brief() -> None:
    there = told(change("c01", Aspect.HAT, "straw", 0), change("c01", Aspect.HAT, "", 39))
    assert redrawn(there) == [0, 2]


def test_a_flashback_begins_with_the_sheets() -> None:
    wounded = told(change("c01", Aspect.WOUND, "arm", 0))
    past = told().scenes[0].model_copy(update={"key": "s02", "flashback": True})
    bible = make_bible(wounded.model_copy(update={"scenes": (*wounded.scenes, past)}))
    assert bible.beats["b0004"].before(999) == {}


def test_wet_hair_dries_with_its_scene_and_a_wound_does_not() -> None:
    first = told(change("c01", Aspect.WET, "yes", 1), change("c01", Aspect.WOUND, "leg", 2)).scenes[0]
    later = Beat(key="b0100", span=Span(start=900, end=950), told="")
    second = first.model_copy(update={"key": "s02", "beats": (later,)})
    bible = make_bible(plot_of(PANELS).model_copy(update={"scenes": (first, second)}))
    assert [c.aspect for c in bible.beats["b0100"].before(920)["c01"].changes] == [Aspect.WOUND]


def deed(who: str, action: str, thing: str, at: int) -> Deed:
    return Deed(who=who, action=action, thing=thing, span=Span(start=at, end=at + 1))


def handled(*deeds: Deed) -> Plot:
    scene = plot_of(PANELS).scenes[0]
    beats = tuple(
        b.model_copy(update={"deeds": tuple(d for d in deeds if b.span.start <= d.span.start < b.span.end)})
        for b in scene.beats
    )
    return plot_of(PANELS).model_copy(update={"scenes": (scene.model_copy(update={"beats": beats}),)})


def test_what_comes_to_hand_in_a_moment_that_no_page_shows_is_in_no_hand_and_a_wound_stays() -> None:
    changes = change("c01", Aspect.HOLDS, "lamp", 10), change("c01", Aspect.WOUND, "arm", 10)
    plot = told(*changes).model_copy(update={"changes_shown": True})
    cut = next(beat.key for beat in plot.beats() if beat.changes)
    left = frozenset(beat.key for beat in plot.beats()) - {cut}
    last = plot.beats()[-1].key

    def of(bible: Bible) -> set[Aspect]:
        return {one.aspect for one in bible.beats[last].moments[-1].states["c01"].changes}

    assert of(make_bible(plot)) == of(make_bible(plot, left | {cut})) == {Aspect.HOLDS, Aspect.WOUND}
    assert of(make_bible(plot, left)) == {Aspect.WOUND}
    as_made_before = plot.model_copy(update={"changes_shown": False})
    assert of(make_bible(as_made_before, left)) == {Aspect.HOLDS, Aspect.WOUND}


def test_a_thing_stays_in_the_hand_until_it_is_let_go() -> None:
    plot = handled(deed("c01", "take", "gun", 0), deed("c01", "drop", "", 41))
    pages = with_hands(draft_of(BOOK), make_bible(plot), CAST).pages
    assert [panel.direction.figures[0].holds for panel in pages[0].panels] == ["gun", "", "gun", "", "", ""]


@pytest.mark.parametrize("verb", ["drop", "put down", "hand over"])
def test_nobody_holds_on_to_what_an_earlier_moment_has_taken_away(verb: str) -> None:
    bible = make_bible(handled(deed("c01", "take", "gun", 0), deed("c01", verb, "", 31)))
    draft = draft_of(BOOK)
    panels = [_with_gun(panel) for panel in draft.pages[0].panels]
    page = draft.pages[0].model_copy(update={"panels": tuple(panels)})
    held = draft.model_copy(update={"pages": (page, *draft.pages[1:])})
    emptied = with_hands_emptied(held, bible)
    assert [panel.direction.figures[0].holds for panel in emptied.pages[0].panels] == ["gun"] * 4 + ["", "gun"]
    assert [(loss.said, loss.instead) for loss in lost_to_hands(held, emptied)] == [("gun", "")]


def _with_gun(panel: PanelDraft) -> PanelDraft:
    first, *others = panel.direction.figures
    figures = (first.model_copy(update={"holds": "gun"}), *others)
    return panel.model_copy(update={"direction": panel.direction.model_copy(update={"figures": figures})})


def test_busy_hands_carry_arms_alone() -> None:
    draft = draft_of(BOOK)
    for thing, in_hand in (("basket", ""), ("gun", "gun")):
        bible = make_bible(handled(deed("c01", "take", thing, 0)))
        panel = draft.pages[0].panels[0]
        runs = panel.direction.figures[0].model_copy(update={"pose": Pose.RUN, "holds": ""})
        direction = panel.direction.model_copy(update={"figures": (runs, *panel.direction.figures[1:])})
        panels = (panel.model_copy(update={"direction": direction}), *draft.pages[0].panels[1:])
        page = draft.pages[0].model_copy(update={"panels": panels})
        shown = with_hands(draft.model_copy(update={"pages": (page,)}), bible, CAST).pages[0].panels
        assert shown[0].direction.figures[0].holds == in_hand
        assert shown[2].direction.figures[0].holds == thing


def directed(**how: object) -> StoryboardDraft:
    """The small book, its first panel's figure and view as they are said."""
    draft = draft_of(BOOK)
    first = draft.pages[0].panels[0]
    shot = how.pop("shot", first.direction.shot)
    figure = first.direction.figures[0].model_copy(update={"holds": "", **how})
    mine = first.model_copy(
        update={"direction": first.direction.model_copy(update={"figures": (figure,), "shot": shot})}
    )
    page = draft.pages[0].model_copy(update={"panels": (mine, *draft.pages[0].panels[1:])})
    return draft.model_copy(update={"pages": (page,)})


def test_who_has_something_in_the_mouth_runs_with_it() -> None:
    bible = make_bible(told(change("c01", Aspect.HOLDS, "fish in mouth", 0)))
    for pose, in_mouth in ((Pose.RUN, "fish in mouth"), (Pose.JUMP, "fish in mouth"), (Pose.FIGHT, "")):
        panel = with_hands(directed(pose=pose), bible, CAST).pages[0].panels[0]
        assert panel.direction.figures[0].holds == in_mouth


@pytest.mark.parametrize("thing", ["eel around neck", "snake in mouth, around neck"])
def test_nobody_is_calm_around_whose_neck_something_alive_winds_itself(thing: str) -> None:
    bible = make_bible(told(change("c01", Aspect.HOLDS, thing, 0)))
    for before, after in ((Expression.NEUTRAL, Expression.SURPRISE), (Expression.FEAR, Expression.FEAR)):
        found = with_hands(directed(expression=before), bible, CAST).pages[0].panels[0].direction.figures[0]
        assert (found.holds, found.expression) == (thing, after)


def test_what_is_around_a_neck_is_in_the_picture_of_a_face() -> None:
    for thing, shot in (("eel around neck", Shot.BUST), ("eel", Shot.CLOSE)):
        bible = make_bible(told(change("c01", Aspect.HOLDS, thing, 0)))
        assert with_hands(directed(shot=Shot.CLOSE), bible, CAST).pages[0].panels[0].direction.shot is shot


def test_what_is_in_a_mouth_or_around_a_neck_is_told_as_such() -> None:
    assert sentence("Nora", State(), "rope around neck", Language.EN) == "Nora: wound around the neck: rope."
    assert sentence("Nora", State(), "fish in mouth", Language.EN) == "Nora: in the mouth: fish."
    assert sentence("ごん", State(), "eel in mouth", Language.JA) == "ごん：口にくわえている物はうなぎ。"
    assert sentence("ごん", State(), "eel around neck", Language.JA) == "ごん：首に巻きついている物はうなぎ。"


def test_a_hat_on_the_head_is_in_no_hand() -> None:
    plot = handled(deed("c01", "take", "hat", 0))
    person = next(c for c in CAST.characters if c.key == "c01")
    hatted = person.model_copy(update={"look": person.look.model_copy(update={"hat": "straw"})})
    others = tuple(c for c in CAST.characters if c.key != "c01")
    for worn, in_hand in ((person, "hat"), (hatted, "")):
        cast = CAST.model_copy(update={"characters": (worn, *others)})
        panel = with_hands(draft_of(BOOK), make_bible(plot), cast).pages[0].panels[0]
        assert panel.direction.figures[0].holds == in_hand


def test_what_a_model_has_put_into_a_hand_stays_there() -> None:
    plot = handled(deed("c01", "take", "gun", 0))
    draft = draft_of(BOOK)
    first = draft.pages[0].panels[0]
    figure = first.direction.figures[0].model_copy(update={"holds": "key"})
    mine = first.model_copy(update={"direction": first.direction.model_copy(update={"figures": (figure,)})})
    page = draft.pages[0].model_copy(update={"panels": (mine, *draft.pages[0].panels[1:])})
    done = with_hands(draft.model_copy(update={"pages": (page,)}), make_bible(plot), CAST)
    assert done.pages[0].panels[0].direction.figures[0].holds == "key"


def test_a_thing_in_the_hand_is_in_the_prompt() -> None:
    assert sentence("Nora", State(), "lantern", Language.EN) == "Nora: in the hand: lantern."
    assert sentence("Nora", State(), "", Language.EN) == ""


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [("long", "short", "short"), ("long", "bun", "bun"), ("short", "long", "short"), ("bun", "long", "long")],
)
def test_hair_is_let_down_only_where_it_is_long(before: str, word: str, after: str) -> None:
    person = CAST.characters[0]
    person = person.model_copy(update={"look": person.look.model_copy(update={"hair_style": before})})
    assert dressed(person, State(changes=(change("c01", Aspect.HAIR, word, 0),))).look.hair_style == after


def test_a_hat_taken_off_is_not_drawn_and_the_sheets_own_is_put_on_again() -> None:
    person = CAST.characters[0]
    person = person.model_copy(update={"look": person.look.model_copy(update={"hat": "top"})})
    assert dressed(person, State(changes=(change("c01", Aspect.HAT, OFF, 0),))).look.hat == "none"
    assert dressed(person, State(changes=(change("c01", Aspect.HAT, "yes", 0),))).look.hat == "top"
