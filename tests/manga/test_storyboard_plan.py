"""Answers about pages: what code sets anyway may be missing, descriptions may run too long, shapes may not be wrong."""

from typing import Any

import pytest
from pydantic import ValidationError

from manga.storyboard_plan import PlannedPage, StoryboardPages


def _panel(**more: Any) -> dict[str, Any]:
    direction = {"shot": "bust", "seen": "x" * 900, "props": list("abcdefgh"), "figures": []}
    parts = [{"line": "l0007", "kind": "speech", "text": "はい。", "key": "l7-a"}]
    told = {"beats": ["b0001"], "role": "talk", "importance": 2}
    return {**told, "direction": direction, "dialogue": {"parts": parts}, **more}


def test_what_code_sets_may_be_missing_and_long_descriptions_are_cut() -> None:
    (page,) = StoryboardPages.of({"pages": [{"number": 12, "panels": [_panel(key="first")]}]}).pages
    (panel,) = page.panels
    assert (page.key, panel.key, panel.scene, panel.direction.setting) == ("g012", "b0001", "", "")
    assert (len(panel.direction.seen), len(panel.direction.props)) == (400, 6)
    assert panel.dialogue.parts[0].key == "l0000.1"


def test_a_model_is_shown_its_pages_whole_without_what_code_sets() -> None:
    said = {"kind": "speech", "text": "Come.", "key": "l0001.1", "line": "l0001", "speaker": "c01"}
    told = StoryboardPages.of(
        {"pages": [{"number": 3, "panels": [_panel(dialogue={"parts": [said]})] * 2}] * 2}
    ).as_asked()
    assert [(page["number"], len(page["panels"])) for page in told["pages"]] == [(3, 2), (3, 2)]
    assert told["pages"][1]["panels"][1]["dialogue"]["parts"][0]["text"] == "Come."


def test_what_is_given_well_stays_as_it_is() -> None:
    (page,) = StoryboardPages.of({"pages": [{"number": 3, "panels": [_panel(key="b0001+1", scene="s02")]}]}).pages
    again = StoryboardPages.of({"pages": [page.to_json()]}).pages[0]
    assert again == page
    assert (page.panels[0].key, page.panels[0].scene) == ("b0001+1", "s02")


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"pages": 3},
        {"pages": [3]},
        {"pages": [{"panels": 3}]},
        {"pages": [{"number": "x" * 9, "panels": [_panel()]}]},
        {"pages": [{"number": True, "panels": [3]}]},
        {"pages": [{"number": 10**9, "panels": [_panel(beats=[])]}]},
        {"pages": [{"number": 1, "panels": [_panel(beats=[{}])]}]},
        {"pages": [{"number": 1, "panels": [_panel(direction=[])]}]},
        {"pages": [{"number": 1, "panels": [_panel(dialogue={"parts": [3]})]}]},
        {"pages": [{"number": 1, "panels": [_panel() for _ in range(500)]}]},
    ],
)
def test_wrong_shapes_are_refused_and_never_more_than_that(data: Any) -> None:
    with pytest.raises(ValidationError):
        StoryboardPages.of(data)


def test_a_long_hook_is_cut() -> None:
    assert len(PlannedPage.of({"number": 1, "beats": ["b0001"], "weights": [3], "hook": "?" * 500}).hook) == 200
