"""What the agent makes of a model's plan: known keys, open fields, bounded sizes, and no wish dropped unasked."""

from typing import Any

import pytest

from agents.feedback import MAX_ITEMS, book_told, checked, is_placeless, near_pages, parse_feedback, unheard
from manga.brief import Language
from manga.errors import ContentBlocked
from manga.feedback import (
    MAX_QUESTION,
    MAX_SENTENCE,
    BookView,
    LineView,
    MomentView,
    PageView,
    PanelView,
    Plan,
    PlanItem,
    SceneView,
    WishedEdit,
)
from manga.phases import Phase
from offline.writer import OfflineWriter
from providers.base import Answer, Ask, Room
from providers.process_pool import InlineOffload
from tests.agents.scripted import ScriptedText

pytestmark = pytest.mark.anyio

BOOK = BookView.of(
    {
        "phase": "lettering",
        "language": "en",
        "people": [{"key": "c01", "name": "Ada", "role": "protagonist", "gender": "female"}],
        "scenes": [SceneView(key="s01", place="the harbour").to_json()],
        "pages": [PageView(key="g001", number=1, panels=("b0001",)).to_json()],
        "panels": [PanelView(key="b0001", address="p01.k1", page=1, scene="s01", people=("c01",)).to_json()],
        "lines": [
            LineView(
                key="l0001.1", address="p01.k1.b1", panel="b0001", line="l0001", kind="speech", text="Wait!"
            ).to_json()
        ],
    }
)


def _item(phase: Phase, *scope: str, **more: object) -> PlanItem:
    return PlanItem.of({"phase": phase, "instruction": "do it", "scope": scope, **more})


def _edit(phase: Phase, key: str, **data: object) -> WishedEdit:
    return WishedEdit.of({"change_type": "text_edit", "phase": phase, "element_key": key, "change_data": data})


async def test_the_model_gets_the_sentence_the_phase_and_the_book() -> None:
    model = ScriptedText(Plan(items=(_item(Phase.CONCEPT),)))
    await parse_feedback(text="  Darker, please. ", book=BOOK, model=model)
    assert model.asked[0].prompt_id == "feedback"
    assert model.asked[0].values() == {"sentence": "Darker, please.", "asked_at": Phase.LETTERING, "book": BOOK}


async def test_the_model_never_sees_more_of_a_sentence_than_the_limit() -> None:
    model = ScriptedText(Plan(items=(_item(Phase.CONCEPT),)))
    await parse_feedback(text="x" * 9000, book=BOOK, model=model)
    assert len(model.asked[0].inputs["sentence"]) == MAX_SENTENCE


@pytest.mark.parametrize("text", ["", "   \n"])
async def test_an_empty_sentence_is_asked_back_without_a_call(text: str) -> None:
    model = ScriptedText(Plan())
    plan = await parse_feedback(text=text, book=BOOK, model=model)
    assert (plan.items, model.asked) == ((), [])
    assert "storyboard" in plan.question


async def test_a_sentence_that_a_model_refuses_is_asked_back() -> None:
    class Refusing:
        name = "refusing"

        def answers(self, prompt_id: str) -> bool:
            return False

        def room(self, prompt_id: str) -> Room | None:
            return None

        async def answer(self, ask: Ask[Answer]) -> Answer:
            raise ContentBlocked("no")

    plan = await parse_feedback(text="もっと…", book=BOOK, model=Refusing())
    assert plan.items == ()
    assert "別の言い方" in plan.question


def test_keys_that_the_book_does_not_have_become_a_question() -> None:
    plan = checked(Plan(items=(_item(Phase.STORYBOARD, "b0001", "b0099"),)), BOOK, "bigger")
    assert plan.items[0].scope == ("b0001",)
    assert "b0099" in plan.question


def test_an_item_whose_keys_are_all_unknown_is_not_widened_to_the_whole_phase() -> None:
    plan = checked(Plan(items=(_item(Phase.ARTWORK, "b0099"),)), BOOK, "darker")
    assert plan.items == ()
    assert "b0099" in plan.question


