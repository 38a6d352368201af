"""Every fault of the stub as Google's own SDK sees it: one row a fault."""

import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import httpx
import pytest
from google.genai import Client, errors, types
from PIL import Image, UnidentifiedImageError

from tests import asking
from tests.gemini.faults import FAULTS
from tests.gemini.server import Gemini, serve

WRITER: Final = "gemini-3.8-flash"
PAINTER: Final = "gemini-nano-banana-2.1"
KEY: Final = "a-key-that-nobody-may-see"
SCHEMA: Final = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "pages": {"type": "integer", "minimum": 4}},
    "required": ["title", "pages"],
}
HUNG_MS: Final = 400


@pytest.fixture(scope="module")
def shared() -> Iterator[Gemini]:
    """One stub for the whole table."""
    with serve() as running:
        yield running


@pytest.fixture
def gemini(shared: Gemini) -> Iterator[Gemini]:
    yield shared
    shared.reset()


@pytest.fixture
def client(gemini: Gemini) -> Iterator[Client]:
    once = types.HttpRetryOptions(attempts=1)
    options = types.HttpOptions(base_url=gemini.url, timeout=20_000, retry_options=once)
    opened = Client(api_key=KEY, vertexai=False, http_options=options)
    yield opened
    opened.close()


def write(client: Client, timeout_ms: int | None = None) -> types.GenerateContentResponse:
    http = types.HttpOptions(timeout=timeout_ms) if timeout_ms else None
    config = types.GenerateContentConfig(
        response_mime_type="application/json", response_json_schema=SCHEMA, http_options=http
    )
    return client.models.generate_content(model=WRITER, contents="Say something.", config=config)


def draw(client: Client) -> types.GenerateContentResponse:
    asked = types.ImageConfig(aspect_ratio="3:4", image_size="1K")
    config = types.GenerateContentConfig(response_modalities=["TEXT", "IMAGE"], image_config=asked)
    return client.models.generate_content(model=PAINTER, contents="A lighthouse in the rain.", config=config)


def image_in(response: types.GenerateContentResponse) -> bytes | None:
    found = (part.inline_data.data for part in response.parts or () if part.inline_data)
    return next(found, None)


@dataclass(frozen=True)
class Refused:
    """An exception of the SDK with code and status; `detail` stands in its details."""

    fault: str
    kind: type[Exception]
    code: int
    status: str
    detail: str = ""


REFUSED = [
    Refused("400", errors.ClientError, 400, "INVALID_ARGUMENT"),
    Refused("400key", errors.ClientError, 400, "INVALID_ARGUMENT", "API_KEY_INVALID"),
    Refused("400precond", errors.ClientError, 400, "FAILED_PRECONDITION"),
    Refused("400tokens", errors.ClientError, 400, "INVALID_ARGUMENT", "exceeds the maximum number of tokens"),
    Refused("401", errors.ClientError, 401, "UNAUTHENTICATED"),
    Refused("403", errors.ClientError, 403, "PERMISSION_DENIED"),
    Refused("404", errors.ClientError, 404, "NOT_FOUND"),
    Refused("429", errors.ClientError, 429, "RESOURCE_EXHAUSTED", "GenerateRequestsPerMinute"),
    Refused("429day", errors.ClientError, 429, "RESOURCE_EXHAUSTED", "GenerateRequestsPerDay"),
    Refused("429bare", errors.ClientError, 429, "RESOURCE_EXHAUSTED"),
    Refused("500", errors.ServerError, 500, "INTERNAL"),
    Refused("502html", errors.ServerError, 502, "Bad Gateway", "<html>"),
    Refused("503", errors.ServerError, 503, "UNAVAILABLE"),
    Refused("504", errors.ServerError, 504, "DEADLINE_EXCEEDED"),
]


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.fault)
def test_an_answer_with_a_status_is_the_sdks_exception(gemini: Gemini, client: Client, row: Refused) -> None:
    gemini.fail(row.fault)
    with pytest.raises(row.kind) as found:
        write(client)
    error = found.value
    assert isinstance(error, errors.APIError)
    assert (error.code, error.status) == (row.code, row.status)
    assert row.detail in json.dumps(error.details)
    assert (gemini.calls[-1].fault, gemini.calls[-1].status, gemini.calls[-1].paid) == (row.fault, row.code, False)


