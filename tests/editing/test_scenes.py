"""Scenes in another order: nothing is lost, and acts and pages follow."""

from itertools import permutations
from typing import Any, cast

import pytest

from editing.accept_edits import accepted
from editing.overlay import with_scene_moved
from editing.phase_results import edits_of, result_json, result_of
from graph.state import State
from manga.errors import EditRejected
from manga.phases import Phase
from manga.plot import Plot
from tests.editing.works import edited, last_id, plot, sent, state, status, without


def _work() -> State:
    """Three scenes in two acts over three pages; the second page holds the end of one and the beginning of another."""
    found: dict[str, Any] = dict(state())
    scene: Any = plot(9).scenes[0].to_json()
    beats = scene["beats"]
    scenes = [{**scene, "key": f"s{n + 1:02}", "beats": beats[3 * n : 3 * n + 3]} for n in range(3)]
    pages = [beats[:2], beats[2:5], beats[5:]]
    found["plot"] = {
        **found["plot"],
        "acts": [{"name": "opening", "scenes": ["s01", "s02"]}, {"name": "ending", "scenes": ["s03"]}],
        "scenes": scenes,
        "pages": [
            {"number": n, "beats": [beat["key"] for beat in page], "hook": f"hook {n}"}
            for n, page in enumerate(pages, start=1)
        ],
    }
    found["feedback"] = {"asked_at": "plot", "version": "v1"}
    left: Any = {key: value for key, value in found.items() if key not in ("storyboard", "artwork", "lettering")}
    return cast("State", left)


def _keys(of: State) -> list[str]:
    return [scene["key"] for scene in result_json(of, Phase.PLOT)["scenes"]]


def _moved(of: State, key: str, before: str) -> State:
    return edited(of, sent(key, "drag_drop", position={"before": before}))


@pytest.mark.parametrize(("key", "before"), [*permutations(("s01", "s02", "s03"), 2), ("s01", ""), ("s02", "")])
def test_a_moved_scene_stands_before_the_other_and_every_beat_is_planned_once_in_its_order(
    key: str, before: str
) -> None:
    after = _moved(_work(), key, before)
    keys = _keys(after)
    assert (keys[keys.index(key) + 1 :] or [""])[0] == before
    told = result_of(after, Phase.PLOT, Plot)
    order = [beat.key for beat in told.beats()]
    assert [beat for page in told.pages for beat in page.beats] == order
    assert sorted(order) == sorted(beat.key for beat in result_of(_work(), Phase.PLOT, Plot).beats())
    assert [page.number for page in told.pages] == list(range(1, len(told.pages) + 1))
    assert [scene for act in told.acts for scene in act.scenes] == keys


def test_a_moved_scene_goes_back_when_it_is_taken_back_and_the_last_move_of_a_scene_counts() -> None:
    before = _work()
    once = _moved(before, "s03", "s01")
    twice = _moved(once, "s03", "s02")
    assert (_keys(once), _keys(twice)) == (["s03", "s01", "s02"], ["s01", "s03", "s02"])
    assert _keys(without(twice, last_id(twice))) == _keys(once)
    assert list(status(twice).values()) == ["superseded", "active"]
    assert edits_of(twice)[0].phase is Phase.PLOT


def test_a_scene_that_is_not_there_is_named() -> None:
    with pytest.raises(EditRejected, match=r"position\.before"):
        accepted(_work(), [sent("s01", "drag_drop", position={"before": "s09"})])


def test_where_either_scene_is_gone_the_plot_is_the_very_same() -> None:
    raw = _work()["plot"]
    assert with_scene_moved(raw, "s01", "s09") is raw
    assert with_scene_moved(raw, "s09", "s01") is raw
    assert with_scene_moved(raw, "s01", "s01") is raw
