"""Nothing is silently lost: superseded and orphaned edits are told, and come back when their reason goes."""

import copy
from typing import Any, cast

from editing.accept_edits import accepted
from editing.edit_status import retired, standings
from editing.overlay import overlay
from editing.phase_results import edits_of, result_json
from graph.state import State
from manga.phases import Phase
from tests.editing.works import board, edited, last_id, sent, state, status, without


def test_a_later_edit_of_the_same_field_supersedes_and_taking_it_back_revives() -> None:
    once = edited(state(), sent("p01.k1.b1", text="一"))
    twice = edited(once, sent("p01.k1.b1", text="二"))
    assert list(status(twice).values()) == ["superseded", "active"]
    assert list(status(without(twice, last_id(twice))).values()) == ["active"]


def test_another_field_supersedes_nothing() -> None:
    both = edited(state(), sent("p01.k1.b1", text="一"), sent("p01.k1.b1", "selection", kind="shout"))
    assert set(status(both).values()) == {"active"}


def test_a_table_supersedes_the_single_edits_of_its_lines() -> None:
    rows = [{"key": "p01.k1.b1", "text": "三"}, {"key": "p01.k2.b1", "text": "四"}]
    both = edited(state(), sent("p01.k1.b1", text="一"), sent("storyboard", lines=rows))
    assert list(status(both).values()) == ["superseded", "active"]
    again = edited(both, sent("p01.k1.b1", text="五"))
    assert list(status(again).values()) == ["superseded", "active", "active"]


def test_what_adds_something_supersedes_nothing() -> None:
    twice = edited(state(), *(sent("p01", "drag_drop", insert_panel={}) for _ in range(2)))
    assert set(status(twice).values()) == {"active"}


def test_an_edit_whose_panel_is_gone_is_orphaned_with_its_reason() -> None:
    directed = edited(state(), sent("p02.k2", "selection", shot="close"), sent("c02", name="兵十郎"))
    gone: Any = {**directed, "storyboard": _without_panel(directed, "b0005")}
    gone["characters"] = {"characters": directed["characters"]["characters"][:1]}
    found = standings(cast("State", gone))
    assert [standing.status for standing in found] == ["orphaned", "orphaned"]
    assert all(standing.reason for standing in found)


def _without_panel(of: State, key: str) -> Any:
    raw = of["storyboard"]
    return {
        "pages": [
            page
            | {
                "panels": [panel for panel in page["panels"] if panel["key"] != key],
                "layout": page["layout"] | {"frames": [f for f in page["layout"]["frames"] if f["key"] != key]},
            }
            for page in raw["pages"]
        ]
    }


def test_an_edit_survives_that_its_phase_is_made_anew() -> None:
    """Another raw result, the same keys: the author's word stands over it."""
    now = edited(state(), sent("p01.k1.b1", text="私の言葉"), sent("p01.k1", "selection", shot="close"))
    raw = board(state()).model_copy(
        update={"pages": tuple(p.model_copy(update={"panels": p.panels}) for p in board(state()).pages)}
    )
    shown = overlay(Phase.STORYBOARD, raw.to_json(), edits_of(now))
    panel = shown["pages"][0]["panels"][0]
    assert (panel["dialogue"]["parts"][0]["text"], panel["direction"]["shot"]) == ("私の言葉", "close")


def _recounted(of: State) -> State:
    """The storyboard made anew with a page more at its front: the model counts its pages again."""
    pages = copy.deepcopy(of["storyboard"]["pages"])
    new = copy.deepcopy(pages[0])
    for panel, frame in zip(new["panels"], new["layout"]["frames"], strict=True):
        panel["key"] = frame["key"] = f"{panel['key']}+1"
        panel["dialogue"] = {"parts": []}
    for number, page in enumerate([new, *pages], start=1):
        page |= {"number": number, "key": f"g{number:03}"}
    return cast("State", {**of, "storyboard": {"pages": [new, *pages]}})