BROKEN: list[tuple[str, type[Exception]]] = [
    ("notjson", json.JSONDecodeError),
    ("hang", httpx.ReadTimeout),
    ("cut", httpx.RemoteProtocolError),
    ("cut_body", httpx.RemoteProtocolError),
]


@pytest.mark.parametrize(("fault", "kind"), BROKEN)
def test_a_broken_line_leaks_the_transports_exception(
    gemini: Gemini, client: Client, fault: str, kind: type[Exception]
) -> None:
    gemini.fail(fault)
    with pytest.raises(kind):
        write(client, HUNG_MS if fault == "hang" else None)
    assert gemini.calls[-1].fault == fault


@dataclass(frozen=True)
class Soft:
    """A 200 that is not what was asked for: why it ended, what is blocked, and what is true of its text."""

    fault: str
    finish: str | None
    text: Callable[[str | None], bool]
    block: str | None = None


def parses(text: str | None) -> bool:
    try:
        json.loads(text or "")
    except ValueError:
        return False
    return True


def nothing(text: str | None) -> bool:
    return not text


SOFT = [
    Soft("blocked", None, nothing, "PROHIBITED_CONTENT"),
    Soft("empty", None, nothing),
    Soft("safety", "SAFETY", nothing),
    Soft("recitation", "RECITATION", nothing),
    Soft("max_tokens", "MAX_TOKENS", lambda text: bool(text) and not parses(text)),
    Soft("thoughts_only", "MAX_TOKENS", nothing),
    Soft("badjson", "STOP", lambda text: bool(text) and not parses(text)),
    Soft("wrongshape", "STOP", lambda text: parses(text) and "title" not in json.loads(text or "")),
    Soft("fenced", "STOP", lambda text: (text or "").startswith("```json\n")),
    Soft("malformed_call", "MALFORMED_FUNCTION_CALL", nothing),
]


@pytest.mark.parametrize("row", SOFT, ids=lambda row: row.fault)
def test_an_unusable_answer_raises_nothing_and_is_paid(gemini: Gemini, client: Client, row: Soft) -> None:
    gemini.fail(row.fault)
    response = write(client)
    assert finish_of(response) == row.finish
    assert row.text(response.text if response.candidates else None)
    feedback = response.prompt_feedback
    assert (feedback.block_reason.name if feedback and feedback.block_reason else None) == row.block
    assert gemini.calls[-1].paid


def finish_of(response: types.GenerateContentResponse) -> str | None:
    reason = response.candidates[0].finish_reason if response.candidates else None
    return reason.name if reason else None


def test_thoughts_use_up_the_tokens_of_an_answer_of_thoughts_only(gemini: Gemini, client: Client) -> None:
    gemini.fail("thoughts_only")
    used = write(client).usage_metadata
    assert used is not None
    assert (used.thoughts_token_count, used.candidates_token_count) == (8192, 0)


UNSEEN = [
    ("image_safety", "IMAGE_SAFETY"),
    ("image_prohibited", "IMAGE_PROHIBITED_CONTENT"),
    ("image_recitation", "IMAGE_RECITATION"),
    ("no_image", "NO_IMAGE"),
    ("words_only", "STOP"),
]


@pytest.mark.parametrize(("fault", "finish"), UNSEEN)
def test_a_refused_picture_is_an_answer_without_one(gemini: Gemini, client: Client, fault: str, finish: str) -> None:
    gemini.fail(fault)
    response = draw(client)
    assert finish_of(response) == finish
    assert image_in(response) is None


@pytest.mark.parametrize(("fault", "kind"), [("image_bytes", UnidentifiedImageError), ("image_truncated", OSError)])
def test_broken_bytes_come_as_a_good_answer(gemini: Gemini, client: Client, fault: str, kind: type[Exception]) -> None:
    gemini.fail(fault)
    response = draw(client)
    assert finish_of(response) == "STOP"
    with pytest.raises(kind):
        Image.open(io.BytesIO(image_in(response) or b"")).load()


