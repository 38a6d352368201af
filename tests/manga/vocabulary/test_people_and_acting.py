"""Outfits, headgear, hair, beings, poses and effects: entries hold together, and words find them."""

import json
import re
from collections import Counter
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from manga.characters import Cast, Kind, Look
from manga.storyboard import EffectName, Pose, StoryboardDraft
from manga.vocabulary.beings import beings, look_of, marked_as
from manga.vocabulary.clothes_and_hair import hair_styles, headgear, outfits, usual_clothes, usual_hair, usual_hat
from manga.vocabulary.find_in_text import pattern_of
from manga.vocabulary.poses_and_effects import effects, poses, poses_by_deed
from prompts.library import load_prompts
from providers.schemas import answer_schema

NAMES = {
    "outfits": outfits,
    "headgear": headgear,
    "hair_styles": hair_styles,
    "beings": beings,
    "poses": poses,
    "effects": effects,
}


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_has_a_name_in_both_languages(name: str) -> None:
    for key, entry in NAMES[name]().entries.items():
        assert entry.name_in("en").isascii()
        assert key == "none" or key in _WITHOUT_JAPANESE or not entry.name_in("ja").isascii(), key


_WITHOUT_JAPANESE = frozenset(
    {
        *("mole", "squirrel", "weasel", "otter", "beaver", "hedgehog", "ogre", "monarch", "demon", "ghost", "frost"),
        *("hail", "autumn", "summer", "winter", "moon", "god", "thing"),
    }
)
"""Beings that no Japanese name tells; a mark of the sheet does."""


@pytest.mark.parametrize("name", NAMES)
def test_no_word_means_two_entries(name: str) -> None:
    words = Counter(
        (language, word)
        for entry in NAMES[name]().entries.values()
        for language, found in entry.words.items()
        for word in set(found)
    )
    assert [word for word, n in words.items() if n > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_an_entry_is_like_has_a_drawing_of_its_own(name: str) -> None:
    entries = NAMES[name]().entries
    assert [key for key, entry in entries.items() if entry.like and entries[entry.like].like] == []


def test_words_that_code_names_are_entries() -> None:
    assert set(poses().entries) == {pose.value for pose in Pose}
    assert set(effects().entries) == set(get_args(get_args(EffectName)[0]))
    assert {being.kind for being in beings().entries.values()} == set(Kind)
    assert all(beings().entries[kind.value].kind is kind for kind in Kind)


def test_tables_of_what_is_usual_name_entries() -> None:
    periods = ("modern", "early_modern", "old_japan", "old_china", "medieval", "future")
    assert {
        key for period in periods for keys in usual_clothes(period).values() for key in keys
    } <= outfits().entries.keys()
    assert {key for who in ("female", "male", "neutral") for key in usual_hair(who)} <= hair_styles().entries.keys()
    assert usual_hair("martian") == ()
    told = [entry.worn_then for entry in (*outfits().entries.values(), *headgear().classes.values())]
    worn = {key for then in told for pair in then.values() for key in pair}
    assert worn <= {*outfits().entries, *headgear().entries}
    assert {entry.without for entry in outfits().entries.values()} <= {"", *outfits().entries}
    assert {entry.shorter for entry in hair_styles().entries.values()} <= {"", *hair_styles().entries}


def test_the_look_of_a_being_is_one_that_can_be_drawn() -> None:
    for being in beings().entries.values():
        Look.model_validate(look_of(being, "ja"))


@pytest.mark.parametrize(
    ("field", "said", "key"),
    [
        ("outfit", "kimono", "kimono"),
        ("outfit", "a white wedding dress", "wedding_dress"),
        ("outfit", "白い割烹着", "apron"),
        ("outfit", "three-piece suit", "victorian_suit"),
        ("hat", "a bowler", "bowler"),
        ("hat", "hat", "hunting"),
        ("hair_style", "三つ編み", "braids"),
        ("hair_style", "long hair", "long"),
    ],
)
def test_words_for_a_look_become_the_nearest_entry(field: str, said: str, key: str) -> None:
    assert getattr(Look.model_validate({field: said}), field) == key


@pytest.mark.parametrize("field", ["outfit", "hat", "hair_style"])
def test_words_that_mean_nothing_are_refused_with_those_that_would(field: str) -> None:
    with pytest.raises(ValidationError, match=r"'qwerty' is none of: \w+, \w+"):
        Look.model_validate({field: "qwerty"})


def test_a_hat_of_no_kind_goes_with_the_clothes() -> None:
    assert (usual_hat("kimono"), usual_hat("suit")) == ("straw", "hunting")


@pytest.mark.parametrize(
    ("mark", "key"),
    [
        ("a grey hedgehog", "hedgehog"),
        ("raccoon_dog", "raccoon_dog"),
        ("大きな虎", "tiger"),
        ("石の地蔵", "jizo"),
        ("the North Wind", "wind"),
        ("hogwash", None),
    ],
)
def test_a_mark_names_a_being(mark: str, key: str | None) -> None:
    beasts = {Kind.BEAST, Kind.BIRD, Kind.SPIRIT}
    found = marked_as([mark], lambda being: being.kind in beasts or being.sure)
    assert (found.key if found else None) == key


def test_a_deed_has_one_pose() -> None:
    deeds = Counter(deed for entry in poses().entries.values() for deed in entry.deeds)
    assert set(deeds.values()) == {1}
    assert poses_by_deed()["sleep"] == "lie"


@pytest.mark.parametrize(
    ("words", "unlike", "text", "found"),
    [
        (["gown"], ["dressing gown"], "her dressing-gown and a gown", ["gown"]),
        (["gown"], [], "a hotel in Bourgogne, gowned", []),
        (["long ~hair"], [], "long hair; long black hair; long thick black hair", ["long hair", "long black hair"]),
        (["ぼろぼろの~着物"], [], "ぼろぼろの黒い着物", ["ぼろぼろの黒い着物"]),
        (["猿$"], [], "小猿さん、猿芝居", ["猿"]),
        (["^鬼"], [], "赤鬼", []),
        (["ドレス"], ["アドレス"], "アドレスとドレス", ["ドレス"]),
        ([], [], "anything", []),
    ],
)
def test_words_are_found_in_running_text(words: list[str], unlike: list[str], text: str, found: list[str]) -> None:
    assert re.findall(pattern_of(words, unlike), text.replace("dressing-gown", "dressing gown")) == found


def _enums(schema: Any) -> list[set[str]]:
    if isinstance(schema, dict):
        own = [set(schema["enum"])] if "enum" in schema else []
        return own + [found for inner in schema.values() for found in _enums(inner)]
    return [found for inner in schema for found in _enums(inner)] if isinstance(schema, list) else []


def test_schemas_list_what_prompts_ask_for() -> None:
    cast, board = _enums(answer_schema(Cast)), _enums(answer_schema(StoryboardDraft))
    assert all(set(NAMES[name]().entries) in cast for name in ("outfits", "headgear", "hair_styles"))
    assert all(set(NAMES[name]().entries) in board for name in ("poses", "effects"))


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("characters", "beings"),
        *((p, n) for p in ("plot", "plot_part") for n in ("outfits", "headgear", "hair_styles")),
    ],
)
def test_prompts_that_ask_for_a_word_in_a_text_list_the_words(prompt: str, name: str) -> None:
    assert NAMES[name]().listed() in load_prompts().get(prompt).system


def test_no_list_is_longer_than_a_schema_may_be() -> None:
    assert all(len(NAMES[name]().entries) <= 50 for name in NAMES if name != "beings")
    assert "words" in json.dumps(Look.model_json_schema())
