"""Any version can be read, forked and restored, and no other one changes by it."""

from pathlib import Path

import pytest

from manga.errors import Conflict, EditRejected, NotFound
from manga.phases import PHASES
from storage.base import WorkStatus
from storage.database import Pool, connection
from storage.work_commands import list_commands
from storage.works import read_result, take_epoch
from tests.graph.told import brief
from tests.works.desk import APPROVE, Desk, opened
from tests.works.lines import edit_of, finished, head, history, sender, state, waiting
from works.base import Ticket
from works.versions.branching import checked_name, fork_from, restore
from works.versions.tree import find_version, line_of

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(pool: Pool, tmp_path: Path) -> Desk:
    return await waiting(pool, tmp_path)


@pytest.fixture
async def book(pool: Pool, tmp_path: Path) -> Desk:
    return await finished(pool, tmp_path)


async def test_every_version_can_be_read_as_its_review_saw_it(book: Desk) -> None:
    for phase in PHASES:
        found = await state(book, phase)
        made = [name for name in PHASES if found.get(name)]
        assert made == list(PHASES[: phase.number])


async def test_a_version_is_found_by_everything_a_person_may_call_it(desk: Desk) -> None:
    found = await history(desk)
    plot = found.versions[2]
    for text in ("plot", "3", plot.version_id, plot.version_id[:8], plot.version_id[:8].upper()):
        assert find_version(found, text) == plot
    assert find_version(found, "head") == find_version(found, "main") == found.versions[-1]
    for text in ("finishing", "9", "0", plot.version_id[:3], "nothing", "", "²"):
        with pytest.raises(NotFound):
            find_version(found, text)


async def test_a_restored_version_is_the_newest_and_nothing_before_it_changes(desk: Desk) -> None:
    before = await desk.versions()
    cast = await state(desk, "characters")
    await restore(sender(desk), desk.work_id, "characters")
    work = await desk.run()
    after = await desk.versions()
    assert after[:-1] == before
    new = after[-1]
    assert (new.phase, new.kind, new.branch, new.author) == ("characters", "restore", "main", "person")
    assert new.parent_version_id == before[-1].version_id
    assert new.change_description == f"restored characters {before[1].version_id[:8]}"
    assert work.pending_review is not None
    assert work.pending_review["version_id"] == new.version_id
    assert {**await state(desk), "version": "", "feedback": {}} == {**cast, "version": "", "feedback": {}}

    await desk.answer(APPROVE)
    assert [(v.phase, v.kind) for v in (await desk.versions())[len(after) :]] == [("plot", "phase")]


async def test_a_restore_can_be_taken_back_by_another(desk: Desk) -> None:
    storyboard = (await state(desk))["storyboard"]
    for version in ("concept", "4"):
        await restore(sender(desk), desk.work_id, version)
        await desk.run()
    assert (await state(desk))["storyboard"] == storyboard
    with pytest.raises(Conflict, match="newest already"):
        await restore(sender(desk), desk.work_id, "head")


async def test_a_finished_book_that_is_restored_is_delivered_without_drawing(book: Desk) -> None:
    drawn, made = len(book.it.images.drawn), await book.versions()
    await restore(sender(book), book.work_id, "plot")
    work = await book.run()
    assert work.status is WorkStatus.COMPLETED
    new = (await book.versions())[len(made) :]
    assert [(v.phase, v.kind) for v in new] == [("finishing", "restore")]
    assert len(book.it.images.drawn) == drawn
    assert [v.version_id for v in line_of(await history(book), new[-1])][-1] == made[0].version_id


async def test_the_result_names_the_versions_that_it_comes_from(book: Desk) -> None:
    first = [version.version_id for version in await book.versions()]
    await book.answer({"action": "edit", "edits": [edit_of("c01", description="older")]})
    await restore(sender(book), book.work_id, "3")
    await book.run()
    async with connection(book.pool) as conn:
        result = await read_result(conn, book.work_id)
    assert result is not None
    named = [phase["version_id"] for phase in result["phase_results"]]
    new = (await book.versions())[-1].version_id
    assert named == [*first[:2], *[new] * 5]


async def test_a_restore_that_a_crash_interrupted_is_one_version(desk: Desk) -> None:
    before = await desk.versions()
    await restore(sender(desk), desk.work_id, "plot")
    async with connection(desk.pool) as conn:
        order = (await list_commands(conn, desk.work_id, pending_only=True))[-1]
        epoch = await take_epoch(conn, desk.work_id)
    # The process dies after the old state was written again, and before that was written down.
    await desk.runner.story.fork(Ticket(desk.work_id, "local", epoch, brief(), 60.0, order), order)
    work = await desk.run()
    (new,) = (await desk.versions())[len(before) :]
    assert new.kind == "restore"
    assert work.pending_review is not None
    assert work.pending_review["version_id"] == new.version_id


async def test_a_fork_of_a_finished_book_is_a_line_with_versions_of_its_own(book: Desk) -> None:
    await fork_from(sender(book), book.work_id, "plot", "夜")
    assert (await book.run()).status is WorkStatus.COMPLETED
    found = await history(book)
    assert [branch.name for branch in found.branches] == ["main", "夜"]
    assert found.current == found.branches[1]
    own = [version for version in found.versions if version.branch == "夜"]
    assert [version.phase for version in own] == ["storyboard", "artwork", "lettering", "finishing"]
    assert find_version(found, "main").branch == "main"


async def test_a_sentence_to_a_forked_book_goes_on_with_its_line(book: Desk) -> None:
    await fork_from(sender(book), book.work_id, "finishing")
    await book.run()
    before = await book.versions()
    assert (await history(book)).current.name == "branch-2"  # type: ignore[union-attr]
    await book.answer({"action": "feedback", "text": "登場人物をもっと若く"})
    new = (await book.versions())[len(before) :]
    assert {version.branch for version in new} == {"branch-2"}
    assert [(version.phase, version.kind, version.author) for version in new] == [("finishing", "feedback", "person")]


async def test_a_fork_carries_a_sentence_out(desk: Desk) -> None:
    await fork_from(sender(desk), desk.work_id, "plot", "other", "登場人物をもっと若く")
    work = await desk.run()
    assert work.pending_review is not None
    assert (work.pending_review["phase"], work.pending_review["branch"]) == ("characters", "other")


@pytest.mark.parametrize("name", ["plot", "head", "12", "-x", "a b", "../x", "", "x" * 41])
def test_what_means_something_else_is_no_name_for_a_branch(name: str) -> None:
    with pytest.raises(EditRejected, match="branch"):
        checked_name(name)


async def test_no_branch_is_opened_under_such_a_name(desk: Desk) -> None:
    with pytest.raises(EditRejected, match="branch"):
        await fork_from(sender(desk), desk.work_id, "plot", "head")


async def test_a_version_of_another_work_is_none_of_this(desk: Desk, pool: Pool, tmp_path: Path) -> None:
    other = await opened(pool, tmp_path / "other", feedback=True)
    foreign = (await head(other)).version_id
    with pytest.raises(NotFound):
        await restore(sender(desk), desk.work_id, foreign)


async def test_a_work_that_is_being_done_takes_no_order(desk: Desk) -> None:
    await restore(sender(desk), desk.work_id, "plot")
    with pytest.raises(Conflict, match="being done"):
        await restore(sender(desk), desk.work_id, "concept")
