"""A paid picture that was answered and not yet inked is not paid for again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

from calls.answered_pictures import AnsweredImages, read, written
from editing.work_blobs import WorkBlobs, blobs_of
from manga.errors import DiskFull
from manga.geometry import Rect
from manga.panel_brief import PanelBrief
from providers.base import Picture, Sheet
from storage.object_store import FolderBlobs
from tests.calls.test_panel_pictures import PANEL
from tests.image_models import UnpaidImages

pytestmark = pytest.mark.anyio
FACE = (("c01", Rect(x=0.1, y=0.2, width=0.3, height=0.25)),)
RAW = Picture(b"\x89PNG\n\x00\n", "image/png", 60, 40, model="m", cost_usd=0.05, told_faces=FACE)


@dataclass
class Answering(UnpaidImages):
    """Gives one picture, and counts how often it was asked."""

    picture: Picture = RAW
    asked: list[tuple[int, bool]] = field(default_factory=list)
    name: str = "answering/1"

    @property
    def paid(self) -> bool:
        return True

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.asked.append((brief.seed, simplified))
        return self.picture


def files(home: Path) -> list[Path]:
    return [file for file in home.rglob("*") if file.is_file()]


def corner(home: Path) -> WorkBlobs:
    return blobs_of(FolderBlobs(home), "here", str(uuid4()))


async def test_after_a_death_the_answer_is_found_and_nobody_asked(tmp_path: Path) -> None:
    blobs, model = corner(tmp_path), Answering()
    assert await AnsweredImages(model, blobs, "d1").draw(PANEL) == RAW
    assert await AnsweredImages(model, blobs, "d1").draw(PANEL) == RAW
    assert len(model.asked) == 1


async def test_another_panel_seed_or_prompt_is_another_question(tmp_path: Path) -> None:
    blobs, model = corner(tmp_path), Answering()
    await AnsweredImages(model, blobs, "d1").draw(PANEL)
    await AnsweredImages(model, blobs, "d2").draw(PANEL)
    await AnsweredImages(model, blobs, "d1").draw(PANEL, simplified=True)
    await AnsweredImages(model, blobs, "d1").draw(PANEL.model_copy(update={"seed": 1}))
    assert len(model.asked) == 4


async def test_what_is_forgotten_leaves_nothing_behind(tmp_path: Path) -> None:
    blobs = corner(tmp_path)
    images = AnsweredImages(Answering(), blobs, "d1")
    await images.draw(PANEL)
    await images.draw(PANEL, simplified=True)
    await images.forget()
    assert files(tmp_path) == []


async def test_a_picture_that_is_finished_already_is_not_kept_twice(tmp_path: Path) -> None:
    done = Picture(b"calls", "application/x-manga-art+json", 60, 40)
    await AnsweredImages(Answering(done), corner(tmp_path), "d1").draw(PANEL)
    assert files(tmp_path) == []


async def test_a_store_that_is_full_costs_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(WorkBlobs, "put", full)
    images = AnsweredImages(Answering(), corner(tmp_path), "d1")
    assert await images.draw(PANEL) == RAW
    await images.forget()


def test_a_picture_comes_back_to_the_byte() -> None:
    assert read(written(RAW)) == RAW
