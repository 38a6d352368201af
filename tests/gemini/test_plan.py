"""Which call fails: by its number, by model and prompt, or a share of all by a seed."""

import random

import pytest

from tests.gemini.faults import FAULTS, fits
from tests.gemini.plan import ALWAYS, Asked, Plan, Rule

WRITES = Asked("gemini-3.8-flash", False, "plot", "d0")
DRAWS = Asked("gemini-nano-banana-2.1", True, "", "d1")


def test_the_nth_call_fails_and_then_all_is_well() -> None:
    plan = Plan([Rule(("503",), first=3, times=2)])
    assert [plan.fault_of(WRITES) for _ in range(6)] == [None, None, "503", "503", None, None]


def test_only_calls_that_a_rule_is_about_are_counted() -> None:
    plan = Plan([Rule(("429day",), first=2, model=DRAWS.model), Rule(("500",), prompt="plot")])
    asked = [DRAWS, WRITES, WRITES, DRAWS, DRAWS]
    assert [plan.fault_of(one) for one in asked] == [None, "500", None, "429day", None]


def test_a_fault_of_pictures_waits_for_a_picture() -> None:
    plan = Plan([Rule(("no_image",))])
    assert [plan.fault_of(one) for one in (WRITES, DRAWS)] == [None, "no_image"]


def test_the_first_rule_that_chooses_a_call_has_it() -> None:
    plan = Plan([Rule(("503",), first=2), Rule(("500",), times=3)])
    assert [plan.fault_of(WRITES) for _ in range(3)] == ["500", "503", "500"]


def requests() -> list[Asked]:
    return [Asked("gemini-3.8-flash", False, "plot", f"digest {number}") for number in range(400)]


def test_a_share_fails_whatever_the_order_of_arrival() -> None:
    rule = Rule(("500", "badjson", "cut"), times=ALWAYS, share=0.1, seed=3)
    straight, mixed = requests(), requests()
    random.Random(1).shuffle(mixed)
    first, second = Plan([rule]), Plan([rule])
    found = {one.digest: first.fault_of(one) for one in straight}
    assert {one.digest: second.fault_of(one) for one in mixed} == found
    failed = [fault for fault in found.values() if fault]
    assert 20 <= len(failed) <= 60
    assert set(failed) == {"500", "badjson", "cut"}


def test_another_seed_fails_others() -> None:
    plans = [Plan([Rule(("500",), times=ALWAYS, share=0.1, seed=seed)]) for seed in (1, 2)]
    first, second = ([plan.fault_of(one) for one in requests()] for plan in plans)
    assert first != second


def test_a_repeated_request_has_a_chance_of_its_own() -> None:
    plan = Plan([Rule(("500",), times=ALWAYS, share=0.5, seed=1)])
    assert {plan.fault_of(WRITES) for _ in range(20)} == {None, "500"}


def test_a_fault_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="no such fault: 999"):
        Rule(("999",))


def test_every_fault_can_befall_a_call() -> None:
    assert [name for name in FAULTS if not fits(name, draws=True) and not fits(name, draws=False)] == []