def test_a_slow_call_is_answered_when_the_test_lets_it_go() -> None:
    with serve() as gemini, ThreadPoolExecutor(1) as side:
        gemini.fail("slow")
        going = side.submit(httpx.post, path_of(gemini, WRITER), json={}, headers={"x-goog-api-key": KEY})
        assert gemini.arrived(1)
        assert not going.done()
        gemini.release()
        assert going.result().status_code == 200


def path_of(gemini: Gemini, model: str) -> str:
    return f"{gemini.url}/v1beta/models/{model}:generateContent"


def streamed(client: Client) -> list[types.GenerateContentResponse]:
    return list(client.models.generate_content_stream(model=WRITER, contents="Say something."))


def test_a_streamed_answer_has_its_end_in_the_last_piece(gemini: Gemini, client: Client) -> None:
    pieces = streamed(client)
    assert [finish_of(piece) for piece in pieces] == [None] * (len(pieces) - 1) + ["STOP"]
    assert "".join(piece.text or "" for piece in pieces) == "The stub has nothing to say to that."


def test_a_stream_that_is_cut_raises_nothing_and_has_no_end(gemini: Gemini, client: Client) -> None:
    gemini.fail("stream_cut")
    assert {finish_of(piece) for piece in streamed(client)} == {None}


def test_an_error_within_a_stream_is_raised(gemini: Gemini, client: Client) -> None:
    gemini.fail("stream_err")
    with pytest.raises(errors.APIError) as found:
        streamed(client)
    assert found.value.code == 503


def test_every_fault_has_its_row() -> None:
    rows = {row.fault for row in REFUSED} | {row.fault for row in SOFT} | {fault for fault, *_ in (*BROKEN, *UNSEEN)}
    own = {"image_bytes", "image_truncated", "slow", "stream_cut", "stream_err"}
    assert FAULTS.keys() == rows | own


def test_a_call_without_a_key_is_not_taken(gemini: Gemini) -> None:
    answer = asking.post(path_of(gemini, WRITER), json={})
    assert (answer.status_code, answer.json()["error"]["status"]) == (403, "PERMISSION_DENIED")


def test_a_shared_stub_is_as_new_after_a_reset(gemini: Gemini, client: Client) -> None:
    gemini.fail("500")
    gemini.fail("503", first=2)
    with pytest.raises(errors.ServerError):
        write(client)
    gemini.reset()
    write(client)
    write(client)
    assert [(call.status, call.fault) for call in gemini.calls] == [(200, None), (200, None)]


def test_no_key_is_in_the_transcript(gemini: Gemini, client: Client) -> None:
    write(client)
    assert gemini.calls
    assert KEY not in repr((gemini.calls, gemini))


REFUSALS: list[tuple[str, str, dict[str, Any], int]] = [
    ("a model that was shut down", "imagen-4.0-generate-001", {}, 404),
    ("thinking that the model does not know", WRITER, {"thinkingConfig": {"thinking_level": "MINIMAL"}}, 400),
    ("a picture of a model that writes", WRITER, {"responseModalities": ["IMAGE"]}, 400),
    ("an odd aspect ratio", PAINTER, {"imageConfig": {"aspectRatio": "7:5"}}, 400),
    ("a size the small model has not", "gemini-3.1-flash-lite-image", {"imageConfig": {"imageSize": "2K"}}, 400),
    ("JSON of a model that draws", PAINTER, {"responseJsonSchema": SCHEMA}, 400),
]


@pytest.mark.parametrize(("model", "config", "status"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_a_request_that_the_service_would_refuse_is_refused(
    gemini: Gemini, model: str, config: dict[str, Any], status: int
) -> None:
    body = {"contents": [{"parts": [{"text": "hi"}]}], "generationConfig": config}
    assert asking.post(path_of(gemini, model), json=body, headers={"x-goog-api-key": KEY}).status_code == status
