"""Sealed stories are measured, and nothing of them is told.

No test opens the sealed folder: these seal a story of ours.
"""

import re
from pathlib import Path
from shutil import copyfile

import pytest

from evals.answering_models import ModelChoice
from evals.commands import WRONG_USE, main
from evals.measure_sealed_stories import SealedBroken, commit, logged, measured_sealed
from evals.read_gold import STORIES, gold_path, load
from evals.strict_figures import Row

ROOT = Path(__file__).parents[2]
MAY_NAME_IT = {
    "evals/measure_sealed_stories.py",
    "evals/commands.py",
    "evals/write_gold_offsets.py",
    "tests/evals/test_measure_sealed_stories.py",
}
SOURCE = {".py", ".sh", ".ts", ".tsx", ".mjs", ".js", ".yaml", ".toml", ".ini"}
FOLDERS = (
    "agents", "benchmarks", "bootstrap", "calls", "cli", "deploy", "drawing", "editing", "evals", "examples", "graph",
    "manga", "offline", "prompts", "providers", "server", "storage", "tests", "works",
)  # fmt: skip
NAMED = re.compile(r"stories/sealed|evals\.sealed|evals import sealed|STORIES / .sealed|\bSEALED\b")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set with one story in it."""
    (tmp_path / "a" / "gold").mkdir(parents=True)
    copyfile(STORIES / "ja_mizuyari.txt", tmp_path / "a" / "ja_mizuyari.txt")
    copyfile(gold_path("ja_mizuyari"), tmp_path / "a" / "gold" / "ja_mizuyari.yaml")
    return tmp_path


def test_nobody_but_the_command_names_the_sealed_folder() -> None:
    files = (path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.suffix in SOURCE)
    own = (path for path in files if not {"node_modules", "sealed", "__pycache__"} & set(path.relative_to(ROOT).parts))
    names = {str(path.relative_to(ROOT)) for path in own if NAMED.search(path.read_text(encoding="utf-8"))}
    assert names <= MAY_NAME_IT


def test_set_b_is_opened_on_purpose_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sealed", "b"]) == WRONG_USE
    assert "--really" in capsys.readouterr().err


@pytest.mark.slow
def test_only_pooled_figures_are_told_and_logged(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = measured_sealed("a", ModelChoice(), 1, folder)
    assert {row.metric.name for row in found} >= {"false_presence", "events_whole", "things_seen"}
    line = logged(found, "a", "offline", commit(), folder / "LOG.md")
    told = "".join(capfd.readouterr()) + line + (folder / "LOG.md").read_text(encoding="utf-8")
    story = load("ja_mizuyari")
    words = {story.name, story.gold.title, *(person.name for person in story.gold.cast)}
    assert not [word for word in words if word in told]
    assert (folder / "LOG.md").read_text(encoding="utf-8").splitlines()[-1] == line
    assert sorted(path.name for path in folder.iterdir()) == ["LOG.md", "a"]


def test_a_story_that_cannot_be_measured_is_not_named(folder: Path) -> None:
    path = folder / "a" / "gold" / "ja_mizuyari.yaml"
    path.write_text(re.sub("(?m)^title: .*", "title: another", path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(SealedBroken) as caught:
        measured_sealed("a", ModelChoice(), 1, folder)
    assert str(caught.value) == "a story of set a cannot be measured (GoldWrong)"
    assert caught.value.__cause__ is None


def test_a_log_line_names_date_commit_and_set(tmp_path: Path) -> None:
    rows: tuple[Row, ...] = ()
    line = logged(rows, "a", "offline", commit(), tmp_path / "LOG.md")
    assert re.fullmatch(r"\| \d{4}-\d\d-\d\d \d\d:\d\d \| (?:[0-9a-f]{12}\+?|unknown) \| a \| offline \|  \|", line)
    assert commit() in line
