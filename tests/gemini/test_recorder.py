"""The recorder at the ports: the same question has the old answer, any other has none."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from manga.brief import Settings
from manga.concept import Concept
from manga.storyboard import SceneDirection, Shot
from providers.base import Answer, Ask, PanelBrief, Picture, Sheet
from providers.offline.artist import OfflineArtist
from providers.offline.writer import OfflineWriter
from providers.offload import InlineOffload
from tests.gemini.recorder import NotRecorded, RecordedImages, RecordedText, Tape, Words
from tests.hands import FreeHand

pytestmark = pytest.mark.anyio

STORY = "The Lamp\n\nNell stood at the window. “The lamp is out,” said Nell.\n"
BRIEF = PanelBrief(
    panel="b0001",
    width_mm=40,
    height_mm=30,
    outline=((0, 0), (40, 0), (40, 30), (0, 30)),
    direction=SceneDirection(shot=Shot.LONG, setting="sea"),
    cast=(),
)


class Counted(FreeHand):
    """The offline minds, with a count of how often they were asked."""

    def __init__(self, name: str = "counted/1") -> None:
        self.name = name
        self.asked = 0

    def takes_whole(self, prompt_id: str) -> bool:
        return True

    async def answer(self, ask: Ask[Answer]) -> Answer:
        self.asked += 1
        return await OfflineWriter(InlineOffload()).answer(ask)

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.asked += 1
        return await OfflineArtist(InlineOffload()).draw(brief)


def ask(story: str = STORY) -> Ask[Concept]:
    return Ask("concept", {"story": story, "settings": Settings()}, Concept)


def worded(question: Ask[Any]) -> Words:
    return Words("hash-1", f"Which concept has this?\n{question.inputs['story']}")


async def test_the_same_question_is_answered_from_the_tape(tmp_path: Path) -> None:
    mind = Counted()
    first = await RecordedText(mind, Tape(tmp_path), worded).answer(ask())
    again = await RecordedText(mind, Tape(tmp_path, records=False), worded).answer(ask())
    assert again == first
    assert mind.asked == 1


@pytest.mark.parametrize(
    ("name", "words", "parameters", "story"),
    [
        ("counted/2", worded, {}, STORY),
        ("counted/1", lambda question: Words("hash-2", worded(question).rendered), {}, STORY),
        ("counted/1", lambda question: Words("hash-1", worded(question).rendered + "!"), {}, STORY),
        ("counted/1", worded, {"seed": 1}, STORY),
        ("counted/1", worded, {}, STORY + "It was night.\n"),
    ],
    ids=["another model", "another prompt file", "other words", "other parameters", "another story"],
)
async def test_a_changed_question_never_replays_an_old_answer(
    tmp_path: Path, name: str, words: Any, parameters: dict[str, int], story: str
) -> None:
    await RecordedText(Counted(), Tape(tmp_path), worded).answer(ask())
    played = RecordedText(Counted(name), Tape(tmp_path, records=False), words, parameters)
    with pytest.raises(NotRecorded):
        await played.answer(ask(story))


async def test_another_schema_never_replays_an_old_answer(tmp_path: Path) -> None:
    class Wider(Concept):
        subtitle: str = ""

    await RecordedText(Counted(), Tape(tmp_path), worded).answer(ask())
    question = Ask("concept", ask().inputs, Wider)
    with pytest.raises(NotRecorded):
        await RecordedText(Counted(), Tape(tmp_path, records=False), worded).answer(question)


async def test_a_picture_comes_back_byte_for_byte(tmp_path: Path) -> None:
    hand = Counted()
    words = Words("hash-1", "Draw the sea.")
    first = await RecordedImages(hand, Tape(tmp_path), lambda brief: words).draw(BRIEF)
    played = RecordedImages(hand, Tape(tmp_path, records=False), lambda brief: words)
    assert await played.draw(BRIEF) == first
    with pytest.raises(NotRecorded):
        await played.draw(BRIEF.model_copy(update={"take": 1}))
    assert hand.asked == 1
