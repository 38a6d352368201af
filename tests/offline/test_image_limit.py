"""A limit of images is held whatever the story: fewer pages and panels, and what has no room is a cut."""

from pathlib import Path

import pytest

from agents.storyboard.agent import check
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.plot import Plot
from offline.directing.storyboard import draft_storyboard
from offline.writer import OfflineWriter
from providers.base import Ask
from providers.process_pool import InlineOffload

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


@pytest.mark.anyio
@pytest.mark.parametrize("text", [path.read_text("utf-8") for path in EXAMPLES], ids=[path.stem for path in EXAMPLES])
async def test_no_book_has_more_panels_than_images_are_allowed(text: str) -> None:
    writer = OfflineWriter(InlineOffload())
    free = Settings()
    concept = await writer.answer(Ask("concept", {"story": text, "settings": free}, Concept))
    cast = await writer.answer(Ask("characters", {"story": text, "concept": concept, "settings": free}, Cast))
    for most in (1, 2, 3, 4, 5, 7, 10, 16, 25, 40):
        settings = Settings(max_images=most)
        inputs = {"story": text, "concept": concept, "cast": cast, "settings": settings}
        plot = await writer.answer(Ask("plot", inputs, Plot))
        draft = draft_storyboard(plot, cast, concept, settings)
        check(draft, plot, cast, settings)
        assert sum(len(page.panels) for page in draft.pages) <= most
