"""A sheet and a state in, a changed look and one sentence out."""

import pytest

from agents.changed_appearance import dressed, phrase, sentence, settled
from manga.brief import Language
from manga.characters import Character, Look
from manga.continuity import OFF, Aspect, Change, State


def person(**look: object) -> Character:
    return Character(key="c01", name="Della", look=Look.model_validate(look), description="a woman")


def after(*changes: tuple[Aspect, str]) -> State:
    state = State()
    for aspect, to in changes:
        state = state.after(Change(who="c01", aspect=aspect, to=to))
    return state


def test_without_a_state_the_very_same_sheet_is_seen_and_nothing_is_said() -> None:
    sheet = person()
    assert dressed(sheet, State()) is sheet
    assert sentence("Della", State(), "", Language.EN) == ""


@pytest.mark.parametrize(
    ("sheet", "change", "field", "value"),
    [
        ({"outfit": "farmer"}, (Aspect.COSTUME, "hakama white"), "outfit_tone", "white"),
        ({"outfit": "coat"}, (Aspect.COAT, OFF), "outfit", "suit"),
        ({"outfit": "dress"}, (Aspect.COAT, OFF), "outfit", "dress"),
        ({"outfit": "suit"}, (Aspect.HAT, "yes"), "hat", "hunting"),
        ({"outfit": "kimono"}, (Aspect.HAT, "yes"), "hat", "straw"),
        ({"hat": "top"}, (Aspect.HAT, "yes"), "hat", "top"),
        ({"hat": "top"}, (Aspect.HAT, OFF), "hat", "none"),
        ({"glasses": True}, (Aspect.GLASSES, OFF), "glasses", False),
        ({"build": "medium"}, (Aspect.SIZE, "tiny"), "build", "small"),
        ({}, (Aspect.GLOVES, "yes"), "marks", ("gloves",)),
        ({}, (Aspect.GLOVES, OFF), "marks", ()),
        ({}, (Aspect.HANDS, "paws"), "marks", ("hands: paws",)),
        ({"hair_style": "long"}, (Aspect.HAIR, "curly"), "hair_style", "curly"),
        ({"hair_style": "long"}, (Aspect.HAIR, "a mane of fire"), "hair_style", "long"),
    ],
)
def test_the_rig_gets_the_words_that_it_has(
    sheet: dict[str, object], change: tuple[Aspect, str], field: str, value: object
) -> None:
    assert getattr(dressed(person(**sheet), after(change)).look, field) == value


def test_marks_of_a_state_stand_before_those_of_the_sheet_and_there_are_six_at_most() -> None:
    sheet = person(marks=("a", "b", "c", "d", "e", "f"))
    seen = dressed(sheet, after((Aspect.WOUND, "arm"), (Aspect.SHOES, OFF), (Aspect.WET, "yes"))).look.marks
    assert seen == ("barefoot", "wet", "wound: arm", "a", "b", "c")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_can_be_told(aspect: Aspect, language: Language) -> None:
    for to in (OFF, "yes"):
        told = phrase(Change(who="c01", aspect=aspect, to=to), language)
        assert told
        assert "{" not in told


def test_what_is_told_stands_in_one_order_whatever_came_first() -> None:
    one = after((Aspect.WOUND, "arm"), (Aspect.HAT, OFF))
    other = after((Aspect.HAT, OFF), (Aspect.WOUND, "arm"))
    said = sentence("Della", one, "key", Language.EN)
    assert said == sentence("Della", other, "key", Language.EN)
    assert said == "Della: bareheaded, without the hat; wounded on the arm; in the hand: key."


def test_the_storys_own_words_for_clothes_are_kept() -> None:
    change = Change(who="c01", aspect=Aspect.COSTUME, to="hakama white", words="白いかみしも")
    assert phrase(change, Language.JA) == "白いかみしもを着ている"


@pytest.mark.parametrize(
    ("aspect", "said", "to"),
    [
        (Aspect.COSTUME, "a white wedding dress", "wedding_dress"),
        (Aspect.COSTUME, "kimono dark", "kimono dark"),
        (Aspect.HAT, "straw hat", "straw"),
        (Aspect.COSTUME, "an unheard-of garb", "clothes: an unheard-of garb"),
        (Aspect.HOLDS, "a brass lamp", "a brass lamp"),
        (Aspect.HAT, OFF, OFF),
    ],
)
def test_what_a_model_says_is_worn_becomes_the_nearest_entry_or_is_marked(aspect: Aspect, said: str, to: str) -> None:
    change = settled(Change(who="c01", aspect=aspect, to=said))
    assert change.to == to
    assert change.words == ("" if to == said else said)


def test_clothes_that_mean_none_are_told_by_a_mark() -> None:
    change = settled(Change(who="c01", aspect=Aspect.COSTUME, to="an unheard-of garb"))
    assert "clothes: an unheard-of garb" in dressed(person(), State().after(change)).look.marks


def test_a_stored_change_in_free_words_is_read_as_it_was() -> None:
    """Digests of paid pictures hang on it."""
    sheet = person(outfit="suit")
    assert dressed(sheet, after((Aspect.COSTUME, "a white wedding dress"))) == sheet


@pytest.mark.parametrize(
    ("aspect", "to", "field", "value"),
    [
        (Aspect.HAT, "top hat", "hat", "top"),
        (Aspect.HAT, "yes", "hat", "hunting"),
        (Aspect.HAT, "a hat", "hat", "hunting"),
    ],
)
def test_a_stored_hat_is_read_by_its_first_word(aspect: Aspect, to: str, field: str, value: str) -> None:
    assert getattr(dressed(person(outfit="robe"), after((aspect, to))).look, field) == value


def test_a_held_thing_is_told_as_stored_works_tell_it() -> None:
    assert sentence("あかり", State(), "microphone", Language.JA) == "あかり：手に持つ物はmicrophone。"
    assert sentence("あかり", State(), "lantern", Language.JA) == "あかり：手に持つ物は灯り。"
