"""Wishes for the cast, through the agent, in both languages. `look_with` checks that nobody else has changed."""

from typing import Any

import pytest

from manga.characters import Look
from manga.errors import WishRefused
from tests.offline.wishes.revising.books import cast_with, look_with, made

HERO = {"ja": "花子", "en": "Nell"}
OTHER = {"ja": "岩田さん", "en": "Mr. Oakes"}


def _changed(language: str, name: str, *wishes: str) -> dict[str, Any]:
    """The fields of a look that wishes have changed."""
    book = made(language)
    old = book.cast.get(book.who(name))
    assert old is not None
    new = look_with(book, name, *wishes)
    return {f: getattr(new, f) for f in Look.model_fields if getattr(new, f) != getattr(old.look, f)}


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("ヒロインの髪を短く", {"hair_style": "bob"}),
        ("髪を切って", {"hair_style": "bob"}),
        ("髪をもっと長く", {"hair_style": "long"}),
        ("ポニーテールにして", {"hair_style": "ponytail"}),
        ("髪を銀色に", {"hair_color": "white"}),
        ("髪を短く、銀色に", {"hair_style": "bob", "hair_color": "white"}),
        ("金髪の巻き毛にしてください", {"hair_style": "curly", "hair_color": "tone"}),
        ("目をもっと大きく", {"eyes": "round"}),
        ("たれ目に", {"eyes": "gentle"}),
        ("もう少し幼く", {"age": "teen"}),
        ("八歳くらいに", {"age": "child"}),
        ("70歳にして", {"age": "elder"}),
        ("着物を着せて", {"outfit": "kimono"}),
        ("白いドレスに", {"outfit": "dress", "outfit_tone": "white"}),
        ("麦わら帽子をかぶせて", {"hat": "straw"}),
        ("メガネをかけてたほうがいい", {"glasses": True}),
        ("もっと背を高く", {"build": "tall"}),
        ("頬に傷をつけて", {"marks": ("傷",)}),
        ("もっとかわいく", {"eyes": "round"}),
        ("男の子に変えて", {"gender": "male"}),
    ],
)
def test_a_japanese_wish_changes_just_that_of_the_look(said: str, changes: dict[str, Any]) -> None:
    assert _changed("ja", HERO["ja"], said) == changes


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("Make her hair shorter", {"hair_style": "bob"}),
        ("she needs long hair", {"hair_style": "long"}),
        ("curly red hair, please", {"hair_style": "curly", "hair_color": "tone"}),
        ("give her white hair", {"hair_color": "white"}),
        ("bigger eyes", {"eyes": "round"}),
        ("The heroine is supposed to be about sixteen", {"age": "teen"}),
        ("make her older", {"age": "elder"}),
        ("put her in a school uniform", {"outfit": "school"}),
        ("give her a black coat", {"outfit": "coat", "outfit_tone": "black"}),
        ("she should wear a straw hat", {"hat": "straw"}),
        ("she needs round glasses and a leather apron", {"glasses": True, "outfit": "apron"}),
        ("make her stouter", {"build": "stout"}),
        ("give her freckles", {"marks": ("freckles",)}),
        ("she should look fiercer", {"brows": "thick"}),
        ("change her into a boy", {"gender": "male"}),
    ],
)
def test_an_english_wish_changes_just_that_of_the_look(said: str, changes: dict[str, Any]) -> None:
    assert _changed("en", HERO["en"], said) == changes


@pytest.mark.parametrize(
    ("language", "said", "changes"),
    [
        ("ja", "長い白ひげを生やしてほしい", {"facial_hair": "long_beard"}),
        ("ja", "口ひげをつけて", {"facial_hair": "moustache"}),
        ("ja", "坊主頭に", {"hair_style": "shaved"}),
        ("en", "Give Mr. Oakes a moustache", {"facial_hair": "moustache"}),
        ("en", "make him bald", {"hair_style": "bald"}),
        ("en", "he should have a long beard", {"facial_hair": "long_beard"}),
    ],
)
def test_beards_and_bald_heads(language: str, said: str, changes: dict[str, Any]) -> None:
    assert _changed(language, OTHER[language], said) == changes


def test_what_was_put_on_can_be_taken_off_again() -> None:
    assert _changed("ja", OTHER["ja"], "メガネをかけて、ひげを生やして", "メガネを外して、ひげをなくして") == {}
    assert _changed("en", OTHER["en"], "give him a top hat", "remove the hat") == {}


