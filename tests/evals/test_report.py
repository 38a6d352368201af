"""The report is one file without network and script, and nothing that others wrote gets out of its place."""

import asyncio
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals import commands
from evals.answering_models import ModelChoice
from evals.compare_runs import changes
from evals.eval_runs import Plan, RunWrong, begin, jobs_of, keep_scores, read_scores, score_again
from evals.langsmith import told_langsmith
from evals.measured_stories import Subject
from evals.metric_bounds import Example, Score
from evals.raw_answers import Store
from evals.report.html_page import Told, html_of
from evals.run_jobs import StoryJob, told_by
from evals.scorer_input import sample_of
from manga.errors import SetupIncomplete
from manga.phases import Phase
from manga.story_source import read_source
from tests.evals.told import models, stories, told

EVIL = '“<script>alert(1)</script> &amp; "x" <img src=http://evil.test/a.png onerror=a>,” said <b>Ann</b>.'
STORY = f"Ann ran home. It was late at night.\n\n{EVIL}\n\nShe saw a light in the window.\n"
ALLOWED = {"class", "href", "id", "title", "colspan", "charset", "content", "name", "lang", "http-equiv", "role"}
DRAWN = {"viewbox", "aria-label", "width", "height", "points", "cx", "cy", "r", "rx", "ry", "d", "x", "y", "font-size"}


class Strict(HTMLParser):
    """Gathers tags and attributes, and the text of marked passages."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}


def report_of(folder: Path) -> str:
    subject = Subject("evil", STORY, read_source(STORY), reference=stories(["en_mole"])[0].reference)
    job = StoryJob(subject, Phase.STORYBOARD)
    done = asyncio.run(told_by(job, models(folder), Store(folder)))
    plan = Plan(prompts={"concept": "0" * 64})
    begin(plan, folder)
    poor = Score("speaker_accuracy", 0.0, EVIL, 1, (Example(EVIL, EVIL, (5, 9), EVIL),))
    failed = done.outputs[0].model_copy(update={"error": EVIL, "case": EVIL})
    done = replace(done, scores=(*done.scores, poor), outputs=(*done.outputs, failed))
    cases = keep_scores(folder, plan, [job], [done])
    sample = sample_of(subject, Store(folder).of("evil", 0))
    return html_of(Told(plan, cases, {"evil": sample}, {}, "nothing", {}, {}))


def test_stories_stay_text_and_the_page_asks_nobody(tmp_path: Path) -> None:
    page = report_of(tmp_path)
    read = Strict()
    read.feed(page)
    assert not read.tags & {"script", "img", "iframe", "link", "object", "form", "b-"}
    assert read.names <= ALLOWED | DRAWN
    assert all(link.startswith("#") for link in read.links)
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert 'name="viewport"' in page


def test_two_runs_of_the_same_are_not_apart(tmp_path: Path) -> None:
    cases = asyncio.run(told(tmp_path, models(tmp_path), names=["en_mole"]))
    found = list(changes(cases, cases))
    assert found
    assert not any(change.moved for change in found)


def test_another_run_does_not_go_on_in_a_folder(tmp_path: Path) -> None:
    begin(Plan(code="a"), tmp_path)
    begin(Plan(code="a"), tmp_path)
    with pytest.raises(RunWrong, match="another choice, code"):
        begin(Plan(code="b", choice=ModelChoice(models="replay")), tmp_path)


def test_a_replay_of_what_nobody_recorded_is_unmeasured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["run", "--models", "replay", "--stories", "en_mole", "--tape", str(tmp_path / "tape")]
    assert commands.main([*asked, "--out", str(tmp_path / "run")]) == 3
    assert "no answer of" in capsys.readouterr().out


@pytest.mark.slow
def test_a_run_is_made_scored_again_compared_and_reported_by_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    asked = ["run", "--stories", "ja_mizuyari", "--until", "plot", "--workers", "1", "--out", str(run)]
    assert commands.main(asked) == 0
    before = read_scores(run)
    lines = {path.name: path.read_bytes() for path in (run / "outputs").iterdir()}
    (run / "scores.jsonl").unlink()
    assert commands.main(["run", "--resume", str(run), "--workers", "1"]) == 0
    assert {path.name: path.read_bytes() for path in (run / "outputs").iterdir()} == lines
    assert score_again(run) == before
    assert commands.main(["compare", str(run), str(run)]) == 0
    assert commands.main(["report", str(run), "--out", str(tmp_path / "report.html")]) == 0
    assert "ja_mizuyari" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "wanted" in capsys.readouterr().out


def test_jobs_are_the_cases_that_fit(tmp_path: Path) -> None:
    assert {job.id for job in jobs_of(Plan(stories="en_mole"))} == {"en_mole"}
    assert {job.id for job in jobs_of(Plan(phase="feedback"))} == {
        "feedback_work_on", "feedback_set_aside", "feedback_later"
    }  # fmt: skip


@pytest.mark.parametrize("columns", ["40", "200", None])
def test_wrong_use_says_what_is_wrong_in_one_piece(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str | None
) -> None:
    """A long path is never broken by the width of a terminal."""
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    else:
        monkeypatch.delenv("COLUMNS", raising=False)
    folder = tmp_path / "長い 名前の folder with spaces" / ("deep" * 30)
    assert commands.main(["report", str(folder)]) == 2
    assert f"{folder} holds no run" in capsys.readouterr().err


class Heard:
    """Stands for LangSmith's client."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def create_run(self, name: str, inputs: dict[str, object], run_type: object, **told: object) -> None:
        self.told.append(json.dumps([name, inputs, str(told)]))

    def create_feedback(self, run_id: object, key: str, **told: object) -> None:
        self.told.append(json.dumps([key, str(told)]))

    def flush(self) -> None:
        self.told.append("flushed")


def test_langsmith_hears_figures_and_no_word_of_a_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = asyncio.run(told(tmp_path, models(tmp_path), names=["en_mole"], until=Phase.PLOT))
    client = Heard()
    assert told_langsmith(cases, "offline", "r", client) == sum(len(one.scores) for one in cases)
    assert client.told[-1] == "flushed"
    sentences = [part.strip() for part in stories(["en_mole"])[0].source.text.split(".") if len(part) > 30]
    assert not any(sentence in line for sentence in sentences for line in client.told)
    monkeypatch.delenv("LANGSMITH_API_KEY", raising=False)
    with pytest.raises(SetupIncomplete):
        told_langsmith(cases, "offline", "r")
