"""The offline reader reads and does not remember: what it knows is found in more texts than one."""

import re
from pathlib import Path

import pytest

from evals.memory.commands import report
from evals.memory.count_in_texts import RARE_RULE, CorpusMissing, Text, read_texts, texts_with
from evals.memory.counted_summary import read_summary, summed, write_summary
from evals.memory.words_of_the_reader import Entry, alternatives, entries


def entry(words: str, pattern: str = "", flags: int = 0, place: str = "lexicons/story_en.yaml:props.tool") -> Entry:
    return Entry(place, words, pattern or words, pattern or words, pattern or words, flags)


def texts(*bodies: str) -> list[Text]:
    return [Text("en", body, body.lower()) for body in bodies]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("hammer", {"hammer": "hammer"}),
        ("hammer|saw", {"hammer": "hammer", "saw": "saw"}),
        (r"\b(?:saws?|axe)\b", {"saws?": r"\b(?:saws?)\b", "axe": r"\b(?:axe)\b"}),
        (r"a(?:b(?:c|d)|e)f|g", {"c": r"a(?:b(?:c))f", "d": r"a(?:b(?:d))f", "e": "a(?:e)f", "g": "g"}),
        (r"(?<!x|y)[|(]z(?!p|q)", {r"(?<!x|y)[|(]z(?!p|q)": r"(?<!x|y)[|(]z(?!p|q)"}),
        (r"(?P<one>a|b)(?P=one)", {"a": r"(?P<one>a)(?P=one)", "b": r"(?P<one>b)(?P=one)"}),
    ],
)
def test_each_alternative_of_a_pattern_is_an_entry(pattern: str, found: dict[str, str]) -> None:
    assert {words: alone for words, alone, _ in alternatives(pattern)} == found


def test_a_piece_of_a_list_is_a_rule_and_what_stands_beside_a_list_belongs_to_it() -> None:
    rules = {words: rule for words, _, rule in alternatives(r"\b(?:saws?|(?:a|the) axe)\b|match (?:lit|out)")}
    assert rules == {
        "saws?": "saws?",
        "a": "(?:a|the) axe",
        "the": "(?:a|the) axe",
        "lit": "match (?:lit|out)",
        "out": "match (?:lit|out)",
    }


def test_texts_are_counted_that_have_an_entry() -> None:
    told = texts("A saw.", "Saws and Axes.", "He saw it.\nAn axe", "axe", "axe")
    assert texts_with(entry("saw", r"\bsaw\b"), told) == 2
    assert texts_with(entry("axe", "axe", re.IGNORECASE), told) == 3
    assert texts_with(entry("An", "(?:^|[.] )An$"), told) == 1
    assert texts_with(entry("adze"), told) == 0


def test_a_word_of_another_language_is_not_sought() -> None:
    assert texts_with(entry("axe", place="lexicons/story_ja.yaml:props.tool"), texts("axe")) == 0


def test_an_entry_that_nobody_has_counted_breaks_the_rule(tmp_path: Path) -> None:
    write_summary(summed([(entry("axe"), 3, "")]), tmp_path / "counted.tsv")
    lines, wrong = report([entry("axe"), entry("adze")], read_summary(tmp_path / "counted.tsv"))
    assert wrong
    assert lines[0] == "not counted: lexicons/story_en.yaml:props.tool: adze"
    assert "--corpus" in lines[1]


def test_an_entry_of_one_text_breaks_the_rule_unless_a_kept_source_has_it(tmp_path: Path) -> None:
    counted = [(entry("adze"), 1, ""), (entry("axe"), 1, "zipf"), (entry("saw"), 2, "")]
    write_summary(summed(counted), tmp_path / "counted.tsv")
    summary, every = read_summary(tmp_path / "counted.tsv"), [one for one, _, _ in counted]
    lines, wrong = report(every, summary)
    assert wrong
    assert lines[0].endswith("lexicons/story_en.yaml:props.tool: adze")
    assert "1 of one text or none" in lines[-2]
    assert not report(every[1:], summary)[1]


def test_frequent_words_of_a_rule_that_one_text_has_are_told(tmp_path: Path) -> None:
    counted = [(entry("grey"), 1, RARE_RULE), (entry("axe"), 1, "zipf")]
    write_summary(summed(counted), tmp_path / "counted.tsv")
    summary = read_summary(tmp_path / "counted.tsv")
    assert report([one for one, _, _ in counted], summary)[0][-1].startswith("1 frequent words")


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match=r"\*\.txt"):
        read_texts(tmp_path)


def test_every_word_and_pattern_of_the_offline_reader_has_been_counted() -> None:
    lines, wrong = report(entries(), read_summary())
    assert not wrong, "\n".join(lines)
