"""Hostile and mistaken edits are refused by the name of the field, and nothing is changed by them."""

import copy
import math
from contextlib import suppress
from typing import Any

import pytest

from editing.accept_edits import accepted, check_form, undone
from editing.state_as_json import Json
from manga.errors import Conflict, EditRejected
from tests.editing.works import sent, state

MB = "x" * 1_000_000
DATA = "change_data"
OTHER_WORK = "0e8f1a2b-7c1d-4e5f-8a9b-0c1d2e3f4a5b"


def _of(element: str, change: str, data: Json, **more: Any) -> Json:
    return {"change_type": change, "element_id": element, "change_data": data, "base_version": "v1"} | more


HOSTILE: list[tuple[str, Json, str]] = [
    ("a path", _of("../../etc/passwd", "text_edit", {"text": "x"}), "element_id"),
    ("a path in an address", _of("p01/../p02.k1.b1", "text_edit", {"text": "x"}), "element_id"),
    ("an encoded path", _of("%2e%2e%2fp01", "text_edit", {"text": "x"}), "element_id"),
    ("a null byte", _of("p01.k1.b1\x00", "text_edit", {"text": "x"}), "element_id"),
    ("no element", _of("", "text_edit", {"text": "x"}), "element_id"),
    ("no such page", _of("p99", "drag_drop", {"delete": True}), "element_id"),
    ("no such balloon", _of("p01.k1.b9", "text_edit", {"text": "x"}), "element_id"),
    ("another work's id", _of(OTHER_WORK, "text_edit", {"text": "x"}), "element_id"),
    ("another work as a field", _of("p01.k1.b1", "text_edit", {"text": "x"}, work_id=OTHER_WORK), "work_id"),
    ("another owner", _of("p01.k1.b1", "text_edit", {"text": "x"}, owner_id="eve"), "owner_id"),
    ("an unknown field", _of("p01.k1.b1", "text_edit", {"colour": "red"}), f"{DATA}.colour"),
    ("a field of Python", _of("p01.k1.b1", "text_edit", {"__class__": "x"}), f"{DATA}.__class__"),
    ("a key to be changed", _of("p01.k1", "selection", {"key": "b9999"}), f"{DATA}.key"),
    ("a field of another kind", _of("p01.k1", "text_edit", {"text": "x"}), f"{DATA}.text"),
    ("an unknown change", _of("p01.k1.b1", "delete_all", {"text": "x"}), "change_type"),
    ("the wrong change", _of("p01.k1.b1", "drag_drop", {"text": "x"}), "change_type"),
    ("no text", _of("p01.k1.b1", "text_edit", {"text": ""}), f"{DATA}.text"),
    ("a megabyte of text", _of("p01.k1.b1", "text_edit", {"text": MB}), DATA),
    ("text that is too long", _of("p01.k1.b1", "text_edit", {"text": "x" * 201}), f"{DATA}.text"),
    ("a control in a text", _of("p01.k1.b1", "text_edit", {"text": "a\x00b"}), f"{DATA}.text"),
    ("half a character", _of("p01.k1.b1", "text_edit", {"text": "\ud800"}), f"{DATA}.text"),
    ("a number as a text", _of("p01.k1.b1", "text_edit", {"text": 5}), f"{DATA}.text"),
    ("a list as a text", _of("p01.k1.b1", "text_edit", {"text": ["x"]}), f"{DATA}.text"),
    ("nothing as a text", _of("p01.k1.b1", "text_edit", {"text": None}), f"{DATA}.text"),
    ("somebody not in the cast", _of("p01.k1.b1", "text_edit", {"speaker": "c99"}), f"{DATA}.speaker"),
    ("no such kind", _of("p01.k1.b1", "selection", {"kind": "explosion"}), f"{DATA}.kind"),
    ("not a number", _of("p01.k1.b1", "drag_drop", {"move": {"dx_mm": math.nan, "dy_mm": 0}}), DATA),
    ("infinity", _of("p01.k1.b1", "drag_drop", {"move": {"dx_mm": math.inf, "dy_mm": 0}}), DATA),
    ("a huge number", _of("p01.k1.b1", "drag_drop", {"move": {"dx_mm": 1e308, "dy_mm": 0}}), f"{DATA}.move.dx_mm"),
    ("off the page", _of("p01.k1.b1", "drag_drop", {"move": {"dx_mm": 300, "dy_mm": 0}}), f"{DATA}.move"),
    ("half a move", _of("p01.k1.b1", "drag_drop", {"move": {"dx_mm": 3}}), f"{DATA}.move.dy_mm"),
    ("more than a move", _of("p01.k1.b1", "drag_drop", {"move": {"dx_mm": 3, "dy_mm": 0, "z": 1}}), f"{DATA}.move.z"),
    ("a size of nothing", _of("p01.k1.b1", "style_adjust", {"scale": 0}), f"{DATA}.scale"),
    ("true as a size", _of("p01.k1.b1", "style_adjust", {"scale": True}), f"{DATA}.scale"),
    ("an importance of 9", _of("p01.k1", "selection", {"importance": 9}), f"{DATA}.importance"),
    ("an importance as words", _of("p01.k1", "selection", {"importance": "5"}), f"{DATA}.importance"),
    ("a stranger in the picture", _of("p01.k1", "selection", {"figures.c99.pose": "run"}), f"{DATA}.figures.c99.pose"),
    ("somebody who is not there", _of("p01.k1", "selection", {"figures.c02.pose": "run"}), f"{DATA}.figures.c02.pose"),
    ("a cut from nowhere", _of("p01.k1", "drag_drop", {"split": {"a": [-500, 0], "b": [50, 50]}}), f"{DATA}.split.a"),
    ("a cut without ends", _of("p01.k1", "drag_drop", {"split": {}}), f"{DATA}.split"),
    ("merging with itself", _of("p01.k1", "drag_drop", {"merge": "p01.k1"}), f"{DATA}.merge"),
    ("merging across pages", _of("p01.k4", "drag_drop", {"merge": "p02.k1"}), f"{DATA}.merge"),
    ("merging with a path", _of("p01.k1", "drag_drop", {"merge": "../x"}), f"{DATA}.merge"),
    ("before no page", _of("p01", "drag_drop", {"position": {"before": "p77"}}), f"{DATA}.position.before"),
    ("a false deletion", _of("p01", "drag_drop", {"delete": False}), f"{DATA}.delete"),
    ("a key of its own", _of("p01", "drag_drop", {"insert_panel": {"key": "b0001"}}), f"{DATA}.insert_panel"),
    ("a made up key", _of("p01", "drag_drop", {"insert_panel": {"key": "../.."}}), f"{DATA}.insert_panel.key"),
    ("no row", _of("storyboard", "text_edit", {"lines": []}), f"{DATA}.lines"),
    ("a row of none", _of("storyboard", "text_edit", {"lines": [{"key": "p99", "text": "x"}]}), f"{DATA}.lines.0.key"),
    ("an empty row", _of("storyboard", "text_edit", {"lines": [{"key": "p01.k1.b1"}]}), f"{DATA}.lines.0"),
    ("a picture by path", _of("p01.k1", "drag_drop", {"picture": {"blob": "../other/secret"}}), f"{DATA}.picture.blob"),
    ("an id that is a path", _of("p01.k1.b1", "text_edit", {"text": "x"}, id="../x"), "id"),
    ("no change", _of("p01.k1.b1", "text_edit", {}), DATA),
    ("a phase it has no place in", _of("p01.k1.b1", "text_edit", {"text": "x"}, phase="concept"), "phase"),
    ("a phase there is not", _of("p01.k1.b1", "text_edit", {"text": "x"}, phase="ink"), "phase"),
    ("a face that is not there", _of("c01", "selection", {"look.hair_style": "mohawk"}), f"{DATA}.look.hair_style"),
    ("a new key for a person", _of("c01", "text_edit", {"key": "c02"}), f"{DATA}.key"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "field"), [(edit, field) for _, edit, field in HOSTILE], ids=[n for n, _, _ in HOSTILE]
)
def test_a_hostile_edit_is_refused_by_the_name_of_its_field_and_changes_nothing(edit: Json, field: str) -> None:
    before = state()
    kept = copy.deepcopy(before)
    with pytest.raises(EditRejected) as refusal:
        accepted(before, [edit])
    assert refusal.value.element == field
    assert refusal.value.message.startswith(f"{field}: ")
    assert len(refusal.value.message) < 300
    assert refusal.value.http_status == 422
    assert before == kept


