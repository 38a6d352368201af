"""Character sheets through the graph: a gate for models that draw after them, and nothing at all for the others."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from calls.ledger import PlainLedger
from editing.phase_results import result_of
from editing.sheet_status import sheet_warnings
from editing.state_as_json import Json
from graph.build import STEPS, build_graph
from graph.events import Completed, ReviewRequested, RunEvent
from graph.thread_config import config_of
from manga.characters import Cast
from manga.errors import ContentBlocked, ProviderBusy, ProviderFault, QuotaExhausted
from manga.phases import Phase
from providers.base import SheetBrief
from tests.graph.crew import CREW, Studio, studio
from tests.graph.told import CAST, answers, brief
from tests.sheet_images import SheetImages

pytestmark = pytest.mark.anyio
APPROVE = {"action": "approve"}


def _review(events: list[RunEvent]) -> ReviewRequested:
    last = events[-1]
    assert isinstance(last, ReviewRequested), events
    return last


async def _approved(it: Studio, review: ReviewRequested, upto: Phase) -> ReviewRequested:
    while review.phase is not upto:
        review = _review(await it.run(answer=APPROVE, interrupt_id=review.interrupt_id))
    return review


async def _at_characters(it: Studio) -> ReviewRequested:
    return await _approved(it, _review(await it.run(brief=brief(feedback=True))), Phase.CHARACTERS)


async def _edited(it: Studio, review: ReviewRequested, key: str, **data: object) -> ReviewRequested:
    edit = {"change_type": "text_edit", "element_id": key, "change_data": data, "base_version": review.version_id}
    return _review(await it.run(answer={"action": "edit", "edits": [edit]}, interrupt_id=review.interrupt_id))


def refusing(key: str, *, times: int = 99, error: Exception | None = None) -> Callable[[SheetBrief], None]:
    """Refuses somebody's sheets so many times."""
    left = [times]

    def refuse(sheet: SheetBrief) -> None:
        if sheet.character.key == key and left[0]:
            left[0] -= 1
            raise error or ContentBlocked("too much blood")

    return refuse


def _cast(state: Json) -> Cast:
    return result_of(state, Phase.CHARACTERS, Cast)  # type: ignore[arg-type]


def _panels_of(images: SheetImages) -> dict[str, list[str]]:
    return {panel: [who for who, _ in after] for panel, after in sorted(images.after.items())}


async def test_everybody_is_drawn_after_the_own_sheet() -> None:
    images = SheetImages()
    it = studio(panels=4, images=images)
    assert isinstance((await it.run(brief=brief()))[-1], Completed)
    assert sorted(images.sketched) == [("c01", 0), ("c02", 0)]
    assert _panels_of(images) == {"b0000": ["c01"], "b0001": ["c02"], "b0002": ["c01"], "b0003": ["c02"]}
    (name,) = _cast(await it.values()).characters[0].reference_images
    assert await it.blobs.get(f"local/{it.work}/{name}") == images.after["b0000"][0][1]
    assert it.count("images_drawn") == 6


async def test_an_image_model_that_draws_from_words_is_asked_for_no_sheet_and_nothing_is_written() -> None:
    it = studio(panels=2)
    await it.run(brief=brief())
    state = await it.values()
    assert state["sheets"] == {}
    assert state["characters"] == answers()["characters"].to_json()
    assert it.count("images_drawn") == 2


async def test_sheets_are_drawn_at_the_places_of_the_work() -> None:
    people = tuple(CAST.characters[0].model_copy(update={"key": f"c{n:02}", "name": f"n{n}"}) for n in range(1, 9))
    images = SheetImages()
    it = studio(panels=1, images=images)
    it.text.given["characters"] = Cast(characters=people)
    it.options = replace(it.options, images_at_once=3)
    await it.run(brief=brief())
    assert len(images.sketched) == 8
    assert images.peak == 3


