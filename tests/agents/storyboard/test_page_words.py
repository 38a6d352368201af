"""Words made exact: pieces of a line become its own letters, each at its place, with its readings."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agents.storyboard.page_words import cut, in_own_words, letters_of
from manga.plot import Line, LineKind
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Role, SceneDirection, Shot
from manga.values import Ruby, Span


def _line(text: str, *, speaker: str | None = "c01", ruby: tuple[Ruby, ...] = (), at: int = 100) -> Line:
    span = Span(start=at, end=at + len(text))
    return Line(key="l0001", kind=LineKind.SPEECH, text=text, ruby=ruby, span=span, speaker=speaker, confidence=0.9)


def _panel(*said: str, figures: tuple[str, ...] = ("c01",)) -> PanelDraft:
    parts = (
        LinePart(key=f"l0001.{n}", line="l0001", kind=LineKind.SPEECH, text=text, span=Span(start=0, end=0))
        for n, text in enumerate(said, start=1)
    )
    return PanelDraft.of(
        {
            "key": "b0001",
            "beats": ["b0001"],
            "scene": "s01",
            "role": Role.TALK,
            "importance": 2,
            "direction": SceneDirection(shot=Shot.BUST, setting="room").model_dump()
            | {"figures": [{"character": who} for who in figures]},
            "dialogue": DialogueLayout(parts=tuple(parts)).model_dump(),
        }
    )


def _parts(line: Line, *said: str, figures: tuple[str, ...] = ("c01",)) -> tuple[LinePart, ...]:
    return in_own_words([_panel(*said, figures=figures)], {"l0001": line})[0].dialogue.parts


@pytest.mark.parametrize(
    ("text", "said", "own"),
    [
        ("「ごん、お前だったのか。」", ("ごん", "お前だったのか"), ("「ごん、", "お前だったのか。」")),
        ("Why, Jim! (You came.)", ("Why Jim", "You came"), ("Why, Jim! ", "(You came.)")),
        ("え……そんな！", ("え", "……", "そんな"), ("え……", "そんな！")),
        ("……", ("…", "…"), ("……",)),
        ("Well—no.", ("well", "NO"), ("Well—", "no.")),
    ],
)
def test_pieces_become_the_lines_own_letters_with_what_stands_around_them(
    text: str, said: tuple[str, ...], own: tuple[str, ...]
) -> None:
    parts = _parts(_line(text), *said)
    assert tuple(part.text for part in parts) == own
    assert "".join(own) == text
    assert (parts[0].span.start, parts[0].span.end) == (100, 100 + len(own[0]))
    assert parts[-1].span.end == 100 + len(text)


def test_a_reading_stands_with_its_piece() -> None:
    line = _line(
        "兵十、栗だよ。", ruby=(Ruby(start=0, end=2, reading="ひょうじゅう"), Ruby(start=3, end=4, reading="くり"))
    )
    first, second = _parts(line, "兵十、", "栗だよ。")
    assert [(ruby.start, ruby.reading) for ruby in first.ruby] == [(0, "ひょうじゅう")]
    assert [(ruby.start, ruby.reading) for ruby in second.ruby] == [(0, "くり")]


def test_other_words_stay_as_they_are_with_the_place_of_their_line() -> None:
    line = _line("いまから山へ行こう。")
    (part,) = _parts(line, "山へ行くぞ")
    assert (part.text, part.span) == ("山へ行くぞ", line.span)
    (less,) = _parts(line, "山へ行こう")
    assert (less.text, less.span.start) == ("山へ行こう。", 104)


def test_whom_no_tail_can_lead_to_speaks_from_outside() -> None:
    (seen,) = _parts(_line("はい。"), "はい。")
    (away,) = _parts(_line("はい。"), "はい。", figures=("c02",))
    assert (seen.off_panel, seen.speaker, seen.confidence) == (False, "c01", 0.9)
    assert (away.off_panel, away.speaker) == (True, "c01")


@settings(max_examples=300, deadline=None)
@example("ab", [0])
@given(st.text(alphabet="あ山a1。、 「」…!ー", min_size=1, max_size=24), st.lists(st.integers(0, 24), max_size=4))
def test_a_line_cut_anywhere_is_whole_again(text: str, marks: list[int]) -> None:
    ends = [0, *sorted(min(mark, len(text)) for mark in marks), len(text)]
    pieces = [text[a:b] for a, b in pairwise(ends) if a < b]
    bare = [piece.replace("。", "").replace(" ", "") for piece in pieces]
    stretches = cut(_line(text), bare)
    assert stretches is not None
    assert "".join(text[a:b] for a, b in stretches) == text
    assert len(stretches) == len(bare)
    for (a, b), piece in zip(stretches, bare, strict=True):
        assert letters_of(text[a:b]).words == letters_of(piece).words or not letters_of(text).words
