"""What a work will be and cost, before it begins; what its limits leave of it."""

from dataclasses import replace

import pytest

from calls.ledger import PostgresLedger
from calls.money import OFFLINE_WORDS, Tariff, WordPrice
from manga.brief import Brief
from manga.errors import BriefRejected, Conflict
from storage.database import Pool, connection
from storage.works import read_brief
from works.accept_work import ESTIMATED, Request, accept
from works.estimate import estimate, sentence, settle_choices
from works.queue.job_queue import open_queue
from works.work_json import cost_of

pytestmark = pytest.mark.anyio

CHEAP, DEAR = (
    Tariff(WordPrice("m", 0.75, 3.75), {}, "hand", paid_pictures=True, picture_usd=price) for price in (0.03, 0.06)
)

FLASH = WordPrice("google_genai:gemini-3.8-flash", 0.75, 3.75)
PAID = Tariff(FLASH, {}, "gemini-nano-banana-2.1", paid_pictures=True, picture_usd=0.05, draws_sheets=True)
FREE = Tariff()
SENTENCE = "ごんは、しだの一ぱいしげった森の中に穴をほって住んでいました。"
STORY = SENTENCE * 162


def request(tariff: Tariff, *, limit: float = 2.0, usd: float = 1.5) -> Request:
    sent = Brief.of({"text": "ごんは森に住んでいました。" * 99, "request_id": "r", "settings": {"max_cost_usd": limit}})
    return Request(settle_choices(sent, tariff), sent=sent, estimated_usd=usd)


async def test_the_same_request_is_the_same_work_although_prices_have_changed(pool: Pool) -> None:
    queue = await open_queue(pool)
    first = await accept(pool, queue, request(CHEAP))
    again = await accept(pool, queue, request(DEAR))
    assert (first.created, again.created, first.work.id) == (True, False, again.work.id)
    async with connection(pool) as conn:
        kept = Brief.of(await read_brief(conn, first.work.id))
    assert kept.settings.max_images == settle_choices(request(CHEAP).sent or kept, CHEAP).settings.max_images
    assert kept.settings.fidelity == "adapted"
    with pytest.raises(Conflict):
        await accept(pool, queue, request(CHEAP, limit=3.0))


async def test_what_a_work_was_estimated_at_is_counted_once(pool: Pool) -> None:
    queue = await open_queue(pool)
    for _ in range(3):
        work = (await accept(pool, queue, request(CHEAP))).work
    ledger = PostgresLedger(pool)
    await ledger.count(str(work.id), {"images": 2})
    assert await ledger.counted(str(work.id)) == {ESTIMATED: 1_500_000, "images": 2}


def brief(text: str = STORY, **settings: object) -> Brief:
    return Brief.of({"text": text, "settings": settings})


def test_five_thousand_japanese_characters_are_as_many_pages_as_the_spec_says() -> None:
    found = estimate(brief(), FREE)
    assert 5000 <= len(STORY) <= 5100
    assert found.pages == 23 + 1
    assert (found.panels, found.images, found.sheets) == (115, 0, 0)
    assert (found.estimated_usd, found.text_calls, found.unpriced) == (0, 4, ())