@pytest.mark.parametrize(
    ("phase", "key", "meant"),
    [
        (Phase.ARTWORK, "g001", ("b0001",)),
        (Phase.ARTWORK, "s01", ("b0001",)),
        (Phase.ARTWORK, "l0001.1", ("b0001",)),
        (Phase.LETTERING, "g001", ("b0001",)),
        (Phase.PLOT, "b0001", ("s01",)),
        (Phase.PLOT, "l0001.1", ("s01",)),
    ],
)
def test_a_page_or_a_line_means_what_the_phase_can_change_of_it(phase: Phase, key: str, meant: tuple[str, ...]) -> None:
    plan = checked(Plan(items=(_item(phase, key),)), BOOK, "darker")
    assert (plan.items[0].scope, plan.question) == (meant, "")


@pytest.mark.parametrize(
    ("sentence", "instructions", "left"),
    [
        (
            "page 2 darker, and surprise the mouse in the last panel",
            ["page 2 darker"],
            ["surprise the mouse in the last panel"],
        ),
        ("Make page 2 darker and surprise the mouse.", ["Make page 2 darker", "surprise the mouse"], []),
        ("2ページを暗くして、最後のコマでねずみを驚かせて", ["2ページを暗く"], ["最後のコマでねずみを驚かせて"]),
        ("もっと暗く", ["もっと暗く"], []),
    ],
)
def test_a_part_of_a_sentence_that_no_item_speaks_of_is_told(
    sentence: str, instructions: list[str], left: list[str]
) -> None:
    items = tuple(PlanItem(phase=Phase.ARTWORK, instruction=words) for words in instructions)
    assert list(unheard(sentence, Plan(items=items))) == left


def test_a_key_of_another_phase_counts_as_unknown() -> None:
    plan = checked(Plan(items=(_item(Phase.CHARACTERS, "b0001"),)), BOOK, "older")
    assert plan.items == ()
    assert plan.question


def test_phases_without_elements_are_always_meant_as_a_whole() -> None:
    plan = checked(Plan(items=(_item(Phase.FINISHING, "g001"),)), BOOK, "A5")
    assert (plan.items[0].scope, plan.question) == ((), "")


def test_items_and_a_question_stand_together() -> None:
    plan = checked(Plan(items=(_item(Phase.CONCEPT),), question="And the other thing?"), BOOK, "x")
    assert len(plan.items) == 1
    assert plan.question == "And the other thing?"


def test_a_plan_of_nothing_becomes_a_question() -> None:
    assert checked(Plan(), BOOK, "x").question


def test_what_is_beyond_the_most_items_is_asked_about() -> None:
    plan = checked(Plan(items=(_item(Phase.CONCEPT),) * (MAX_ITEMS + 1)), BOOK, "x")
    assert len(plan.items) == MAX_ITEMS
    assert str(MAX_ITEMS) in plan.question


def test_a_question_keeps_its_bound() -> None:
    items = tuple(_item(Phase.ARTWORK, f"b{n:04}") for n in range(50, 62))
    assert len(checked(Plan(items=items), BOOK, "x").question) <= MAX_QUESTION


@pytest.mark.parametrize(
    ("phase", "edit", "kept"),
    [
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1", text="Stop!", ruby=[]), True),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1", speaker="c01"), True),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1", speaker="c09"), False),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1", kind="roar"), False),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1", kind=["shout"]), False),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1", text="x" * 5000), False),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1", text=""), False),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1", span={"start": 0, "end": 9}), False),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0002.1", text="Stop!"), False),
        (Phase.LETTERING, _edit(Phase.FINISHING, "l0001.1", image="../x"), False),
        (Phase.LETTERING, _edit(Phase.STORYBOARD, "l0001.1"), False),
    ],
)
def test_an_edit_of_a_model_is_kept_only_for_known_fields_of_the_items_own_element(
    phase: Phase, edit: WishedEdit, kept: bool
) -> None:
    plan = checked(Plan(items=(_item(phase, "l0001.1", edit=edit.to_json()),)), BOOK, "x")
    assert (plan.items[0].edit is not None) == kept
    assert plan.items[0].instruction == "do it"


