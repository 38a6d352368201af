"""Google's image models through the real library over HTTP."""

import asyncio
import base64
import io
import json
import logging
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
from PIL import Image
from pydantic import SecretStr

from agents.inking import ink
from manga.errors import AnswerInvalid, ProviderBusy, ProviderRefused, SetupIncomplete
from offline.artist import picture as artists_picture
from prompts.library import load_prompts
from providers.base import SheetBrief
from providers.google.images import GoogleImages
from providers.process_pool import InlineOffload
from tests.gemini.answering import block_in
from tests.gemini.pictures import brief_of
from tests.gemini.server import Gemini
from tests.providers.google.image_models import GON, KEY, MODEL, SECRET, OpenImages, brief, sheet
from tests.providers.google.test_vertex import account_file, sign_in, token

pytestmark = pytest.mark.anyio
P = ParamSpec("P")
R = TypeVar("R")


async def test_a_panel_comes_as_the_model_gave_it_and_is_inked_to_its_own_proportions(
    painter: Gemini, open_images: OpenImages
) -> None:
    given = await open_images().draw(brief(), [sheet()])
    assert Image.open(io.BytesIO(given.data)).size == (1184, 864)
    assert given.told_faces is not None
    picture = ink(given, brief())
    image = Image.open(io.BytesIO(picture.data))
    assert image.size == (round(picture.width), round(picture.height))
    assert picture.width / picture.height == pytest.approx(60 / 45, rel=0.01)
    assert {figure.character for figure in picture.figures} == {"c01", "c02"}
    assert picture.told_faces is None
    assert [call.prompt_id for call in painter.calls] == ["artwork"]


async def test_the_faces_that_the_model_told_come_with_the_picture(painter: Gemini, open_images: OpenImages) -> None:
    painter.draw(sketches=True, media_type="image/jpeg")
    given = await open_images().draw(brief())
    drawn = brief_of(block_in(painter.calls[0].words).inputs, 1184, 864)
    assert drawn is not None
    faces = {figure.character: figure.face for figure in artists_picture(drawn, "x").figures}
    assert [key for key, _ in given.told_faces or ()] == ["c01", "c02"]
    for key, box in given.told_faces or ():
        face = faces[key]
        assert face is not None
        assert (box.x, box.y, box.right, box.bottom) == pytest.approx(
            (face.x, face.y, face.right, face.bottom), abs=2e-3
        )
    assert ink(given, brief()).found_by == "model"


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg"])
async def test_a_sheet_is_kept_as_it_came(media_type: str, painter: Gemini, open_images: OpenImages) -> None:
    painter.draw(media_type=media_type)
    picture = await open_images().draw_sheet(SheetBrief(character=GON, period="edo"))
    assert picture.media_type == media_type
    assert Image.open(io.BytesIO(picture.data)).size == (1248, 832)
    assert (picture.width, picture.height) == (1248, 832)
    (call,) = painter.calls
    assert call.prompt_id == "sheet"
    assert block_in(call.words).inputs["character"]["description"] == GON.description


async def test_the_version_the_prompt_and_the_price_are_told(cards: Gemini, open_images: OpenImages) -> None:
    cards.route(MODEL, to=f"{MODEL}-001")
    images = open_images()
    picture = await images.draw(brief())
    used = cards.calls[0].usage
    words = used["candidatesTokenCount"] - 1120
    assert picture.model == f"{MODEL}-001"
    assert picture.prompt_hash == load_prompts().get("artwork").hash
    assert picture.cost_usd == pytest.approx((used["promptTokenCount"] * 1.5 + words * 7.5 + 1120 * 30) / 1e6)
    assert (images.name, images.paid, images.most_sheets) == (MODEL, True, 14)


async def test_fewer_words_are_another_prompt_without_the_storys(cards: Gemini, open_images: OpenImages) -> None:
    images = open_images()
    await images.draw(brief())
    picture = await images.draw(brief(), simplified=True)
    full, simple = cards.calls
    assert (full.prompt_id, simple.prompt_id) == ("artwork", "artwork_simplified")
    assert SECRET in full.words
    assert SECRET not in simple.words
    assert picture.prompt_hash == load_prompts().get("artwork_simplified").hash
    assert full.config["seed"] != simple.config["seed"]


async def test_the_same_brief_has_the_same_seed_and_another_take_another(
    cards: Gemini, open_images: OpenImages
) -> None:
    images = open_images()
    for take in (0, 0, 1):
        await images.draw(brief(take=take))
    first, again, other = (call.config["seed"] for call in cards.calls)
    assert first == again != other
    assert 0 <= first < 2**31


async def test_an_answer_without_a_picture_is_not_asked_for_by_the_same_seed(
    cards: Gemini, open_images: OpenImages
) -> None:
    cards.fail("503")
    cards.fail("words_only", first=2, times=2)
    images = open_images()
    for kind in (ProviderBusy, AnswerInvalid, AnswerInvalid):
        with pytest.raises(kind):
            await images.draw(brief())
    await images.draw(brief())
    await images.draw(brief())
    busy, first, second, good, later = (call.config["seed"] for call in cards.calls)
    assert busy == first == later
    assert len({first, second, good}) == 3


