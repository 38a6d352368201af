"""Phase 3 with models that are asked in parts: one call a part, one plot over all of them."""

import asyncio
import json
import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.plot.locate_scenes import place
from agents.plot.story_parts import join, parts_of
from manga.brief import Settings
from manga.errors import AnswerInvalid, ContentBlocked, ProviderBusy, QuotaExhausted, RateLimited
from manga.plot_draft import PlotDraft
from manga.story_source import read_source
from providers.base import Ask
from tests.agents.plot_drafts import (
    CHAPTER,
    LONG,
    SHORT,
    SHORT_DRAFT,
    DraftModel,
    Shelf,
    beat,
    by_rule,
    draft,
    drafted,
    made,
    reading_of,
    scene,
    source_of,
)

pytestmark = pytest.mark.anyio


async def test_a_short_story_is_one_question() -> None:
    model = DraftModel(lambda ask: SHORT_DRAFT)
    plot = await made(model)
    assert model.prompts == ["plot"]
    assert [beat.key for beat in plot.beats()] == ["b0001", "b0002", "b0003"]
    assert [page.beats for page in plot.pages] == [("b0001", "b0002", "b0003")]
    assert model.asks[0].inputs["story"] == read_source(SHORT).text


async def test_a_model_reads_the_story_without_its_mark_up() -> None:
    model = DraftModel(lambda ask: draft(beat("小川の堤")))
    plot = await made(model, "　小川《おがわ》の堤です。")
    assert model.asks[0].inputs["story"] == "　小川の堤です。"
    assert [ruby.reading for ruby in plot.beats()[0].lines[0].ruby] == ["おがわ"]


async def test_the_parts_of_a_long_story_are_asked_for_at_once() -> None:
    parts = parts_of(read_source(LONG))
    started = asyncio.Barrier(len(parts))

    class Waiting(DraftModel):
        async def answer(self, ask: Ask[Any]) -> Any:
            await started.wait()
            return await super().answer(ask)

    model = Waiting(by_rule)
    async with asyncio.timeout(4):
        plot = await made(model, LONG)
    assert len(parts) == 3
    assert model.prompts == ["plot_part"] * 3
    assert sorted(ask.inputs["part"] for ask in model.asks) == ["1 of 3", "2 of 3", "3 of 3"]
    spans = [beat.span for beat in plot.beats()]
    assert (spans[0].start, spans[-1].end) == (0, len(read_source(LONG).text))
    assert all(a.end == b.start for a, b in pairwise(spans))


async def test_keys_are_counted_over_the_whole_and_chapters_are_headings() -> None:
    plot = await made(DraftModel(by_rule), LONG)
    assert [beat.key for beat in plot.beats()] == [f"b{n:04d}" for n in range(1, len(plot.beats()) + 1)]
    assert [scene.heading for scene in plot.scenes if scene.heading] == ["第一章", "第二章", "第三章"]
    assert [act.name for act in plot.acts] == ["opening", "development", "turn", "ending"]
    assert sorted(key for act in plot.acts for key in act.scenes) == [scene.key for scene in plot.scenes]


async def test_a_part_is_read_with_what_is_beside_it() -> None:
    model = DraftModel(by_rule)
    await made(model, LONG)
    first, second, _ = model.asks
    assert first.inputs["before"] == ""
    assert first.inputs["after"].startswith("第二章")
    assert first.inputs["story"].endswith(second.inputs["before"] + "\n\n\n")


async def test_a_scene_that_goes_on_over_a_border_is_one() -> None:
    def going_on(ask: Ask[Any]) -> PlotDraft:
        found = drafted(ask.inputs["story"])
        first = found.scenes[0].model_copy(update={"goes_on": True})
        return found.model_copy(update={"scenes": (first, *found.scenes[1:])})

    apart, joined = await made(DraftModel(by_rule), LONG), await made(DraftModel(going_on), LONG)
    assert len(joined.scenes) == len(apart.scenes) - 2
    assert [beat.span for beat in joined.beats()] == [beat.span for beat in apart.beats()]


async def test_a_quote_that_is_not_found_is_asked_for_again_with_its_fault() -> None:
    wrong = draft(beat("ごんは川へ"), beat("与平が来た"))
    model = DraftModel(lambda ask: SHORT_DRAFT if ask.inputs["faults"] else wrong)
    assert len((await made(model)).beats()) == 3
    assert model.asks[1].inputs["faults"] == ("The evidence of beat 2 is not in the text: 与平が来た",)
    assert model.asks[1].revision.previous == wrong


async def test_an_answer_that_stays_wrong_names_its_beat() -> None:
    with pytest.raises(AnswerInvalid, match="与平が来た") as refused:
        await made(DraftModel(lambda ask: draft(beat("ごんは川へ"), beat("与平が来た"))))
    assert (refused.value.element, refused.value.phase) == ("b0002", "plot")


