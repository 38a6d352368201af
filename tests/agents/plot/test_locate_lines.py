"""What is told between what is said."""

import pytest

from agents.plot.locate_lines import (
    Said,
    is_utterance,
    lines_of,
    told_of,
    unsaid,
)
from manga.brief import Language
from manga.plot import LineKind
from manga.quotations import find_quotations
from manga.values import Span
from tests.agents.plot_drafts import said, source_of


def lines(text: str, language: Language, *spoken: str) -> list[tuple[str, str, str | None]]:
    source = source_of(text, language)
    at = [Said(said(one), Span(start=text.index(one), end=text.index(one) + len(one))) for one in spoken]
    found = lines_of(source, Span(start=0, end=len(text)), at, find_quotations(source))
    return [(one.line.kind.value, text[one.span.start : one.span.end], one.line.speaker) for one in found]


def test_a_sentence_that_leads_to_an_utterance_or_away_from_it_is_no_line() -> None:
    text = "　ごんは立ちました。ごんは、「やあ」と言いました。雨がふりました。"
    assert lines(text, Language.JA, "やあ") == [
        ("narration", "ごんは立ちました。", None),
        ("speech", "やあ", "c01"),
        ("narration", "雨がふりました。", None),
    ]


def test_english_tags_are_no_lines() -> None:
    text = '"Go," said Jim, "go now." He wept. Then she said, "No." It rained.'
    assert lines(text, Language.EN, "Go,", "go now.", "No.") == [
        ("speech", "Go,", "c01"),
        ("speech", "go now.", "c01"),
        ("narration", "He wept.", None),
        ("speech", "No.", "c01"),
        ("narration", "It rained.", None),
    ]


def test_a_thought_without_marks_is_taken_out_of_the_narration() -> None:
    text = "ごんはつまらないなと思いました。おれは引き合わない。ごんは帰りました。"
    assert [kind for kind, _, _ in lines(text, Language.JA, "おれは引き合わない。")] == [
        "narration",
        "speech",
        "narration",
    ]


def test_told_is_everything_outside_of_what_is_said() -> None:
    text = "ごんは、「やあ」と言いました。\n雨がふりました。"
    source = source_of(text)
    spoken = [Said(said("やあ"), Span(start=5, end=7))]
    span, quotations = Span(start=0, end=len(text)), find_quotations(source)
    assert told_of(source, span, spoken, quotations) == "ごんは、と言いました。雨がふりました。"


@pytest.mark.parametrize(
    ("text", "language", "utterance"),
    [
        ("「やあ」", Language.JA, True),
        ("ごんは「やあ」と言った。", Language.JA, True),
        ("「ごん山」という山があった。", Language.JA, True),
        ("その山は「ごん山」という。", Language.JA, False),
        ("その札に「入口」の字があった。", Language.JA, False),
        ("「……」", Language.JA, False),
        ('He said, "I will."', Language.EN, True),
        ('The so-called "king of the hill" slept.', Language.EN, False),
    ],
)
def test_what_stands_in_quotation_marks_is_said_or_only_named(text: str, language: Language, utterance: bool) -> None:
    source = source_of(text, language)
    (quotation,) = find_quotations(source)
    assert is_utterance(quotation, source) is utterance
    assert (unsaid([quotation], [], source) == [quotation]) is utterance


def test_a_sentence_of_any_length_is_a_line() -> None:
    text = "あ" * 20_000
    assert [(kind, len(words)) for kind, words, _ in lines(text, Language.JA)] == [(LineKind.NARRATION.value, 20_000)]
