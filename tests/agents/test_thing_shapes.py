"""The prop designer: which things a model is asked for, what becomes of its answer, and that nothing is asked twice."""

from typing import Any

import pytest

from agents.thing_shapes import PROMPT, PropDesigner, unknown_things, with_shapes
from manga.errors import ContentBlocked, QuotaExhausted
from manga.losses import LossKind, Reason
from manga.plot import Beat, Plot
from manga.thing_shapes import AskedThing, ThingShapes
from manga.values import Span
from providers.base import Ask
from tests.agents.plot_drafts import DraftModel, Shelf
from tests.graph.crew import StillClock
from tests.graph.told import CONCEPT, plot_of

pytestmark = pytest.mark.anyio
SQUARE = {"marks": [{"path": "M 0 0 L 100 0 L 100 100 L 0 100 Z"}]}


def plot_with(*rows: dict[str, Any]) -> Plot:
    """A plot whose shown beats have these facts."""
    plot = plot_of(1)
    scene = plot.scenes[0]
    facts = [{"told": f"It is told {at}.", "importance": 2, **row} for at, row in enumerate(rows)]
    beats = tuple(
        Beat.of({"key": f"b{at:04}", "span": Span(start=at, end=at + 1), **row}) for at, row in enumerate(facts, 1)
    )
    page = plot.pages[0].model_copy(update={"beats": tuple(beat.key for beat in beats), "number": 1})
    return plot.model_copy(update={"scenes": (scene.model_copy(update={"beats": beats}),), "pages": (page,)})


def answering(**things: dict[str, Any]) -> DraftModel:
    """A model that answers so about things by their words."""

    def answer(ask: Ask[Any]) -> ThingShapes:
        known = {thing.word: thing.key for thing in ask.inputs["things"]}
        rows = [{"key": known[word], "cm": 30, **row} for word, row in things.items() if word in known]
        return ThingShapes.of({"things": rows})

    return DraftModel(answer)


def designer(model: DraftModel, shelf: Shelf | None = None, *wishes: tuple[str, tuple[str, ...]]) -> PropDesigner:
    return PropDesigner(model, StillClock(), CONCEPT, shelf, wishes)


def test_only_things_that_the_register_does_not_know_are_asked_for() -> None:
    plot = plot_with(
        {"props": ("astrolabe", "sword", "a bottle of wine")},
        {"deeds": [{"who": "c01", "action": "hold", "thing": "the astrolabes", "span": {"start": 0, "end": 1}}]},
        {
            "changes": [
                {"who": "c01", "aspect": "holds", "to": "dulcitone"},
                {"who": "c01", "aspect": "hat", "to": "cap"},
            ]
        },
    )
    assert [(one.key, one.word, one.told) for one in unknown_things(plot)] == [
        ("t01", "astrolabe", ("It is told 0.", "It is told 1.")),
        ("t02", "dulcitone", ("It is told 2.",)),
    ]


@pytest.mark.parametrize(
    "word", ["river", "rain", "horse", "sawdust", "a stone bridge", "川", "馬", "speed lines", "grey cloak", "エプロン"]
)
def test_what_others_draw_or_what_has_no_shape_is_not_asked_for(word: str) -> None:
    assert unknown_things(plot_with({"props": (word,)})) == ()


def test_a_place_that_is_a_piece_of_furniture_too_is_asked_for() -> None:
    assert [one.word for one in unknown_things(plot_with({"props": ("counter", "inn")}))] == ["counter"]


def test_what_is_in_a_hand_counts_more_than_what_is_only_there() -> None:
    names = ("zorb", "quab", "frib", "glont", "plim", "wudge", "smeel", "trask")
    taken = {"deeds": [{"who": "c01", "action": "hold", "thing": "vorn", "span": {"start": 0, "end": 1}}]}
    plot = plot_with(*({"props": (name,)} for name in names), taken)
    assert "vorn" in {one.word for one in unknown_things(plot)}


def test_of_many_things_those_of_great_moments_are_drawn_and_beats_that_are_cut_count_nothing() -> None:
    names = ("zorb", "quab", "frib", "glont", "plim", "wudge", "smeel", "trask", "vorn")
    plot = plot_with(*({"props": (f"{name}",), "importance": 5 if name == "vorn" else 2} for name in names))
    asked = {one.word for one in unknown_things(plot)}
    assert len(asked) == 8
    assert "vorn" in asked
    (page,) = plot.pages
    unseen = plot.model_copy(update={"pages": (page.model_copy(update={"beats": page.beats[:1]}),)})
    assert [one.word for one in unknown_things(unseen)] == ["zorb"]


async def test_a_shape_goes_into_the_plot_and_one_that_is_none_becomes_a_loss_with_its_reason() -> None:
    plot = plot_with({"props": ("astrolabe", "dulcitone", "smoulder-pan", "incense burner stand")})
    model = answering(
        astrolabe=SQUARE,
        dulcitone={"marks": [{"path": "<svg onload=alert(1)>"}]},
        **{"smoulder-pan": {"why_not": "not a thing"}},
    )
    made = with_shapes(plot, await designer(model).drawn(plot, ()))
    assert [shape.word for shape in made.things] == ["astrolabe"]
    assert {loss.said: loss.reason for loss in made.losses} == {
        one.word: Reason.BAD_SHAPE if one.word == "dulcitone" else Reason.NO_SHAPE
        for one in unknown_things(plot)
        if one.word != "astrolabe"
    }
    assert [ask.prompt_id for ask in model.asks] == [PROMPT]
    assert "svg" not in str(made.to_json()["things"])


