"""Readings by the reader's age: the dictionary's where the text has none, beside the kanji alone."""

import pytest

from drawing.lettering.ruby_readings import grades, rubies_of, with_readings, words_of
from manga.brief import RubyLevel
from manga.storyboard import LinePart, Storyboard
from manga.values import DOT, Ruby
from tests.drawing.lettering.desk import board, panel, part


def _read(board_: Storyboard) -> list[list[tuple[str, str]]]:
    parts = [found for one in board_.panels() for found in one.dialogue.parts]
    return [[(found.text[r.start : r.end], r.reading) for r in found.ruby] for found in parts]


def _book(*pages: list[LinePart]) -> Storyboard:
    return board(*([panel(10 * n + i, [one]) for i, one in enumerate(parts)] for n, parts in enumerate(pages, start=1)))


def _with(level: RubyLevel, *pages: list[LinePart]) -> list[list[tuple[str, str]]]:
    return _read(with_readings(_book(*pages), level))


def test_the_table_has_every_kanji_of_primary_school_in_its_year() -> None:
    counts = [sum(grade == year for grade in grades().values()) for year in range(1, 7)]
    assert counts == [80, 160, 200, 202, 193, 191]
    assert (grades()["森"], grades()["栃"], grades()["論"], "鍵" in grades()) == (1, 4, 6, False)


def test_children_are_told_how_every_word_is_read_every_time() -> None:
    found = _with("all", [part(1, "森の鍵だ"), part(2, "その鍵は？")])
    assert found == [[("森", "もり"), ("鍵", "かぎ")], [("鍵", "かぎ")]]


def test_teenagers_are_told_of_hard_words_once_a_page() -> None:
    page = [part(1, "森の鍵だ"), part(2, "その鍵は？")]
    assert _with("rare", page, [part(3, "鍵だ")]) == [[("鍵", "かぎ")], [], [("鍵", "かぎ")]]


@pytest.mark.parametrize("level", ["auto", "none"])
def test_adults_are_told_nothing(level: RubyLevel) -> None:
    assert _with(level, [part(1, "森の鍵だ")]) == [[]]


def test_a_name_is_read_at_its_first_appearance_at_any_level() -> None:
    assert _with("auto", [part(1, "権太さん")], [part(2, "権太だ")]) == [[("権太", "ごんた")], []]


def test_a_reading_of_the_text_wins_here_and_holds_elsewhere() -> None:
    first = part(1, "兵十だな", ruby=[(0, 2, "ひょうじゅう")])
    assert _with("auto", [first])[0] == [("兵十", "ひょうじゅう")]
    assert _with("all", [part(2, "兵十がいる"), first])[0] == [("兵十", "ひょうじゅう")]


def test_dots_of_emphasis_leave_no_room_for_a_reading() -> None:
    dotted = part(1, "鍵だ").model_copy(update={"ruby": (Ruby(start=0, end=1, reading=DOT),)})
    assert [r.reading for r in with_readings(_book([dotted]), "all").panels()[0].dialogue.parts[0].ruby] == [DOT]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("取り出した", [("取", "と"), ("出", "だ")]),
        ("人々", [("人々", "ひとびと")]),
        ("三本の鍵", [("鍵", "かぎ")]),
        ("私", [("私", "わたし")]),
        ("犍陀多と云う男", [("云", "い"), ("男", "おとこ")]),
        ("おねえさん", []),
        ("兵十と三枝が来た", [("来", "き")]),
        ("杜子春と八郎と亮太", [("八郎", "はちろう"), ("亮太", "りょうた")]),
        ("ＸＹＺ", []),
    ],
)
def test_a_reading_stands_beside_kanji_and_only_where_it_is_sure(text: str, expected: list[tuple[str, str]]) -> None:
    found = [ruby for word in words_of(text, {}) for ruby in rubies_of(word)]
    assert [(text[r.start : r.end], r.reading) for r in found] == expected


def test_sounds_are_drawn_without_readings() -> None:
    assert _with("all", [part(1, "森", kind="sfx")]) == [[]]
