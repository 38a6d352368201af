"""A work with 200 versions of 300 panels: listing, reading, comparing, pruning. Out: a line a figure, beside its bound.

Its servers are embedded ones, in a folder that goes afterwards.

python -m benchmarks.version_tree_speed
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from langgraph.checkpoint.base import empty_checkpoint

from benchmarks.figure import Figure, told
from editing.compare_versions import difference
from editing.state_as_json import Json
from graph.checkpointer import FencedSaver, open_checkpointer
from graph.thread_config import config_of
from storage.base import NewVersion
from storage.choose_servers import open_servers_sync
from storage.database import Pool, connection, open_database, transaction
from storage.migrate import migrate
from storage.settings import StorageSettings
from storage.versions import commit_version, read_history
from storage.works import accept, take_epoch
from works.versions.tree import find_version, prune_states, read_state

VERSIONS = 200
PANELS = 300
RUNS = 15
_PHASES = ("storyboard", "artwork", "lettering", "finishing")


async def median(what: Callable[[], Awaitable[object]], runs: int = RUNS) -> float:
    """Seconds, after a first time that does not count."""
    await what()
    spent = []
    for _ in range(runs):
        begun = time.perf_counter()
        await what()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def _storyboard(turn: int) -> Json:
    pages = [_page(number, turn) for number in range(1, PANELS // 6 + 1)]
    return {"pages": pages}


def _page(number: int, turn: int) -> Json:
    keys = [f"b{number * 10 + place:04}" for place in range(6)]
    square = [[0, 0], [80, 0], [80, 60], [0, 60]]
    frames = [{"key": key, "polygon": square, "importance": 2} for key in keys]
    layout = {"frames": frames, "flow": "rtl"}
    panels = [_panel(key, turn) for key in keys]
    return {"key": f"g{number:03}", "number": number, "side": "left", "layout": layout, "panels": panels}


def _panel(key: str, turn: int) -> Json:
    seen = f"version {turn if key.endswith('3') else 0} of what is seen in this panel"
    direction = {"shot": "bust", "setting": "river", "seen": seen, "emotion": f"e{turn}", "figures": []}
    part = {
        "key": f"l{key[1:]}.1",
        "line": f"l{key[1:]}",
        "kind": "speech",
        "text": "What is said here.",
        "speaker": "c01",
    }
    return {
        "key": key,
        "role": "talk",
        "importance": 2,
        "beats": [key],
        "direction": direction,
        "dialogue": {"parts": [part]},
    }


async def _fill(pool: Pool, saver: FencedSaver, work: UUID) -> None:
    """Three checkpoints a version, as an edit makes them; a branch leaves at every tenth."""
    async with transaction(pool) as conn:
        await accept(conn, work_id=work, tenant="local", request_id="bench", request_digest="d", brief={})
        epoch = await take_epoch(conn, work)
        await conn.execute("UPDATE works SET status = 'completed' WHERE id = %s", (work,))
    config: Any = config_of(str(work), epoch)
    parent = None
    for turn in range(VERSIONS):
        for step in range(3):
            config = await _checkpoint(saver, config, epoch, turn, step)
        new = NewVersion(
            work, config["configurable"]["checkpoint_id"], _PHASES[turn % 4], "phase", parent, f"line-{turn // 10}"
        )
        async with connection(pool) as conn:
            parent = (await commit_version(conn, new, event=None)).version.version_id


async def _checkpoint(saver: FencedSaver, config: Any, epoch: int, turn: int, step: int) -> Any:
    checkpoint = empty_checkpoint()
    version = f"{turn:04}.{step}"
    checkpoint["channel_values"] = {"storyboard": _storyboard(turn)}
    checkpoint["channel_versions"] = {"storyboard": version}
    saved = await saver.aput(config, checkpoint, {"step": turn * 3 + step}, {"storyboard": version})
    saved["configurable"]["epoch"] = epoch
    await saver.aput_writes(saved, [("storyboard", _storyboard(turn))], str(uuid4()))
    return saved


async def measured(database_url: str) -> tuple[Figure, ...]:
    """Listing is held to the issue's bound; the others to what a person does not notice."""
    async with open_database(database_url) as pool:
        await migrate(pool)
        saver = await open_checkpointer(pool)
        work = uuid4()
        await _fill(pool, saver, work)
        async with connection(pool) as conn:
            history = await read_history(conn, work)
            listing = await median(lambda: read_history(conn, work))
        old, new = (find_version(history, text) for text in ("100", "head"))
        reading = await median(lambda: read_state(pool, old))
        states = await read_state(pool, old), await read_state(pool, new)
        begun = time.perf_counter()
        changes = len(difference(*states).changes)
        comparing = time.perf_counter() - begun
        begun = time.perf_counter()
        saved = await prune_states(pool, work)
        pruning = time.perf_counter() - begun
        sys.stdout.write(
            f"{len(history.versions)} versions, {len(history.branches)} branches; {changes} differences; pruned"
            f" {saved.bytes_before / 1e6:.1f} MB to {saved.bytes_after / 1e6:.1f} MB\n"
        )
        return (
            Figure("list 200 versions", 1000 * listing, "ms", 20.0),
            Figure("read a version", 1000 * reading, "ms", 50.0),
            Figure(f"compare {PANELS} panels", 1000 * comparing, "ms", 100.0),
            Figure("prune 200 versions", 1000 * pruning, "ms", 5000.0),
        )


def main() -> int:
    """Prints the figures; 1 when one is out of bounds."""
    with tempfile.TemporaryDirectory(prefix="mangaka-bench-") as home:
        settings = StorageSettings(home=Path(home), database_url=None, redis_url=None)
        with open_servers_sync(settings) as servers:
            found = asyncio.run(measured(servers.database_url))
    return told(found)


if __name__ == "__main__":
    sys.exit(main())
