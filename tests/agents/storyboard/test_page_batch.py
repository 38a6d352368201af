"""Hostile batches: what is wrong is named, told to the model once, then refused."""

from functools import partial
from typing import Any

import pytest

from manga.errors import AnswerInvalid
from manga.storyboard import PageDraft
from manga.storyboard_plan import StoryboardPages
from providers.base import Ask
from tests.agents.storyboard_models import BatchModel, Spoil, made, told, with_panels

pytestmark = pytest.mark.anyio


def _first_page(change: Any) -> Spoil:
    def spoil(ask: Ask[Any], good: Any) -> Any:
        return StoryboardPages(pages=(change(good.pages[0]), *good.pages[1:]))

    return spoil


def _first_part(page: PageDraft, **changes: object) -> PageDraft:
    """The first part of a speech of the page, changed."""
    panels = list(page.panels)
    n = next(n for n, panel in enumerate(panels) if any(part.speaker for part in panel.dialogue.parts))
    parts = list(panels[n].dialogue.parts)
    at = next(i for i, part in enumerate(parts) if part.speaker)
    parts[at] = parts[at].model_copy(update=changes)
    panels[n] = panels[n].model_copy(update={"dialogue": panels[n].dialogue.model_copy(update={"parts": tuple(parts)})})
    return page.model_copy(update={"panels": tuple(panels)})


def _stranger(page: PageDraft) -> PageDraft:
    panel = next(panel for panel in page.panels if panel.direction.figures)
    figures = (panel.direction.figures[0].model_copy(update={"character": "c99"}),)
    direction = panel.direction.model_copy(update={"figures": figures})
    return page.model_copy(update={"panels": tuple(p.model_copy(update={"direction": direction}) for p in page.panels)})


def _missing(ask: Ask[Any], good: Any) -> Any:
    return StoryboardPages(pages=good.pages[1:])


def _twice(ask: Ask[Any], good: Any) -> Any:
    return StoryboardPages(pages=(*good.pages, good.pages[0]))


HOSTILE: dict[str, tuple[Spoil, str]] = {
    "a page is missing": (_missing, "Page 1 is missing"),
    "a page is there twice": (_twice, "Page 1 is there twice"),
    "strange beats": (_first_page(partial(with_panels, beats=("b9999",))), "b9999"),
    "a beat of another page": (_first_page(partial(with_panels, beats=("b0011",))), "b0011"),
    "a line that is none": (_first_page(partial(_first_part, line="l9999")), "l9999"),
    "a line of another page": (_first_page(partial(_first_part, line="l0024")), "l0024"),
    "other words": (_first_page(partial(_first_part, text="まったくちがう話。")), "l0002"),
    "a speaker who is nobody": (_first_page(partial(_first_part, speaker="c88")), "c88"),
    "a figure who is nobody": (_first_page(_stranger), "c99"),
    "lost words": (_first_page(lambda page: page.model_copy(update={"panels": page.panels[:1]})), "b0002"),
}


@pytest.mark.parametrize("fault", HOSTILE)
async def test_a_faulty_batch_is_told_its_fault_once_and_then_refused(fault: str) -> None:
    spoil, named = HOSTILE[fault]
    model = BatchModel(spoils=[None, spoil, spoil])
    with pytest.raises(AnswerInvalid, match=named) as caught:
        await made(told(pages=4), model)
    assert caught.value.phase == "storyboard"
    assert len(model.asks) == 3
    first, second = model.asked("storyboard_pages")
    assert (first.inputs["faults"], first.revision.previous) == ((), None)
    assert any(named in told for told in second.inputs["faults"])
    assert second.revision.previous is not None


@pytest.mark.parametrize("fault", HOSTILE)
async def test_a_batch_that_is_put_right_is_taken(fault: str) -> None:
    model = BatchModel(spoils=[None, HOSTILE[fault][0]])
    assert await made(told(pages=4), model) == await made(told(pages=4), BatchModel())
