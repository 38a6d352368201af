"""What a letterer proposes unasked: taken where it keeps to the rules, asked for once, missed without harm."""

from typing import Any

import pytest

from agents.lettering import letter
from agents.lettering_proposals import Proposer
from manga.brief import Language, Settings
from manga.errors import AnswerInvalid, ContentBlocked, ProviderTimeout, QuotaExhausted
from manga.paper import Direction
from manga.plot import LineKind
from manga.proposed_changes import LetteringProposal, NewSound, PartProposal, Reading
from manga.storyboard import LinePart, Storyboard
from manga.values import Ruby
from tests.agents.unasked import Cupboard, Proposing
from tests.drawing.lettering.desk import board, drawn, panel, part
from tests.graph.crew import StillClock
from tests.graph.told import CONCEPT
from tests.remembering import INLINE

pytestmark = pytest.mark.anyio
JA = CONCEPT.model_copy(update={"language": Language.JA, "direction": Direction.RTL})
ADAPTED = Settings(fidelity="adapted")
LONG = "兵十は今日も山へ行って、栗や松茸をたくさん拾って来ました。"


def told() -> Storyboard:
    return board(
        [panel(1, [part(1, "兵十だな！", who="a")], importance=4), panel(2), panel(3)],
        [panel(4, [part(2, LONG, who="a", ruby=[(0, 2, "ひょうじゅう")])], importance=4), panel(5), panel(6)],
    )


def parts_of(storyboard: Storyboard) -> dict[str, LinePart]:
    return {p.key: p for one in storyboard.panels() for p in one.dialogue.parts}


def _proposer(model: Proposing, settings: Settings, **more: Any) -> Proposer:
    concept = more.pop("concept", JA)
    return Proposer(model, StillClock(), concept, settings, **more)


async def _taken(proposal: LetteringProposal, settings: Settings = ADAPTED, **more: Any) -> dict[str, LinePart]:
    return parts_of((await _proposer(Proposing(proposal), settings, **more).proposed(told(), None)).storyboard)


async def _lost(proposal: LetteringProposal, settings: Settings = ADAPTED, **more: Any) -> list[tuple[str, ...]]:
    worded = await _proposer(Proposing(proposal), settings, **more).proposed(told(), None)
    return [(loss.kind, loss.element, loss.what, loss.said, loss.reason) for loss in worded.losses]


def _one(key: str, **changes: Any) -> LetteringProposal:
    return LetteringProposal(changes=(PartProposal(key=key, **changes),))


async def test_a_cry_becomes_a_shout_and_names_get_their_readings() -> None:
    readings = (Reading(word="兵十", reading="ひょうじゅう"),)
    found = await _taken(_one("l0001.1", kind=LineKind.SHOUT, readings=readings))
    assert found["l0001.1"].kind is LineKind.SHOUT
    assert found["l0001.1"].ruby == (Ruby(start=0, end=2, reading="ひょうじゅう"),)


@pytest.mark.parametrize(
    ("word", "reading"), [("兵十", "Hyoju"), ("だな", "だな"), ("加助", "かすけ"), ("兵", "ひょうひょうひょう")]
)
async def test_readings_are_kana_beside_words_with_kanji_that_are_there(word: str, reading: str) -> None:
    found = await _taken(_one("l0001.1", readings=(Reading(word=word, reading=reading),)))
    assert found["l0001.1"].ruby == ()


async def test_the_storys_own_readings_stand() -> None:
    readings = (Reading(word="兵十", reading="へいじゅう"), Reading(word="松茸", reading="まつたけ"))
    found = await _taken(_one("l0002.1", readings=readings))
    assert [ruby.reading for ruby in found["l0002.1"].ruby] == ["ひょうじゅう", "まつたけ"]


async def test_no_reading_is_set_where_none_is_wished_for() -> None:
    proposal = _one("l0001.1", readings=(Reading(word="兵十", reading="ひょうじゅう"),))
    assert (await _taken(proposal, Settings(ruby="none")))["l0001.1"].ruby == ()
    english = JA.model_copy(update={"language": Language.EN})
    assert (await _taken(proposal, concept=english))["l0001.1"].ruby == ()


async def test_words_become_fewer_in_an_adaptation_and_never_in_a_faithful_book() -> None:
    shorter = _one("l0002.1", text="兵十は山で栗や松茸を拾って来ました。")
    assert (await _taken(shorter))["l0002.1"].text == "兵十は山で栗や松茸を拾って来ました。"
    assert (await _taken(shorter, Settings()))["l0002.1"].text == LONG


@pytest.mark.parametrize("text", [LONG + "そして", "山へ。", "\x1b[2J" + LONG[:20]])
async def test_words_do_not_grow_nor_vanish_nor_command_a_screen(text: str) -> None:
    assert (await _taken(_one("l0002.1", text=text)))["l0002.1"].text == LONG


async def test_what_is_no_voice_and_what_a_person_has_set_stays() -> None:
    assert (await _taken(_one("l0001.1", kind=LineKind.SIGN)))["l0001.1"].kind is LineKind.SPEECH
    shout = _one("l0001.1", kind=LineKind.SHOUT)
    assert (await _taken(shout, by_person={"l0001.1"}))["l0001.1"].kind is LineKind.SPEECH
    assert await _taken(_one("l9999.1", kind=LineKind.SHOUT)) == parts_of(told())


