"""A long line is said by the sentences that a model has chosen of it where there is no room for all."""

import pytest

from agents.plot.draft_in_parts import draft_of
from agents.plot.locate_scenes import place
from manga.abridge_speeches import in_brief, joined_pieces
from manga.brief import Language, Settings
from manga.fit_story_to_pages import as_told
from manga.losses import Reason
from manga.plot import Act, Beat, Line, PagePlan, Plot
from manga.text_capacity import MEASURES
from tests.agents.plot_drafts import DraftModel, beat, draft, made, reading_of, said, source_of

pytestmark = pytest.mark.anyio
SPEECH = "きょうは風が強い。おまえの父に金を七両貸した。山の木がみな鳴っておる！明日までに返せ。さもなくば家をもらう。"
STORY = f"　男が来ました。\n「{SPEECH}」と男は言いました。\n　兵十は青くなりました。\n"
POINT = ("おまえの父に金を七両貸した", "明日までに返せ")
DRAFT = draft(beat("男が来ました"), beat("「きょうは", said(SPEECH, "c02", brief=POINT)), beat("兵十は青く"))


def _speech() -> tuple[Beat, Line]:
    (scene,) = place(DRAFT, reading_of(source_of(STORY)))
    told = scene.scene.beats[1]
    return told, next(line for line in told.lines if line.brief)


def test_what_is_chosen_is_found_by_whole_sentences_in_the_story() -> None:
    _, line = _speech()
    assert [STORY[span.start : span.end] for span in line.brief] == [f"{words}。" for words in POINT]


def test_the_point_is_kept_and_not_the_loudest_sentence() -> None:
    told, line = _speech()
    measure = MEASURES[Language.JA]
    short = next(one for one in in_brief(told, measure).lines if one.key == line.key)
    assert short.text == "おまえの父に金を七両貸した。明日までに返せ。"
    plain = told.model_copy(update={"lines": tuple(one.model_copy(update={"brief": ()}) for one in told.lines)})
    guessed = next(one for one in in_brief(plain, measure).lines if one.key == line.key)
    assert "七両" not in guessed.text


def test_neighbours_are_one_stretch_and_all_of_it_is_none() -> None:
    one = draft(
        beat("男が来ました"),
        beat("「きょうは", said(SPEECH, "c02", brief=("明日までに返せ。", "さもなくば家をもらう。"))),
        beat("兵十は青く"),
    )
    (scene,) = place(one, reading_of(source_of(STORY)))
    (line,) = [line for line in scene.scene.beats[1].lines if line.brief]
    assert [STORY[span.start : span.end] for span in line.brief] == ["明日までに返せ。さもなくば家をもらう。"]
    whole = draft(beat("男が来ました"), beat("「きょうは", said(SPEECH, "c02", brief=(SPEECH,))), beat("兵十は青く"))
    (scene,) = place(whole, reading_of(source_of(STORY)))
    assert not any(line.brief for line in scene.scene.beats[1].lines)


def test_what_is_chosen_twice_is_there_once_and_whole() -> None:
    first = "おまえの父に金を七両貸した。山の木がみな鳴っておる！明日までに返せ。"
    twice = (first, "金を七両貸した。", "山の木がみな鳴っておる！")
    one = draft(beat("男が来ました"), beat("「きょうは", said(SPEECH, "c02", brief=twice)), beat("兵十は青く"))
    (scene,) = place(one, reading_of(source_of(STORY)))
    (line,) = [line for line in scene.scene.beats[1].lines if line.brief]
    assert [STORY[span.start : span.end] for span in line.brief] == [first]


def test_words_that_the_line_does_not_have_are_listed() -> None:
    strange = draft(
        beat("男が来ました"), beat("「きょうは", said(SPEECH, "c02", brief=("金を返せ、たのむ",))), beat("兵十は青く")
    )
    (scene,) = place(strange, reading_of(source_of(STORY)))
    assert [(loss.said, loss.reason) for _, loss in scene.losses] == [("金を返せ、たのむ", Reason.OWN_WORDS)]


async def test_cuts_and_what_is_told_are_the_whole_line() -> None:
    """Of very little room: what its cuts leave of a speech is what was chosen of it."""
    speeches = "".join(f"「{SPEECH}」と男は{n}度めに言いました。\n" for n in range(30))
    story = f"　男が来ました。\n{speeches}　兵十は青くなりました。\n"
    beats = [beat(f"「{SPEECH[:4]}", said(SPEECH, "c02", brief=POINT)) for _ in range(30)]
    plot = await made(
        DraftModel(lambda ask: draft(beat("男が来ました"), *beats, beat("兵十は青く"))),
        story,
        Settings(fidelity="adapted", pages=4),
    )
    told = {line.key: line for one in as_told(plot).beats() if one.key in plot.shown() for line in one.lines}
    short = [line for one in plot.beats() for line in one.lines if line.key in told and told[line.key] != line]
    assert short
    for line in short:
        assert told[line.key].text == joined_pieces(line, line.brief).text
        inside = [cut for cut in plot.cuts if line.span.start <= cut.start and cut.end <= line.span.end]
        assert len(inside) == 3


def test_what_was_chosen_is_in_the_question_about_the_plot_again() -> None:
    (scene,) = place(DRAFT, reading_of(source_of(STORY)))
    plot = Plot(
        acts=(Act(name="opening", scenes=("s01",)),),
        scenes=(scene.scene,),
        pages=(PagePlan(number=1, beats=tuple(one.key for one in scene.scene.beats)),),
    )
    again = draft_of(plot, STORY)
    assert again is not None
    assert [line.brief for one in again.beats() for line in one.lines] == [tuple(f"{words}。" for words in POINT)]
