"""What `draw` tells of the cost before anything is paid, and the limits that it refuses."""

import json
from pathlib import Path

import pytest

from cli.draw import drawing
from cli.draw_options import DrawOrder, Speech, checked_brief
from tests.gemini.server import serve
from tests.program import Mangaka

NOBODY = {"GOOGLE_API_KEY": "AIza-nobody-may-see-this", "MANGA_GOOGLE_BASE_URL": "http://127.0.0.1:9"}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.txt"
    file.write_text("Once there was a fox. “Who are you?” asked the hare. The fox ran away.", encoding="utf-8")
    return file


def test_a_limit_that_pays_for_no_picture_is_refused_in_the_words_of_the_command(mangaka: Mangaka, story: Path) -> None:
    ended = mangaka("draw", str(story), "--max-cost", "0.01", env=NOBODY)
    assert ended.returncode == 2
    said = ended.stderr.decode()
    assert said.startswith("mangaka: --max-cost: 0.01 USD pay for no picture")
    assert "offline models" in said
    assert mangaka("list").stdout == b""


def test_a_model_of_unknown_price_takes_no_cost_limit(mangaka: Mangaka, story: Path) -> None:
    env = NOBODY | {"MANGA_TEXT_MODEL": "google_genai:gemini-9-argon"}
    ended = mangaka("draw", str(story), "--max-cost", "5", env=env)
    assert ended.returncode == 2
    assert b"gemini-9-argon costs is not known" in ended.stderr
    assert b"set --max-images in its place" in ended.stderr


def test_the_estimate_comes_before_the_work_and_stays_with_it(mangaka: Mangaka, story: Path) -> None:
    with serve() as google:
        google.fail("403")
        env = NOBODY | {"MANGA_GOOGLE_BASE_URL": google.url}
        ended = mangaka("draw", str(story), "--max-images", "4", "--json", env=env)
    estimate, work, *_ = ended.stderr.decode().splitlines()
    assert estimate.startswith("Estimate: about 2 pages, 4 pictures by gemini-nano-banana-2.1, 9 text calls; 0.")
    assert work.startswith("Work ")
    assert json.loads(ended.stdout)["error"]["code"] == "provider_refused"
    assert ended.returncode == 1


def test_offline_nothing_is_estimated(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = DrawOrder(str(story), story.parent / "out", {"max_cost_usd": 0})
    drawing(order, checked_brief(order), Speech())
    assert capsys.readouterr().err == ""