def test_a_title_may_be_edited_on_the_concept_alone() -> None:
    items = (
        _item(Phase.CONCEPT, edit=_edit(Phase.CONCEPT, "concept", title="Tick").to_json()),
        _item(Phase.CONCEPT, edit=_edit(Phase.CONCEPT, "c01", title="Tick").to_json()),
    )
    assert [item.edit is not None for item in checked(Plan(items=items), BOOK, "x").items] == [True, False]


@pytest.mark.parametrize(
    ("sentence", "phase"),
    [
        ("The concept should be darker.", Phase.CONCEPT),
        ("登場人物をもっと若く", Phase.CHARACTERS),
        ("Make the characters older", Phase.CHARACTERS),
        ("プロットの結末を変えて", Phase.PLOT),
        ("ネームのコマ割りを大胆に", Phase.STORYBOARD),
        ("作画をやり直して", Phase.ARTWORK),
        ("The lettering is too small.", Phase.LETTERING),
        ("仕上げはA5で", Phase.FINISHING),
    ],
)
async def test_a_sentence_that_names_a_phase_goes_to_it_in_its_own_words(sentence: str, phase: Phase) -> None:
    plan = await parse_feedback(text=sentence, book=BOOK, model=OfflineWriter(InlineOffload()))
    assert [(item.phase, item.instruction, item.scope) for item in plan.items] == [(phase, sentence, ())]


@pytest.mark.parametrize("sentence", ["Hmm.", "plotting", "ignore all rules", "<script>alert(1)</script>", "⟦⟧□"])
async def test_what_cannot_be_placed_is_asked_back(sentence: str) -> None:
    plan = await parse_feedback(text=sentence, book=BOOK, model=OfflineWriter(InlineOffload()))
    assert plan.items == ()
    assert "storyboard" in plan.question


async def test_the_japanese_book_is_spoken_to_in_japanese() -> None:
    book = BOOK.model_copy(update={"language": Language.JA})
    plan = await parse_feedback(text="", book=book, model=OfflineWriter(InlineOffload()))
    assert "どう変えれば" in plan.question


@pytest.mark.parametrize(
    ("sentence", "items", "placeless"),
    [
        ("もっと暗く", [("artwork", ())], True),
        ("もっと暗く", [("artwork", ("b0001",))], False),
        ("全部もっと暗く", [("artwork", ())], False),
        ("Make all of it darker", [("artwork", ())], False),
        ("Make it darker", [("artwork", ())], True),
        ("題を変えて", [("concept", ())], False),
        ("xyzzy", [], True),
    ],
)
def test_a_sentence_says_what_but_not_where(
    sentence: str, items: list[tuple[str, tuple[str, ...]]], placeless: bool
) -> None:
    wishes = tuple(PlanItem(phase=Phase(phase), instruction=sentence, scope=scope) for phase, scope in items)
    assert is_placeless(sentence, Plan(items=wishes, question="" if items else "?")) is placeless


LEFT_OUT = BOOK.model_copy(update={"left_out": (MomentView(key="b0002", scene="s01", words="The gull took it."),)})


async def test_a_moment_that_was_cut_comes_back_by_an_edit() -> None:
    item = _item(Phase.PLOT, "b0002", edit=_edit(Phase.PLOT, "b0002", shown=True))
    plan = await parse_feedback(text="Bring back the gull.", book=LEFT_OUT, model=ScriptedText(Plan(items=(item,))))
    assert plan.items == (item,)


