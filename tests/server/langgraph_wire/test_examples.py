"""The clients in `examples/clients` draw a book as they stand there; what else LangGraph's JavaScript client needs."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.security.identity import local_person
from storage.base import Servers
from tests import asking
from tests.node import node, npm, with_node
from tests.patience import patience
from tests.server.stories import FOX
from tests.service import Service, running_service

ROOT = Path(__file__).parents[3]
CLIENTS = ROOT / "examples/clients"
TABLE = ROOT / "docs/langgraph.md"


@pytest.fixture(scope="module")
def alone(servers: Servers, slot: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service of one person, without keys."""
    with running_service(servers, slot, tmp_path_factory.mktemp("alone"), identify=local_person) as running:
        yield running


@pytest.fixture(scope="module")
def javascript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The JavaScript client with its packages, beside a script of our own."""
    folder = tmp_path_factory.mktemp("javascript")
    for name in ("package.json", "package-lock.json", ".npmrc", "draw.mjs"):
        shutil.copyfile(CLIENTS / "langgraph_sdk_js" / name, folder / name)
    for name in ("thread.mjs", "every_call.mjs"):
        shutil.copyfile(Path(__file__).with_name(name), folder / name)
    install = [*npm(), "ci", "--ignore-scripts", "--prefer-offline"]
    subprocess.run(install, cwd=folder, env=with_node(dict(os.environ)), check=True, timeout=120)
    return folder


def run(command: list[str], service: Service, folder: Path) -> str:
    """What a client prints."""
    env = {name: value for name, value in os.environ.items() if name != "MANGA_TOKEN"} | {"MANGA_URL": service.url}
    limit_s = 50 * patience()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=limit_s, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def check_book(service: Service, printed: str) -> None:
    """The client saw seven reviews and names a book that is there."""
    assert printed.count("approved: ") == 7
    assert "  page 1\n" in printed
    found = re.search(r"(\d+) pages: (\S+)\n", printed)
    assert found is not None
    book = asking.get(found[2])
    assert int(found[1]) > 0
    assert book.content.startswith(b"%PDF")


@pytest.mark.slow
def test_the_python_client_draws_a_book(alone: Service, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(FOX, "utf-8")
    check_book(alone, run([sys.executable, str(CLIENTS / "langgraph_sdk_python.py"), str(story)], alone, tmp_path))


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_javascript_client_draws_a_book(alone: Service, javascript: Path) -> None:
    (javascript / "story.txt").write_text(FOX, "utf-8")
    check_book(alone, run([node(), "draw.mjs", "story.txt"], alone, javascript))


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_javascript_client_joins_answers_and_watches_a_thread(alone: Service, javascript: Path) -> None:
    told = json.loads(run([node(), "thread.mjs"], alone, javascript).splitlines()[-1])
    assert told == {
        "joined": True,
        "status": "interrupted",
        "next": ["concept_review"],
        "asked": "concept",
        "second": "characters",
        "regenerated": "plot",
        "history": 2,
        "found": [True],
        "graphs": ["mangaka"],
        "refused": 409,
        "phases": ["concept", "characters", "plot"],
        "words": told["words"],
    }
    assert told["words"][:3] == ["running", "interrupted", "running"]


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_every_call_of_the_javascript_client_does_what_the_table_says(alone: Service, javascript: Path) -> None:
    told: dict[str, str] = json.loads(run([node(), "every_call.mjs"], alone, javascript).splitlines()[-1])
    rows = re.findall(r"^\| `([~a-z]\w*\.\w+)` \| (works|not offered)", TABLE.read_text("utf-8"), re.MULTILINE)
    said = {name.replace("_", "").lower(): word.replace(" ", "_") for name, word in rows}
    assert {name.lower(): word for name, word in told.items()} == said