def test_talk_takes_more_pages_than_telling() -> None:
    talk = "「そうか、おまえだったのか。いつも栗をくれたのは。」\n" * 60
    told = SENTENCE * (len(talk) // len(SENTENCE))
    assert estimate(brief(talk), FREE).pages > 1.5 * estimate(brief(told), FREE).pages


def test_paid_models_condense_to_fifty_panels_and_a_quarter_more_unless_a_person_has_chosen_otherwise() -> None:
    assert estimate(settle_choices(brief(), PAID), PAID).panels == 65, "a model may bring moments back"
    assert estimate(settle_choices(brief(fidelity="faithful"), PAID), PAID).panels == 115
    assert estimate(settle_choices(brief(pages=20), PAID), PAID).panels == 100
    assert estimate(settle_choices(brief(max_images=80), PAID), PAID).images == 80
    assert settle_choices(brief(), FREE).settings.fidelity == "faithful"
    words = Tariff(FLASH, {}, "hand")
    assert words.paid
    assert settle_choices(brief(), words).settings.fidelity == "faithful", "pictures that cost nothing are not spared"


def test_calls_are_the_planned_ones_and_more_for_a_long_text() -> None:
    """Five phases with one each; a look at cuts, shapes; the plan of pages, its batches, proof-reading."""
    assert estimate(settle_choices(brief(), PAID), PAID).text_calls == 5 + 1 + 1 + 1 + 3 + 1
    long = estimate(settle_choices(brief(SENTENCE * 1620), PAID), PAID)
    assert long.text_calls == 4 + 9 + 1 + 1 + 1 + 9 + 1


def test_words_and_pictures_are_priced_apart() -> None:
    order = settle_choices(brief(), PAID)
    both, free_words = estimate(order, PAID), estimate(order, replace(PAID, usual=OFFLINE_WORDS))
    past_border = estimate(order, Tariff(FLASH))
    assert free_words.estimated_usd == pytest.approx(0.05 * 54)
    assert both.estimated_usd == pytest.approx(0.05 * 69 + past_border.estimated_usd, abs=2e-4)
    assert 0.02 < past_border.estimated_usd < 0.5
    assert (past_border.images, free_words.text_calls) == (0, 4)


def test_the_dearer_model_of_one_question_is_counted_for_that_question() -> None:
    order = settle_choices(brief(), PAID)
    neon = replace(PAID, own={"storyboard": WordPrice("google_genai:gemini-4-neon", 3.0, 15.0)})
    assert estimate(order, neon).estimated_usd > estimate(order, PAID).estimated_usd + 0.05


def test_more_pictures_at_once_take_less_time() -> None:
    order = settle_choices(brief(), PAID)
    one, five = (estimate(order, PAID, images_at_once=places).seconds for places in (1, 5))
    assert one - five == pytest.approx(4 * (69 - 14))
    assert five < 600, "the limit of the working time"


@pytest.mark.parametrize("limit", [0.25, 0.5, 1.0, 2.0, 4.0])
def test_what_a_cost_limit_leaves_costs_no_more_than_it(limit: float) -> None:
    order = settle_choices(brief(max_cost_usd=limit, fidelity="faithful"), PAID)
    found = estimate(order, PAID)
    assert order.settings.max_images is not None
    assert limit - 0.12 < found.estimated_usd <= limit
    assert found.images == order.settings.max_images


def test_a_cost_limit_raises_no_limit_of_pictures() -> None:
    assert settle_choices(brief(max_cost_usd=50, max_images=12), PAID).settings.max_images == 12
    assert settle_choices(brief(max_cost_usd=0.5, max_images=500), PAID).settings.max_images == 6


def test_a_limit_that_pays_for_no_picture_is_told_before_anything_is_paid() -> None:
    with pytest.raises(BriefRejected, match=r"0\.02 USD pay for no picture; .* about 0\.2") as refused:
        settle_choices(brief(max_cost_usd=0.02), PAID)
    assert refused.value.element == "settings.max_cost_usd"


def test_a_limit_of_pictures_holds_for_panels_and_sheets_together() -> None:
    found = estimate(settle_choices(brief(max_images=11), PAID), PAID)
    assert (found.panels, found.sheets, found.images) == (9, 2, 11)


@pytest.mark.parametrize(
    "tariff",
    [Tariff(WordPrice("openai:gpt-5", None, None)), replace(PAID, picture_usd=None, image_model="openai:gpt-5")],
)
def test_without_a_known_price_no_cost_limit_is_accepted(tariff: Tariff) -> None:
    with pytest.raises(BriefRejected, match="what openai:gpt-5 costs is not known"):
        settle_choices(brief(max_cost_usd=5), tariff)
    found = estimate(settle_choices(brief(), tariff), tariff)
    assert found.unpriced == ("openai:gpt-5",)
    assert "without openai:gpt-5, whose price is not known" in sentence(found, tariff)


def test_offline_a_cost_limit_changes_nothing() -> None:
    order = brief(max_cost_usd=0)
    assert settle_choices(order, FREE) is order


def test_the_estimate_is_one_line() -> None:
    told = sentence(estimate(settle_choices(brief(), PAID), PAID), PAID)
    assert told == (
        "Estimate: about 14 pages, 69 pictures by gemini-nano-banana-2.1, 4 of them character sheets, 12 text calls;"
        " 3.72 USD; 2 min."
    )


def test_the_result_tells_what_was_estimated_and_all_that_was_paid_for() -> None:
    counters = {ESTIMATED: 2_890_000, "text_microusd": 150_000, "image_microusd": 2_500_000, "text_calls": 7}
    counters |= {"images": 51, "images_drawn": 50}
    assert cost_of(counters) == {"estimated_usd": 2.89, "spent_usd": 2.65, "text_calls": 7, "images": 51}
    assert cost_of({}) == {"estimated_usd": 0, "spent_usd": 0, "text_calls": 0, "images": 0}
