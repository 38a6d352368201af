"""What a moment counts on stays with it, and what only words can tell is known: both are said in a draft, by words of
the story."""

from itertools import pairwise

import pytest

from agents.plot.condense_to_pages import bonds_of, kept_for_others
from agents.plot.draft_in_parts import draft_of
from agents.plot.locate_scenes import Reading, place
from agents.prompt_facts import told_scenes
from manga.brief import Language, Settings
from manga.characters import Cast, SpeechStyle
from manga.fit_story_to_pages import load_of
from manga.losses import LossKind, Reason
from manga.plot import LineKind, Plot, Weather, needs_of
from manga.plot_draft import BeatDraft, PlotDraft
from manga.text_capacity import MEASURES
from manga.values import Span
from tests.agents.plot_drafts import CAST, DraftModel, beat, draft, made, reading_of, said, scene, source_of
from tests.offline.storyboard_plots import Teller
from tests.offline.storyboard_plots import scene as scene_of

pytestmark = pytest.mark.anyio

STORY = (
    "　兵十は耳がとおい。むかし、雷にうたれたのです。\n"
    "　ごんは石ばんに字を書きました。\n"
    "「なんだ」と、兵十は、目をほそくして言いました。\n"
    "　兵十は字を読みました。\n"
)
DEAF = beat("兵十は耳がとおい", captions=("兵十は耳がとおい",))
WRITES = beat("ごんは石ばんに", needs=("兵十は耳がとおい",), present=("c01",))
SAYS = beat("「なんだ」と", said("なんだ", "c02"))
READS = beat("兵十は字を読み", needs=("ごんは石ばんに",))
ADAPTED = Settings(fidelity="adapted")


async def plotted(*beats: BeatDraft, settings: Settings = ADAPTED, teller: str | None = None) -> Plot:
    answer = PlotDraft(scenes=(scene(*beats),), teller=teller)
    return await made(DraftModel(lambda ask: PlotDraft.of(answer.to_json())), STORY, settings)


async def test_what_a_moment_counts_on_is_found_by_its_first_words() -> None:
    plot = await plotted(DEAF, WRITES, SAYS, READS)
    assert needs_of(plot.beats()) == {"b0002": ("b0001",), "b0004": ("b0002",)}
    assert bonds_of(plot.scenes)["b0004"] == ("b0002", "b0001"), "with all that those count on"
    assert plot.losses == ()


async def test_a_moment_may_count_on_a_later_one() -> None:
    deaf = DEAF.model_copy(update={"needs": ("ごんは石ばんに",)})
    plot = await plotted(deaf, WRITES.model_copy(update={"needs": ()}), SAYS, READS.model_copy(update={"needs": ()}))
    assert needs_of(plot.beats()) == {"b0001": ("b0002",)}


async def test_hour_weather_and_place_of_a_moment_are_kept_and_told_when_it_is_shown_again() -> None:
    rains = {"weather": Weather.RAIN, "place": "むかしの森", "setting": "forest", "flashback": True}
    plot = await plotted(DEAF.model_copy(update=rains), WRITES, SAYS, READS)
    first = plot.beats()[0]
    assert {name: getattr(first, name) for name in rains} == rains
    again = draft_of(plot, STORY)
    assert again is not None
    assert {name: getattr(again.beats()[0], name) for name in rains} == rains
    assert not {*rains, "time_of_day"} & plot.beats()[1].to_json().keys(), "others are written as before"


async def test_words_that_no_moment_begins_with_are_refused_by_name() -> None:
    plot = await plotted(DEAF, WRITES.model_copy(update={"needs": ("どこにもない",)}), SAYS, READS)
    (loss,) = plot.losses
    assert (loss.kind, loss.element, loss.what, loss.said) == (LossKind.REFUSED, "b0002", "needs", "どこにもない")


async def test_nothing_is_cut_that_a_moment_of_the_book_needs() -> None:
    plot = await plotted(DEAF.model_copy(update={"cut": True}), WRITES, SAYS.model_copy(update={"cut": True}), READS)
    assert plot.shown() == {"b0001", "b0002", "b0004"}
    told = {(loss.kind, loss.element, loss.reason) for loss in plot.losses}
    assert told == {(LossKind.REFUSED, "b0001", Reason.NEEDED), (LossKind.CUT, "b0003", Reason.EDITOR)}


async def test_who_is_cut_himself_keeps_nothing() -> None:
    cut = {"cut": True}
    plot = await plotted(DEAF.model_copy(update=cut), WRITES.model_copy(update=cut), SAYS, READS.model_copy(update=cut))
    assert plot.shown() == {"b0003"}


def test_a_long_row_of_needs_is_followed_to_its_end() -> None:
    teller = Teller()
    row = [teller.beat(teller.line("むかし、川がありました。")) for _ in range(5)]
    linked = [row[0], *(b.model_copy(update={"needs": (a.span.start,)}) for a, b in pairwise(row))]
    scenes = [scene_of(1, *linked)]
    assert kept_for_others(scenes, frozenset(b.key for b in row[:4])) == frozenset()
    assert kept_for_others(scenes, frozenset(b.key for b in row)) == frozenset(b.key for b in row)


