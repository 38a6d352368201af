"""A whole work behind a key, with faults: the key is nowhere but in the request, and no log tells a story."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from redis import Redis

from tests.gemini.server import Gemini, serve
from tests.openai import server as openai
from tests.program import Stores, call

KEY = "AIzaSyNobodyMaySeeThisOneKey0123456789"
OTHER_KEY = "sk-nobody-may-see-this-one-either"
TITLE = "The Lamp of Pellworm"
LINES = ("Nell stood at the window of the tower.", "The lamp is out", "There is no oil left")
STORY = f"{TITLE}\n\n{LINES[0]}\n“{LINES[1]},” said Nell.\nOld Tom came up the stairs.\n“{LINES[2]},” said Tom.\n"
PROMPT = "```json"
LOGGED = """
import json, logging, sys, traceback

class Lines(logging.FileHandler):
    def format(self, record):
        failed = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        told = {"level": record.levelno, "name": record.name, "told": record.getMessage() + failed}
        return json.dumps(told | {"args": repr(record.args)}, ensure_ascii=False)

logging.basicConfig(level=logging.DEBUG, handlers=[Lines("all.log", encoding="utf-8")])
sys.argv[0] = "mangaka"
from cli.main import run
run()
"""


@dataclass(frozen=True)
class Logged:
    """One line of everything that any library logged, from DEBUG on."""

    level: int
    name: str
    told: str


def logged(folder: Path) -> list[Logged]:
    lines = (json.loads(line) for line in (folder / "all.log").read_text(encoding="utf-8").splitlines())
    return [Logged(line["level"], line["name"], line["told"] + line["args"]) for line in lines]


def rows(database_url: str) -> Iterator[tuple[str, str]]:
    """Every row of every table as text; bytes are hexadecimal in it."""
    with psycopg.connect(database_url) as conn:
        tables = conn.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information)'")
        for schema, table in tables.fetchall():
            query = sql.SQL("SELECT t::text FROM {}.{} t").format(sql.Identifier(schema), sql.Identifier(table))
            for (row,) in conn.execute(query).fetchall():
                yield table, row


def cached(redis_url: str) -> Iterator[str]:
    """Every value in Redis."""
    with Redis.from_url(redis_url) as client:
        reading: dict[bytes, Callable[[bytes], Any]] = {
            b"string": client.get,
            b"hash": client.hgetall,
            b"set": client.smembers,
            b"stream": client.xrange,
            b"list": lambda key: client.lrange(key, 0, -1),
            b"zset": lambda key: client.zrange(key, 0, -1),
        }
        for key in client.scan_iter():
            yield f"{key!r} {reading[client.type(key)](key)!r}"


def check(stores: Stores, keys: tuple[str, ...], told: bytes) -> None:
    """The keys are in no output, no file, no row and no log; story and prompts are in no log from INFO on."""
    written = [path for path in stores.folder.rglob("*") if path.is_file()]
    lines, kept = logged(stores.folder), list(rows(stores.database_url))
    assert {"checkpoints", "checkpoint_blobs", "works"} <= {table for table, _ in kept}
    assert any(line.level <= 20 for line in lines), "libraries log something"
    assert [table for table, row in kept if LINES[0] in row or LINES[0].encode().hex() in row], "rows are read"
    values = list(cached(stores.redis_url))
    for key in keys:
        assert key.encode() not in told
        assert [path for path in written if key.encode() in path.read_bytes()] == []
        assert [table for table, row in kept if key in row or key.encode().hex() in row] == []
        assert [value for value in values if key in value] == []
    said = [line for line in lines if line.level >= 20]
    assert [line for line in said for words in (*LINES, TITLE, PROMPT) if words in line.told] == []


@pytest.fixture
def gemini() -> Iterator[Gemini]:
    with serve() as running:
        yield running


def draw(stores: Stores, env: dict[str, str]) -> tuple[int, bytes]:
    (stores.folder / "story.txt").write_text(STORY, encoding="utf-8")
    ended = call(stores, LOGGED)("draw", "story.txt", "--json", env=env)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_googles_key_and_the_story_are_in_no_log_and_the_key_nowhere(stores: Stores, gemini: Gemini) -> None:
    gemini.fail("500", times=1, prompt="concept")
    gemini.fail("badjson", times=1, prompt="characters")
    code, told = draw(stores, {"GOOGLE_API_KEY": KEY, "MANGA_GOOGLE_BASE_URL": gemini.url})
    assert code == 0, told.decode()
    assert b"Warning" not in told
    assert gemini.count(fault="500") == 1
    assert gemini.count(model="gemini-nano-banana-2.1", status=200) > 0
    check(stores, (KEY,), told)


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_another_providers_key_is_nowhere_either(stores: Stores) -> None:
    with openai.serve() as stub:
        stub.fail("500", prompt="concept")
        stub.fail("refusal", prompt="plot", times=9)
        reached = {"OPENAI_API_KEY": OTHER_KEY, "OPENAI_BASE_URL": stub.url, "MANGA_TEXT_MODEL": "openai:gpt-5"}
        code, told = draw(stores, reached)
        assert (code, b"safety rules" in told) == (2, True), told.decode()
        assert {call.prompt_id for call in stub.calls} >= {"concept", "characters"}
    check(stores, (OTHER_KEY,), told)
