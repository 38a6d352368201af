"""A draft's words get their places in the story; what has none is named."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.plot.locate_scenes import MOST_BEATS, faults_in, place
from manga.brief import Language
from manga.continuity import Aspect
from manga.errors import AnswerInvalid
from manga.plot import Beat, LineKind
from manga.plot_draft import BeatDraft, ChangeDraft, DeedDraft, PlotDraft
from manga.values import Span
from tests.agents.plot_drafts import beat, draft, drafted, reading_of, said, scene, source_of

STORY = """　ごんは川へ行きました。
「やあ」とごんが言いました。
「やあ。どこへ行くんだ」
　兵十は帰りました。

二

　翌日、ごんは山へ行きました。
「だれもいない」
"""
SOURCE = source_of(STORY)
GOOD = (
    beat("ごんは川へ行きました", present=("c01",)),
    beat("「やあ」とごん", said("やあ")),
    beat("「やあ。どこへ", said("やあ。どこへ行くんだ", "c02")),
    beat("兵十は帰りました"),
    beat("翌日、ごんは", said("だれもいない", "ごん", kind=LineKind.THOUGHT)),
)


def beats_of(*beats: BeatDraft) -> list[Beat]:
    return [found for placed in place(draft(*beats), reading_of(SOURCE)) for found in placed.scene.beats]


def words(span: Span) -> str:
    return STORY[span.start : span.end]


def test_beats_reach_from_their_first_words_to_the_next_and_leave_nothing_out() -> None:
    found = beats_of(*GOOD)
    assert "".join(words(one.span) for one in found) == STORY
    assert [words(one.span)[:6] for one in found] == [
        "　ごんは川へ",
        "「やあ」とご",
        "「やあ。どこ",
        "　兵十は帰り",
        "二\n\n　翌日",
    ]


def test_lines_are_exact_and_narration_stands_between_them() -> None:
    found = beats_of(*GOOD)
    lines = [(line.kind.value, line.text, line.speaker) for one in found for line in one.lines]
    assert lines == [
        ("narration", "ごんは川へ行きました。", None),
        ("speech", "やあ", "c01"),
        ("speech", "やあ。どこへ行くんだ", "c02"),
        ("narration", "兵十は帰りました。", None),
        ("narration", "翌日、ごんは山へ行きました。", None),
        ("thought", "だれもいない", "c01"),
    ]
    assert all(words(line.span) == line.text for one in found for line in one.lines)
    assert found[1].told == "とごんが言いました。"
    assert found[4].present == ("c01",)


def test_a_scene_has_its_chapter_line_as_its_heading() -> None:
    parts = PlotDraft(scenes=(scene(*GOOD[:4]), scene(*GOOD[4:])))
    assert [placed.scene.heading for placed in place(parts, reading_of(SOURCE))] == ["", "二"]


def test_a_name_is_as_good_as_a_key_and_strangers_are_left_out_of_the_picture() -> None:
    stranger = beat(
        "ごんは川へ",
        present=("兵十", "c09"),
        deeds=(DeedDraft(who="c09", action="run"), DeedDraft(who="ごん", action="walk")),
        changes=(ChangeDraft(who="c09", aspect=Aspect.HAT, to="straw"),),
    )
    first = beats_of(stranger, *GOOD[1:])[0]
    assert (first.present, [deed.who for deed in first.deeds], first.changes) == (("c02",), ["c01"], ())


def test_a_line_is_found_where_it_is_said_whichever_beat_names_it() -> None:
    found = beats_of(*GOOD[:3], beat("兵十は", said("だれもいない")), beat("翌日"))
    assert [line.text for line in found[4].lines if line.kind is not LineKind.NARRATION] == ["だれもいない"]


def test_what_a_model_leaves_out_of_a_speech_is_said_by_the_same() -> None:
    found = beats_of(*GOOD[:2], beat("「やあ。どこへ", said("やあ。", "c02")), *GOOD[3:])
    assert [(line.text, line.speaker) for line in found[2].lines] == [("やあ。", "c02"), ("どこへ行くんだ", "c02")]


def test_an_utterance_that_is_forgotten_is_said_by_nobody_we_know() -> None:
    found = beats_of(*GOOD[:2], beat("「やあ。どこへ"), *GOOD[3:])
    assert [(line.text, line.speaker, line.confidence) for line in found[2].lines] == [
        ("やあ。どこへ行くんだ", None, 0.0)
    ]


def test_utterances_that_a_copy_has_run_together_are_two_lines() -> None:
    text = "“Yes,” said Jim, “I will.” He went out into the cold night."
    source = source_of(text, Language.EN)
    (placed,) = place(draft(beat("“Yes,” said Jim", said("Yes, I will."))), reading_of(source))
    lines = [line.text for line in placed.scene.beats[0].lines]
    assert lines == ["Yes,", "I will.", "He went out into the cold night."]


def test_a_word_in_quotation_marks_is_part_of_its_sentence() -> None:
    source = source_of("　その山は「ごんの山」とよばれていました。")
    (placed,) = place(draft(beat("その山は")), reading_of(source))
    assert [line.kind for line in placed.scene.beats[0].lines] == [LineKind.NARRATION]


def test_hooks_and_cuts_are_told_by_beat() -> None:
    (placed,) = place(
        draft(*GOOD[:3], beat("兵十は帰りました", cut=True), beat("翌日、ごんは", hook="山に何が")), reading_of(SOURCE)
    )
    assert (placed.cut, placed.hooks) == (frozenset({"b0004"}), (("b0005", "山に何が"),))


def test_scenes_stand_in_another_order_only_where_that_was_wished() -> None:
    turned = PlotDraft(scenes=(scene(*GOOD[4:]), scene(*GOOD[:4])))
    assert {fault.element for fault in faults_in(turned, reading_of(SOURCE))} == {"b0002", "b0003", "b0004", "b0005"}
    placed = place(turned, reading_of(SOURCE, reordered=True))
    assert [words(one.scene.beats[0].span)[0] for one in placed] == ["二", "　"]


def test_a_stretch_is_read_by_itself() -> None:
    span = Span(start=STORY.index("二"), end=len(STORY))
    (placed,) = place(draft(beat("翌日", said("だれもいない"))), reading_of(SOURCE, span))
    assert placed.scene.beats[0].span == span


@pytest.mark.parametrize(
    ("beats", "element", "told"),
    [
        ((*GOOD[:3], beat("与平が来ました"), GOOD[4]), "b0004", "evidence of beat 4 is not in the text: 与平が"),
        ((GOOD[0], GOOD[3], GOOD[2], GOOD[4]), "b0003", "beat 3 stands before that of the beat before it"),
        ((GOOD[0], GOOD[3], GOOD[3], GOOD[4]), "b0003", "beat 3 is that of another beat too"),
        ((*GOOD[:4], beat("翌日", said("だれかいる"))), "b0005", "line of beat 5 is not in the story: だれかいる"),
        ((*GOOD[:4], beat("翌日", said("だれもいない"), said("だれもいない"))), "b0005", "is not in the story"),
        ((*GOOD[:4], beat("翌日", said("だれもいない", "加助"))), "b0005", "spoken by 加助, who is not in the cast"),
        ((beat("……"),), "b0001", "not in the text"),
    ],
    ids=["invented", "out of order", "twice", "invented line", "line twice", "stranger", "no words"],
)
def test_what_is_wrong_is_named(beats: tuple[BeatDraft, ...], element: str, told: str) -> None:
    with pytest.raises(AnswerInvalid) as refused:
        beats_of(*beats)
    assert refused.value.element == element
    assert told in refused.value.message


def test_all_faults_are_told_at_once() -> None:
    found = faults_in(draft(beat("与平が"), beat("弥助が", said("だれ？", "c09")), beat("翌日")), reading_of(SOURCE))
    assert [fault.element for fault in found] == ["b0001", "b0002", "b0002", "b0002"]


def test_an_answer_that_skips_most_of_the_story_is_refused() -> None:
    long = source_of("　ごんは川へ行きました。" * 400)
    with pytest.raises(AnswerInvalid, match="nothing says what happens after") as refused:
        place(draft(beat("ごんは川へ")), reading_of(long))
    assert refused.value.element == "b0001"


def test_blanks_are_nothing_that_an_answer_could_skip() -> None:
    wide = source_of("　ごんは川へ行きました。" + "\n　" * 3000)
    assert len(place(draft(beat("ごんは川へ")), reading_of(wide))) == 1


def test_an_answer_that_leaves_out_what_is_said_is_refused() -> None:
    talk = source_of("".join(f"「{n}日めの話だ。」\n" for n in range(20)))
    with pytest.raises(AnswerInvalid, match="What is said has no line: 0日めの話だ"):
        place(draft(beat("「0日めの")), reading_of(talk))


def test_thousands_of_beats_are_too_many() -> None:
    many = PlotDraft(scenes=(scene(*[beat("ごん")] * 400),) * 25)
    with pytest.raises(AnswerInvalid, match="10000 beats") as refused:
        place(many, reading_of(SOURCE))
    assert refused.value.element == f"b{MOST_BEATS + 1:04d}"


SENTENCES = st.lists(
    st.sampled_from(
        [
            "ごんは川へ行きました。",
            "「やあ」",
            "「どこへ行く。」",
            "雨がふりました。\n",
            "\n\n二\n\n",
            "　",
            "「うん",
            "……",
            "兵十は笑った。",
        ]
    ),
    min_size=1,
    max_size=60,
)


@given(SENTENCES, st.integers(1, 80))
def test_every_letter_is_in_exactly_one_beat(pieces: list[str], size: int) -> None:
    source = source_of("ごんがいました。" + "".join(pieces))
    placed = place(drafted(source.text, size), reading_of(source)) if not _faulty(source.text, size) else ()
    beats = [one for scene in placed for one in scene.scene.beats]
    if beats:
        assert beats[0].span.start == 0
        assert beats[-1].span.end == len(source.text)
        assert all(a.span.end == b.span.start for a, b in pairwise(beats))
        assert all(one.span.start < one.span.end for one in beats)
    lines = [line for one in beats for line in one.lines]
    assert all(a.span.end <= b.span.start for a, b in pairwise(lines))
    assert all(source.text[line.span.start : line.span.end] == line.text for line in lines)
    for one in beats:
        assert all(one.span.start <= line.span.start and line.span.end <= one.span.end for line in one.lines)


def _faulty(text: str, size: int) -> bool:
    """A beat that begins with blanks and marks alone has no words to be found by."""
    return bool(faults_in(drafted(text, size), reading_of(source_of(text))))


ODD = st.text(alphabet="ごんやあ「」。 \n…x", min_size=1, max_size=12)
BEATS = st.builds(beat, ODD, st.builds(said, ODD, st.sampled_from(["c01", "c09", None, "ごん"])))


@given(st.lists(BEATS, min_size=1, max_size=12), st.sampled_from([STORY, "ごん", "「ごん「ごん", "や\n" * 60]))
def test_any_answer_is_placed_or_its_faults_are_named(beats: list[BeatDraft], text: str) -> None:
    reading = reading_of(source_of(text))
    if faults := faults_in(draft(*beats), reading):
        assert all(fault.element for fault in faults)
        return
    found = [one for scene in place(draft(*beats), reading) for one in scene.scene.beats]
    assert "".join(text[one.span.start : one.span.end] for one in found) == text
