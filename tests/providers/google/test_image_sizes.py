"""Which proportions and sizes are asked for, and which models draw."""

from datetime import date

import pytest

from providers.google.image_sizes import PAINTERS, RATIOS, painter_of, ratio_for, size_for
from providers.google.prices import ImageSize, image_price_of
from tests.gemini import models


@pytest.mark.parametrize(
    ("width", "height", "ratio"),
    [(60, 60, "1:1"), (150, 64, "21:9"), (150, 30, "4:1"), (20, 160, "1:8"), (48, 60, "4:5"), (182, 257, "3:4")],
)
def test_the_nearest_proportion_is_asked_for(width: float, height: float, ratio: str) -> None:
    assert ratio_for(width, height) == ratio


def test_wide_and_high_panels_are_treated_alike() -> None:
    turned = {ratio_for(w, 100.0): ratio_for(100.0, w) for w in (30.0, 52.0, 71.0, 88.0, 120.0, 190.0, 350.0, 700.0)}
    unlike = {name: other for name, other in turned.items() if ":".join(reversed(name.split(":"))) != other}
    assert unlike in ({}, {"21:9": "1:4"}, {"21:9": "9:16"}), "only 21:9 has no counterpart"


def test_every_proportion_has_the_pixels_that_the_service_draws() -> None:
    assert RATIOS == models.RATIOS


@pytest.mark.parametrize(
    ("width", "height", "sizes", "size"),
    [
        (80.0, 60.0, ("1K", "2K"), "1K"),
        (150.0, 112.0, ("1K", "2K"), "2K"),
        (150.0, 112.0, ("1K",), "1K"),
        (72.0, 72.0, ("1K", "2K"), "1K"),
    ],
)
def test_the_size_is_what_print_needs(
    width: float, height: float, sizes: tuple[ImageSize, ...], size: ImageSize
) -> None:
    assert size_for(width, height, sizes) == size


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("gemini-nano-banana-2.1", 14),
        ("gemini-nano-banana-2.1-002", 14),
        ("models/gemini-3-pro-image", 14),
        ("gemini-3.1-flash-lite-image", 3),
        ("gemini-5-image-preview", 3),
    ],
)
def test_a_model_takes_as_many_pictures_as_is_known(name: str, most: int) -> None:
    painter = painter_of(name)
    assert painter is not None
    assert painter.most_sheets == most


@pytest.mark.parametrize("name", ["gemini-3.8-flash", "imagen-4.0-generate-001", "gpt-image-2", "offline", ""])
def test_what_is_no_image_model_of_the_family_is_none(name: str) -> None:
    assert painter_of(name) is None


def test_every_model_that_we_name_has_a_price_at_each_size_that_we_ask_for() -> None:
    for painter in PAINTERS:
        price = image_price_of(painter.model, date(2026, 11, 24))
        assert price is not None
        assert all(price.of_picture(size) for size in painter.sizes)