def test_an_edit_of_a_page_follows_its_panels_when_the_pages_are_counted_anew() -> None:
    moved = edited(state(), sent("p02", "drag_drop", position={"before": ""}))
    last = [panel.key for panel in board(moved).pages[-1].panels]
    after = _recounted(moved)
    assert [panel.key for panel in board(after).pages[-1].panels] == last
    assert list(status(after).values()) == ["active"]


def test_an_edit_of_a_page_whose_panels_are_all_gone_is_orphaned_and_touches_no_other_page() -> None:
    moved = edited(state(), sent("p02", "drag_drop", position={"before": ""}))
    raw = copy.deepcopy(moved["storyboard"])
    for panel, frame in zip(raw["pages"][1]["panels"], raw["pages"][1]["layout"]["frames"], strict=True):
        panel["key"] = frame["key"] = f"{panel['key']}+7"
    after = cast("State", {**moved, "storyboard": raw})
    assert list(status(after).values()) == ["orphaned"]
    assert [page.key for page in board(after).pages] == ["g001", "g002", "g003", "g004"]


def _instructed(of: State, phase: str, scope: list[str]) -> State:
    plan = {"items": [{"phase": phase, "instruction": "other", "scope": scope}]}
    return cast("State", {**of, "feedback": {"asked_at": "lettering", "version": "v1", "plan": plan}})


def _with_hair(of: State, hair: str) -> Any:
    people = of["characters"]["characters"]
    return {"characters": [people[0] | {"look": people[0]["look"] | {"hair_style": hair}}, *people[1:]]}


def test_an_instruction_that_changes_the_same_field_retires_the_edit() -> None:
    own = edited(state(), sent("c01", "selection", **{"look.hair_style": "bun", "look.eyes": "sharp"}))
    asked = _instructed(own, "characters", ["c01"])
    made = _with_hair(own, "long")
    after = cast("State", {**asked, "characters": made, "edits": retired(asked, Phase.CHARACTERS, made)})
    look = result_json(after, Phase.CHARACTERS)["characters"][0]["look"]
    assert (look["hair_style"], look["eyes"]) == ("long", "sharp")


def test_an_instruction_about_a_panel_retires_what_it_has_changed_there() -> None:
    own = edited(state(), sent("b0001", "selection", shot="close", angle="low"))
    asked = _instructed(own, "storyboard", ["b0001"])
    made: Any = copy.deepcopy(own["storyboard"])
    made["pages"][0]["panels"][1]["direction"]["shot"] = "long"
    after = cast("State", {**asked, "storyboard": made, "edits": retired(asked, Phase.STORYBOARD, made)})
    direction = board(after).pages[0].panels[1].direction
    assert (direction.shot, direction.angle) == ("long", "low")


def test_an_edit_of_which_nothing_counts_any_more_is_told_as_superseded() -> None:
    own = edited(state(), sent("c01", "selection", **{"look.hair_style": "bun"}))
    asked = _instructed(own, "characters", [])
    made = _with_hair(own, "long")
    after = cast("State", {**asked, "characters": made, "edits": retired(asked, Phase.CHARACTERS, made)})
    assert list(status(after).values()) == ["superseded"]


def test_an_instruction_about_somebody_else_or_without_effect_retires_nothing() -> None:
    own = edited(state(), sent("c01", "selection", **{"look.hair_style": "bun"}))
    made = _with_hair(own, "long")
    assert retired(_instructed(own, "characters", ["c02"]), Phase.CHARACTERS, made) is None
    assert retired(_instructed(own, "characters", ["c01"]), Phase.CHARACTERS, own["characters"]) is None
    assert retired(own, Phase.CHARACTERS, made) is None


def test_edits_are_told_in_the_order_in_which_they_came() -> None:
    now = edited(state(), sent("p01.k1.b1", text="一"), sent("concept", title="二"))
    assert [standing.id for standing in standings(now)] == [edit["id"] for edit in now["edits"]]
    assert accepted(state(), [])[:] == []


def test_numbers_that_were_set_by_hand_are_told_and_nothing_else_is() -> None:
    now = edited(state(), sent("p01.k1.b1", "style_adjust", scale=1.2), sent("p01.k1.b1", text="一"))
    assert [standing.numbers for standing in standings(now)] == [{"scale": 1.2}, {}]