@pytest.mark.parametrize(
    ("language", "said", "name"),
    [
        ("ja", "名前を「海斗」に変更", "海斗"),
        ("ja", "名前を海斗に変えて", "海斗"),
        ("ja", "「花子」の名前を「海斗」に", "海斗"),
        ("en", "Rename Nell to Mary Dole", "Mary Dole"),
        ("en", 'her name should be "Mary"', "Mary"),
    ],
)
def test_a_new_name_keeps_the_key_and_the_old_name_as_another_word(language: str, said: str, name: str) -> None:
    book = made(language)
    key = book.who(HERO[language])
    sheet = cast_with(book, (said, (key,))).get(key)
    assert sheet is not None
    assert sheet.name == name
    assert HERO[language] in sheet.aliases
    assert sheet.description.startswith(name)


def test_a_title_before_a_name_ends_no_sentence() -> None:
    book = made("en")
    sheet = cast_with(book, ("Rename Mr. Oakes to Mr. Pine.", (book.who("Mr. Oakes"),))).get(book.who("Mr. Oakes"))
    assert sheet is not None
    assert sheet.name == "Mr. Pine"


def test_personality_is_told_in_the_language_of_the_story() -> None:
    japanese, english = made("ja"), made("en")
    said = cast_with(japanese, ("もっと気が強い性格のはずです", ("c02",))).get("c02")
    told = cast_with(english, ("make her kinder", ("c01",))).get("c01")
    assert said is not None
    assert told is not None
    assert (said.personality, told.personality) == ("気が強い", "kind")


def test_the_words_for_models_say_the_new_look() -> None:
    book = made("ja")
    sheet = cast_with(book, ("髪を短く、眼鏡をかけて", ("c01",))).get("c01")
    assert sheet is not None
    assert "おかっぱ" in sheet.description
    assert "めがね" in sheet.description


def test_without_a_scope_the_words_name_who_is_meant() -> None:
    book = made("ja")
    new = cast_with(book, ("岩田さんは太って", ()))
    assert [c.look.build for c in new.characters] == [book.cast.characters[0].look.build, "stout"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "背中に羽を生やして"),
        ("ja", "目の色を青に"),
        ("ja", "名前を「岩田さん」に"),
        ("ja", "口調をもっと乱暴に"),
        ("en", "give her wings"),
        ("en", "she should have blue eyes"),
        ("en", "rename her"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(language: str, said: str) -> None:
    with pytest.raises(WishRefused) as refused:
        cast_with(made(language), (said, ("c01",)))
    assert (refused.value.phase, refused.value.wish, refused.value.kept) == ("characters", 0, "")


@pytest.mark.parametrize(
    ("language", "said", "kept"),
    [
        ("ja", "髪を短くして、背中に羽を生やして", "髪を短くして"),
        ("en", "Make her hair shorter and give her wings", "Make her hair shorter"),
    ],
)
def test_of_a_wish_that_can_be_done_in_part_the_rest_is_named(language: str, said: str, kept: str) -> None:
    with pytest.raises(WishRefused, match=r"羽|wings") as refused:
        cast_with(made(language), (said, ("c01",)))
    assert refused.value.kept == kept


def test_somebody_who_is_no_longer_in_the_cast_is_refused() -> None:
    with pytest.raises(WishRefused, match="もう"):
        cast_with(made("ja"), ("髪を短く", ("c09",)))


def test_the_newest_wish_is_refused_when_all_is_so_already_and_an_older_one_is_not() -> None:
    wish = ("ポニーテールにして", ("c01",))
    with pytest.raises(WishRefused, match="もうそうなって") as refused:
        cast_with(made("ja"), wish, wish)
    assert refused.value.wish == 1
    later = ("眼鏡をかけて", ("c01",))
    assert cast_with(made("ja"), wish, wish, later) == cast_with(made("ja"), wish, later)


def test_wishes_about_different_people_may_come_in_any_order_and_any_number_of_times() -> None:
    one, other = ("髪を短く", ("c01",)), ("ひげを生やして", ("c02",))
    both = cast_with(made("ja"), one, other)
    assert both == cast_with(made("ja"), other, one) == cast_with(made("ja"), one, other)
