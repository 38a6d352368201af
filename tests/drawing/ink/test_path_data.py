"""Path data: what is written can be read, moved and measured without a path in between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.ink.paths import (
    Matrix,
    Path,
    box,
    from_data,
    mapped,
    moved_data,
    number,
    reach,
    smooth,
    to_data,
    to_data_moved,
)

points = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=3, max_size=9)
verbs = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}
steps = st.sampled_from("MLQCZ").flatmap(
    lambda verb: st.lists(st.floats(-300, 300), min_size=2 * verbs[verb], max_size=2 * verbs[verb]).map(
        lambda numbers: (verb, *numbers)
    )
)
matrices = st.tuples(*[st.floats(-3, 3)] * 4, *[st.floats(-200, 200)] * 2)


def moved(path: Path, m: Matrix) -> Path:
    return mapped(path, lambda x, y: (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]))


@given(points)
def test_path_data_comes_back_to_a_hundredth_of_a_millimetre(corners: list[tuple[float, float]]) -> None:
    path = smooth(corners, closed=True)
    again = from_data(to_data(path))
    assert [op[0] for op in again] == [op[0] for op in path]
    for one, two in zip(path, again, strict=True):
        assert all(abs(float(a) - float(b)) <= 0.005001 for a, b in zip(one[1:], two[1:], strict=True))


def test_path_data_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="M takes 2 numbers"):
        from_data("M1")


@given(st.lists(steps, max_size=12))
def test_every_number_is_written_as_a_number_is(path: list[tuple[str | float, ...]]) -> None:
    one_by_one = "".join(f"{op[0]}{' '.join(number(float(v)) for v in op[1:])}" for op in path)
    assert to_data(tuple(path)) == one_by_one


@pytest.mark.parametrize(
    ("value", "text"),
    [(-0.0, "0"), (-0.004, "0"), (100.0, "100"), (1.5, "1.5"), (-10.05, "-10.05"), (0.1, "0.1"), (20, "20")],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text
    assert to_data((("M", value, value),)) == f"M{text} {text}"


@given(st.lists(steps, max_size=12), matrices)
def test_moving_while_writing_is_moving_and_writing(path: list[tuple[str | float, ...]], m: Matrix) -> None:
    assert to_data_moved(tuple(path), m) == to_data(moved(tuple(path), m))


@given(st.lists(steps, max_size=12))
def test_the_reach_of_data_is_the_box_of_its_path(path: list[tuple[str | float, ...]]) -> None:
    data = to_data((("M", 1.0, 2.0), *path))
    found = box(from_data(data))
    operations, extent = reach(data)
    assert operations == len(path) + 1
    assert extent == pytest.approx((found.x, found.y, found.right, found.bottom))


@given(st.lists(steps, max_size=12), matrices)
def test_moving_data_is_reading_moving_and_writing_the_path(path: list[tuple[str | float, ...]], m: Matrix) -> None:
    data = to_data((("M", 1.0, 2.0), *path))
    text, extent = moved_data(data, m)
    way = moved(from_data(data), m)
    assert text == to_data(way)
    found = box(way)
    assert extent == pytest.approx((found.x, found.y, found.right, found.bottom))


def test_moving_data_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="C takes 6 numbers"):
        moved_data("M1 2C1 2", (1, 0, 0, 1, 0, 0))
