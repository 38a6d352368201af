"""Phase 6's agent: letters every page, asks a model only for a person's wish, keeps what lies outside it."""

from typing import Any

import pytest

from agents.change_letters import changed
from agents.lettering import letter, manner_of
from drawing.lettering.fonts import standard_folders
from manga.brief import Language, Settings
from manga.errors import UserError
from manga.lettering import Lettering
from manga.paper import Direction
from manga.plot import LineKind
from manga.proposed_changes import LetteringChanges, PartChange
from manga.revision import Revision
from manga.storyboard import LinePart, Storyboard
from manga.values import Ruby
from tests.agents.scripted import ScriptedText
from tests.drawing.lettering.desk import board, drawn, panel, part
from tests.graph.told import CONCEPT
from tests.remembering import INLINE

pytestmark = pytest.mark.anyio


def told() -> Storyboard:
    return board(
        [panel(1, [part(1, "だれかいるのか？", who="a")], importance=4), panel(2), panel(3)],
        [panel(4, [part(2, "いないよ", who="a", ruby=[(0, 1, "い")])], importance=4), panel(5), panel(6)],
    )


def parts_of(storyboard: Storyboard) -> list[LinePart]:
    return [p for one in storyboard.panels() for p in one.dialogue.parts]


async def lettered(storyboard: Storyboard, **wishes: Any) -> Lettering:
    art, _ = drawn(storyboard)
    concept = CONCEPT.model_copy(update={"language": Language.JA, "direction": Direction.RTL})
    return await letter(storyboard=storyboard, art=art, concept=concept, settings=Settings(), offload=INLINE, **wishes)


async def test_every_page_is_lettered_in_its_order() -> None:
    storyboard = told()
    lettering = await lettered(storyboard)
    assert [page.page for page in lettering.pages] == [page.key for page in storyboard.pages]
    assert [b.text.source for page in lettering.pages for b in page.balloons] == ["だれかいるのか？", "いないよ"]
    assert lettering.warnings == ()
    assert lettering.base_size_q == pytest.approx(16.55, abs=0.05)


async def test_without_a_wish_no_model_is_asked() -> None:
    model = ScriptedText(LetteringChanges())
    await lettered(told(), text=model)
    assert model.asked == []


async def test_a_wish_is_put_to_the_model_with_its_scope_and_what_is_said() -> None:
    model = ScriptedText(LetteringChanges(changes=(PartChange(key="l0001.1", kind=LineKind.SHOUT),)))
    lettering = await lettered(told(), text=model, revision=Revision((("もっと大きな声で", ("b0001",)),)))
    (ask,) = model.asked
    assert (ask.prompt_id, ask.revision.wishes) == ("lettering", (("もっと大きな声で", ("b0001",)),))
    assert set(ask.inputs["parts"]) == {"b0001", "b0004"}
    assert [b.kind.value for page in lettering.pages for b in page.balloons] == ["shout", "speech"]


@pytest.mark.parametrize("scope", [("l0002.1",), ("l0002",), ("b0004",)])
def test_a_change_outside_the_scope_is_thrown_away(scope: tuple[str, ...]) -> None:
    changes = LetteringChanges(changes=(PartChange(key="l0001.1", text="え"), PartChange(key="l0002.1", text="いるよ")))
    assert [p.text for p in parts_of(changed(told(), changes, scope))] == ["だれかいるのか？", "いるよ"]


def test_without_a_scope_the_whole_book_may_change() -> None:
    changes = LetteringChanges(changes=(PartChange(key="l0001.1", off_panel=True, place="bottom_left"),))
    first, second = parts_of(changed(told(), changes, ()))
    assert (first.off_panel, first.place) == (True, "bottom_left")
    assert second == parts_of(told())[1]


def test_another_wording_drops_its_ruby_and_another_kind_keeps_it() -> None:
    kept = changed(told(), LetteringChanges(changes=(PartChange(key="l0002.1", kind=LineKind.WHISPER),)), ())
    reworded = changed(told(), LetteringChanges(changes=(PartChange(key="l0002.1", text="いるよ"),)), ())
    assert parts_of(kept)[1].ruby == (Ruby(start=0, end=1, reading="い"),)
    assert parts_of(reworded)[1].ruby == ()


def test_a_change_to_a_part_that_is_not_there_changes_nothing() -> None:
    changes = LetteringChanges(changes=(PartChange(key="l9999.1", text="？"),))
    assert changed(told(), changes, ()) == told()


async def test_ruby_is_set_unless_the_book_has_none() -> None:
    storyboard = told()
    art, _ = drawn(storyboard)
    concept = CONCEPT.model_copy(update={"language": Language.JA, "direction": Direction.RTL})
    counts = []
    for ruby in ("all", "none"):
        made = await letter(
            storyboard=storyboard, art=art, concept=concept, settings=Settings(ruby=ruby), offload=INLINE
        )
        counts.append(sum(len(b.text.ruby) for page in made.pages for b in page.balloons))
    assert counts == [1, 0]


async def test_a_page_with_more_words_than_it_holds_is_an_error_a_person_can_mend() -> None:
    full = board([panel(1, [part(1, "ながい" * 9000, who="a")]), panel(2), panel(3)])
    with pytest.raises(UserError) as refused:
        await lettered(full)
    assert refused.value.phase == "lettering"
    assert refused.value.element == "g001"


def test_the_manner_is_the_books_paper_direction_and_seed() -> None:
    concept = CONCEPT.model_copy(update={"language": Language.EN, "direction": Direction.LTR})
    manner = manner_of(concept, Settings(seed=9, ruby="none"), standard_folders())
    assert (manner.direction, manner.language, manner.seed, manner.with_ruby) == (Direction.LTR, Language.EN, 9, False)
    assert manner.size_mm * 4 == pytest.approx(14.23, abs=0.05)
