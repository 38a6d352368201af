"""The working time of a work: what it follows from, what uses it up, what comes after."""

from dataclasses import replace
from pathlib import Path

import pytest

from manga.panel_brief import PanelBrief
from manga.phases import Phase
from storage.base import Work, WorkStatus
from storage.database import Pool, connection
from storage.works import read_counters
from tests.works.desk import APPROVE, Desk, opened
from tests.works.lines import edit_of
from tests.works.scripted import brief
from works.run import WORKED, working_limit

pytestmark = pytest.mark.anyio
TOO_LONG_S = 700.0


@pytest.mark.parametrize(
    ("characters", "pages", "seconds"),
    [
        (5_000, "auto", 600),
        (10_001, "auto", 720),
        (5_000, 10, 600),
        (5_000, 20, 1200),
        (50_000, 64, 4320),
        (95_000, "auto", 2520),
    ],
)
async def test_the_working_time_follows_the_size_of_the_request(
    characters: int, pages: int | str, seconds: float
) -> None:
    asked = brief("x" * characters)
    asked = asked.model_copy(update={"settings": asked.settings.model_copy(update={"pages": pages})})
    assert working_limit(asked) == seconds
    assert working_limit(asked.model_copy(update={"working_minutes": 90})) == 5400


async def asked_before_artwork(pool: Pool, tmp_path: Path) -> Desk:
    """A work whose person looks at each phase, on a clock that a picture puts forward. It waits at the storyboard."""
    desk = await opened(pool, tmp_path, feedback=True)
    desk.runner = replace(desk.runner, seconds=desk.it.clock.monotonic)
    for _ in range(3):
        await desk.answer(APPROVE)
    return desk


def slow(desk: Desk) -> None:
    def draw(panel: PanelBrief) -> None:
        desk.it.clock.now += TOO_LONG_S

    desk.it.images.on_draw = draw


async def missing(desk: Desk) -> list[str]:
    art = (await desk.runner.story.values(desk.work_id))["artwork"]
    return [key for key in art if art[key]["status"] == "placeholder"]


async def finished(desk: Desk) -> Work:
    while (await desk.work()).status is WorkStatus.AWAITING_FEEDBACK:
        await desk.answer(APPROVE)
    return await desk.work()


async def worked_s(desk: Desk) -> float:
    async with connection(desk.pool) as conn:
        return (await read_counters(conn, desk.work_id)).get(WORKED, 0) / 1000


async def test_a_book_whose_time_was_used_up_is_delivered_and_its_missing_pictures_can_be_drawn_later(
    pool: Pool, tmp_path: Path
) -> None:
    desk = await asked_before_artwork(pool, tmp_path)
    slow(desk)
    book = await finished(desk)
    lost = await missing(desk)
    assert (book.status, book.degraded) == (WorkStatus.COMPLETED, True)
    assert lost
    assert "working time" in str(book.warnings)
    assert await worked_s(desk) > 600

    desk.it.images.on_draw = None
    await desk.answer({"action": "edit", "edits": [edit_of("c01", description="older")]})
    book = await finished(desk)
    assert await missing(desk) == []
    assert (book.status, book.degraded, book.warnings) == (WorkStatus.COMPLETED, False, [])


async def test_words_go_on_when_the_time_is_used_up(pool: Pool, tmp_path: Path) -> None:
    desk = await opened(pool, tmp_path, feedback=True)
    desk.runner = replace(desk.runner, seconds=desk.it.clock.monotonic)
    answer, text = desk.it.text.answer, desk.it.text

    async def slowly(ask):  # type: ignore[no-untyped-def]
        desk.it.clock.now += TOO_LONG_S
        return await answer(ask)

    text.answer = slowly  # type: ignore[method-assign]
    book = await finished(desk)
    assert (book.status, book.degraded) == (WorkStatus.COMPLETED, True)
    assert desk.it.images.drawn == []
    assert {phase.value for phase in Phase} <= set((await desk.runner.story.values(desk.work_id)).keys())


async def test_a_persons_time_to_answer_is_no_working_time(pool: Pool, tmp_path: Path) -> None:
    desk = await asked_before_artwork(pool, tmp_path)
    desk.it.clock.now += TOO_LONG_S
    book = await finished(desk)
    assert (book.degraded, await missing(desk)) == (False, [])
    assert await worked_s(desk) < 1
