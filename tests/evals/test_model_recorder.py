"""The recorder at the ports: the same question has the old answer, any other has none."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.model_recorder import NotRecorded, RecordedQuestion, RecordedText, Tape
from manga.brief import Settings
from manga.concept import Concept
from manga.errors import WishRefused
from manga.panel_brief import PanelBrief
from manga.revision import Revision
from manga.storyboard import SceneDirection, Shot
from offline.artist import OfflineArtist
from offline.writer import OfflineWriter, write_concept
from prompts.library import PromptLibrary, load_prompts, parse_prompt
from providers.base import Answer, Ask, Picture, Room, Sheet, SheetBrief
from providers.model_wrappers import RoutedText
from providers.process_pool import InlineOffload
from tests.image_models import UnpaidImages

pytestmark = pytest.mark.anyio

STORY = "The Lamp\n\nNell stood at the window. “The lamp is out,” said Nell.\n"
PROMPT = """---
id: concept
version: 1
purpose: Which concept has this?
inputs: [story, settings]
output: Concept
---
## system
You are an editor.
## user
Read $story with $settings.
"""
BRIEF = PanelBrief(
    panel="b0001",
    width_mm=40,
    height_mm=30,
    outline=((0, 0), (40, 0), (40, 30), (0, 30)),
    direction=SceneDirection(shot=Shot.LONG, setting="sea"),
    cast=(),
)
SHEET = Sheet("c01", b"a picture of Nell", "image/png")


class Counted(UnpaidImages):
    """The offline models, with a count of how often they were asked."""

    def __init__(self, name: str = "counted/1") -> None:
        self.name = name
        self.asked = 0

    def answers(self, prompt_id: str) -> bool:
        return False

    def room(self, prompt_id: str) -> Room | None:
        return None

    async def answer(self, ask: Ask[Answer]) -> Answer:
        self.asked += 1
        return await OfflineWriter(InlineOffload()).answer(ask)

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        self.asked += 1
        return await OfflineArtist(InlineOffload()).draw(brief)

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        self.asked += 1
        return Picture(b"the sheet", "image/png", 4, 3)


def ask(story: str = STORY) -> Ask[Concept]:
    return Ask("concept", {"story": story, "settings": Settings()}, Concept)


def library(text: str = PROMPT) -> PromptLibrary:
    return PromptLibrary({"concept": parse_prompt("concept.md", text)})


def text_on(folder: Path, model: Any = None, prompts: PromptLibrary | None = None, **more: Any) -> RecordedText:
    return RecordedText(model or Counted(), Tape(folder), prompts or library(), **more)


def played(recorded: RecordedText) -> RecordedText:
    return replace(recorded, tape=replace(recorded.tape, records=False))


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_the_same_question_is_answered_from_the_tape(tmp_path: Path) -> None:
    model = Counted()
    first = await text_on(tmp_path, model).answer(ask())
    again = await played(text_on(tmp_path, model)).answer(ask())
    assert again == first
    assert model.asked == 1


@pytest.mark.parametrize(
    ("change", "story"),
    [
        ({"model": Counted("counted/2")}, STORY),
        ({"prompts": library(PROMPT.replace("editor.", "editor!"))}, STORY),
        ({"prompts": library(PROMPT.replace("Read $story", "Read  $story"))}, STORY),
        ({"prompts": library(PROMPT.replace("Which", "What"))}, STORY),
        ({"parameters": {"thinking": "high"}}, STORY),
        ({}, STORY + "It was night.\n"),
    ],
    ids=["model", "system text", "user text", "front matter", "parameters", "story"],
)
async def test_a_changed_question_never_replays_an_old_answer(
    tmp_path: Path, change: dict[str, Any], story: str
) -> None:
    await text_on(tmp_path).answer(ask())
    with pytest.raises(NotRecorded):
        await played(text_on(tmp_path, **change)).answer(ask(story))


@pytest.mark.parametrize(
    "change",
    [
        {"revision": Revision((("Make it darker.", ()),))},
        {"revision": Revision((), write_concept({"story": STORY, "settings": Settings()}))},
    ],
    ids=["a wish", "a result to revise"],
)
async def test_a_question_about_more_never_replays_an_old_answer(tmp_path: Path, change: dict[str, Any]) -> None:
    await text_on(tmp_path).answer(ask())
    with pytest.raises(NotRecorded):
        await played(text_on(tmp_path)).answer(replace(ask(), **change))


async def test_another_schema_never_replays_an_old_answer(tmp_path: Path) -> None:
    class Wider(Concept):
        subtitle: str = ""

    await text_on(tmp_path).answer(ask())
    with pytest.raises(NotRecorded):
        await played(text_on(tmp_path)).answer(Ask("concept", ask().inputs, Wider))


async def test_the_model_that_is_named_for_a_question_is_part_of_it(tmp_path: Path) -> None:
    usual = Counted()
    await text_on(tmp_path, RoutedText(usual, {"concept": Counted("other/1")})).answer(ask())
    await played(text_on(tmp_path, RoutedText(usual, {"concept": Counted("other/1")}))).answer(ask())
    with pytest.raises(NotRecorded):
        await played(text_on(tmp_path, RoutedText(usual, {"concept": Counted("other/2")}))).answer(ask())


async def test_a_refused_wish_is_refused_again_from_the_tape(tmp_path: Path) -> None:
    class Unwilling(Counted):
        async def answer(self, ask: Ask[Answer]) -> Answer:
            self.asked += 1
            raise WishRefused("No sound", wish=1, kept="darker")

    model, wished = Unwilling(), replace(ask(), revision=Revision((("a", ()), ("darker, and louder", ()))))
    for recorded in (text_on(tmp_path, model), played(text_on(tmp_path, model))):
        with pytest.raises(WishRefused, match="No sound") as caught:
            await recorded.answer(wished)
        assert (caught.value.wish, caught.value.kept) == (1, "darker")
    assert model.asked == 1


def test_every_part_of_a_question_is_in_its_key() -> None:
    question = RecordedQuestion("concept", "m", "h", ("s", "u"), {"type": "object"}, {"seed": 1})
    others = (
        replace(question, about="plot"),
        replace(question, model="n"),
        replace(question, prompt_hash="i"),
        replace(question, rendered=("su", "")),
        replace(question, schema={}),
        replace(question, parameters={"seed": 2}),
    )
    assert len({one.key for one in (question, *others)}) == 7


async def test_a_recording_is_a_file_that_a_person_can_read(tmp_path: Path) -> None:
    await text_on(tmp_path).answer(ask())
    (file,) = files(tmp_path)
    told = json.loads(file.read_text(encoding="utf-8"))
    assert file.name.startswith("concept-")
    assert told["question"]["rendered"][0] == "You are an editor."
    assert STORY.splitlines()[0] in told["question"]["rendered"][1]
    assert told["answer"]["title"] == "The Lamp"


async def test_a_recording_that_somebody_has_changed_is_not_played(tmp_path: Path) -> None:
    await text_on(tmp_path).answer(ask())
    (file,) = files(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("an editor", "a poet"), encoding="utf-8")
    with pytest.raises(NotRecorded):
        await played(text_on(tmp_path)).answer(ask())


async def test_our_own_prompts_can_be_recorded(tmp_path: Path) -> None:
    recorded = text_on(tmp_path, prompts=load_prompts())
    assert await recorded.answer(ask()) == await played(recorded).answer(ask())