def test_one_bad_edit_of_many_refuses_them_all() -> None:
    with pytest.raises(EditRejected):
        accepted(state(), [sent("p01.k1.b1", text="good"), sent("p01.k1.b1", text="")])


def test_one_bad_row_refuses_the_whole_table() -> None:
    rows = [{"key": "p01.k1.b1", "text": "good"}, {"key": "p01.k2.b1", "text": ""}]
    with pytest.raises(EditRejected, match=r"change_data\.lines\.1\.text"):
        accepted(state(), [sent("storyboard", lines=rows)])


def test_an_address_of_another_version_is_a_conflict_that_names_the_current_one() -> None:
    edit = sent("p01.k1.b1", text="x") | {"base_version": "v0"}
    with pytest.raises(Conflict, match="v1"):
        accepted(state(), [edit])


def test_a_key_is_valid_at_any_version() -> None:
    edit = sent("l0000.1", text="x") | {"base_version": "v0"}
    assert accepted(state(), [edit])[0].element_key == "l0000.1"


def test_an_id_can_be_used_once() -> None:
    edit = sent("p01.k1.b1", text="x") | {"id": "mine"}
    with pytest.raises(EditRejected, match="mine"):
        accepted(state(), [edit, edit])


def test_taking_back_an_edit_that_is_not_there_is_refused() -> None:
    with pytest.raises(EditRejected, match="undo"):
        undone(state(), ["nothing"])


def test_deeply_nested_data_is_refused() -> None:
    deep: Any = "x"
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(EditRejected):
        accepted(state(), [sent("p01.k1.b1", text=deep)])


@pytest.mark.parametrize(
    ("edit", "field"), [(edit, field) for _, edit, field in HOSTILE], ids=[n for n, _, _ in HOSTILE]
)
def test_what_is_refused_without_a_look_at_the_work_is_refused_by_the_same_field(edit: Json, field: str) -> None:
    with suppress(EditRejected):
        check_form(edit)
        return
    with pytest.raises(EditRejected) as refusal:
        check_form(edit)
    assert refusal.value.element == field


def test_a_good_edit_passes_without_a_look_at_the_work() -> None:
    check_form(sent("p01.k1.s1", "style_adjust", turn_deg=30))
    check_form(sent("l0001.1", "style_adjust", turn_deg=30))
    check_form(sent("l0001", text="x"))


def test_no_edit_brings_more_words_onto_a_page_than_it_can_hold() -> None:
    lines = [sent(f"p01.k{n}", "text_edit", insert_line={"text": "あ" * 200}) for n in range(1, 5) for _ in range(4)]
    with pytest.raises(EditRejected, match="more words than it can hold"):
        accepted(state(), lines)