def failing(number: int, error: Exception) -> DraftModel:
    def answer(ask: Ask[Any]) -> PlotDraft:
        if ask.inputs["part"].startswith(f"{number} "):
            raise error
        return by_rule(ask)

    return DraftModel(answer)


async def test_a_part_that_fails_is_named_by_its_first_words() -> None:
    with pytest.raises(ContentBlocked, match=r"part 2 of 3 of the story: 第二章 0日めに") as refused:
        await made(failing(2, ContentBlocked()), LONG)
    assert refused.value.element == "part 2"


async def test_a_wrong_beat_of_a_part_is_named_with_the_part() -> None:
    def answer(ask: Ask[Any]) -> PlotDraft:
        return draft(beat("なにもない")) if ask.inputs["part"].startswith("3") else by_rule(ask)

    with pytest.raises(AnswerInvalid, match=r"なにもない \(In part 3 of 3") as refused:
        await made(DraftModel(answer), LONG)
    assert refused.value.element == "b0001"


async def test_only_the_part_that_failed_is_asked_for_again() -> None:
    shelf = Shelf()
    with pytest.raises(ProviderBusy):
        await made(failing(2, ProviderBusy()), LONG, shelf=shelf)
    again = DraftModel(by_rule)
    plot = await made(again, LONG, shelf=shelf)
    assert [ask.inputs["part"] for ask in again.asks] == ["2 of 3"]
    assert plot == await made(DraftModel(by_rule), LONG)


async def test_of_several_failures_the_one_that_takes_longest_to_heal_is_told() -> None:
    errors = {"1": RateLimited(retry_after_s=2.0), "2": QuotaExhausted(), "3": ProviderBusy()}

    def answer(ask: Ask[Any]) -> PlotDraft:
        raise errors[ask.inputs["part"][0]]

    with pytest.raises(QuotaExhausted) as refused:
        await made(DraftModel(answer), LONG)
    assert "part" not in refused.value.message


async def test_an_adapted_book_leaves_out_what_an_editor_would_and_lists_it() -> None:
    cut = SHORT_DRAFT.beats()[1].model_copy(update={"cut": True})
    answer = draft(SHORT_DRAFT.beats()[0], cut, SHORT_DRAFT.beats()[2])
    plot = await made(DraftModel(lambda ask: answer), settings=Settings(fidelity="adapted"))
    assert [page.beats for page in plot.pages] == [("b0001", "b0003")]
    assert plot.cuts == (plot.beats()[1].span,)
    assert (await made(DraftModel(lambda ask: answer))).cuts == ()


async def test_a_beat_that_leaves_something_open_names_what_its_page_holds_back() -> None:
    def hooked(ask: Ask[Any]) -> PlotDraft:
        return drafted(ask.inputs["story"], hook="だれが見ているのか", importance=3)

    plot = await made(DraftModel(hooked), "　" + CHAPTER[:3000])
    assert {page.hook for page in plot.pages[:-1]} == {"だれが見ているのか"}
    assert plot.pages[-1].hook == ""


@given(st.integers(2, 9), st.randoms(use_true_random=False), st.integers(20, 400))
def test_joining_does_not_depend_on_the_order_in_which_parts_come_in(
    count: int, order: random.Random, size: int
) -> None:
    source = source_of("".join(f"{n}番めに、ごんは川へ行きました。\n" for n in range(count * 12)))
    borders = [0, *(source.text.index(f"{n * 12}番め") for n in range(1, count)), len(source.text)]
    parts = []
    for start, end in pairwise(borders):
        reading = reading_of(source)
        reading = replace(reading, span=reading.span.model_copy(update={"start": start, "end": end}))
        parts.append(place(drafted(source.text[start:end], size), reading))
    shuffled = list(parts)
    order.shuffle(shuffled)
    joined = join(parts)
    assert join(shuffled) == joined
    beats = [beat for scene in joined.scenes for beat in scene.beats]
    assert "".join(source.text[beat.span.start : beat.span.end] for beat in beats) == source.text


def test_more_scenes_than_keys_can_count_are_refused() -> None:
    source = source_of("ごんは川へ行きました。")
    (one,) = place(draft(beat("ごんは")), reading_of(source))
    with pytest.raises(AnswerInvalid, match="1000 scenes"):
        join([[one] * 1000])


def test_a_draft_keeps_to_plain_json() -> None:
    assert PlotDraft.of(json.loads(json.dumps(SHORT_DRAFT.to_json()))) == SHORT_DRAFT


def test_words_that_run_too_long_are_cut_and_cost_no_call() -> None:
    told = scene(*SHORT_DRAFT.beats()).to_json() | {"what_happens": "あ" * 900}
    assert len(PlotDraft.of({"scenes": [told]}).scenes[0].what_happens) == 600
