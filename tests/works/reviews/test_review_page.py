"""A review as a page for a browser: escaped, complete, in the order of reading."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from drawing.pages.pdf_to_pixels import png
from editing.previews.structure_json import preview_of
from editing.work_blobs import blobs_of
from manga.paper import Side
from manga.phases import Phase
from manga.thing_shapes import ThingShape
from providers.process_pool import InlineOffload
from storage.base import Work, WorkStatus
from storage.object_store import FolderBlobs
from tests.editing import works
from tests.graph.crew import studio
from tests.graph.told import brief
from works.base import Json
from works.reviews.review_page import Review, review_page

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


async def page_of(found: Json, tmp_path: Path, preview: Json | None = None, phase: Phase = Phase.STORYBOARD) -> str:
    review = Review(work(), phase, "v<1>", preview or {}, found)
    return await review_page(review, FolderBlobs(tmp_path), InlineOffload())


async def test_every_page_is_a_picture_with_its_addresses_and_words(tmp_path: Path) -> None:
    page = await page_of(await values(), tmp_path)
    assert page.count("data:image/png;base64,") == 1
    assert re.findall(r"p01\.k(\d)=b000", page) == list("123456")
    assert "line 3" in page


async def test_pages_that_face_each_other_stand_together(tmp_path: Path) -> None:
    page = await page_of(dict(works.state()), tmp_path)
    spreads = re.findall(r"<div class=spread>(.*?)</div>", page)
    assert [re.findall(r"<figcaption>(p\d\d)", spread) for spread in spreads] == [["p01"], ["p02", "p03"], ["p04"]]


@pytest.mark.parametrize("phase", [Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT])
async def test_before_there_are_pages_a_sheet_shows_the_phase(phase: Phase, tmp_path: Path) -> None:
    page = await page_of(await values(), tmp_path, phase=phase)
    assert page.count("<figure class=sheet>") == page.count("data:image/png;base64,") == 1
    assert "class=spread>" not in page


async def test_the_finished_book_begins_with_its_title_page(tmp_path: Path) -> None:
    found: Json = dict(works.state())
    review = Review(work(), Phase.FINISHING, "v", {}, found)
    store = FolderBlobs(tmp_path)
    kept = blobs_of(store, "local", str(review.work.id))
    image = await kept.keep(png(Image.new("L", (60, 90))), content_type="image/png")
    sides = [Side.RIGHT, *(page["side"] for page in found["storyboard"]["pages"])]
    pages = [{"number": n, "side": side, "graph": "g", "image": image} for n, side in enumerate(sides)]
    book = {"title": "t", "direction": "rtl", "pages": pages, "exports": (), "report": {}}
    page = await review_page(replace(review, values=found | {"finishing": book}), store, InlineOffload())
    first = re.findall(r"<div class=spread>(.*?)</div>", page)[0]
    assert re.findall(r"<figcaption>(p\d\d)", first) == ["p00", "p01"]


async def test_things_of_the_works_own_are_shown_by_paths_that_we_have_written(tmp_path: Path) -> None:
    marks = [{"surface": "dark", "path": "O 50 50 40 40"}, {"surface": "line", "path": "M 0 50 L 100 50"}]
    thing = {"key": "t01", "word": HOSTILE[:40], "cm": 30, "marks": marks}
    plot = {**works.plot().to_json(), "things": [ThingShape.of(thing).to_json()]}
    page = await page_of(dict(works.state()), tmp_path, preview_of(Phase.PLOT, plot), phase=Phase.PLOT)
    assert [kind for kind, _ in re.findall(r"<path class=(\w+) d='([MLCQZ0-9. -]+)'/>", page)] == ["dark", "line"]
    assert "&lt;/svg&gt;" in page
    assert "<script" not in page


async def test_what_a_story_or_a_model_says_is_never_markup(tmp_path: Path) -> None:
    found = await values()
    found["concept"]["title"] = HOSTILE
    found["storyboard"]["pages"][0]["panels"][0]["direction"]["seen"] = HOSTILE
    found["storyboard"]["pages"][0]["panels"][0]["dialogue"]["parts"][0]["text"] = HOSTILE
    mark = {"page": 1, "element": "b0000", "rule": "no_name", "reason": HOSTILE, "fix": {"label": HOSTILE}}
    page = await page_of(found, tmp_path, {"red_pen": [mark]})
    assert "<script" not in page
    assert "</svg>" not in page
    assert 'alt="page 1: &lt;/svg&gt;&lt;script&gt;alert(&quot;x&quot;)' in page
    assert "v<1>" not in page
    assert "default-src 'none'" in page


async def test_who_has_no_character_sheet_is_told_with_the_reason(tmp_path: Path) -> None:
    missing = ({"character": "c02", "name": HOSTILE, "reason": "too much <blood>"},)
    review = Review(work(), Phase.CHARACTERS, "v", {}, await values(), missing_sheets=missing)
    page = await review_page(review, FolderBlobs(tmp_path), InlineOffload())
    assert "No character sheet" in page
    assert "too much &lt;blood&gt;" in page
    assert "<script" not in page
    assert "No character sheet" not in await page_of(await values(), tmp_path, phase=Phase.CHARACTERS)


async def test_what_became_of_the_wishes_is_told(tmp_path: Path) -> None:
    done = {"phase": "artwork", "instruction": "<b>darker</b>", "changed": ["p01.k1"], "count": 1, "reason": ""}
    refused = {"phase": "artwork", "instruction": "in 4D", "reason": "nobody can"}
    review = Review(work(), Phase.CHARACTERS, "v", {}, await values(), refused=(refused,), outcomes=(done,))
    page = await review_page(review, FolderBlobs(tmp_path), InlineOffload())
    assert "Done (artwork): &lt;b&gt;darker&lt;/b&gt;: p01.k1" in page
    assert "Not done (artwork): in 4D: nobody can" in page
