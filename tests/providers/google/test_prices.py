"""What a call costs."""

from datetime import date

import pytest

from providers.google.prices import PRICES, cost_usd, price_of

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
