"""From a device to a level, and from a level to pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from editing.preview_quality import Device, page_px, quality_level
from graph.context import RunOptions


@pytest.mark.parametrize(
    ("memory_gb", "cores", "kbit_s", "level"),
    [
        (4, 2, 5_000, 1),  # 5 * mean(0.5, 0.25, 0.25) = 1.67
        (8, 8, 20_000, 5),
        (64, 64, 1_000_000, 5),
        (8, 8, 4_000, 3),  # 5 * 2.2 / 3 = 3.67
        (8, 4, 2_000, 2),
        (0.5, 1, 100, 1),
        (8, 4, 18_000, 4),  # the mean is 0.8: 4 exactly
    ],
)
def test_the_level_is_the_mean_of_what_the_device_has(memory_gb: float, cores: int, kbit_s: float, level: int) -> None:
    assert quality_level(Device(memory_gb=memory_gb, cores=cores, kbit_s=kbit_s)) == level


def test_a_person_may_wish_for_more_or_less() -> None:
    assert quality_level(Device(multiplier=2)) == 3
    assert quality_level(Device(multiplier=10)) == 5
    assert quality_level(Device(memory_gb=8, cores=8, kbit_s=20_000, multiplier=0.1)) == 1


@given(
    st.builds(
        Device,
        memory_gb=st.floats(0.01, 1000),
        cores=st.integers(1, 1000),
        kbit_s=st.floats(1, 1e6),
        multiplier=st.floats(0.01, 10),
    )
)
def test_there_is_always_a_level_and_more_is_never_less(device: Device) -> None:
    level = quality_level(device)
    assert 1 <= level <= 5
    assert quality_level(device.model_copy(update={"cores": device.cores * 2})) >= level
    assert page_px(level) >= 320


@pytest.mark.parametrize("wrong", [{"memory_gb": 0}, {"cores": -1}, {"kbit_s": float("nan")}, {"multiplier": 11}])
def test_a_device_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Device.of(wrong)


def test_a_run_that_is_told_nothing_has_the_level_of_a_device_that_says_nothing() -> None:
    assert RunOptions().quality_level == quality_level(Device())


def test_a_higher_level_is_a_larger_page_and_no_other_level_is_known() -> None:
    widths = [page_px(level) for level in range(1, 6)]
    assert widths == sorted(set(widths))
    assert (page_px(-3), page_px(99)) == (widths[0], widths[-1])
