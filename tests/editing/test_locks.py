"""What a person locked stays as it is: sheets, panels, pages, their pictures; plans say so, and no word is lost."""

from typing import Any

import pytest

from editing.element_lookup import elements_of, find_element
from editing.locks import held, locked_keys, orphaned, respected
from editing.state_as_json import Json
from graph.state import State
from graph.thread_config import config_of
from manga.errors import NotFound
from manga.phases import Phase
from tests.graph.crew import studio
from tests.graph.told import CAST, brief, storyboard_of

pytestmark = pytest.mark.anyio


def state(**locks: str) -> State:
    return {
        "characters": CAST.to_json(),
        "storyboard": storyboard_of(4).to_json(),
        "locks": {key: {"kind": kind, "at": "v"} for key, kind in locks.items()},
    }


def panels_of(storyboard: Json) -> list[Json]:
    return [panel for page in storyboard["pages"] for panel in page["panels"]]


def changed(panel: Json, **change: Any) -> Json:
    return {**panel, "direction": {**panel["direction"], **change}}


def test_an_element_is_found_by_key_address_and_name() -> None:
    found = state()
    assert [e.address for e in elements_of(found)] == ["c01", "c02", "p01", "p01.k1", "p01.k2", "p01.k3", "p01.k4"]
    for text, key in (("b0002", "b0002"), ("p01.k3", "b0002"), ("p1.k3", "b0002"), ("P01", "g001"), ("兵十", "c02")):
        assert find_element(found, text).key == key
    with pytest.raises(NotFound, match=r"p9\.k9"):
        find_element(found, "p9.k9")


def test_a_locked_sheet_stays_and_others_change() -> None:
    before = state(c01="character")
    made = CAST.to_json()
    made["characters"] = [{**person, "description": "new"} for person in made["characters"]]  # type: ignore[attr-defined]
    kept = held(Phase.CHARACTERS, before, made)
    assert [person["description"] for person in kept["characters"]] == ["a small fox", "new"]


def test_a_locked_character_is_not_dropped_from_the_cast() -> None:
    made = {"characters": [person for person in CAST.to_json()["characters"] if person["key"] == "c02"]}  # type: ignore[attr-defined]
    kept = held(Phase.CHARACTERS, state(c01="character"), made)
    assert [person["key"] for person in kept["characters"]] == ["c02", "c01"]


def test_a_locked_panel_keeps_its_direction_in_a_new_storyboard() -> None:
    made = storyboard_of(4).to_json()
    made["pages"][0]["panels"] = [changed(p, seen="new") for p in panels_of(made)]  # type: ignore[index]
    kept = held(Phase.STORYBOARD, state(b0001="panel"), made)
    assert [panel["direction"]["seen"] for panel in panels_of(kept)] == ["new", "panel 1", "new", "new"]


def test_a_locked_panel_takes_new_words_rather_than_lose_a_line() -> None:
    made = storyboard_of(4).to_json()
    panels = panels_of(made)
    moved = panels[2]["dialogue"]["parts"]
    panels[2]["dialogue"] = {"parts": []}
    panels[1]["dialogue"] = {"parts": [*panels[1]["dialogue"]["parts"], *moved]}
    kept = held(Phase.STORYBOARD, state(b0001="panel", b0002="panel"), made)
    assert [len(panel["dialogue"]["parts"]) for panel in panels_of(kept)] == [1, 2, 0, 1]


def test_a_locked_page_keeps_its_layout_and_takes_its_new_number() -> None:
    before = state(g001="page")
    made = storyboard_of(4).to_json()
    page = made["pages"][0]  # type: ignore[index]
    page |= {"number": 2, "layout": {**page["layout"], "emphasis": ["b0001"]}}
    kept = held(Phase.STORYBOARD, before, made)["pages"][0]
    assert kept == {**before["storyboard"]["pages"][0], "number": 2}
    assert locked_keys(before, "panel") == {"b0000", "b0001", "b0002", "b0003"}


def test_a_lock_whose_element_is_gone_is_named() -> None:
    assert orphaned(state(b0001="panel", b0099="panel", c07="character")) == ("b0099", "c07")


def item(phase: str, *scope: str) -> Json:
    return {"phase": phase, "instruction": "darker", "scope": list(scope), "reason": "dark"}


