"""A page plan in stretches: every beat is on one page of one stretch, and the shares keep to the limits."""

import pytest

from agents.storyboard.page_plan import plan_of
from agents.storyboard.plan_in_stretches import as_one, scenes_shown, shares_of, stretch_of
from manga.brief import MAX_PAGES
from manga.storyboard_plan import Limits
from tests.agents.storyboard_models import told


@pytest.mark.parametrize("at", range(1, 4))
def test_two_stretches_have_all_beats_of_the_plot_and_no_more_pages(at: int) -> None:
    plot = told().plot
    scenes = scenes_shown(plot)
    parts = [stretch_of(plot, scenes[:at]), stretch_of(plot, scenes[at:])] if at < len(scenes) else [plot]
    assert [key for part in parts for page in part.pages for key in page.beats] == [
        key for page in plot.pages for key in page.beats
    ]
    assert sum(len(part.pages) for part in parts) <= len(plot.pages) + 1
    plan = as_one([plan_of(part) for part in parts])
    assert [page.number for page in plan.pages] == list(range(1, len(plan.pages) + 1))


def test_limits_are_shared_by_pages() -> None:
    plot = told().plot
    short, long = plot.model_copy(update={"pages": plot.pages[:3]}), plot.model_copy(update={"pages": plot.pages[:9]})
    shares = shares_of(Limits(pages=12, panels=40), [short, long])
    assert [(one.pages, one.panels) for one in shares] == [(3, 10), (9, 30)]
    assert [one.pages for one in shares_of(Limits(pages=MAX_PAGES), [short, long])] == [MAX_PAGES, MAX_PAGES]
