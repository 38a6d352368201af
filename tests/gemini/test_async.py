"""The stub as the product meets it: Google's asynchronous client, many calls side by side."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from google.genai import Client, errors, types

from tests.gemini.faults import FAULTS, HttpFault
from tests.gemini.server import Gemini

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore:Inheritance class AiohttpClientSession:DeprecationWarning"),
]

WRITER = "gemini-3.8-flash"


@pytest.fixture
async def client(gemini: Gemini) -> AsyncIterator[Client]:
    options = types.HttpOptions(base_url=gemini.url, retry_options=types.HttpRetryOptions(attempts=1))
    opened = Client(api_key="any", vertexai=False, http_options=options)
    yield opened
    await opened.aio.aclose()
    opened.close()


async def write(client: Client, words: str = "Say something.", timeout_ms: int = 20_000) -> str:
    config = types.GenerateContentConfig(http_options=types.HttpOptions(timeout=timeout_ms))
    response = await client.aio.models.generate_content(model=WRITER, contents=words, config=config)
    return response.text or ""


LEAKS = [
    ("hang", {"TimeoutError", "ReadTimeout"}),
    ("cut", {"ServerDisconnectedError", "ClientOSError", "RemoteProtocolError"}),
    ("cut_body", {"ClientPayloadError", "RemoteProtocolError"}),
    ("notjson", {"JSONDecodeError"}),
    ("502html", {"JSONDecodeError"}),  # over aiohttp the status is lost
]
"""Names, because they are aiohttp's, or httpx's where aiohttp is not installed."""


@pytest.mark.parametrize(("fault", "kinds"), LEAKS)
async def test_a_broken_line_leaks_the_transports_exception(
    gemini: Gemini, client: Client, fault: str, kinds: set[str]
) -> None:
    gemini.fail(fault)
    with pytest.raises(Exception, match=r".*") as found:
        await write(client, timeout_ms=400 if fault == "hang" else 20_000)
    assert type(found.value).__name__ in kinds


@pytest.mark.filterwarnings("ignore:coroutine 'ClientResponse.json' was never awaited:RuntimeWarning")
@pytest.mark.parametrize(
    "fault", [name for name, fault in FAULTS.items() if isinstance(fault, HttpFault) and name != "502html"]
)
async def test_an_answer_with_a_status_raises_with_that_status(gemini: Gemini, client: Client, fault: str) -> None:
    gemini.fail(fault)
    with pytest.raises((errors.APIError, ValueError)) as found:
        await write(client)
    wanted = gemini.calls[-1].status
    assert getattr(found.value, "code", 200) == wanted
    assert wanted == FAULTS[fault].status  # type: ignore[union-attr]


async def test_five_calls_run_side_by_side(gemini: Gemini, client: Client) -> None:
    gemini.fail("slow", times=5)
    going = [asyncio.create_task(write(client, f"Panel {number}")) for number in range(5)]
    assert await asyncio.to_thread(gemini.arrived, 5)
    assert gemini.most_at_once == 5
    gemini.release()
    assert len(await asyncio.gather(*going)) == 5
    assert gemini.count(paid=True) == 5


async def test_a_tenth_of_many_calls_fails_and_the_bill_is_without_them(gemini: Gemini, client: Client) -> None:
    gemini.fail_some("429", "400", share=0.1, seed=3)
    asked = (write(client, f"Panel {number}") for number in range(60))
    found = await asyncio.gather(*asked, return_exceptions=True)
    failed = [one for one in found if isinstance(one, Exception)]
    assert 1 <= len(failed) <= 15
    assert gemini.count(paid=True) == 60 - len(failed)
    assert gemini.count(fault="429") + gemini.count(fault="400") == len(failed)


async def test_thought_and_answer_are_both_in_the_count(client: Client) -> None:
    response = await client.aio.models.generate_content(model=WRITER, contents="Say something.")
    used = response.usage_metadata
    assert used is not None
    counts = (used.prompt_token_count, used.candidates_token_count, used.thoughts_token_count)
    assert sum(count or 0 for count in counts) == used.total_token_count
    assert json.loads(response.model_dump_json())["model_version"] == WRITER