async def test_a_loss_says_the_class_that_is_drawn_instead() -> None:
    plot = plot_with({"props": ("astrolabe", "ambry cloth")})
    losses = with_shapes(plot, await designer(answering()).drawn(plot, ())).losses
    assert {(loss.kind is LossKind.REPLACED) == bool(loss.instead) for loss in losses} == {True}
    assert [loss.element for loss in losses] == ["t01", "t02"][: len(losses)]


async def test_nothing_is_asked_twice_of_what_is_unchanged() -> None:
    plot, shelf = plot_with({"props": ("astrolabe",)}), Shelf()
    model = answering(astrolabe=SQUARE, dulcitone=SQUARE)
    first = await designer(model, shelf).drawn(plot, ())
    assert await designer(model, shelf).drawn(plot, first) == first
    assert await designer(model, shelf).drawn(plot, ()) == first, "as after a crash"
    more = plot_with({"props": ("dulcitone", "astrolabe")})
    both = await designer(model, shelf).drawn(more, first)
    assert [[thing.word for thing in ask.inputs["things"]] for ask in model.asks] == [["astrolabe"], ["dulcitone"]]
    assert {one.word: one.key for one in both} == {"astrolabe": "t01", "dulcitone": "t02"}


async def test_a_wish_draws_one_thing_anew_after_its_shape_so_far() -> None:
    plot, shelf = plot_with({"props": ("astrolabe", "dulcitone")}), Shelf()
    model = answering(astrolabe=SQUARE, dulcitone=SQUARE)
    before = await designer(model, shelf).drawn(plot, ())
    tall = answering(astrolabe={"marks": [{"path": "M 40 0 L 60 0 L 60 100 L 40 100 Z"}]})
    after = await designer(tall, shelf, ("the astrolabe is narrower", ("t01",))).drawn(plot, before)
    assert after[1] == before[1]
    assert after[0].shape != before[0].shape
    (ask,) = tall.asks
    assert (ask.revision.instructions, [one.key for one in ask.revision.previous.things]) == (
        ("the astrolabe is narrower",), ["t01"],
    )  # fmt: skip


async def test_a_wish_that_brings_no_shape_leaves_the_one_there_is() -> None:
    plot = plot_with({"props": ("astrolabe",)})
    before = await designer(answering(astrolabe=SQUARE)).drawn(plot, ())
    (after,) = await designer(answering(), None, ("rounder", ("t01",))).drawn(plot, before)
    assert (after.shape, after.reason) == (before[0].shape, Reason.NO_SHAPE)


def blocked(ask: Ask[Any]) -> None:
    raise ContentBlocked("No.")


async def test_a_wish_that_nobody_answered_is_asked_again_and_the_shape_stays_till_then() -> None:
    plot, wish = plot_with({"props": ("astrolabe",)}), ("rounder", ("t01",))
    before = await designer(answering(astrolabe=SQUARE)).drawn(plot, ())
    (kept,) = await designer(DraftModel(blocked), None, wish).drawn(plot, before)
    assert (kept.shape, kept.reason) == (before[0].shape, Reason.NO_ANSWER)
    (after,) = await designer(answering(astrolabe=SQUARE), None, wish).drawn(plot, (kept,))
    assert after.reason is None


async def test_a_thing_keeps_its_key_where_an_earlier_moment_tells_more_of_it() -> None:
    model = answering(astrolabe=SQUARE)
    before = await designer(model).drawn(plot_with({"props": ("astrolabe",)}), ())
    more = plot_with({"props": ("a broken astrolabe",)}, {"props": ("astrolabe",)})
    assert await designer(model).drawn(more, before) == before
    assert len(model.asks) == 1


async def test_a_model_that_refuses_costs_the_shapes_and_not_the_book() -> None:
    plot, shelf = plot_with({"props": ("astrolabe",)}), Shelf()
    (made,) = await designer(DraftModel(blocked), shelf).drawn(plot, ())
    assert (made.shape, made.reason) == (None, Reason.NO_ANSWER)
    (again,) = await designer(answering(astrolabe=SQUARE), shelf).drawn(plot, (made,))
    assert again.shape is not None


async def test_what_makes_a_work_wait_makes_it_wait_here_too() -> None:
    def used_up(ask: Ask[Any]) -> None:
        raise QuotaExhausted("Tomorrow.")

    with pytest.raises(QuotaExhausted):
        await designer(DraftModel(used_up)).drawn(plot_with({"props": ("astrolabe",)}), ())


async def test_a_model_with_little_room_is_asked_for_a_few_things_at_a_time() -> None:
    class Narrow(DraftModel):
        def room(self, prompt_id: str) -> Any:
            return self

        def holds(self, ask: Ask[Any]) -> bool:
            return len(ask.inputs["things"]) < 3

    names = ("astrolabe", "dulcitone", "zorb", "quab")
    model = Narrow(answering(**dict.fromkeys(names, SQUARE)).answer_to)
    asked = await designer(model).drawn(plot_with({"props": names}), ())
    assert [len(ask.inputs["things"]) for ask in model.asks] == [2, 2]
    assert [one.word for one in asked if one.shape] == list(names)


def test_what_has_become_of_a_thing_is_read_as_it_was_written() -> None:
    one = AskedThing(key="t01", word="loom", digest="d", reason=Reason.BAD_SHAPE)
    assert AskedThing.of(one.to_json()) == one