def planned(state: State, *items: Json, edits: list[Json] | None = None) -> Json:
    feedback: Json = {"plan": {"items": list(items), "question": ""}}
    return respected(state, feedback | ({"edits": edits} if edits else {}))


def test_a_plan_leaves_locked_panels_out_and_says_so() -> None:
    plan = planned(state(b0001="panel"), item("artwork", "b0001", "b0002"))["plan"]
    assert plan["items"] == [item("artwork", "b0002") | {"reason": "dark; locked and kept: p01.k2"}]


def test_a_plan_for_the_whole_phase_names_what_stays() -> None:
    (left,) = planned(state(g001="page"), item("artwork"))["plan"]["items"]
    assert left["reason"] == "dark; locked and kept: p01"
    assert left["scope"] == []


def test_a_wish_about_all_words_leaves_out_the_words_of_locked_panels() -> None:
    (left,) = planned(state(b0001="panel"), item("lettering"))["plan"]["items"]
    assert left["scope"] == ["b0000", "b0002", "b0003"]


def test_a_lock_does_not_concern_other_phases() -> None:
    wish = item("characters", "c02")
    assert planned(state(c01="character", b0001="panel"), wish)["plan"]["items"] == [wish]


@pytest.mark.parametrize("key", ["b0001", "l0001", "l0001.1"])
def test_what_would_touch_only_what_is_locked_is_asked_back(key: str) -> None:
    plan = planned(state(b0001="panel"), item("lettering", key))["plan"]
    assert plan["items"] == []
    assert plan["question"].startswith("p01.k2: locked.")


def test_an_edit_of_a_locked_element_is_asked_back() -> None:
    edit = {"phase": "characters", "element_key": "c01", "change_data": {}}
    feedback = planned(state(c01="character"), item("characters", "c01"), edits=[edit])
    assert feedback["edits"] == []
    assert "ごん (c01): locked" in feedback["plan"]["question"]


def test_a_lock_that_an_edit_would_break_by_a_way_round_is_asked_back() -> None:
    board = state(b0001="panel")
    for key, data in (
        ("b0000", {"merge": "b0001"}),
        ("g001", {"delete": True}),
        ("l0000.1", {"panel": {"panel": "b0001"}}),
        ("storyboard", {"lines": [{"key": "l0001.1", "text": "other"}]}),
    ):
        edit = {"id": "e", "phase": "storyboard", "element_key": key, "change_data": data}
        plan = planned(board, item("storyboard"), edits=[edit])["plan"]
        assert plan["question"].startswith("p01.k2: locked."), data


def test_an_edit_of_a_locked_element_is_not_taken_back() -> None:
    board = state(b0001="panel")
    board["edits"] = [
        {
            "id": "e1", "change_type": "selection", "phase": "storyboard", "element_key": "b0001",
            "change_data": {"shot": "close"}, "base_version": "v",
        }
    ]  # fmt: skip
    undoing = {"plan": {"items": [item("storyboard", "b0001")], "question": ""}, "edits": [], "undo": ["e1"]}
    kept = respected(board, undoing)
    assert (kept["undo"], kept["plan"]["items"]) == ([], [])


def test_a_sentence_that_is_as_good_as_an_edit_leaves_locks_alone() -> None:
    wish = item("storyboard") | {"edit": {"element_key": "b0001"}}
    plan = planned(state(b0001="panel"), wish, item("storyboard", "b0002"))["plan"]
    assert plan["items"] == [item("storyboard", "b0002")]


async def test_a_locked_panel_is_not_drawn_again_when_its_digest_changes() -> None:
    it = studio(panels=4)
    await it.run(brief=brief())
    drawn = len(it.images.drawn)
    config = config_of(it.work, None)
    cast = [person | {"description": "older"} for person in CAST.to_json()["characters"]]  # type: ignore[attr-defined]
    change = {
        "characters": {"characters": cast},
        "locks": {"b0000": {"kind": "panel", "at": "v"}},
        "feedback": {"asked_at": "finishing", "stops": ["artwork"]},
    }
    await it.graph.aupdate_state(config, change, as_node="confirm")
    await it.run()
    assert it.images.drawn[drawn:] == ["b0001", "b0002", "b0003"]
    await it.graph.aupdate_state(config, change | {"locks": {"b0000": None}}, as_node="confirm")
    await it.run()
    assert it.images.drawn[drawn + 3 :] == ["b0000"]
