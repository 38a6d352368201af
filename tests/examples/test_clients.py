"""The clients in `examples/clients` draw a book over a real service, and a line that breaks costs them nothing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from manga.phases import PHASES
from tests.examples.conftest import Served
from tests.examples.cutting import cutting

pytestmark = [pytest.mark.slow, pytest.mark.timeout(170)]
CLIENTS = Path(__file__).parents[2] / "examples" / "clients"
STORY = (
    'The Fox\n\nA fox came to the village. "Who are you?" asked the boy. "A friend," said the fox.\n'
    "They walked home\ttogether, and the moon \\ shone.\n"
)
CUTS = [900, 1500, 40, 2500]


def called(command: list[str], url: str, token: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    (folder / "story.txt").write_text(STORY, "utf-8")
    told = {"MANGA_URL": url, "MANGA_TOKEN": token, "SENTENCE": 'Change the title to "The Last Lantern".'}
    return subprocess.run(
        [*command, "story.txt", "book.pdf"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", **told},
        capture_output=True,
        text=True,
        timeout=160,
        check=False,
    )


def seen(printed: str) -> tuple[list[int], list[str]]:
    """Ids and types of the events, as they were printed."""
    found = re.findall(r"^ +(\d+)  (\w+)", printed, re.MULTILINE)
    return [int(number) for number, _ in found], [type for _, type in found]


def check(done: "subprocess.CompletedProcess[str]", folder: Path) -> list[str]:
    """Every event once, in order; a book with pages. The types of the events."""
    assert done.returncode == 0, done.stdout + done.stderr
    ids, types = seen(done.stdout)
    assert ids == sorted(set(ids))
    assert types[0] == "accepted"
    assert types[-1] == "completed"
    assert types.count("review_requested") >= 8  # seven phases, and the one that was changed again
    with pypdfium2.PdfDocument(folder / "book.pdf") as pdf:
        assert len(pdf) >= 1
    return types


@pytest.mark.parametrize(
    "command",
    [[sys.executable, str(CLIENTS / "python_sse.py")], ["bash", str(CLIENTS / "curl.sh")]],
    ids=["httpx", "curl"],
)
def test_a_client_draws_a_book_over_a_line_that_breaks(command: list[str], served: Served, tmp_path: Path) -> None:
    assert shutil.which("curl"), "the client of the shell needs curl: install it"
    with cutting(served.url, list(CUTS)) as line:
        done = called(command, line.url, served.token, tmp_path)
    types = check(done, tmp_path)
    assert line.cut == len(CUTS)
    assert "plan_ready" in types
    assert "feedback_received" in types


@pytest.mark.parametrize(
    "command",
    [[sys.executable, str(CLIENTS / "python_sse.py")], ["bash", str(CLIENTS / "curl.sh")]],
    ids=["httpx", "curl"],
)
def test_a_client_that_is_nobody_says_so(command: list[str], served: Served, tmp_path: Path) -> None:
    done = called(command, served.url, "nothing", tmp_path)
    assert done.returncode != 0
    assert "401" in done.stderr


def test_an_agent_makes_a_book_through_all_reviews(served: Served, tmp_path: Path) -> None:
    done = called([sys.executable, str(CLIENTS / "mcp_agent.py")], served.url, served.token, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    steps = re.findall(r"review of (\w+) \((\d) of 7\)", done.stdout)
    assert [phase for phase, _ in steps] == ["concept", *PHASES]  # the first is looked at again after the sentence
    assert "'The Last Lantern' is completed" in done.stdout
    with pypdfium2.PdfDocument(tmp_path / "book.pdf") as pdf:
        assert len(pdf) >= 1
