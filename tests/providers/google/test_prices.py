"""What a call costs."""

from datetime import date

import pytest

from providers.google.prices import (
    IMAGE_PRICES,
    PRICES,
    ImageSize,
    cost_usd,
    image_cost_usd,
    image_price,
    image_price_of,
    price_of,
)

DAY = date(2026, 11, 24)


def test_cached_input_is_cheaper_and_part_of_the_input() -> None:
    cost = cost_usd("gemini-3.8-flash", DAY, input_tokens=1_000_000, cached_tokens=400_000, output_tokens=100_000)
    assert cost == pytest.approx(0.6 * 0.75 + 0.4 * 0.075 + 0.1 * 3.75)


@pytest.mark.parametrize("name", ["gemini-4-neon", "models/gemini-4-neon", "gemini-4-neon-001"])
def test_a_version_costs_what_its_model_costs(name: str) -> None:
    price = price_of(name, DAY)
    assert price is not None
    assert price.model == "gemini-4-neon"


@pytest.mark.parametrize("name", ["gemini-9-xenon", "gemini-3.8-flash-image", ""])
def test_a_model_that_is_not_in_the_table_has_no_price(name: str) -> None:
    assert price_of(name, DAY) is None
    assert cost_usd(name, DAY, input_tokens=1, cached_tokens=0, output_tokens=1) is None


def test_every_model_has_a_price_today() -> None:
    assert [price.model for price in PRICES if price_of(price.model, DAY) is None] == []


@pytest.mark.parametrize(
    ("model", "size", "usd"),
    [
        ("gemini-nano-banana-2.1", "1K", 0.0336),
        ("gemini-nano-banana-2.1", "2K", 0.0504),
        ("gemini-nano-banana-2.1", None, 0.0504),
        ("models/gemini-nano-banana-2.1-001", "2K", 0.0504),
        ("gemini-3-pro-image", None, 0.134),
        ("gemini-3.1-flash-lite-image", None, 0.0336),
        ("gemini-3.1-flash-lite-image", "2K", None),
        ("gemini-9-xenon-image", None, None),
    ],
)
def test_a_picture_has_its_price_by_model_and_size(model: str, size: ImageSize | None, usd: float | None) -> None:
    assert image_price(model, DAY, size) == (None if usd is None else pytest.approx(usd, abs=5e-4))


def test_no_picture_has_a_price_before_its_model_was_there() -> None:
    assert image_price("gemini-nano-banana-2.1", date(2026, 1, 1)) is None


def test_a_picture_costs_what_was_read_thought_and_drawn_for_it() -> None:
    cost = image_cost_usd("gemini-nano-banana-2.1", DAY, input_tokens=2000, word_tokens=400, image_tokens=1120)
    assert cost == pytest.approx((2000 * 1.5 + 400 * 7.5 + 1120 * 30) / 1e6)
    assert image_cost_usd("gemini-9-xenon", DAY, input_tokens=1, word_tokens=0, image_tokens=1) is None


def test_a_picture_whose_tokens_are_not_told_costs_its_list_price() -> None:
    told = {"input_tokens": 0, "word_tokens": 0, "image_tokens": 0}
    assert image_cost_usd("gemini-nano-banana-2.1", DAY, **told, size="1K") == pytest.approx(0.0336)


def test_every_image_model_has_a_price_today() -> None:
    assert [price.model for price in IMAGE_PRICES if image_price_of(price.model, DAY) is None] == []
