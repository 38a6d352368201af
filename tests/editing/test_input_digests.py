"""Equal digest, equal result, no call; and edits are laid over without touching what is raw."""

import pytest

from editing.input_digests import input_digest, panel_digest
from editing.overlay import overlay
from graph.thread_config import config_of
from manga.edits import Edit
from manga.phases import Phase
from tests.agents.test_artwork import BRIEFS
from tests.graph.crew import studio
from tests.graph.told import brief, storyboard_of

pytestmark = pytest.mark.anyio


def _edit(key: str, **data: str) -> Edit:
    change = dict(data)
    return Edit(
        id="e", change_type="text_edit", phase=Phase.STORYBOARD, element_key=key, change_data=change, base_version="v"
    )


def test_the_order_of_keys_does_not_change_a_digest_and_a_wish_does() -> None:
    assert input_digest("plot", {"a": 1, "b": 2}) == input_digest("plot", {"b": 2, "a": 1})
    assert input_digest("plot", {"a": 1}) != input_digest("lettering", {"a": 1})
    assert input_digest("plot", {"a": 1}) != input_digest("plot", {"a": 1}, [{"instruction": "darker"}])


def test_a_picture_depends_on_its_brief_and_on_the_image_model() -> None:
    brief_ = BRIEFS[0]
    assert panel_digest(brief_, "a") != panel_digest(brief_, "b")
    assert panel_digest(brief_, "a") != panel_digest(brief_.model_copy(update={"take": 1}), "a")
    assert panel_digest(brief_, "a") == panel_digest(type(brief_).of(brief_.to_json()), "a")


def test_without_edits_the_result_is_the_very_same_object() -> None:
    raw = storyboard_of(2).to_json()
    assert overlay(Phase.STORYBOARD, raw, ()) is raw
    assert overlay(Phase.PLOT, raw, (_edit("l0001.1", text="x"),)) is raw


def test_an_edit_changes_its_own_element_and_leaves_the_raw_result() -> None:
    raw = storyboard_of(2).to_json()
    before = str(raw)
    shown = overlay(Phase.STORYBOARD, raw, (_edit("l0001.1", text="one"), _edit("l0001.1", text="two")))
    texts = [part["text"] for panel in shown["pages"][0]["panels"] for part in panel["dialogue"]["parts"]]
    assert texts == ["line 0", "two"]
    assert str(raw) == before


async def test_going_through_again_with_nothing_changed_calls_nobody_and_keeps_every_result() -> None:
    it = studio()
    await it.run(brief=brief())
    before, asked, drawn = await it.values(), len(it.text.asked), len(it.images.drawn)
    config = config_of(it.work, None)
    await it.graph.aupdate_state(
        config, {"feedback": {"asked_at": "finishing", "stops": ["concept"]}}, as_node="confirm"
    )
    await it.run()
    after = await it.values()
    assert (len(it.text.asked), len(it.images.drawn)) == (asked, drawn)
    assert all(after[phase.value] == before[phase.value] for phase in Phase)


async def test_a_new_look_redraws_the_panels_where_it_is_seen_and_no_others() -> None:
    it = studio()
    await it.run(brief=brief())
    it.images.drawn.clear()
    values = await it.values()
    values["characters"]["characters"][1]["description"] = "a man with a long beard"
    config = config_of(it.work, None)
    await it.graph.aupdate_state(config, {"characters": values["characters"]}, as_node="characters")
    await it.run()
    assert sorted(it.images.drawn) == ["b0001", "b0003", "b0005"]


async def test_a_look_that_comes_back_brings_its_pictures_back() -> None:
    it = studio()
    await it.run(brief=brief())
    first = (await it.values())["artwork"]
    config = config_of(it.work, None)
    for description in ("other", "a man in work clothes"):
        it.images.drawn.clear()
        values = await it.values()
        values["characters"]["characters"][1]["description"] = description
        await it.graph.aupdate_state(config, {"characters": values["characters"]}, as_node="characters")
        await it.run()
    assert it.images.drawn == []
    blobs = {key: art["blob"] for key, art in (await it.values())["artwork"].items()}
    assert blobs == {key: art["blob"] for key, art in first.items()}


async def test_a_fork_begins_at_its_version_and_leaves_the_other_line_alone() -> None:
    it = studio()
    await it.run(brief=brief())
    versions = list(it.ledger.versions.items())
    plot_id, plot = versions[2]
    old = await it.values()
    at = config_of(it.work, None, plot.checkpoint_id)
    feedback = {"asked_at": "plot", "stops": ["plot"]}
    wishes = {"plot": [{"instruction": "happier", "scope": []}]}
    change = {"feedback": feedback, "wishes": wishes, "version": plot_id}
    forked = await it.graph.aupdate_state(at, change, as_node="confirm")
    assert (await it.graph.aget_state(forked)).next == ("plot",)
    it.text.asked.clear()
    await it.run()
    assert it.text.asked == ["plot"]
    new = list(it.ledger.versions.values())[7:]
    assert [version.phase for version in new] == ["plot", "storyboard", "artwork", "lettering", "finishing"]
    assert new[0].parent == plot_id
    head = config_of(it.work, None, versions[-1][1].checkpoint_id)
    assert (await it.graph.aget_state(head)).values["plot"] == old["plot"]
