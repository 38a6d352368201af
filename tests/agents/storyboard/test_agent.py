"""Phase 4's agent: asks, refuses answers that break the plot, lays pages out, keeps what lies outside a wish."""

from collections.abc import Callable
from typing import Any

import pytest

from agents.storyboard.agent import as_framed, check, draft_of, kept_outside, laid_out, make_storyboard
from manga.brief import Settings
from manga.errors import AnswerInvalid
from manga.paper import Side
from manga.revision import Revision
from manga.storyboard import DialogueLayout, PageDraft, PanelDraft, Storyboard, StoryboardDraft
from offline.directing.storyboard import draft_storyboard
from providers.base import Ask, Room
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

pytestmark = pytest.mark.anyio


class DraftModel:
    """Answers with a given draft and remembers what it was asked."""

    name = "draft/1"

    def __init__(self, draft: StoryboardDraft) -> None:
        self.draft = draft
        self.asks: list[Ask[Any]] = []

    def answers(self, prompt_id: str) -> bool:
        return False

    def room(self, prompt_id: str) -> Room | None:
        return None

    async def answer(self, ask: Ask[Any]) -> Any:
        self.asks.append(ask)
        return self.draft


def _given() -> Inputs:
    teller = Teller()
    beats = [teller.beat(teller.line(f"これは{n}番めの話だ。", "c01")) for n in range(8)]
    keys = [beat.key for beat in beats]
    return inputs(scene(1, *beats), pages=(tuple(keys[:4]), tuple(keys[4:])))


def _draft(given: Inputs) -> StoryboardDraft:
    return draft_storyboard(given.plot, given.cast, given.concept, given.settings)


async def _made(given: Inputs, model: DraftModel, **wishes: Any) -> Storyboard:
    return await make_storyboard(
        plot=given.plot, cast=given.cast, concept=given.concept, settings=given.settings, text=model, **wishes
    )


async def test_a_draft_becomes_pages_with_sides_and_frames() -> None:
    given = _given()
    model = DraftModel(_draft(given))
    board = await _made(given, model)
    assert [page.side for page in board.pages] == [Side.LEFT, Side.RIGHT]
    for page in board.pages:
        assert [frame.key for frame in page.layout.frames] == [panel.key for panel in page.panels]
    assert model.asks[0].prompt_id == "storyboard"
    assert set(model.asks[0].inputs) == {"plot", "cast", "concept", "settings"}
    assert draft_of(board) == model.draft


async def test_the_same_answer_gives_the_same_storyboard() -> None:
    given = _given()
    assert await _made(given, DraftModel(_draft(given))) == await _made(given, DraftModel(_draft(given)))


async def test_a_wish_changes_nothing_outside_its_scope() -> None:
    given = _given()
    before = await _made(given, DraftModel(_draft(given)))
    changed = StoryboardDraft(
        pages=tuple(
            page.model_copy(update={"panels": tuple(p.model_copy(update={"importance": 5}) for p in page.panels)})
            for page in draft_of(before).pages
        )
    )
    target = before.pages[1].panels[0]
    model = DraftModel(changed)
    after = await _made(given, model, revision=Revision((("大きく", (target.key,)),), before))
    assert after.pages[0] == before.pages[0]
    assert after.pages[1].panels[0].importance == 5
    assert after.pages[1].panels[1:] == before.pages[1].panels[1:]
    assert model.asks[0].revision.previous == draft_of(before)
    assert model.asks[0].revision.scope == (target.key,)


def test_a_page_key_in_the_scope_opens_the_whole_page() -> None:
    given = _given()
    draft = _draft(given)
    fewer = draft.pages[0].model_copy(update={"panels": draft.pages[0].panels[:1]})
    new = StoryboardDraft(pages=(fewer, draft.pages[1]))
    assert kept_outside(draft, new, ("g001",)) == new
    assert kept_outside(draft, new, ("g002",)).pages[0] == draft.pages[0]