async def test_a_picture_that_is_broken_tells_what_it_cost(cards: Gemini, open_images: OpenImages) -> None:
    cards.fail("image_truncated")
    images = open_images()
    broken, whole = await images.draw(brief()), await images.draw(brief())
    assert broken.cost_usd == pytest.approx(whole.cost_usd)
    assert broken.cost_usd > 0.03
    with pytest.raises(AnswerInvalid):
        ink(broken, brief())


@pytest.mark.parametrize(
    ("model", "width", "height", "asked"),
    [
        (MODEL, 60.0, 45.0, {"aspectRatio": "4:3", "imageSize": "1K"}),
        (MODEL, 150.0, 66.0, {"aspectRatio": "21:9", "imageSize": "2K"}),
        (MODEL, 60.0, 220.0, {"aspectRatio": "1:4", "imageSize": "2K"}),
        ("gemini-3.1-flash-lite-image", 150.0, 150.0, {"aspectRatio": "1:1"}),
    ],
)
async def test_proportions_and_size_are_the_panels(
    model: str, width: float, height: float, asked: dict[str, str], cards: Gemini, open_images: OpenImages
) -> None:
    await open_images(model).draw(brief(width, height))
    assert cards.calls[0].config["imageConfig"] == asked


class Wire:
    """A server that writes down what comes, and is overloaded."""

    head = ""
    body: dict[str, Any]

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(int(h.split(":")[1]) for h in self.head.splitlines() if h.lower().startswith("content-length"))
        self.body = json.loads(await reader.readexactly(length))
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


async def test_on_the_wire_sheets_come_before_the_words_and_the_key_stands_in_one_header(
    open_images: OpenImages,
) -> None:
    wire = Wire()
    async with await asyncio.start_server(wire, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        images = open_images(base_url=f"http://127.0.0.1:{port}")
        with pytest.raises(ProviderBusy):
            await images.draw(brief(), [sheet("c02"), sheet("c01")])
    (turn,) = wire.body["contents"]
    assert [next(iter(part)) for part in turn["parts"]] == ["inlineData", "inlineData", "text"]
    assert wire.head.splitlines()[0] == f"POST /v1beta/models/{MODEL}:generateContent HTTP/1.1"
    assert wire.head.lower().count("x-goog-api-key:") == wire.head.count(KEY) == 1
    assert KEY not in json.dumps(wire.body)
    assert wire.body["generationConfig"]["responseModalities"] == ["TEXT", "IMAGE"]
    assert "systemInstruction" not in wire.body
    settings = {one["category"]: one["threshold"] for one in wire.body["safetySettings"]}
    assert settings["HARM_CATEGORY_DANGEROUS_CONTENT"] == "BLOCK_ONLY_HIGH"
    assert settings["HARM_CATEGORY_SEXUALLY_EXPLICIT"] == "BLOCK_MEDIUM_AND_ABOVE"


async def test_a_project_of_google_cloud_is_called_with_its_credentials_and_not_the_key(
    open_images: OpenImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    wire = Wire()
    async with await asyncio.start_server(wire, "127.0.0.1", 0) as server:
        base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        images = open_images(base_url=base_url, project="mine", location="europe-west4", credentials=token())
        with pytest.raises(ProviderBusy):
            await images.draw(brief())
    path = f"/projects/mine/locations/europe-west4/publishers/google/models/{MODEL}:generateContent"
    assert path in wire.head.splitlines()[0]
    assert "Bearer ya29.fake" in wire.head
    assert KEY not in wire.head


async def test_a_machine_that_gets_its_credentials_later_draws_then(
    open_images: OpenImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = open_images(project="mine")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(ProviderRefused, match="no credentials"):
        await images.draw(brief())
    with sign_in() as (address, came):
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(account_file(tmp_path, address)))
        await images.draw(brief())
    assert len(came) == 1


async def test_no_log_holds_a_picture_a_prompt_or_the_key(
    cards: Gemini, open_images: OpenImages, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        picture = await open_images().draw(brief(), [sheet()])
    logged = "\n".join([caplog.text, *(str(record.__dict__) for record in caplog.records)])
    for data in (sheet().data, picture.data):
        assert base64.b64encode(data)[:80].decode() not in logged
    assert KEY not in logged
    assert SECRET not in logged


@pytest.mark.parametrize("name", ["gemini-3.8-flash", "dall-e-3", "imagen-4.0-generate-001", ""])
def test_a_model_that_does_not_draw_is_told_before_anything_begins(name: str) -> None:
    with pytest.raises(SetupIncomplete, match="no image model") as found:
        GoogleImages(name, SecretStr(KEY), load_prompts(), InlineOffload(), timeout_s=1.0)
    assert MODEL in found.value.remedy


def test_one_image_model_serves_several_event_loops_in_turn(cards: Gemini) -> None:
    images = GoogleImages(MODEL, SecretStr(KEY), load_prompts(), InlineOffload(), timeout_s=20.0, base_url=cards.url)

    async def once() -> None:
        await images.draw(brief())
        await images.aclose()

    for _ in range(2):
        asyncio.run(once())
    assert cards.count(status=200) == 2
