"""Beings in two shapes: the cast tells both, the plot or a panel says which is there, and its sheet goes along."""

import pytest

from agents.artwork import panel_briefs
from agents.changed_appearance import dressed, sentence, settled
from agents.character_sheets import sheet_briefs, sheet_keys
from agents.prompt_facts import looks_in
from editing.input_digests import panel_digest, sheet_digest
from manga.brief import Language, Settings
from manga.characters import Cast, Character, Kind, Look, OtherShape
from manga.continuity import AS_ON_THE_SHEET, OFF, Aspect, Change, State
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection, PanelDraft, Shape, Storyboard
from tests.graph.told import CAST, CONCEPT, storyboard_of

FOX = OtherShape(
    look=Look(kind=Kind.BEAST, marks=("fox",), outfit="none"),
    description="a white fox with three tails",
    reference_images=("b" * 64,),
)
SHE = Character(
    key="c01", name="Kuzuha", look=Look(gender="female", outfit="kimono"), description="a pale woman", other=FOX
)


def after(*changes: tuple[Aspect, str]) -> State:
    state = AS_ON_THE_SHEET
    for aspect, to in changes:
        state = state.after(Change(who="c01", aspect=aspect, to=to))
    return state


@pytest.mark.parametrize(
    ("told", "shown", "seen"),
    [
        ("", "as_told", "a pale woman"),
        ("other", "as_told", "a white fox with three tails"),
        ("other", "first", "a pale woman"),
        ("", "other", "a white fox with three tails"),
    ],
)
def test_the_plot_says_the_shape_unless_a_panel_says_another(told: str, shown: Shape, seen: str) -> None:
    person = dressed(SHE, after((Aspect.SHAPE, told)), shown)
    assert (person.description, person.other) == (seen, None)


def test_clothes_and_what_is_held_stay_with_the_shape_and_wounds_with_the_body() -> None:
    state = after((Aspect.COSTUME, "robe"), (Aspect.WOUND, "leg"), (Aspect.HOLDS, "lantern"), (Aspect.SHAPE, "other"))
    look = dressed(SHE, state).look
    assert (look.kind, look.outfit, look.marks) == (Kind.BEAST, "none", ("wound: leg", "fox"))
    assert sentence("Kuzuha", state, "", Language.EN) == "Kuzuha: wounded on the leg."


def test_a_panel_that_shows_the_shape_of_before_shows_no_clothes_of_the_other() -> None:
    state = after((Aspect.SHAPE, "other"), (Aspect.WOUND, "leg"), (Aspect.HAT, "yes"))
    look = dressed(SHE, state, "first").look
    assert (look.outfit, look.hat, look.marks) == ("kimono", "none", ("wound: leg",))


@pytest.mark.parametrize(
    ("said", "kept"), [("other", "other"), ("fox", "other"), ("yes", "other"), ("", ""), (OFF, ""), ("first", "")]
)
def test_a_model_may_say_the_shape_in_its_own_words(said: str, kept: str) -> None:
    assert settled(Change(who="c01", aspect=Aspect.SHAPE, to=said)).to == kept


def test_a_story_is_told_of_both_shapes_in_one_line() -> None:
    assert looks_in(Cast(characters=(SHE,))) == {"c01": "human, adult, female; other shape: fox (beast), adult"}


def test_each_shape_has_a_sheet_and_that_of_the_first_does_not_hang_on_the_other() -> None:
    briefs = sheet_briefs(Cast(characters=(SHE,)), CONCEPT, Settings())
    assert [(brief.character.key, brief.character.description) for brief in briefs] == [
        ("c01", "a pale woman"), ("c01+other", "a white fox with three tails"),
    ]  # fmt: skip
    assert tuple(brief.character.key for brief in briefs) == sheet_keys("c01")
    (alone,) = sheet_briefs(Cast(characters=(SHE.plain,)), CONCEPT, Settings())
    assert sheet_digest(alone, "m") == sheet_digest(briefs[0], "m")


def board_showing(shape: Shape) -> Storyboard:
    """Somebody of the cast of `told` in every panel, in a shape."""
    board = storyboard_of(2)
    who = CAST.characters[0].key
    figure = FigureDirection(character=who, shape=shape)

    def shown(panel: PanelDraft) -> PanelDraft:
        return panel.model_copy(update={"direction": panel.direction.model_copy(update={"figures": (figure,)})})

    pages = tuple(page.model_copy(update={"panels": tuple(map(shown, page.panels))}) for page in board.pages)
    return board.model_copy(update={"pages": pages})


def briefs_of(cast: Cast, shape: Shape) -> tuple[PanelBrief, ...]:
    return panel_briefs(board_showing(shape), cast, CONCEPT, Settings(seed=7))


def test_the_picture_of_a_panel_is_drawn_after_the_sheet_of_the_shape_that_it_shows() -> None:
    first, *rest = CAST.characters
    cast = Cast(characters=(first.model_copy(update={"other": FOX}), *rest))
    seen = briefs_of(cast, "other")[0].cast[0]
    assert (seen.look.kind, seen.description) == (Kind.BEAST, FOX.description)
    assert seen.reference_images == FOX.reference_images


def test_a_picture_of_the_first_shape_is_that_of_somebody_who_has_no_other() -> None:
    """What was paid for is found again when the other shape is told, or changes."""
    first, *rest = CAST.characters
    two = Cast(characters=(first.model_copy(update={"other": FOX}), *rest))
    one, other = (panel_digest(briefs_of(cast, "as_told")[0], "m") for cast in (CAST, two))
    assert one == other
