"""Wishes that cannot be carried out leave the list, and what of them can be done stays on it."""

import pytest

from editing.drop_refused_wishes import carry_out, refusals, revision_of, wishes_of
from editing.state_as_json import Json
from graph.state import State
from manga.errors import ContentBlocked, WishRefused
from manga.phases import Phase

pytestmark = pytest.mark.anyio


def _wish(instruction: str, *scope: str) -> Json:
    return {"instruction": instruction, "scope": list(scope)}


def _said(wishes: list[Json]) -> tuple[str, ...]:
    return revision_of(wishes).instructions


async def _refusing(wishes: list[Json]) -> tuple[str, ...]:
    for number, said in enumerate(_said(wishes)):
        if "wings" in said:
            kept = said.replace(" and wings", "") if said != "wings" else ""
            raise WishRefused("no wings", wish=number, kept=kept)
    return _said(wishes)


async def test_what_is_refused_is_taken_off_and_told_while_all_else_is_done() -> None:
    wishes = [_wish("wings"), _wish("short hair and wings", "c01"), _wish("a hat", "c02")]
    made = await carry_out(Phase.CHARACTERS, wishes, _refusing)
    assert made.result == ("short hair", "a hat")
    state: State = {"wishes": {"characters": []}, "feedback": {"asked_at": "plot", "stops": ["characters"]}}
    change = made.change(state)
    assert change["wishes"] == {"characters": [_wish("short hair", "c01"), _wish("a hat", "c02")]}
    assert [one["instruction"] for one in change["feedback"]["refused"]] == ["wings", "short hair and wings"]
    assert change["feedback"]["stops"] == ["characters"]


async def test_without_a_refusal_the_state_does_not_change() -> None:
    made = await carry_out(Phase.PLOT, [_wish("longer", "s01")], _refusing)
    assert made.change({}) == {}


async def test_a_refusal_of_no_wish_on_the_list_is_an_error() -> None:
    async def refuse(wishes: list[Json]) -> None:
        raise WishRefused("never", wish=len(wishes))

    with pytest.raises(WishRefused):
        await carry_out(Phase.PLOT, [_wish("longer")], refuse)


async def test_a_wish_that_safety_rules_refuse_is_given_up_and_no_work_fails_for_it() -> None:
    async def make(wishes: list[Json]) -> tuple[str, ...]:
        if "blood" in _said(wishes):
            raise ContentBlocked("Not by the rules.")
        return _said(wishes)

    made = await carry_out(Phase.PLOT, [_wish("longer"), _wish("blood", "s01")], make)
    assert made.result == ("longer",)
    refused = {"phase": "plot", "instruction": "blood", "reason": "Not by the rules."}
    assert made.change({})["feedback"]["refused"] == [refused]


async def test_a_story_that_safety_rules_refuse_is_an_error() -> None:
    async def refuse(wishes: list[Json]) -> None:
        raise ContentBlocked("Not by the rules.")

    with pytest.raises(ContentBlocked):
        await carry_out(Phase.PLOT, [_wish("longer")], refuse)


async def test_what_is_kept_must_be_less_than_what_was_said() -> None:
    asked: list[tuple[str, ...]] = []

    async def refuse(wishes: list[Json]) -> None:
        asked.append(_said(wishes))
        if wishes:
            raise WishRefused("no", kept=_said(wishes)[0])

    await carry_out(Phase.PLOT, [_wish("longer")], refuse)
    assert asked == [("longer",), ()]


def test_one_wish_for_everything_opens_the_whole_phase() -> None:
    assert revision_of([_wish("a hat", "c02"), _wish("short", "c01", "c02")]).scope == ("c02", "c01")
    assert revision_of([_wish("a hat", "c02"), _wish("all older")]).scope == ()


def test_a_review_tells_what_was_refused_so_far() -> None:
    refused = [{"phase": "characters", "instruction": "wings", "reason": "no"}]
    state: State = {"feedback": {"refused": refused}}
    assert refusals(state, Phase.CONCEPT) == []
    assert refusals(state, Phase.CHARACTERS) == refusals(state, Phase.LETTERING) == refused
    assert wishes_of(state, Phase.PLOT) == []
