"""Casts are checked, and sheets outside the scope stay as they were."""

import pytest

from agents.characters import make_cast
from manga.brief import Settings
from manga.characters import Cast, Character, Look
from manga.errors import AnswerInvalid
from manga.revision import Revision
from tests.agents.scripted import Narrow, ScriptedText
from tests.agents.test_concept import ANSWER as CONCEPT

pytestmark = pytest.mark.anyio


def sheet(key: str, name: str, description: str = "黒い猫。") -> Character:
    return Character(key=key, name=name, look=Look(), description=description)


async def made(cast: Cast, **more: object) -> Cast:
    return await make_cast(story="猫", concept=CONCEPT, settings=Settings(), text=ScriptedText(cast), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "characters",
    [
        (sheet("c01", "猫"), sheet("c01", "犬")),
        (sheet("c01", "猫"), sheet("c02", "猫")),
        (sheet("c01", "猫", " "),),
    ],
    ids=["one key twice", "one name twice", "no description"],
)
async def test_a_faulty_cast_is_refused_with_the_sheet_named(characters: tuple[Character, ...]) -> None:
    with pytest.raises(AnswerInvalid) as refused:
        await made(Cast(characters=characters))
    assert refused.value.element in ("c01", "c02")


async def test_only_the_sheets_asked_for_are_changed() -> None:
    before = Cast(characters=(sheet("c01", "猫"), sheet("c02", "犬")))
    answer = Cast(characters=(sheet("c01", "銀の猫"), sheet("c02", "狼")))
    after = await made(answer, revision=Revision((("猫を銀に", ("c01",)),), before))
    assert [c.name for c in after.characters] == ["銀の猫", "犬"]


async def test_a_sheet_that_the_model_forgot_comes_back() -> None:
    before = Cast(characters=(sheet("c01", "猫"), sheet("c02", "犬")))
    after = await made(Cast(characters=(sheet("c01", "銀の猫"),)), revision=Revision((("猫を銀に", ("c01",)),), before))
    assert [c.key for c in after.characters] == ["c01", "c02"]


async def test_models_neither_read_nor_name_pictures() -> None:
    drawn = sheet("c01", "猫").model_copy(update={"reference_images": ("a" * 64,)})
    text = ScriptedText(Cast(characters=(drawn, sheet("c02", "犬"))))
    wish = Revision((("もっと", ("c02",)),), Cast(characters=(drawn,)))
    after = await make_cast(story="猫", concept=CONCEPT, settings=Settings(), text=text, revision=wish)
    assert text.asked[0].revision.previous == Cast(characters=(sheet("c01", "猫"),))
    assert [person.reference_images for person in after.characters] == [(), ()]


async def test_words_that_became_the_nearest_of_the_register_are_told_of_each_sheet() -> None:
    data = Cast(characters=(sheet("c01", "猫"), sheet("c02", "犬"))).to_json()
    data["characters"][0]["look"]["hat"] = "a straw hat"  # type: ignore[index] # plain JSON
    cast = await made(Cast.of(data))
    assert [(loss.element, loss.what, loss.said, loss.instead) for loss in cast.losses] == [
        ("c01", "hat", "a straw hat", "straw")
    ]
    assert Cast.of(cast.to_json()) == cast
    again = await made(Cast.of(data), revision=Revision((("犬を大きく", ("c02",)),), cast))
    assert again.losses == cast.losses


async def test_a_wish_about_one_person_sends_that_sheet_and_what_the_story_says_of_it() -> None:
    before = Cast(characters=(sheet("c01", "猫"), sheet("c02", "犬")))
    text = Narrow(Cast(characters=(sheet("c02", "白い犬"),)))
    wish = Revision((("犬を白く", ("c02",)),), before)
    story = "猫がいた。\n\n犬が来た。\n猫は逃げた。"
    after = await make_cast(story=story, concept=CONCEPT, settings=Settings(), text=text, revision=wish)
    assert text.asked[0].revision.previous == Cast(characters=(sheet("c02", "犬"),))
    assert text.asked[0].values()["story"] == "\n[…]\n\n犬が来た。\n\n[…]\n"
    assert text.asked[0].values()["others"] == [{"name": "猫", "looks": "黒い猫。"}]
    assert [c.name for c in after.characters] == ["猫", "白い犬"]


async def test_a_wish_about_somebody_new_sends_everybody() -> None:
    before = Cast(characters=(sheet("c01", "猫"),))
    text = Narrow(Cast(characters=(sheet("c01", "猫"),)))
    wish = Revision((("ねずみも", ("c09",)),), before)
    await make_cast(story="猫", concept=CONCEPT, settings=Settings(), text=text, revision=wish)
    assert text.asked[0].revision.previous == before
