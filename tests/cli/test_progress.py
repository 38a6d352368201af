"""What a person sees of a work while it runs."""

import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress, TextColumn

from cli.progress import Bars, Plain, Quiet, Show, shown
from graph.events import AnswerProgress, ImageProgress, PageReady, PhaseComplete, PhaseStarted, RunEvent
from manga.phases import PHASES, Phase
from works.base import BookShown


def told(show: Show, *, panels: int = 8) -> None:
    events: list[RunEvent | BookShown] = []
    for phase in PHASES:
        events.append(PhaseStarted(phase))
        if phase is Phase.ARTWORK:
            events += [ImageProgress(f"b{n}", n, panels) for n in range(1, panels + 1)]
        if phase is Phase.FINISHING:
            events += [PageReady(0, "x", "y"), PageReady(1, "x", "y"), BookShown("out/fox/pages/001.png", False)]
        events.append(PhaseComplete(phase, "v"))
    for event in [*events, BookShown("out/fox", complete=True)]:
        show.tell(event)


def test_a_log_gets_a_line_a_phase_and_the_quarters_of_the_panels(capsys: pytest.CaptureFixture[str]) -> None:
    told(Plain())
    lines = capsys.readouterr().err.splitlines()

    assert [line.split()[1] for line in lines if line.endswith(" s")] == [phase.value for phase in PHASES]
    assert [line.split()[2] for line in lines if line.endswith("panels")] == ["2", "4", "6"]
    assert "Page 1: out/fox/pages/001.png" in lines
    assert len(lines) == 11


def test_a_terminal_gets_a_bar_a_phase() -> None:
    out = io.StringIO()
    columns = (TextColumn("{task.description} {task.fields[unit]}"),)
    with Progress(*columns, console=Console(file=out, width=80, force_terminal=False)) as progress:
        told(Bars(progress))

    assert [task.description.split()[1] for task in progress.tasks] == [phase.value for phase in PHASES]
    assert all(task.finished for task in progress.tasks)
    assert "8/8 panels" in out.getvalue()
    assert "2 pages" in out.getvalue()


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    told(Quiet())
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("quiet", [True, False])
def test_no_bars_where_there_is_no_terminal(quiet: bool, tmp_path: Path) -> None:
    with shown(quiet=quiet) as show:
        assert isinstance(show, Quiet if quiet else Plain)


def test_how_far_an_answer_has_come_is_in_its_bar_and_now_and_then_in_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("cli.progress.time.monotonic", lambda: now)
    out, plain = io.StringIO(), Plain()
    columns = (TextColumn("{task.description} {task.fields[unit]}"),)
    with Progress(*columns, console=Console(file=out, width=80, force_terminal=False)) as progress:
        bars = Bars(progress)
        for show in (plain, bars):
            now = 0.0
            show.tell(PhaseStarted(Phase.PLOT))
            for seconds in range(1, 71):
                now = float(seconds)
                show.tell(AnswerProgress(Phase.PLOT, 150 * seconds))
    assert "3/7 plot 10,500 characters of answers" in out.getvalue()
    assert capsys.readouterr().err.splitlines() == [
        "[3/7] plot       4,500 characters of answers",
        "[3/7] plot       9,000 characters of answers",
    ]