def test_words_that_come_to_a_panel_outside_the_scope_are_shown_there_and_nothing_else_of_it_changes() -> None:
    given = _given()
    draft = _draft(given)
    page = draft.pages[0]
    gone = next(panel for panel in page.panels if panel.dialogue.parts)
    i = page.panels.index(gone)
    beside = page.panels[i + 1 if i == 0 else i - 1]
    heard = {"dialogue": DialogueLayout(parts=(*gone.dialogue.parts, *beside.dialogue.parts)), "importance": 5}
    panels = tuple(p.model_copy(update=heard) if p is beside else p for p in page.panels if p is not gone)
    new = StoryboardDraft(pages=(page.model_copy(update={"panels": panels}), *draft.pages[1:]))
    kept = next(p for p in kept_outside(draft, new, (gone.key,)).pages[0].panels if p.key == beside.key)
    assert kept == beside.model_copy(update={"dialogue": heard["dialogue"]})


def test_pages_whose_panels_weigh_and_say_the_same_keep_their_frames() -> None:
    given = _given()
    before = laid_out(_draft(given), given.concept, given.settings)
    other = before.pages[0].model_copy(update={"layout": before.pages[-1].layout})
    made = Storyboard(pages=(other, *before.pages[1:]))
    assert as_framed(before, made) == before
    heavier = tuple(panel.model_copy(update={"importance": 5}) for panel in other.panels)
    weighed = Storyboard(pages=(other.model_copy(update={"panels": heavier}), *before.pages[1:]))
    assert as_framed(before, weighed) == weighed


def _first(draft: StoryboardDraft, change: Callable[[PanelDraft], PanelDraft]) -> StoryboardDraft:
    page = draft.pages[0]
    talking = next(panel for panel in page.panels if panel.dialogue.parts and panel.direction.figures)
    panels = tuple(change(panel) if panel is talking else panel for panel in page.panels)
    return StoryboardDraft(pages=(page.model_copy(update={"panels": panels}), *draft.pages[1:]))


def _part(panel: PanelDraft, **new: object) -> PanelDraft:
    parts = panel.dialogue.parts
    dialogue = panel.dialogue.model_copy(update={"parts": (parts[0].model_copy(update=new), *parts[1:])})
    return panel.model_copy(update={"dialogue": dialogue})


def _stranger(panel: PanelDraft) -> PanelDraft:
    figures = (panel.direction.figures[0].model_copy(update={"character": "c99"}),)
    return panel.model_copy(update={"direction": panel.direction.model_copy(update={"figures": figures})})


FAULTS: dict[str, tuple[Callable[[PanelDraft], PanelDraft], str]] = {
    "beat": (lambda p: p.model_copy(update={"beats": ("b9999",)}), "b9999"),
    "scene": (lambda p: p.model_copy(update={"scene": "s77"}), "s77"),
    "figure": (_stranger, "c99"),
    "line": (lambda p: _part(p, line="l9999"), "l9999"),
    "words": (lambda p: _part(p, text="ちがう言葉"), "own words"),
    "panel twice": (lambda p: p.model_copy(update={"key": "b0008"}), "b0008"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_answer_that_breaks_the_plot_is_refused_and_named(fault: str) -> None:
    given = _given()
    change, named = FAULTS[fault]
    with pytest.raises(AnswerInvalid, match=named) as caught:
        check(_first(_draft(given), change), given.plot, given.cast, given.settings)
    assert caught.value.phase == "storyboard"


def test_an_adaptation_may_leave_words_out() -> None:
    given = _given()
    draft = _first(_draft(given), lambda p: _part(p, text="話だ。"))
    check(draft, given.plot, given.cast, Settings(fidelity="adapted"))


def test_pages_are_numbered_and_no_more_than_wished_for() -> None:
    given = _given()
    draft = _draft(given)
    skipped = StoryboardDraft(pages=(draft.pages[0], _numbered(draft.pages[1], 3)))
    with pytest.raises(AnswerInvalid, match="numbered"):
        check(skipped, given.plot, given.cast, given.settings)
    with pytest.raises(AnswerInvalid, match="1 are allowed"):
        check(draft, given.plot, given.cast, Settings(pages=1))


def _numbered(page: PageDraft, number: int) -> PageDraft:
    return page.model_copy(update={"number": number})
