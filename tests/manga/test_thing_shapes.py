"""Shapes of things: which paths are read, what is refused with which words, how a shape comes to fill its box."""

import pytest
from pydantic import ValidationError

from manga.thing_shapes import (
    MOST_COMMANDS,
    MOST_MARKS,
    Mark,
    ShapeDraft,
    ShapeUnfit,
    ThingShape,
    UnknownThing,
    checked,
    find_shape,
    read_path,
)

LOOM = UnknownThing(key="t01", word="loom", kind="tool")


def draft(*paths: str, **more: object) -> ShapeDraft:
    marks = [{"path": path, "surface": "white"} for path in paths]
    return ShapeDraft.of({"key": "t01", "cm": 120, "marks": marks, **more})


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("", "draws something"),
        ("M 1 1", "draws something"),
        ("L 1 1 L 2 2", "begins with M or O"),
        ("M 1 1 L 2 2 Z L 3 3", "begins with M or O"),
        ("M 1 1 L 2", "L takes 2 numbers"),
        ("M 1 1 Z 3", "Z takes 0 numbers"),
        ("M 1 1 l 2 2", "in capitals"),
        ("M 1 1 A 2 2 0 0 1 3 3", "in capitals"),
        ("M 1 1 L 1e3 2", "takes 2 numbers"),
        ("M 1 1 L NaN 2", "takes 2 numbers"),
        ("M 1 1 L 99999999 2", "plain numbers"),
        ('<path d="M 1 1"/>', "begins with M or O"),
        ("M 1 1 " + "L 2 2 " * 400, "characters"),
    ],
)
def test_a_path_that_is_none_is_refused_with_the_reason(path: str, why: str) -> None:
    with pytest.raises(ShapeUnfit, match=why):
        read_path(path)


def test_a_long_row_of_digits_is_read_in_no_time() -> None:
    with pytest.raises(ShapeUnfit):
        read_path("M " + "1" * 700)


def test_several_sets_of_numbers_may_follow_one_letter() -> None:
    assert read_path("M0 0 10,0 10-5Z") == (("M", (0, 0)), ("L", (10, 0)), ("L", (10, -5)), ("Z", ()))


def test_a_shape_is_grown_to_fill_its_box_in_its_longer_direction() -> None:
    shape = checked(draft("M 40 30 L 60 30 L 60 70 L 40 70 Z", "O 50 50 5 10", grip_x=50, grip_y=70), LOOM)
    assert [mark.path for mark in shape.marks] == ["M25 0L75 0L75 100L25 100Z", "O50 50 12.5 25"]
    assert (shape.grip_x, shape.grip_y) == (50, 100)


def test_a_slip_of_the_pen_over_the_edge_is_brought_back_into_the_box() -> None:
    shape = checked(draft("M -4 0 L 104 0 L 104 50 Z"), LOOM)
    assert Mark.of(shape.marks[0].to_json()) == shape.marks[0]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (draft(), "no marks"),
        (draft("M 300 0 L 40 50 Z"), "outside the box"),
        (draft("M 10 10 L 15 15 Z"), "less than a fifth"),
        (draft("M 0 0" + " L 90 90" * MOST_COMMANDS), "commands"),
        (draft(*["M 0 0 L 90 90"] * (MOST_MARKS + 1)), "16 items"),
        (draft("M 0 0 L 90 90", cm=1e9), "3000"),
        (draft("M 0 0 L 90 90", cm=0), "greater than or equal to 1"),
    ],
)
def test_a_shape_beyond_the_limits_is_refused(wrong: ShapeDraft, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        checked(wrong, LOOM)


def test_a_path_as_long_as_the_commands_allow_is_kept() -> None:
    curves = " C 3 7 13 17 23 29" * (MOST_COMMANDS - 2)
    shape = checked(draft(f"M 3 3{curves} L 87 61"), LOOM)
    assert Mark.of(shape.marks[0].to_json()) == shape.marks[0]


def test_a_kept_shape_lies_within_the_box() -> None:
    """It may come from an edit: what a person sends is held to the same limits."""
    kept = {"key": "t01", "word": "loom", "cm": 9, "marks": [{"path": "M 0 0 L 101 5"}]}
    with pytest.raises(ValidationError, match="outside the box"):
        ThingShape.of(kept)


def shapes(*words: str) -> tuple[ThingShape, ...]:
    return tuple(
        checked(draft("M 0 0 L 90 90"), UnknownThing(key=f"t{at:02}", word=word)) for at, word in enumerate(words)
    )


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("loom", "loom"),
        ("the looms", "loom"),
        ("a broken loom of oak", "loom"),
        ("機織り機", "機織り機"),
        ("sword", None),
        ("spindle", None),
        ("", None),
    ],
)
def test_a_shape_is_found_by_the_words_for_its_thing(said: str, word: str | None) -> None:
    found = find_shape(said, shapes("loom", "機織り機", "sword"))
    assert (found.word if found else None) == word