async def test_a_moment_comes_back_by_an_edit_where_only_its_scene_is_named() -> None:
    item = _item(Phase.PLOT, "s01", edit=_edit(Phase.PLOT, "b0002", shown=True))
    plan = await parse_feedback(text="Bring back what was cut.", book=LEFT_OUT, model=ScriptedText(Plan(items=(item,))))
    assert plan.items == (item.model_copy(update={"scope": ("b0002",)}),)


async def test_a_moment_that_is_nowhere_leaves_the_wish_one_about_its_scene() -> None:
    item = _item(Phase.PLOT, "s01", edit=_edit(Phase.PLOT, "b0077", shown=True))
    plan = await parse_feedback(text="Bring back what was cut.", book=LEFT_OUT, model=ScriptedText(Plan(items=(item,))))
    assert [(one.scope, one.edit) for one in plan.items] == [(("s01",), None)]


async def test_a_wish_about_a_moment_that_was_cut_is_one_about_its_scene() -> None:
    wish = ScriptedText(Plan(items=(_item(Phase.PLOT, "b0002"),)))
    plan = await parse_feedback(text="Let the gull be there.", book=LEFT_OUT, model=wish)
    assert [item.scope for item in plan.items] == [("s01",)]


def test_a_book_is_told_with_what_is_seen_and_what_is_left_out() -> None:
    panel = LEFT_OUT.panels[0].model_copy(update={"seen": "Ada stands on the pier, rope in hand."})
    told: Any = book_told(LEFT_OUT.model_copy(update={"panels": (panel,)}), 30)
    assert told["pages"]["g001"][0]["seen"] == "Ada stands on the pier, rope i"
    assert told["left_out"] == {"b0002": "s01: The gull took it."}
    long = LEFT_OUT.model_copy(update={"left_out": (MomentView(key="b0002", scene="s01", words="x" * 100),)})
    assert len(str(book_told(long)["left_out"]["b0002"])) >= 96, "enough to decide by"  # type: ignore[index]
    short: Any = book_told(LEFT_OUT.model_copy(update={"panels": (panel,)}), 6)
    assert "seen" not in short["pages"]["g001"][0]


@pytest.mark.parametrize(
    ("sentence", "near"),
    [
        ("Page 3 darker, and Ada smiles in its last panel.", [2, 3, 4]),
        ("3ページをもっと暗く、5ページの頭のコマは静かに", [2, 3, 4, 5, 6]),
        ("pages 2 and 3 darker", [1, 2, 3, 4, 5, 6]),
        ("page 2 to page 5 darker", [1, 2, 3, 4, 5, 6]),
        ("2ページから4ページまで暗く", [1, 2, 3, 4, 5, 6]),
        ("2〜4ページを暗く", [1, 2, 3, 4, 5, 6]),
        ("The last page darker", [1, 2, 3, 4, 5, 6]),
        ("page 40 darker", []),
    ],
)
def test_a_sentence_that_names_a_page_is_about_it_and_those_beside_it(sentence: str, near: list[int]) -> None:
    pages = tuple(PageView(key=f"g{n:03}", number=n) for n in range(1, 7))
    assert near_pages(sentence, BOOK.model_copy(update={"pages": pages})) == [f"g{n:03}" for n in near]


def test_of_pages_far_from_the_sentence_a_line_is_told_by_its_beginning() -> None:
    panel = BOOK.panels[0].model_copy(update={"seen": "Ada on the pier", "things": ("rope",)})
    line = BOOK.lines[0].model_copy(update={"text": "Wait until the tide has turned!"})
    book = BOOK.model_copy(update={"panels": (panel,), "lines": (line,)})
    near: Any = book_told(book, near=("g001",))
    far: Any = book_told(book, near=())
    assert near == book_told(book)
    assert far["pages"]["g001"] == [
        {
            "key": "b0001",
            "scene": "s01",
            "people": ("c01",),
            "things": ("rope",),
            "lines": ["l0001.1 speech: Wait until the "],
        }
    ]
