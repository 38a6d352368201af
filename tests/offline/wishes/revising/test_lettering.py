"""Wishes for letters, answered by the real writer, in both languages: changes of single parts."""

from typing import Any

import pytest

from manga.errors import WishRefused
from manga.proposed_changes import LetteringChanges, NewSound
from tests.offline.wishes.revising.books import letters_with, made

LINE = {"ja": "遠くまで飛んで", "en": "nothing is broken"}
SOUND = {"ja": "バタン", "en": "HA HA"}


def _changed(language: str, words: str, *wishes: str) -> dict[str, Any]:
    """What changes of the one part that is in scope."""
    book = made(language)
    key = book.part(words)
    answer = letters_with(book, *((said, (key,)) for said in wishes))
    assert answer.sounds == ()
    (change,) = answer.changes
    assert change.key == key
    return change.model_dump(exclude_defaults=True, exclude={"key"}, mode="json")


@pytest.mark.parametrize(
    ("language", "said", "changes"),
    [
        ("ja", "「飛んで、お願い、遠くまで飛んで」を「待って!」に直して", {"text": "待って!"}),
        ("ja", "2ページ1コマ目のセリフを『待って!』に", {"text": "待って!"}),
        ("ja", "もっと短く", {"text": "遠くまで飛んで"}),
        ("ja", "心の声にして", {"kind": "thought"}),
        ("ja", "ささやくように", {"kind": "whisper"}),
        ("ja", "言っているのは岩田さんです", {"speaker": "c02"}),
        ("ja", "花子ではなく岩田さんのセリフです", {"speaker": "c02"}),
        ("ja", "フキダシを右下に", {"place": "bottom_right"}),
        ("ja", "もう少し上に", {"down": -0.2}),
        ("ja", "左に動かして", {"right": -0.2}),
        ("ja", "フキダシを大きく", {"scale": 1.25}),
        ("ja", "フキダシを小さくして、下へ", {"scale": 0.8, "down": 0.2}),
        ("ja", "画面の外から", {"off_panel": True}),
        ("en", 'Change it to "Listen!"', {"text": "Listen!"}),
        ("en", "too wordy, make it shorter", {"text": "Nothing is broken for good."}),
        ("en", "put it in a thought bubble", {"kind": "thought"}),
        ("en", "she should shout it", {"kind": "shout"}),
        ("en", "It is Mr. Oakes who says it, not Nell", {"speaker": "c02"}),
        ("en", "move the balloon down to the right corner", {"place": "bottom_right"}),
        ("en", "move it up a little", {"down": -0.2}),
        ("en", "a smaller balloon", {"scale": 0.8}),
    ],
)
def test_a_line_changes_just_as_it_is_said(language: str, said: str, changes: dict[str, Any]) -> None:
    assert _changed(language, LINE[language], said) == changes


@pytest.mark.parametrize(
    ("language", "said", "changes"),
    [
        ("ja", "描き文字をもっと大きく", {"scale": 1.25}),
        ("ja", "効果音を消して", {"removed": True}),
        ("ja", "効果音を「ゴォォ」に変えて", {"text": "ゴォォ"}),
        ("en", "a bigger sound effect", {"scale": 1.25}),
        ("en", "Drop the sound effect", {"removed": True}),
        ("en", 'change the sound effect to "HEE HEE"', {"text": "HEE HEE"}),
    ],
)
def test_a_drawn_sound_grows_goes_or_becomes_another(language: str, said: str, changes: dict[str, Any]) -> None:
    assert _changed(language, SOUND[language], said) == changes


@pytest.mark.parametrize(
    ("language", "said", "word"),
    [
        ("ja", "「ザワザワ」を入れて", "ザワザワ"),
        ("ja", "効果音「ざわ」を足して", "ざわ"),
        ("en", 'add a "WHOOSH" to panel 1 of page 2', "WHOOSH"),
    ],
)
def test_a_new_sound_goes_into_the_panel_that_is_named(language: str, said: str, word: str) -> None:
    book = made(language)
    panel = book.board.pages[1].panels[0].key
    assert letters_with(book, (said, (panel,))) == LetteringChanges(sounds=(NewSound(panel=panel, text=word),))


def test_a_wish_for_all_lines_shortens_those_that_can_be() -> None:
    book = made("ja")
    changes = letters_with(book, ("セリフを全体に短く", ())).changes
    texts = {part.key: part.text for panel in book.board.panels() for part in panel.dialogue.parts}
    assert changes
    assert all(change.text and len(change.text) < len(texts[change.key]) for change in changes)


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("ja", "遠くまで飛んで", "もっと古風な言い回しに"),
        ("ja", "遠くまで飛んで", "もっと長く"),
        ("ja", "あと少しで", "もっと短く"),
        ("ja", "遠くまで飛んで", "ルビをつけて"),
        ("ja", "遠くまで飛んで", "書体を変えて"),
        ("ja", "遠くまで飛んで", "言っているのは誰か別の人です"),
        ("ja", "遠くまで飛んで", "「すみません、いま行きます」を足して"),
        ("en", "She was right", "make it more old-fashioned"),
        ("en", "She was right", "shorten it"),
        ("en", "She was right", "another font"),
        ("en", "She was right", "set it on fire"),
    ],
)
def test_words_are_never_made_up(language: str, words: str, said: str) -> None:
    book = made(language)
    with pytest.raises(WishRefused) as refused:
        letters_with(book, (said, (book.part(words),)))
    assert (refused.value.phase, refused.value.kept) == ("lettering", "")


def test_one_line_alone_gets_new_words() -> None:
    book = made("en")
    with pytest.raises(WishRefused, match="one line"):
        letters_with(book, ('Change it to "Listen!"', (book.panel("She was right").key,)))


def test_a_second_step_goes_on_from_the_first_and_the_same_wishes_give_the_same() -> None:
    assert _changed("ja", LINE["ja"], "もう少し上に", "もう少し上に") == {"down": -0.4}
    assert _changed("ja", LINE["ja"], "「待って」に変えて", "「行って」に変えて") == {"text": "行って"}


def test_wishes_about_different_lines_may_come_in_any_order() -> None:
    book = made("en")
    one = ("as a thought bubble", (book.part("She was right"),))
    other = ("move it left", (book.part("please strike"),))
    assert letters_with(book, one, other) == letters_with(book, other, one)