async def test_narration_that_must_be_read_is_known_by_its_line() -> None:
    plot = await plotted(DEAF, WRITES, SAYS, READS)
    (page_scene,) = told_scenes(plot.scenes)
    lines = [(line.text, line.must) for line in page_scene.beats[0].lines]
    assert lines == [("兵十は耳がとおい。", "兵十は耳がとおい。"), ("むかし、雷にうたれたのです。", "")]


async def test_a_clause_beside_an_utterance_becomes_a_line_where_it_must_be_read() -> None:
    """`「なんだ」と、兵十は、目をほそくして言いました。` is no line else."""
    plain = (await plotted(DEAF, WRITES, SAYS, READS)).beats()[2]
    assert [line.kind for line in plain.lines] == [LineKind.SPEECH]
    read = SAYS.model_copy(update={"captions": ("兵十は、目をほそくして言いました",)})
    (_, told) = (await plotted(DEAF, WRITES, read, READS)).beats()[2].lines
    assert told.kind is LineKind.NARRATION
    assert "目をほそくして" in told.text


async def test_captions_in_words_that_are_not_the_narrations_are_refused() -> None:
    plot = await plotted(DEAF.model_copy(update={"captions": ("兵十はつんぼだ",)}), WRITES, SAYS, READS)
    (loss,) = plot.losses
    assert (loss.kind, loss.element, loss.what) == (LossKind.REFUSED, "b0001", "captions")
    spoken = await plotted(DEAF, WRITES, SAYS.model_copy(update={"captions": ("なんだ",)}), READS)
    assert [(loss.element, loss.what) for loss in spoken.losses] == [("b0003", "captions")]


async def test_captions_take_room_as_balloons_do() -> None:
    plot = await plotted(DEAF, WRITES, SAYS, READS)
    measure = MEASURES[Language.JA]
    with_caption, without = plot.beats()[0], plot.beats()[0].model_copy(update={"captions": ()})
    assert load_of(with_caption, measure).letters == len("兵十は耳がとおい。") + load_of(without, measure).letters


async def test_who_tells_the_story_is_one_of_the_cast() -> None:
    assert (await plotted(DEAF, WRITES, SAYS, READS, teller="c02")).teller == "c02"
    strange = await plotted(DEAF, WRITES, SAYS, READS, teller="c09")
    assert strange.teller is None
    assert [(loss.what, loss.said, loss.reason) for loss in strange.losses] == [("teller", "c09", Reason.NOT_IN_CAST)]


async def test_a_plot_that_names_none_of_this_is_written_as_before() -> None:
    plain = await plotted(
        *(one.model_copy(update={"needs": (), "captions": ()}) for one in (DEAF, WRITES, SAYS, READS))
    )
    told = plain.to_json()
    assert "teller" not in told
    assert not {"needs", "captions"} & {name for one in told["scenes"][0]["beats"] for name in one}  # type: ignore[index]


def test_needs_in_a_part_may_name_words_before_it() -> None:
    """A part is read with the end of the one before it."""
    source = source_of(STORY)
    start = STORY.index("　兵十は字を")
    (placed,) = place(draft(READS), reading_of(source, Span(start=start, end=len(STORY))))
    assert placed.scene.beats[0].needs == (STORY.index("ごんは石ばんに"),)
    assert placed.losses == ()


async def test_all_that_is_kept_for_others_is_told_though_nothing_is_cut() -> None:
    plot = await plotted(DEAF.model_copy(update={"cut": True}), WRITES, SAYS, READS)
    assert [loss.reason for loss in plot.losses] == [Reason.NEEDED]


async def test_a_draft_that_is_shown_again_names_the_same_needs_and_captions() -> None:
    plot = await plotted(DEAF, WRITES, SAYS, READS, teller="c01")
    again = draft_of(plot, STORY)
    assert again is not None
    answer = PlotDraft.of(again.to_json())
    assert answer.teller == "c01"
    made_again = await made(DraftModel(lambda ask: answer), STORY, ADAPTED)
    assert needs_of(made_again.beats()) == needs_of(plot.beats())
    assert [one.captions for one in made_again.beats()] == [one.captions for one in plot.beats()]


async def test_whoever_never_speaks_above_a_whisper_whispers() -> None:
    hushed = CAST.characters[1].model_copy(update={"speech": SpeechStyle(voice="hushed")})
    cast = Cast(characters=(CAST.characters[0], hushed))
    beats = (DEAF, WRITES, SAYS, READS)
    (placed,) = place(draft(*beats), Reading(source_of(STORY), Span(start=0, end=len(STORY)), cast))
    assert placed.scene.beats[2].lines[0].kind is LineKind.WHISPER
