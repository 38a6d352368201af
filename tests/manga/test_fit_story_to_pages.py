"""What a book leaves out when it has no room, and how it says so."""

from itertools import pairwise

import pytest

from manga.abridge_speeches import in_brief
from manga.brief import Language
from manga.fit_story_to_pages import Planned, as_told, plan_book
from manga.page_planning import ADAPTED_PANELS
from manga.plot import Act, Beat, LineKind, Plot, Scene
from manga.text_capacity import MEASURES
from tests.offline.storyboard_plots import Teller, scene

SPEECH = "むかしの話だ。山の上に鬼がいた。おれは鬼を見たのだ！ それは大きな鬼で、角が二本あった。村の者は逃げた。"
SENTENCE = "ごんは村の小川の堤まで出て来ました、すすきの穂には雨のしずくが光っていました。"


def _planned(scenes: tuple[Scene, ...], pages: int | None = None, panels: int | None = None) -> Planned:
    chars = sum(beat.span.end - beat.span.start for one in scenes for beat in one.beats)
    return plan_book(scenes, Language.JA, chars, pages, "adapted" if pages is None else "faithful", panels=panels)


def _plot(scenes: tuple[Scene, ...], made: Planned) -> Plot:
    acts = (Act(name="development", scenes=tuple(one.key for one in scenes)),)
    return Plot(acts=acts, scenes=scenes, pages=made.pages, cuts=made.cuts)


def _talkative(count: int, importance: int = 2) -> tuple[Scene, ...]:
    teller = Teller()
    return (scene(1, *(teller.beat(teller.line(SPEECH, "c01"), importance=importance) for _ in range(count))),)


def _said(beat: Beat) -> list[str]:
    return [line.text for line in beat.lines if line.kind is not LineKind.NARRATION]


def test_a_book_with_room_for_everything_cuts_nothing() -> None:
    scenes = _talkative(3)
    made = _planned(scenes, pages=4)
    assert made.cuts == ()
    assert as_told(_plot(scenes, made)) == _plot(scenes, made)


def test_a_long_speech_keeps_neighbouring_sentences_and_lists_the_others() -> None:
    scenes = _talkative(30)
    made = _planned(scenes)
    shown = {key for page in made.pages for key in page.beats}
    told = [beat for beat in as_told(_plot(scenes, made)).beats() if beat.key in shown]
    briefer = [beat for beat in told if _said(beat) != [SPEECH]]
    assert briefer
    for beat in briefer:
        (words,) = _said(beat)
        assert words in SPEECH
        assert words.endswith(("。", "！"))
        assert "鬼を見たのだ！" in words


def test_what_is_told_and_what_is_cut_are_the_whole_story() -> None:
    scenes = _talkative(30)
    made = _planned(scenes)
    plot = as_told(_plot(scenes, made))
    shown = {key for page in made.pages for key in page.beats}
    lines = [line for beat in plot.beats() if beat.key in shown for line in beat.lines]
    kept = sum(len(line.text.strip()) for line in lines)
    assert all(line.span.end - line.span.start == len(line.text) for line in lines)
    blanks = 2 * len(scenes[0].beats)
    assert 30 * len(SPEECH) - blanks <= kept + sum(cut.end - cut.start for cut in made.cuts) <= 30 * len(SPEECH)


def test_what_answers_a_line_stays_with_it() -> None:
    teller = Teller()
    asked, answered = "どこの家です", "橋のそばです。夜が明けるまえに、いつも豆のにおいがする家なのです"
    talk = (
        teller.line(asked, "c01"),
        teller.line(answered, "c02"),
        teller.line("そうですか、それは知りませんでした", "c01"),
    )
    short = in_brief(teller.beat(*talk), MEASURES[Language.JA])
    words = _said(short)
    assert words[0] == asked
    assert words[1] in answered


def test_of_a_moment_that_another_one_counts_on_every_line_says_something() -> None:
    teller = Teller()
    lines = [teller.line(SPEECH, "c01"), teller.line("川の話をしてやろう。", "c02"), teller.line(SPEECH, "c01")]
    talk = teller.beat(*lines)
    assert len(_said(in_brief(talk, MEASURES[Language.JA]))) < 3
    told = _said(in_brief(talk, MEASURES[Language.JA], needed=True))
    assert told[1] == "川の話をしてやろう。"
    assert all(words and words in SPEECH for words in (told[0], told[2]))
    assert len(told[0]) < len(SPEECH)


def test_a_sign_stays_when_a_talk_is_made_shorter() -> None:
    teller = Teller()
    sign = teller.line("立入禁止", "c01").model_copy(update={"kind": LineKind.SIGN})
    talk = teller.beat(teller.line("そうかなあ。" * 4, "c02"), sign, teller.line("ほんとうにそう思うよ。" * 4, "c02"))
    scenes = (scene(1, talk, *_beats(teller, 80)),)
    made = _planned(scenes, pages=3)
    told = next(beat for beat in as_told(_plot(scenes, made)).beats() if beat.key == talk.key)
    assert "立入禁止" in _said(told)
    assert len(_said(told)) < 3


def _beats(teller: Teller, count: int) -> tuple[Beat, ...]:
    return tuple(teller.beat(teller.line(SENTENCE)) for _ in range(count))


@pytest.mark.parametrize("panels", [5, 20, ADAPTED_PANELS])
def test_the_weightiest_moments_stay_and_so_do_the_first_and_the_last(panels: int) -> None:
    teller = Teller()
    beats = [
        beat.model_copy(update={"importance": 5 if n in (40, 90) else 2}) for n, beat in enumerate(_beats(teller, 120))
    ]
    made = _planned((scene(1, *beats),), panels=panels)
    shown = {key for page in made.pages for key in page.beats}
    assert {beats[n].key for n in (0, 40, 90, 119)} <= shown
    assert len(made.cuts) == 120 - len(shown)


def test_what_weighs_the_same_is_kept_from_all_over_the_story() -> None:
    teller = Teller()
    beats = _beats(teller, 200)
    shown = {key for page in _planned((scene(1, *beats),)).pages for key in page.beats}
    kept = [n for n, beat in enumerate(beats) if beat.key in shown]
    assert max(b - a for a, b in pairwise(kept)) <= 12


def test_neighbouring_short_lines_share_a_panel_so_more_of_them_stay() -> None:
    teller = Teller()
    beats = [teller.beat(teller.line("そうだね、行こう。", "c01")) for _ in range(60)]
    shown = {key for page in _planned((scene(1, *beats),), panels=40).pages for key in page.beats}
    assert len(shown) > 40