async def test_after_a_crash_between_two_sheets_the_first_is_not_drawn_again() -> None:
    reached, remembered, never = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def stick(sheet: SheetBrief) -> None:
        if sheet.character.key == "c02":
            reached.set()
            await never.wait()

    class Telling(PlainLedger):
        async def remember(self, work: str, digest: str, art: Json) -> None:
            await super().remember(work, digest, art)
            remembered.set()

    it = studio(panels=2, images=SheetImages(on_sheet=stick))
    ledger = Telling()
    services = replace(it.services, ledger=ledger)
    it = replace(it, services=services, ledger=ledger, graph=build_graph(services, it.saver, steps=CREW))
    run = asyncio.create_task(it.run(brief=brief()))
    await asyncio.gather(reached.wait(), remembered.wait())
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    again = it.reopened(images := SheetImages())
    assert isinstance((await again.run())[-1], Completed)
    assert images.sketched == [("c02", 0)]
    assert it.count("images_drawn") == 4
    assert it.text.asked.count("characters") == 1


@pytest.mark.parametrize("error", [QuotaExhausted(retry_after_s=3600), ProviderBusy()])
async def test_the_end_of_the_quota_leaves_the_sheets_that_there_are(error: Exception) -> None:
    it = studio(panels=2, images=SheetImages(on_sheet=refusing("c01", error=error)))
    with pytest.raises(type(error)):
        await it.run(brief=brief())
    assert it.count("images_drawn") == 1
    again = it.reopened(images := SheetImages())
    assert isinstance((await again.run())[-1], Completed)
    assert images.sketched == [("c01", 0)]


async def test_after_the_end_of_the_quota_no_other_sheet_is_tried() -> None:
    images = SheetImages(on_sheet=refusing("c01", error=QuotaExhausted()))
    it = studio(panels=2, images=images)
    it.options = replace(it.options, images_at_once=1)
    with pytest.raises(QuotaExhausted):
        await it.run(brief=brief())
    assert images.sketched == [("c01", 0)]


async def test_refused_once_the_other_seeds_sheet_is_used() -> None:
    images = SheetImages(on_sheet=refusing("c02", times=1))
    it = studio(panels=2, images=images)
    review = await _at_characters(it)
    assert "missing_sheets" not in review.data
    assert review.data["on_timeout"] == "approve"
    assert sorted(images.sketched) == [("c01", 0), ("c02", 0), ("c02", 1)]
    state = await it.values()
    assert state["sheets"]["c02"]["take"] == 1
    assert len(_cast(state).characters[1].reference_images) == 1


async def test_refused_twice_the_review_is_held_and_tells_who_has_no_sheet_and_why() -> None:
    it = studio(panels=2, images=SheetImages(on_sheet=refusing("c02")))
    review = await _at_characters(it)
    assert review.data["missing_sheets"] == [{"character": "c02", "name": "兵十", "reason": "too much blood"}]
    assert review.data["on_timeout"] == "hold"


async def test_a_person_may_go_on_without_and_is_not_asked_again() -> None:
    images = SheetImages(on_sheet=refusing("c02"))
    it = studio(panels=4, images=images)
    review = await _at_characters(it)
    events = await it.run(answer=APPROVE, interrupt_id=review.interrupt_id)
    review = await _approved(it, _review(events), Phase.ARTWORK)
    assert _panels_of(images) == {"b0000": ["c01"], "b0001": [], "b0002": ["c01"], "b0003": []}
    calls = len(images.sketched)
    review = await _edited(it, review, "c01", description="a small white fox")
    assert "missing_sheets" not in review.data
    assert images.sketched[calls:] == [("c01", 0)]
    assert sheet_warnings(await it.values()) != []  # type: ignore[arg-type]


async def test_other_words_get_a_sheet_and_the_review_lets_go() -> None:
    it = studio(
        panels=2,
        images=SheetImages(on_sheet=lambda s: refusing("c02")(s) if "work" in s.character.description else None),
    )
    review = await _at_characters(it)
    assert review.data["on_timeout"] == "hold"
    review = await _edited(it, review, "c02", description="a man in a clean coat")
    assert review.phase is Phase.CHARACTERS
    assert "missing_sheets" not in review.data
    assert review.data["on_timeout"] == "approve"


