"""What the stub says: the offline models' answers to our prompts, in the shape that the schema asks for; pictures."""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from google.genai import Client, types
from PIL import Image

from agents.plot.draft_in_parts import draft_of
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.feedback import BookView, Plan
from manga.phases import Phase
from manga.plot_draft import PlotDraft
from manga.proposed_changes import ChangedPictures, LetteringChanges
from manga.story_source import read_source
from manga.storyboard import StoryboardDraft
from manga.values import Value
from tests.gemini.server import Gemini
from tests.offline.stories import BRIDGE, LAMP, read_all

WRITER: Final = "gemini-3.8-flash"
PAINTER: Final = "gemini-nano-banana-2.1"


@pytest.fixture
def client(gemini: Gemini) -> Iterator[Client]:
    options = types.HttpOptions(base_url=gemini.url, retry_options=types.HttpRetryOptions(attempts=1))
    opened = Client(api_key="any", vertexai=False, http_options=options)
    yield opened
    opened.close()


def prompt_with(inputs: dict[str, Any]) -> str:
    plain = {name: value.to_json() if isinstance(value, Value) else value for name, value in inputs.items()}
    return f"Answer for this.\n\n```json\n{json.dumps(plain, ensure_ascii=False)}\n```"


def asked(client: Client, inputs: dict[str, Any], schema: dict[str, Any]) -> Any:
    config = types.GenerateContentConfig(
        system_instruction="You are the editor.", response_mime_type="application/json", response_json_schema=schema
    )
    response = client.models.generate_content(model=WRITER, contents=prompt_with(inputs), config=config)
    return json.loads(response.text or "")


@pytest.mark.parametrize("story", [BRIDGE, LAMP], ids=["ja", "en"])
def test_our_prompts_are_answered_with_a_whole_book(gemini: Gemini, client: Client, story: str) -> None:
    settings = Settings()
    told: dict[str, Any] = {"story": story, "settings": settings}
    concept = Concept.of(asked(client, told, Concept.model_json_schema()))
    cast = Cast.of(asked(client, {**told, "concept": concept}, Cast.model_json_schema()))
    read = PlotDraft.of(asked(client, {**told, "concept": concept, "cast": cast}, PlotDraft.model_json_schema()))
    plot = read_all(story)[2]
    assert (concept, cast) == read_all(story)[:2]
    drafted = draft_of(plot, read_source(story).text)
    assert drafted is not None
    assert read.scenes == drafted.scenes
    planned = {"plot": plot, "cast": cast, "concept": concept, "settings": settings}
    draft = StoryboardDraft.of(asked(client, planned, StoryboardDraft.model_json_schema()))
    assert len(draft.pages) == len(plot.pages)
    assert [call.prompt_id for call in gemini.calls] == ["concept", "characters", "plot", "storyboard"]
    assert gemini.count(paid=True) == 4


def test_wishes_in_the_block_are_carried_out(client: Client) -> None:
    inputs = {
        "story": LAMP,
        "settings": Settings(),
        "instructions": ['Change the title to "The Long Night".'],
        "scopes": [[]],
    }
    found = Concept.of(asked(client, inputs, Concept.model_json_schema()))
    assert found.title == "The Long Night"


def test_a_wish_that_nobody_can_carry_out_changes_nothing(client: Client) -> None:
    inputs = {"story": LAMP, "settings": Settings(), "instructions": ["Xyzzy the plugh."], "scopes": [[]]}
    assert Concept.of(asked(client, inputs, Concept.model_json_schema())) == read_all(LAMP)[0]


def test_feedback_redrawing_and_lettering_are_answered(gemini: Gemini, client: Client) -> None:
    cast = read_all(LAMP)[1]
    book = BookView(phase=Phase.CONCEPT, language=Language.EN, title="The Lamp")
    sentence = {"sentence": "Make it darker.", "asked_at": "concept", "book": book}
    Plan.of(asked(client, sentence, Plan.model_json_schema()))
    people = [{"key": person.key, "name": person.name} for person in cast.characters]
    panels = {"prompt_id": "redrawing", "panels": [], "cast": people}
    drawn = asked(client, panels, ChangedPictures.model_json_schema())
    letters = {"prompt_id": "lettering", "parts": {}, "cast": people}
    lettered = asked(client, letters, LetteringChanges.model_json_schema())
    assert ChangedPictures.of(drawn) == ChangedPictures()
    assert LetteringChanges.of(lettered) == LetteringChanges()
    assert [call.prompt_id for call in gemini.calls] == ["feedback", "redrawing", "lettering"]


