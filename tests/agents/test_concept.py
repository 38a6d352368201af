"""The person's settings stand over what the model chose."""

import pytest

from agents.concept import make_concept
from manga.brief import Language, Settings
from manga.concept import Concept, Genre, Period, World
from manga.errors import BriefRejected
from manga.paper import Direction, Side
from tests.agents.scripted import ScriptedText

ANSWER = Concept(
    title="猫の道",
    logline="猫が道を行く。",
    theme="道",
    genres=(Genre.DRAMA,),
    target_readers="大人",
    world=World(place="道", period=Period.MODERN),
    mood="静か",
    art_style="seinen",
    direction=Direction.RTL,
    start_side=Side.RIGHT,
    language=Language.JA,
)
pytestmark = pytest.mark.anyio


async def test_settings_win_and_the_first_page_follows_the_direction() -> None:
    settings = Settings(title="道", author="山田", direction="ltr", style="shojo")
    concept = await make_concept(story="猫が歩いた。", settings=settings, text=ScriptedText(ANSWER))
    assert (concept.title, concept.author, concept.art_style) == ("道", "山田", "shojo")
    assert (concept.direction, concept.start_side) == (Direction.LTR, Side.RIGHT)


async def test_without_a_wish_a_japanese_book_opens_on_the_left() -> None:
    concept = await make_concept(story="猫が歩いた。", settings=Settings(), text=ScriptedText(ANSWER))
    assert concept.start_side is Side.LEFT


async def test_the_author_named_in_the_text_is_kept() -> None:
    story = "猫の道\n山田花子\n\n　猫が歩いた。\n　犬も歩いた。"
    concept = await make_concept(story=story, settings=Settings(), text=ScriptedText(ANSWER))
    assert concept.author == "山田花子"


async def test_a_text_without_a_sentence_never_reaches_the_mind() -> None:
    model = ScriptedText(ANSWER)
    with pytest.raises(BriefRejected):
        await make_concept(story="……", settings=Settings(), text=model)
    assert model.asked == []
