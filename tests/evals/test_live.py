"""A model behind the wire is asked, metered and recorded; later its answers are replayed to the same question alone."""

import asyncio
from pathlib import Path

import pytest

from evals.answering_models import ModelChoice, ModelsName
from evals.run_jobs import Done, StoryJob, told
from manga.phases import Phase
from tests.evals.told import stories
from tests.gemini.server import Gemini, gemini

__all__ = ["gemini"]


def once(folder: Path, name: ModelsName, repeat: int = 0) -> Done:
    choice = ModelChoice(models=name, tape=folder / "tape")
    job = StoryJob(stories(["en_mole"])[0], Phase.CHARACTERS, repeat)
    return asyncio.run(told(job, choice, folder / f"{name}{repeat}"))


def test_a_live_run_is_recorded_and_replays_without_the_model(
    tmp_path: Path, gemini: Gemini, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "a-key-of-tests")
    monkeypatch.setenv("MANGA_GOOGLE_BASE_URL", gemini.url)
    live = once(tmp_path, "gemini")
    assert [output.error for output in live.outputs] == ["", ""]
    assert all(output.input_tokens > 0 and output.prompts and output.calls == 1 for output in live.outputs)
    assert not any("a-key-of-tests" in file.read_text(encoding="utf-8") for file in (tmp_path / "tape").iterdir())

    monkeypatch.delenv("GOOGLE_API_KEY")
    calls = len(gemini.calls)
    replayed = once(tmp_path, "replay")
    assert replayed.scores == live.scores
    assert len(gemini.calls) == calls
    assert once(tmp_path, "replay", repeat=1).unmeasured