def test_an_answer_has_what_the_schema_names_and_nothing_else(client: Client) -> None:
    schema = {
        "type": "object",
        "properties": {"title": {"type": "string"}, "quote": {"type": "string"}, "mood": {"type": "string"}},
        "required": ["title", "quote"],
    }
    found = asked(client, {"story": LAMP, "settings": Settings()}, schema)
    assert found.keys() == {"title", "quote", "mood"}
    assert found["title"] == "The Lamp"


def test_a_prompt_of_its_own_is_answered_as_the_test_says(gemini: Gemini, client: Client) -> None:
    gemini.answer("page_plan", lambda inputs: {"pages": len(inputs["beats"])})
    assert asked(client, {"prompt_id": "page_plan", "beats": [1, 2, 3]}, {"type": "object"}) == {"pages": 3}


def test_keywords_that_the_service_does_not_keep_to_are_told(gemini: Gemini, client: Client) -> None:
    schema = {"type": "object", "properties": {"kind": {"const": "a"}, "pattern": {"type": "string", "maxLength": 3}}}
    asked(client, {}, schema)
    assert gemini.calls[-1].unknown_keywords == {"const", "maxLength"}


def test_a_retired_model_is_answered_by_another_without_a_word(gemini: Gemini, client: Client) -> None:
    gemini.route("gemini-3.6-flash", "gemini-3.8-flash")
    response = client.models.generate_content(model="gemini-3.6-flash", contents="hi")
    assert response.model_version == "gemini-3.8-flash"


def test_models_are_listed_and_tokens_counted_without_a_bill(gemini: Gemini, client: Client) -> None:
    names = {model.name for model in client.models.list()}
    assert {f"models/{WRITER}", f"models/{PAINTER}"} <= names
    assert client.models.count_tokens(model=WRITER, contents="four" * 10).total_tokens == 10
    assert gemini.calls == ()


def drawn(client: Client, contents: list[Any], ratio: str = "3:4", size: str = "1K", seed: int = 0) -> types.Blob:
    config = types.GenerateContentConfig(
        seed=seed,
        response_modalities=["TEXT", "IMAGE"],
        image_config=types.ImageConfig(aspect_ratio=ratio, image_size=size),
    )
    response = client.models.generate_content(model=PAINTER, contents=contents, config=config)
    found = next(part.inline_data for part in response.parts or () if part.inline_data)
    assert found is not None
    return found


def opened(blob: types.Blob) -> Image.Image:
    return Image.open(io.BytesIO(blob.data or b""))


def direction() -> dict[str, Any]:
    figure = {"character": "c01", "expression": "smile"}
    return {"direction": {"shot": "bust", "setting": "river", "figures": [figure]}, "cast": read_all(BRIDGE)[1]}


def test_a_directed_panel_is_drawn_by_the_offline_artist(client: Client) -> None:
    image = opened(drawn(client, [prompt_with(direction())], "16:9"))
    assert (image.format, image.size) == ("PNG", (1344, 768))
    histogram = image.convert("L").histogram()
    assert sum(histogram[:40]) > 2_000, "no ink"
    assert sum(histogram[215:]) > 200_000, "no paper"


@pytest.mark.parametrize(("ratio", "size", "pixels"), [("1:1", "1K", (1024, 1024)), ("3:4", "2K", (1728, 2368))])
def test_without_a_direction_there_is_a_card_of_the_asked_proportions(
    client: Client, ratio: str, size: str, pixels: tuple[int, int]
) -> None:
    assert opened(drawn(client, ["A lighthouse."], ratio, size)).size == pixels


def test_the_same_seed_draws_the_same_and_another_one_something_else(client: Client) -> None:
    first, again, other = (drawn(client, ["A lighthouse."], seed=seed).data for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_pictures_come_as_jpeg_when_the_test_wants_it(gemini: Gemini, client: Client) -> None:
    gemini.draw(panels=False, media_type="image/jpeg")
    blob = drawn(client, [prompt_with(direction())])
    assert (blob.mime_type, opened(blob).format) == ("image/jpeg", "JPEG")


def test_reference_pictures_are_known_by_their_digest(gemini: Gemini, client: Client) -> None:
    sheet = drawn(client, ["A sheet."])
    drawn(client, [types.Part(inline_data=sheet), "The same girl, running."])
    assert len(gemini.calls[1].pictures) == 1
    assert gemini.calls[1].words == "The same girl, running."
    assert gemini.calls[1].usage["candidatesTokensDetails"] == [{"modality": "IMAGE", "tokenCount": 1120}]