async def test_a_few_sounds_come_where_there_is_something_to_hear() -> None:
    sounds = tuple(NewSound(panel=key, text="ドキッ") for key in ("b0001", "b0004", "b0002", "b9999"))
    found = await _taken(LetteringProposal(sounds=sounds))
    assert [part.text for part in found.values() if part.kind == "sfx"] == ["ドキッ"]
    for text in ("BANG", "ドキドキドキドキドキ"):
        odd = await _taken(LetteringProposal(sounds=(NewSound(panel="b0001", text=text),)))
        assert odd == parts_of(told())


async def test_what_is_not_taken_is_told_with_its_reason() -> None:
    readings = (Reading(word="兵十", reading="Hyoju"), Reading(word="兵十", reading="ひょうじゅう"))
    taken = _one("l0001.1", kind=LineKind.SHOUT, readings=readings)
    assert await _lost(taken) == [("refused", "l0001.1", "reading", "兵十: Hyoju", "rule")]
    shorter = _one("l0002.1", text="兵十は山で栗や松茸を拾って来ました。")
    assert await _lost(shorter) == [("shortened", "l0002.1", "line", LONG, "letterer")]
    assert [loss[-1] for loss in await _lost(shorter, Settings())] == ["faithful"]
    unfinished = _one("l0002.1", text="兵十は山で栗や松茸をたくさん")
    assert (await _taken(unfinished))["l0002.1"].text == LONG, "no text ends within a clause"
    assert [loss[-1] for loss in await _lost(_one("l0001.1", kind=LineKind.SIGN))] == ["rule"]
    shout = _one("l0001.1", kind=LineKind.SHOUT)
    assert [loss[-1] for loss in await _lost(shout, by_person={"l0001.1"})] == ["person"]
    assert [loss[-1] for loss in await _lost(_one("l9999.1", kind=LineKind.SHOUT))] == ["unknown_key"]
    sounds = tuple(NewSound(panel=key, text="ドキッ") for key in ("b0001", "b0004", "b9999"))
    assert [(loss[1], loss[-1]) for loss in await _lost(LetteringProposal(sounds=sounds))] == [
        ("b0004", "rule"),
        ("b9999", "unknown_key"),
    ]


async def test_a_book_is_asked_for_once_and_changed_words_are_left_alone() -> None:
    shelf, model = Cupboard(), Proposing(_one("l0001.1", kind=LineKind.SHOUT))
    proposer = _proposer(model, ADAPTED)
    first = (await proposer.proposed(told(), shelf)).storyboard
    edited = board(
        [panel(1, [part(1, "兵十かな", who="a")], importance=4), panel(2), panel(3)],
        [panel(4, [part(2, LONG, who="a")], importance=4), panel(5), panel(6)],
    )
    second = (await proposer.proposed(edited, shelf)).storyboard
    assert parts_of(first)["l0001.1"].kind is LineKind.SHOUT
    assert parts_of(second)["l0001.1"].kind is LineKind.SPEECH
    assert len(model.asks) == 1


async def test_a_book_is_lettered_without_proposals_when_none_can_be_had() -> None:
    art, _ = drawn(told())
    given: dict[str, Any] = {
        "storyboard": told(),
        "art": art,
        "concept": JA,
        "settings": ADAPTED,
        "offload": INLINE,
    }
    plain = await letter(**given)
    for failure, calls in ((AnswerInvalid("The answer is cut off."), 4), (ContentBlocked(), 1)):
        model = Proposing(LetteringProposal(), [failure] * 9)
        lettering = await letter(**given, text=model, clock=StillClock())
        assert lettering.pages == plain.pages
        assert [w.split(":")[0] for w in lettering.warnings] == ["no proposals for the letters could be had"]
        assert len(model.asks) == calls
    late = Proposing(_one("l0001.1", kind=LineKind.SHOUT), [ProviderTimeout(), ProviderTimeout()])
    assert (await letter(**given, text=late, clock=StillClock())).warnings == ()
    assert len(late.asks) == 3


async def test_a_used_up_quota_makes_the_work_wait() -> None:
    with pytest.raises(QuotaExhausted):
        await _proposer(Proposing(LetteringProposal(), [QuotaExhausted()]), ADAPTED).proposed(told(), None)


async def test_after_a_wish_only_the_panels_with_new_lines_are_gone_over() -> None:
    shelf, first, second = Cupboard(), Proposing(_one("l0001.1", kind=LineKind.SHOUT)), Proposing(LetteringProposal())
    await _proposer(first, ADAPTED).proposed(told(), shelf)
    (one, two) = told().pages
    bang = part(10, "ドン").model_copy(update={"kind": "sfx"})  # of which nothing can be otherwise
    panels = (one.panels[0], panel(2, [part(9, "ごんだ。", who="a")]), panel(3, [bang]))
    now = told().model_copy(update={"pages": (one.model_copy(update={"panels": panels}), two)})
    worded = await _proposer(second, ADAPTED).proposed(now, shelf)
    assert [list(ask.inputs["parts"]) for ask in second.asks] == [["b0002"]]
    assert parts_of(worded.storyboard)["l0001.1"].kind is LineKind.SHOUT
