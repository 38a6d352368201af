"""Strips of any model: pages whose panels do not add up are mended, plans get as many panels as strips need."""

from dataclasses import replace
from typing import Any

import pytest

from agents.storyboard.page_plan import in_strips, planned_in_strips
from manga.brief import Settings
from manga.comic_strips import Strip
from manga.storyboard import PageDraft, StoryboardDraft
from manga.storyboard_plan import BookPlan, PlannedPage
from providers.base import Ask
from tests.agents.storyboard_models import BatchModel, made, told
from tests.drawing.layout.drafts import page, panel


class FreeModel(BatchModel):
    """A model that does not know of strips."""

    async def answer(self, ask: Ask[Any]) -> Any:
        free = {name: Settings() if name == "settings" else value for name, value in ask.inputs.items()}
        return await super().answer(replace(ask, inputs=free))


def _draft(count: int, *strips: Strip) -> StoryboardDraft:
    made_up: PageDraft = page(*map(panel, range(count))).model_copy(update={"strips": strips})
    return StoryboardDraft(pages=(made_up,))


def _plan(*sizes: int) -> BookPlan:
    pages = (PlannedPage(number=n, beats=(f"b{n:04}",), weights=(2,) * size) for n, size in enumerate(sizes, start=1))
    return BookPlan(pages=tuple(pages))


def _sizes(plan: BookPlan) -> list[int]:
    return [len(page.weights) for page in plan.pages]


def test_a_model_that_forgets_its_strips_gets_even_ones() -> None:
    found = in_strips(_draft(7), "yonkoma").pages[0]
    assert [strip.panels for strip in found.strips] == [4, 3]


def test_strips_in_a_free_book_are_dropped() -> None:
    assert in_strips(_draft(4, Strip(title="鍵", panels=4)), "free").pages[0].strips == ()


def test_a_plan_of_strips_has_eight_panels_a_page_or_nine() -> None:
    assert _sizes(planned_in_strips(_plan(5, 6), "yonkoma", None)) == [8, 8]
    assert _sizes(planned_in_strips(_plan(5, 6), "strip", None)) == [9, 9]
    assert planned_in_strips(_plan(5, 6), "free", None) == _plan(5, 6)


def test_a_limit_of_pictures_wins_over_strips() -> None:
    assert _sizes(planned_in_strips(_plan(5, 5, 4), "yonkoma", 17)) == [8, 5, 4]


@pytest.mark.anyio
async def test_a_book_of_strips_is_drawn_up_in_batches_and_laid_out_in_columns() -> None:
    board = await made(told(2, layout="yonkoma"), FreeModel())
    assert {found.layout.name for found in board.pages} == {"yonkoma"}
    assert all(sum(strip.panels for strip in found.strips) == len(found.panels) for found in board.pages)
