"""CPU work in other processes: what it answers, what its children load, how they end."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from providers.process_pool import MOST_AHEAD, InlineOffload, Line, open_process_pool, stand_behind, without_secrets

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).resolve().parents[2]


async def test_the_answer_comes_back_from_another_process() -> None:
    async with open_process_pool(1) as offload:
        assert await offload.run(divmod, 17, 5) == (3, 2)
        assert await offload.run(os.getpid) != os.getpid()


async def test_an_error_comes_back_as_it_was_raised() -> None:
    async with open_process_pool(1) as offload:
        with pytest.raises(ZeroDivisionError):
            await offload.run(divmod, 1, 0)
        assert await offload.run(divmod, 1, 1) == (1, 0)


async def test_a_child_loads_the_modules_it_is_told_and_not_the_parents_main_module() -> None:
    async with open_process_pool(1, modules=("manga.geometry",)) as offload:
        names = await offload.run(eval, "sorted({n.split('.')[0] for n in __import__('sys').modules})")
    assert "manga" in names
    assert not {"pytest", "langgraph", "graph", "cli"} & set(names)


async def test_the_inline_twin_runs_the_work_where_it_stands() -> None:
    offload = InlineOffload()
    assert await offload.run(os.getpid) == os.getpid()
    assert await offload.run(divmod, 17, 5) == (3, 2)


def test_children_end_with_a_parent_that_is_killed() -> None:
    program = textwrap.dedent("""
        import asyncio, os, sys
        from providers.process_pool import open_process_pool
        async def main():
            async with open_process_pool(2) as offload:
                print(*await asyncio.gather(offload.run(os.getpid), offload.run(os.getpid)), flush=True)
                await asyncio.Event().wait()
        asyncio.run(main())
    """)
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = {int(pid) for pid in parent.stdout.readline().split()}
    assert children
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    # The children hold the other end of the pipe: it closes when the last of them is gone.
    assert parent.stdout.read() == ""
    parent.stdout.close()


async def test_cancelling_a_wait_leaves_the_pool_usable() -> None:
    async with open_process_pool(1) as offload:
        await offload.run(os.getpid)
        waiting = asyncio.create_task(offload.run(eval, "__import__('time').sleep(0.2)"))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await offload.run(divmod, 4, 2) == (2, 0)


SECRETS = {
    "GOOGLE_API_KEY": "one",
    "LANGSMITH_API_KEY": "two",
    "HF_TOKEN": "three",
    "AWS_SECRET_ACCESS_KEY": "four",
    "REDIS_PASSWORD": "five",
    "MANGA_DATABASE_URL": "postgresql://user:six@host/db",
    "GOOGLE_APPLICATION_CREDENTIALS": "seven",
}


async def test_work_that_is_under_way_when_the_pool_is_left_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    async with asyncio.timeout(20):
        async with open_process_pool(1) as offload:
            for_ever = asyncio.create_task(offload.run(os.open, str(pipe), os.O_WRONLY))
            begun = await asyncio.to_thread(os.open, pipe, os.O_RDONLY)  # the other end: the child is at it
            stuck = asyncio.create_task(offload.run(signal.pause))
            await for_ever
        with pytest.raises((BrokenProcessPool, asyncio.CancelledError)):
            await stuck
    os.close(begun)


async def test_children_are_born_without_a_secret_and_with_everything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MANGA_HOME", "/somewhere")
    async with open_process_pool(1) as offload:
        found = {name: await offload.run(os.getenv, name) for name in (*SECRETS, "MANGA_HOME", "PATH")}
    assert found == dict.fromkeys(SECRETS) | {"MANGA_HOME": "/somewhere", "PATH": os.environ["PATH"]}


def test_other_threads_do_not_miss_a_key_while_a_child_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    command = [sys.executable, "-c", "import os; print(os.environ.get('OPENAI_API_KEY'))"]

    def inherited() -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with without_secrets():
        assert os.environ["OPENAI_API_KEY"] == "sk-secret"
        assert inherited() == "None"
    assert inherited() == "sk-secret"


class OnePlace:
    """A line with one place; whoever has it keeps it until it is `free`."""

    def __init__(self) -> None:
        self.line, self.order, self.free = Line(at_once=1), list[str](), asyncio.Event()

    def send(self, name: str, *, behind: bool = False) -> "asyncio.Task[None]":
        return asyncio.create_task(self._work(name, behind=behind))

    async def _work(self, name: str, *, behind: bool) -> None:
        if behind:
            stand_behind()
        async with self.line.turn():
            self.order.append(name)
            await self.free.wait()


async def test_who_may_not_wait_goes_before_all_who_may() -> None:
    place = OnePlace()
    books = [place.send(f"book {n}", behind=True) for n in range(3)]
    await asyncio.sleep(0)  # the first is in the pool, the others wait
    edit = place.send("edit")
    await asyncio.sleep(0)
    place.free.set()
    await asyncio.gather(*books, edit)
    assert place.order == ["book 0", "edit", "book 1", "book 2"]
    assert place.line.inside == 0


async def test_who_may_wait_does_not_wait_for_ever() -> None:
    place = OnePlace()
    first = place.send("edit")
    await asyncio.sleep(0)  # it is in the pool, the others wait
    books = [place.send("book", behind=True) for _ in range(2)]
    edits = [place.send("edit") for _ in range(2 * MOST_AHEAD)]
    await asyncio.sleep(0)
    place.free.set()
    await asyncio.gather(first, *books, *edits)
    assert place.order == ["edit", *(["edit"] * MOST_AHEAD + ["book"]) * 2]


async def test_who_is_cancelled_while_waiting_keeps_no_place() -> None:
    line = Line(at_once=1)

    async def at_work() -> None:
        async with line.turn():
            await asyncio.sleep(0)

    first, second, third = (asyncio.create_task(at_work()) for _ in range(3))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(first, second, third, return_exceptions=True)
    await at_work()
    assert line.inside == 0


async def test_work_that_stands_in_line_when_the_pool_ends_is_dropped() -> None:
    async with open_process_pool(1) as offload:
        pass
    with pytest.raises(asyncio.CancelledError):
        await offload.run(os.getpid)


async def test_nobody_takes_a_child_that_died_for_the_end_of_the_pool() -> None:
    async with open_process_pool(1) as offload:
        for _ in range(2):
            with pytest.raises(BrokenProcessPool):
                await offload.run(os._exit, 1)