async def test_while_the_words_stay_a_refused_sheet_is_not_asked_for_again_and_the_review_stays_held() -> None:
    images = SheetImages(on_sheet=refusing("c02"))
    it = studio(panels=2, images=images)
    review = await _at_characters(it)
    calls = len(images.sketched)
    review = await _edited(it, review, "c01", description="a small white fox")
    assert [one["character"] for one in review.data["missing_sheets"]] == ["c02"]
    assert review.data["on_timeout"] == "hold"
    assert images.sketched[calls:] == [("c01", 0)]


async def test_a_sheet_that_failed_for_another_reason_is_tried_again_at_the_next_change() -> None:
    it = studio(panels=2, images=SheetImages(on_sheet=refusing("c02", times=5, error=ProviderFault("broken"))))
    review = await _at_characters(it)
    assert [one["reason"] for one in review.data["missing_sheets"]] == ["broken"]
    review = await _edited(it, review, "c01", description="a small white fox")
    assert "missing_sheets" not in review.data


async def test_a_sheet_that_fails_while_feedback_is_carried_out_stops_at_its_review() -> None:
    images = SheetImages()
    it = studio(panels=2, images=images)
    review = await _approved(it, await _at_characters(it), Phase.ARTWORK)
    images.on_sheet = refusing("c02")
    review = await _edited(it, review, "concept", art_style="woodcut")
    assert review.phase is Phase.CONCEPT
    review = _review(await it.run(answer=APPROVE, interrupt_id=review.interrupt_id))
    assert review.phase is Phase.CHARACTERS
    assert [one["character"] for one in review.data["missing_sheets"]] == ["c02"]


async def test_without_feedback_the_book_is_finished_and_warns_of_who_has_no_sheet() -> None:
    it = studio(panels=2, images=SheetImages(on_sheet=refusing("c02")))
    assert isinstance((await it.run(brief=brief()))[-1], Completed)
    state = await it.values()
    (told,) = sheet_warnings(state)  # type: ignore[arg-type]
    assert told == "兵十の設定画がありません（too much blood）。この人物は言葉による説明だけで描かれています。"
    assert STEPS[Phase.FINISHING].reads(state)["warnings"] == [told]  # type: ignore[arg-type]


async def test_new_looks_get_a_new_sheet_and_redraw_the_panels_of_that_person_alone() -> None:
    images = SheetImages()
    it = studio(panels=4, images=images)
    review = await _approved(it, await _at_characters(it), Phase.ARTWORK)
    before = _cast(await it.values())
    images.sketched.clear()
    images.drawn.clear()
    review = await _approved(it, await _edited(it, review, "c02", description="a man in rags"), Phase.ARTWORK)
    after = _cast(await it.values())
    assert images.sketched == [("c02", 0)]
    assert sorted(images.drawn) == ["b0001", "b0003"]
    assert after.characters[0].reference_images == before.characters[0].reference_images
    assert after.characters[1].reference_images != before.characters[1].reference_images
    # Taken back: the first sheet and the first pictures are found again.
    images.sketched.clear()
    images.drawn.clear()
    (edit,) = (await it.values())["edits"]
    answer = {"action": "edit", "edits": [], "undo": [edit["id"]]}
    await _approved(it, _review(await it.run(answer=answer, interrupt_id=review.interrupt_id)), Phase.ARTWORK)
    assert (images.sketched, images.drawn) == ([], [])
    assert _cast(await it.values()) == before


async def test_a_locked_person_keeps_the_sheet_when_the_style_changes() -> None:
    images = SheetImages()
    it = studio(panels=2, images=images)
    review = await _at_characters(it)
    kept = _cast(await it.values()).characters[0].reference_images
    lock = {"locks": {"c01": {"kind": "character", "at": review.version_id}}}
    await it.graph.aupdate_state(config_of(it.work, None), lock, as_node="characters")
    images.sketched.clear()
    review = _review(await it.run())
    review = await _edited(it, review, "concept", art_style="woodcut")
    review = await _approved(it, review, Phase.CHARACTERS)
    assert images.sketched == [("c02", 0)]
    assert _cast(await it.values()).characters[0].reference_images == kept
