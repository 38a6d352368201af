"""Raw stories in, plain bodies with titles, authors and readings out."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manga.brief import Language
from manga.errors import BriefRejected
from manga.story_source import read_ruby, read_source
from manga.values import Span

AOZORA = """雪の夜
山田花子

-------------------------------------------------------
【テキスト中に現れる記号について】

《》：ルビ
（例）私《わたし》
-------------------------------------------------------

［＃７字下げ］一［＃「一」は中見出し］

　私《わたし》は｜雪の夜《ゆきのよ》を歩いた。
「寒い」と私は言った。

［＃７字下げ］二［＃「二」は中見出し］

　朝になった。

底本：「雪の本」青空書房
　　　2001（平成13）年1月1日発行
"""


def test_an_aozora_file_gives_title_author_body_headings_and_readings() -> None:
    source = read_source(AOZORA)
    assert (source.title, source.author, source.language) == ("雪の夜", "山田花子", Language.JA)
    assert source.text.startswith("一\n\n　私は雪の夜を歩いた。")
    assert source.text.endswith("朝になった。")
    assert [source.text[h.start : h.end] for h in source.headings] == ["一", "二"]
    assert [(source.text[r.start : r.end], r.reading) for r in source.rubies] == [
        ("私", "わたし"),
        ("雪の夜", "ゆきのよ"),
    ]


def test_readings_of_a_stretch_are_counted_from_its_start() -> None:
    source = read_source(AOZORA)
    start = source.text.index("雪の夜を")
    found = source.rubies_in(Span(start=start, end=start + 8))
    assert [(r.start, r.end, r.reading) for r in found] == [(0, 3, "ゆきのよ")]


def test_curly_ruby_is_read_and_other_curly_brackets_stay() -> None:
    plain, rubies = read_ruby("{漢字|かんじ}と{a|b}")
    assert plain == "漢字と{a|b}"
    assert [r.reading for r in rubies] == ["かんじ"]


def test_a_gutenberg_file_loses_its_wrapping_and_hard_line_ends() -> None:
    text = (
        "Licence above\n*** START OF THE PROJECT GUTENBERG EBOOK FOX ***\n\nThe Fox\n\nby Aesop\n\n"
        "A fox who had walked a long way saw some grapes that hung high on a\n"
        "trellis, and he wished to eat them, for the day was very hot and he\n"
        'was thirsty. "They are sour," said the fox, and he went away with his\nnose in the air.\n\n'
        "*** END OF THE PROJECT GUTENBERG EBOOK FOX ***\nLicence below\n"
    )
    source = read_source(text)
    assert (source.title, source.author, source.language) == ("The Fox", "Aesop", Language.EN)
    assert "\n" not in source.text
    assert "high on a trellis" in source.text
    assert "Licence" not in source.text


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("\ufeff　猫が走った。", "　猫が走った。"),
        ("　猫が走った。\r\n　犬も走った。", "　猫が走った。\n　犬も走った。"),
        ("　ﾈｺｶﾞ走った。", "　ネコガ走った。"),
        ("　" + unicodedata.normalize("NFD", "ガラス") + "が割れた。", "　ガラスが割れた。"),
        ("<p>　<ruby>猫<rt>ねこ</rt></ruby>が走った。</p>", "　猫が走った。"),
        ("　**猫**が走った。", "　猫が走った。"),
        ("　猫が\x00走った。", "　猫が走った。"),
    ],
)
def test_leftovers_of_files_and_mark_up_are_taken_away(raw: str, body: str) -> None:
    assert read_source(raw).text.strip("\n") == body


def test_a_first_line_that_is_a_sentence_is_no_title() -> None:
    source = read_source("雨が降っていた。\n\n少年は傘をさした。")
    assert source.title is None
    assert source.text.startswith("雨が")


@pytest.mark.parametrize("raw", ["", "   \n", "。。。！？", "……"])
def test_a_text_without_a_sentence_is_refused(raw: str) -> None:
    with pytest.raises(BriefRejected):
        read_source(raw)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_and_readings_lie_within_it(raw: str) -> None:
    try:
        source = read_source(raw)
    except BriefRejected:
        return
    assert all(0 <= r.start < r.end <= len(source.text) for r in source.rubies)


@pytest.mark.parametrize(
    ("raw", "dotted"),
    [
        ("　だれ［＃「だれ」に傍点］がだれ［＃「だれ」に傍点］だ。", ["だ", "れ", "だ", "れ"]),
        ("　彼《かれ》は、はっ［＃「彼は、はっ」に傍点］とした。", ["は", "は", "っ"]),
        ("　猫が［＃傍点］そっと、見て［＃傍点終わり］いた。", ["そ", "っ", "と", "見", "て"]),
        ("　白い［＃「白い」に白ゴマ傍点］猫が見た。", ["白", "い"]),
        ("　猫は《《それ》》を見た。", ["そ", "れ"]),
        ("　猫は見た［＃「犬」に傍点］。", []),
    ],
)
def test_emphasis_is_a_dot_beside_each_letter_but_never_beside_punctuation_or_a_reading(
    raw: str, dotted: list[str]
) -> None:
    source = read_source(raw)
    assert [source.text[r.start : r.end] for r in source.rubies if r.is_dot] == dotted
    assert not set(source.text) & set("［］《》｜傍")
    assert all(a.end <= b.start for a, b in itertools.pairwise(source.rubies))
