"""What models are told of a book's settings, people and changes is the same in all questions, and what was decided."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from agents.prompt_facts import looks_of
from editing.phase_results import result_of
from graph.build import STEPS, build_graph
from manga.brief import Brief, Settings
from manga.characters import Cast
from manga.phases import Phase
from prompts.library import load_prompts
from providers.google.text import GoogleText
from tests.gemini.answering import block_in
from tests.gemini.server import Gemini, gemini
from tests.graph.crew import CREW, studio
from tests.offline.wishes.revising.books import KITE

__all__ = ["gemini"]
pytestmark = pytest.mark.anyio
Json = dict[str, Any]
LIMITED = ("plot", "storyboard_plan", "storyboard_pages", "lettering_proposal")


async def questions(gemini: Gemini, **settings: Any) -> tuple[dict[str, list[Json]], Json]:
    """The data of every question by prompt, and the state in the end."""
    text = GoogleText("gemini-3.8-flash", SecretStr("a-key"), load_prompts(), timeout_s=60.0, base_url=gemini.url)
    it = studio()
    services = replace(it.services, text=text)
    steps = {**STEPS, Phase.FINISHING: CREW[Phase.FINISHING]}
    it = replace(it, services=services, graph=build_graph(services, it.saver, steps=steps))
    await it.run(brief=Brief(text=KITE, settings=Settings(seed=5, **settings)))
    await text.aclose()
    found: dict[str, list[Json]] = {}
    for call in gemini.calls:
        found.setdefault(call.prompt_id, []).append(block_in(call.words).inputs)
    return found, await it.values()


def said(data: object, name: str) -> Iterator[Any]:
    """Every value of that name, however deep."""
    if isinstance(data, dict):
        yield from ([data[name]] if name in data else [])
        for inner in data.values():
            yield from said(inner, name)
    elif isinstance(data, list):
        for inner in data:
            yield from said(inner, name)


async def test_direction_and_fidelity_are_told_as_they_were_chosen_or_not_at_all(gemini: Gemini) -> None:
    asked, state = await questions(gemini, direction="ltr", fidelity="adapted")
    assert state["concept"]["direction"] == "ltr"
    assert {"concept", "characters", "plot", "storyboard_plan", "storyboard_pages"} <= asked.keys()
    assert {word for word in said(asked, "direction") if isinstance(word, str)} == {"ltr"}
    assert set(said(asked, "fidelity")) == {"adapted"}
    for prompt in ("plot", "storyboard_plan", "storyboard_pages", "lettering_proposal"):
        assert all(list(said(data, "fidelity")) for data in asked[prompt]), prompt


async def test_a_limit_of_pictures_that_the_story_does_not_fit_into_is_told_as_an_adaptation(gemini: Gemini) -> None:
    asked, _ = await questions(gemini, fidelity="faithful", max_images=3)
    told = {prompt: set(said(asked[prompt], "fidelity")) for prompt in LIMITED}
    assert told == {key: {"adapted"} for key in told}


async def test_people_are_told_as_their_sheets_have_them(gemini: Gemini) -> None:
    asked, state = await questions(gemini)
    cast = result_of(state, Phase.CHARACTERS, Cast)
    looks = {person.key: looks_of(person.look) for person in cast.characters}
    assert len(set(looks.values())) > 1
    for prompt in ("plot", "storyboard_plan", "storyboard_pages"):
        people = [person for data in asked[prompt] for person in data["cast"]]
        assert people
        assert all(person["looks"] == looks[person["key"]] for person in people)
        assert not list(said([data["cast"] for data in asked[prompt]], "look"))


async def test_the_planner_reads_the_words_that_the_pages_will_say(gemini: Gemini) -> None:
    asked, state = await questions(gemini)
    (plan,) = asked["storyboard_plan"]
    spoken = [
        n["text"] for s in state["plot"]["scenes"] for b in s["beats"] for n in b["lines"] if n["kind"] != "narration"
    ]
    told = [
        line["text"] for scene in plan["outline"]["scenes"] for beat in scene["beats"] for line in beat.get("lines", ())
    ]
    assert spoken
    assert [text[:80] for text in spoken] == told


async def test_nothing_empty_is_sent_and_no_place_in_the_source(gemini: Gemini) -> None:
    asked, _ = await questions(gemini)
    for data in asked["storyboard_pages"]:
        assert not list(said(data, "span"))
        assert not [
            value
            for scene in data["plot"]
            for beat in scene["beats"]
            for value in beat.values()
            if value in ("", [], None)
        ]
