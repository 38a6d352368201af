"""The pictures that the stub answers our own prompts with: panels, sheets, faces, sketches of its thinking."""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from google.genai import Client, types
from PIL import Image

from manga.characters import Character, Look
from tests.gemini.server import Gemini

PAINTER: Final = "gemini-nano-banana-2.1"
GON: Final = Character(key="c01", name="ごん", look=Look(outfit="farmer", outfit_tone="dark"), description="")


@pytest.fixture
def client(gemini: Gemini) -> Iterator[Client]:
    options = types.HttpOptions(base_url=gemini.url, retry_options=types.HttpRetryOptions(attempts=1))
    opened = Client(api_key="any", vertexai=False, http_options=options)
    yield opened
    opened.close()


def prompt(prompt_id: str, **inputs: Any) -> str:
    return f"Draw.\n\n```json\n{json.dumps({'prompt_id': prompt_id, **inputs}, ensure_ascii=False)}\n```"


def panel(x: float = 0.3) -> str:
    figures = [{"character": "c01", "x": x, "expression": "smile"}]
    direction = {"shot": "bust", "setting": "river", "figures": figures}
    return prompt("artwork", direction=direction, cast=[GON.to_json()])


def parts(client: Client, words: str, ratio: str = "3:2") -> list[types.Part]:
    config = types.GenerateContentConfig(
        response_modalities=["TEXT", "IMAGE"], image_config=types.ImageConfig(aspect_ratio=ratio, image_size="1K")
    )
    return client.models.generate_content(model=PAINTER, contents=words, config=config).parts or []


def image_of(part: types.Part) -> Image.Image:
    assert part.inline_data is not None
    return Image.open(io.BytesIO(part.inline_data.data or b""))


def test_the_faces_of_a_panel_are_told_beside_it(gemini: Gemini, client: Client) -> None:
    gemini.draw(sketches=False, media_type="image/png")
    said, picture = parts(client, panel())
    ((face,),) = json.loads(said.text or "").values()
    top, left, bottom, right = face["box"]
    assert face["character"] == "c01"
    assert 0 <= left < right < 500, "the figure stands at the left"
    image = image_of(picture).convert("L")
    wide, high = image.width / 1000, image.height / 1000
    skin = image.crop((round(left * wide), round(top * high), round(right * wide), round(bottom * high))).histogram()
    assert sum(skin[245:]) > 0.5 * sum(skin), "most of a face is bare paper"


def test_a_sketch_comes_first_and_is_marked_as_a_thought(gemini: Gemini, client: Client) -> None:
    gemini.draw(sketches=True, media_type="image/png")
    found = parts(client, panel())
    assert [bool(part.thought) for part in found] == [True, True, False, False]
    assert image_of(found[1]).size != image_of(found[3]).size


def test_tones_are_even_greys(gemini: Gemini, client: Client) -> None:
    gemini.draw(sketches=False, media_type="image/png")
    greys = image_of(parts(client, panel())[1]).convert("L").histogram()[40:215]
    assert sum(sorted(greys)[-8:]) > 0.5 * sum(greys), "a few greys, and what lies between them at edges"


def test_a_sheet_shows_one_person_three_times(gemini: Gemini, client: Client) -> None:
    gemini.draw(sketches=False, media_type="image/png")
    (picture,) = parts(client, prompt("sheet", character=GON.to_json(), style={"period": "edo"}))
    image = image_of(picture).convert("L")
    assert image.size == (1248, 832)
    thirds = [image.crop((416 * place, 0, 416 * (place + 1), 832)) for place in range(3)]
    assert all(sum(view.histogram()[:40]) > 1000 for view in thirds), "ink in each"
    assert len({view.tobytes() for view in thirds}) == 3


def test_some_pictures_of_our_prompts_are_jpeg_and_some_have_sketches_always_the_same_ones(
    gemini: Gemini, client: Client
) -> None:
    def kinds() -> list[tuple[str | None, int]]:
        found = [parts(client, prompt("artwork", wish=place), "1:1") for place in range(12)]
        return [(one[-1].inline_data.mime_type, len(one)) for one in found if one[-1].inline_data]

    first = kinds()
    assert {kind for kind, _ in first} == {"image/png", "image/jpeg"}
    assert {count for _, count in first} == {2, 4}
    assert kinds() == first
