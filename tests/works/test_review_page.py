"""A review as a page for a browser: escaped, complete, in the order of reading."""

import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from manga.phases import Phase
from providers.offload import InlineOffload
from storage.base import Work, WorkStatus
from storage.blobs import FolderBlobs
from tests.graph.crew import studio
from tests.graph.told import brief
from works.base import Json
from works.review_page import review_page
from works.reviews import Review

pytestmark = pytest.mark.anyio
HOSTILE = '</svg><script>alert("x")</script>'


def work() -> Work:
    now = datetime.now(UTC)
    closed = (None,) * 6  # title, folder, head, progress, review, error
    return Work(uuid4(), "local", "r", "d", WorkStatus.AWAITING_FEEDBACK, *closed, [], False, None, now, now, None)


async def values() -> Json:
    it = studio()
    await it.run(brief=brief())
    return await it.values()


async def page_of(found: Json, tmp_path: Path, preview: Json | None = None) -> str:
    review = Review(work(), Phase.STORYBOARD, "v<1>", preview or {}, found)
    return await review_page(review, FolderBlobs(tmp_path), InlineOffload())


async def test_every_panel_stands_there_with_its_address_and_words(tmp_path: Path) -> None:
    page = await page_of(await values(), tmp_path)
    assert page.count("<polygon") == 6
    assert re.findall(r"p01\.k(\d)=b000", page) == list("123456")
    assert "line 3" in page


async def test_what_a_story_or_a_mind_says_is_never_markup(tmp_path: Path) -> None:
    found = await values()
    found["concept"]["title"] = HOSTILE
    found["storyboard"]["pages"][0]["panels"][0]["direction"]["seen"] = HOSTILE
    found["storyboard"]["pages"][0]["panels"][0]["dialogue"]["parts"][0]["text"] = HOSTILE
    mark = {"page": 1, "element": "b0000", "rule": "no_name", "reason": HOSTILE, "fix": {"label": HOSTILE}}
    page = await page_of(found, tmp_path, {"red_pen": [mark]})
    assert "<script" not in page
    assert page.count("</svg>") == 1
    assert "v<1>" not in page
    assert "default-src 'none'" in page
