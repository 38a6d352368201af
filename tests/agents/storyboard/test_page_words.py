"""Words made exact: pieces of a line become its own letters, each at its place, with its readings."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agents.storyboard.clauses import whole_clauses
from agents.storyboard.page_words import (
    Wording,
    cut,
    in_own_words,
    letters_of,
    own_words,
    with_sounds_at_home,
)
from manga.brief import Language
from manga.plot import Line, LineKind
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Role, SceneDirection, Shot
from manga.text_capacity import MEASURES
from manga.values import Ruby, Span

ADAPTED = Wording(MEASURES[Language.JA], whole=False)
FAITHFUL = Wording(MEASURES[Language.JA], whole=True)


def _line(text: str, *, speaker: str | None = "c01", ruby: tuple[Ruby, ...] = (), at: int = 100) -> Line:
    span = Span(start=at, end=at + len(text))
    return Line(key="l0001", kind=LineKind.SPEECH, text=text, ruby=ruby, span=span, speaker=speaker, confidence=0.9)


def _panel(*said: str, figures: tuple[str, ...] = ("c01",), line: str = "l0001") -> PanelDraft:
    parts = (
        LinePart(key=f"{line}.{n}", line=line, kind=LineKind.SPEECH, text=text, span=Span(start=0, end=0))
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
    return _worded(line, None, *said, figures=figures)


def _worded(
    line: Line, wording: Wording | None, *said: str, figures: tuple[str, ...] = ("c01",)
) -> tuple[LinePart, ...]:
    panels = [_panel(*said, figures=figures)]
    return in_own_words(panels, own_words(panels, {"l0001": line}, wording))[0].dialogue.parts


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


def test_in_an_adaptation_the_storys_own_words_stand_in_place_of_others() -> None:
    line = _line("いまから山へ行こう。" + "おれは山で鬼を見たのだ！" * 3)
    (part, *more) = _worded(line, ADAPTED, "山へ行くぞ", "鬼がいる")
    assert part.text in line.text
    assert part.text.endswith(("。", "！"))
    assert len(part.text) < 30
    assert more == []
    assert _worded(line, FAITHFUL, "山へ行くぞ")[0].text == "山へ行くぞ", "who owes the whole line is told so"


@pytest.mark.parametrize(
    ("text", "said", "own"),
    [
        ("ゆうべ、おれは山で鬼を見た。", ("おれは山で",), ("おれは山で鬼を見た。",)),
        ("ゆうべ、おれは山で鬼を見た。", ("山で鬼を",), ("山で鬼を見た。",)),
        ("ゆうべ、おれは山で、鬼を見た。", ("おれは山で", "鬼を見た"), ("おれは山で、", "鬼を見た。")),
        ("I was up there, and I saw it. It was big.", ("I saw",), ("I saw it.",)),
        ("I saw Mr. Crabbe there. He ran.", ("I saw",), ("I saw Mr. Crabbe there.",)),
    ],
)
def test_what_is_left_of_a_line_ends_with_a_clause(text: str, said: tuple[str, ...], own: tuple[str, ...]) -> None:
    assert tuple(part.text.strip() for part in _worded(_line(text), ADAPTED, *said)) == own


@given(st.text(alphabet="あ山a。、 !", min_size=1, max_size=24), st.lists(st.integers(0, 24), min_size=2, max_size=6))
def test_clauses_made_whole_never_meet_and_lose_no_piece(text: str, marks: list[int]) -> None:
    places = sorted({min(mark, len(text)) for mark in marks})
    stretches = list(zip(places[::2], places[1::2], strict=False))
    whole = whole_clauses(text, stretches)
    assert all(a <= c and d <= b for (a, b), (c, d) in zip(whole, stretches, strict=True))
    assert all(one[1] <= two[0] for one, two in pairwise(whole))


def test_a_sound_on_a_page_without_lines_has_a_line_of_its_own() -> None:
    panel = _panel("ドン")
    parts = tuple(part.model_copy(update={"kind": "sfx"}) for part in panel.dialogue.parts)
    panel = panel.model_copy(update={"dialogue": DialogueLayout(parts=parts)})
    (drawn,) = with_sounds_at_home([panel], ())
    assert [(part.text, part.line) for part in drawn.dialogue.parts] == [("ドン", "l90001")]


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


def test_of_an_abridged_line_other_words_may_be_said() -> None:
    whole = _line("遠いところから来た。おまえに金を七両貸したのはこのおれだ。返してもらおう。")
    told = whole.model_copy(update={"text": "遠いところから来た。", "span": Span(start=100, end=110)})
    panels = [_panel("金を七両貸したのはこのおれだ")]
    words = own_words(panels, {"l0001": told}, ADAPTED, {"l0001": whole})
    (part,) = in_own_words(panels, words)[0].dialogue.parts
    assert part.text == "金を七両貸したのはこのおれだ。"
    assert part.span.start == 100 + whole.text.index("金")
    (kept,) = in_own_words(panels, own_words(panels, {"l0001": told}, ADAPTED))[0].dialogue.parts
    assert kept.text == "遠いところから来た。", "where no more is to be had its own short form stands"


@pytest.mark.parametrize(
    ("language", "text", "said", "printed"),
    [
        (Language.EN, "Too short,", "Too short", "Too short."),
        (Language.EN, "Too short,", "Too short!", "Too short!"),
        (Language.JA, "短すぎる、", "短すぎる、", "短すぎる。"),
    ],
)
def test_the_last_piece_of_a_line_does_not_end_on_a_comma(
    language: Language, text: str, said: str, printed: str
) -> None:
    (part,) = _worded(_line(text), Wording(MEASURES[language], whole=False), said)
    assert part.text == printed
    (whole,) = _worded(_line(text), Wording(MEASURES[language], whole=True), said)
    assert whole.text == text, "a faithful book has the story's own marks"


def test_a_piece_that_goes_on_keeps_its_comma() -> None:
    first, last = _worded(_line("If you go, I go."), Wording(MEASURES[Language.EN], whole=False), "If you go,", "I go")
    assert (first.text, last.text) == ("If you go, ", "I go.")


@pytest.mark.parametrize(
    ("following", "printed"),
    [("until I come back.", "Mind my kingdom for me,"), ("Until I come back!", "Mind my kingdom for me.")],
)
def test_a_sentence_that_goes_on_behind_the_teller_keeps_its_comma(following: str, printed: str) -> None:
    lines = {
        "l0001": _line("Mind my kingdom for me,"),
        "l0002": _line(following, at=200).model_copy(update={"key": "l0002"}),
    }
    english = Wording(MEASURES[Language.EN], whole=False)
    panels = [_panel("Mind my kingdom for me,"), _panel(following, line="l0002")]
    (part,) = in_own_words(panels, own_words(panels, lines, english))[0].dialogue.parts
    assert part.text == printed
    (alone,) = in_own_words(panels[:1], own_words(panels[:1], lines, english))[0].dialogue.parts
    assert alone.text == "Mind my kingdom for me.", "nothing of what goes on is said"


def test_the_storys_own_words_in_place_of_others_end_as_a_sentence_does() -> None:
    (part,) = _worded(_line("Mind my kingdom for me,"), Wording(MEASURES[Language.EN], whole=False), "Guard it!")
    assert part.text == "Mind my kingdom for me!"


def test_a_voice_without_a_name_does_not_go_on_in_what_is_told() -> None:
    told = _line("and nobody was there.", speaker=None, at=200)
    lines = {
        "l0001": _line("Come in,", speaker=None),
        "l0002": told.model_copy(update={"key": "l0002", "kind": LineKind.NARRATION}),
    }
    panels = [_panel("Come in,"), _panel(told.text, line="l0002")]
    words = own_words(panels, lines, Wording(MEASURES[Language.EN], whole=False))
    (part,) = in_own_words(panels, words)[0].dialogue.parts
    assert part.text == "Come in."


def test_a_caption_begins_with_its_sentence() -> None:
    text = "The rain fell all day, until he saw the mill. Then it stopped."
    told = _line(text, speaker=None).model_copy(update={"kind": LineKind.NARRATION})
    english = Wording(MEASURES[Language.EN], whole=False)
    (part,) = _worded(told, english, "until he saw the mill")
    assert part.text.strip() == "The rain fell all day, until he saw the mill."
    (second,) = _worded(told, english, "Then it stopped")
    assert second.text == "Then it stopped."
    titled = _line("Mr. Crabbe knew that it rained.", speaker=None).model_copy(update={"kind": LineKind.NARRATION})
    (third,) = _worded(titled, english, "that it rained")
    assert third.text == "Mr. Crabbe knew that it rained."


@pytest.mark.parametrize(
    ("text", "said", "printed"),
    [
        ("said the voice, and it sounded tired, and pleased.", "it sounded tired, and pleased.", None),
        ("He sat by the wall, a small one, and slept.", "a small one, and slept.", None),
        ("The salt is raked before sunrise and carted at noon.", "The salt is raked before sunrise", "."),
        ("Salt and pepper stood on the shelf.", "Salt", " and pepper stood on the shelf."),
    ],
)
def test_a_clause_that_stands_alone_is_a_caption_of_its_own(text: str, said: str, printed: str | None) -> None:
    """With a capital where its sentence begins before it, and the mark that ends it."""
    told = _line(text, speaker=None).model_copy(update={"kind": LineKind.NARRATION})
    (part,) = _worded(told, Wording(MEASURES[Language.EN], whole=False), said)
    assert part.text.strip() == said[0].upper() + said[1:] + (printed or "")


def test_a_clause_without_its_subject_begins_with_its_sentence() -> None:
    text = "She hung on his rope, and could not be held; and of a knife."
    told = _line(text, speaker=None).model_copy(update={"kind": LineKind.NARRATION})
    (part,) = _worded(told, Wording(MEASURES[Language.EN], whole=False), "could not be held; and of a knife.")
    assert part.text.strip() == text


def test_a_caption_that_goes_on_where_the_last_one_ended_begins_small() -> None:
    told = _line("He came home, and he slept.", speaker=None).model_copy(update={"kind": LineKind.NARRATION})
    english = Wording(MEASURES[Language.EN], whole=False)
    assert [part.text.strip() for part in _worded(told, english, "He came home,", "and he slept.")] == [
        "He came home,",
        "and he slept.",
    ]
