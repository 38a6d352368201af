"""Wishes for the kind of book, through the agent, in both languages."""

import pytest

from manga.brief import Settings
from manga.concept import Concept, Genre, Period
from manga.errors import WishRefused
from manga.paper import Direction, Side
from tests.offline.wishes.revising.books import concept_with, made


def _changed(language: str, said: str) -> dict[str, object]:
    """The fields that a wish has changed."""
    book = made(language)
    new = concept_with(book, (said, ()))
    names = Concept.model_fields
    return {name: getattr(new, name) for name in names if getattr(new, name) != getattr(book.concept, name)}


@pytest.mark.parametrize(
    ("language", "said", "genre"),
    [
        ("ja", "ホラーっぽくしてほしい", Genre.HORROR),
        ("ja", "もっと怖い話にして", Genre.HORROR),
        ("ja", "ミステリーにしてください", Genre.MYSTERY),
        ("ja", "SFにして", Genre.SCIENCE_FICTION),
        ("en", "Turn it into a mystery", Genre.MYSTERY),
        ("en", "make it a funny story", Genre.COMEDY),
        ("en", "I want a fairy tale", Genre.FOLK_TALE),
    ],
)
def test_the_genre_that_is_wished_for_leads(language: str, said: str, genre: Genre) -> None:
    changed = _changed(language, said)
    genres = changed.pop("genres")
    assert isinstance(genres, tuple)
    assert genres[0] is genre
    assert set(made(language).concept.genres) <= set(genres)
    assert changed.keys() <= {"art_style", "target_readers", "mood"}


@pytest.mark.parametrize(
    ("language", "said", "mood"),
    [
        ("ja", "もっと明るい雰囲気に", "明るく楽しい"),
        ("ja", "ちょっと暗すぎるかも", "明るく楽しい"),
        ("ja", "不気味な空気にして", "不気味で張りつめた"),
        ("en", "Give the story a spookier mood.", "eerie and tense"),
        ("en", "It should be warmer and gentler", "warm and tender"),
    ],
)
def test_another_mood_changes_nothing_else(language: str, said: str, mood: str) -> None:
    assert _changed(language, said) == {"mood": mood}


@pytest.mark.parametrize(
    ("language", "said", "title"),
    [
        ("ja", "タイトルを「空の手紙」に", "空の手紙"),
        ("ja", "題名を空の手紙に変えて", "空の手紙"),
        ("ja", "タイトルは「凧の手紙」じゃなくて「空の手紙」に", "空の手紙"),
        ("en", 'Change the title to "The Last Tick".', "The Last Tick"),
        ("en", "The title should be The Last Tick", "The Last Tick"),
    ],
)
def test_the_title_is_the_persons_own_words(language: str, said: str, title: str) -> None:
    assert _changed(language, said) == {"title": title}


@pytest.mark.parametrize(
    ("language", "said", "period"),
    [
        ("ja", "江戸時代の話にして", Period.OLD_JAPAN),
        ("ja", "未来の話にしたい", Period.FUTURE),
        ("en", "Could the whole thing be set in Victorian London?", Period.EARLY_MODERN),
        ("en", "make it medieval", Period.MEDIEVAL),
    ],
)
def test_another_time_is_another_world(language: str, said: str, period: Period) -> None:
    changed = _changed(language, said)
    assert set(changed) == {"world"}
    assert concept_with(made(language), (said, ())).world.period is period


def test_a_place_that_is_named_is_where_the_story_plays() -> None:
    assert concept_with(made("en"), ("set it in Victorian London", ())).world.place == "Victorian London"
    assert concept_with(made("ja"), ("舞台を月の町にして", ())).world.place == "月の町"


def test_the_direction_takes_the_first_side_with_it() -> None:
    assert _changed("ja", "左綴じにして") == {"direction": Direction.LTR, "start_side": Side.RIGHT}
    assert _changed("en", "read it right to left") == {"direction": Direction.RTL, "start_side": Side.LEFT}


def test_a_later_word_about_the_title_stands_over_the_settings() -> None:
    settings = Settings(seed=5, title="凧")
    assert concept_with(made("ja"), settings=settings).title == "凧"
    assert concept_with(made("ja"), ("タイトルを「空」に", ()), settings=settings).title == "空"
    assert concept_with(made("ja"), ("もっと明るい雰囲気に", ()), settings=settings).title == "凧"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "ハッピーエンドにして"),
        ("ja", "ラストは悲しい終わり方がいいな"),
        ("en", "I'd like a happier ending"),
        ("en", "It should end on a sad note, the ending is too nice"),
    ],
)
def test_the_ending_is_the_storys_own_and_a_wish_for_another_is_refused(language: str, said: str) -> None:
    with pytest.raises(WishRefused, match=r"結末|ending") as refused:
        concept_with(made(language), (said, ()))
    assert (refused.value.phase, refused.value.wish, refused.value.kept) == ("concept", 0, "")


def test_wishes_about_different_things_may_come_in_any_order() -> None:
    one, other = ("タイトルを「空」に", ()), ("不気味な空気にして", ())
    assert concept_with(made("ja"), one, other) == concept_with(made("ja"), other, one)
