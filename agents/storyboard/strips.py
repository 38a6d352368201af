"""Books of strips from any model: pages and plans in, the same in strips of four panels out. Pure."""

from collections.abc import Mapping, Sequence

from manga.storyboard import StoryboardDraft
from manga.storyboard_plan import BookPlan, PlannedPage
from manga.strips import LayoutName, strips_of

WEIGHTS: Mapping[LayoutName, tuple[int, ...]] = {
    "yonkoma": (2, 2, 3, 4, 2, 2, 3, 4),
    "strip": (2, 3, 4, 2, 3, 4, 2, 3, 4),
}
"""Of the panels of a page: a strip rises to its point."""


def in_strips(draft: StoryboardDraft, layout: LayoutName) -> StoryboardDraft:
    """Every page with the strips that its panels fall into; a free layout has none, whatever the model says."""
    if layout == "free" and not any(page.strips for page in draft.pages):
        return draft
    pages = (
        page.model_copy(update={"strips": strips_of(len(page.panels), page.strips, layout)}) for page in draft.pages
    )
    return StoryboardDraft(pages=tuple(pages))


def planned_in_strips(plan: BookPlan, layout: LayoutName, most: int | None) -> BookPlan:
    """A plan whose pages have as many panels as their strips; where panels are counted (`most`), on as many pages as
    have so many, the others as light as they were."""
    weights = WEIGHTS.get(layout)
    if weights is None:
        return plan
    pages: list[PlannedPage] = []
    left = most
    for page, after in zip(plan.pages, _sizes(plan), strict=True):
        full = left is None or left - len(weights) >= after
        pages.append(page.model_copy(update={"weights": weights}) if full else page)
        left = None if left is None else left - len(pages[-1].weights)
    return plan.model_copy(update={"pages": tuple(pages)})


def _sizes(plan: BookPlan) -> Sequence[int]:
    """How many panels the pages after each page have."""
    counts = [len(page.weights) for page in plan.pages]
    return [sum(counts[n + 1 :]) for n in range(len(counts))]
