"""What `doctor` tells of the models: who, with which key, at what price, and how much of today is left."""

import json
from typing import Any

import pytest
from redis.asyncio import Redis

from storage.provider_allowance import provider_day, utc_now
from tests.openai.server import serve
from tests.program import Mangaka
from tests.providers.test_local_servers import SERVERS

KEY = "AIza-nobody-may-see-this"


def checks(mangaka: Mangaka, code: int = 0, **env: str) -> dict[str, dict[str, Any]]:
    ended = mangaka("doctor", "--json", env=env)
    assert KEY.encode() not in ended.stdout + ended.stderr
    assert ended.returncode == code, ended
    return {check["name"]: check for check in json.loads(ended.stdout)["checks"]}


def test_offline_it_tells_neither_prices_nor_limits(mangaka: Mangaka) -> None:
    found = checks(mangaka)
    assert "need no key" in found["models"]["message"]
    assert not found.keys() & {"prices", "limits"}


def test_with_a_key_it_tells_who_writes_and_draws_at_what_price(mangaka: Mangaka) -> None:
    named = json.dumps({"storyboard": "google_genai:gemini-4-neon", "feedback": "offline"})
    found = checks(mangaka, GOOGLE_API_KEY=KEY, MANGA_TEXT_MODELS=named)
    assert found["models"]["message"] == (
        "google_genai:gemini-3.8-flash writes (feedback by the offline writer, storyboard by"
        " google_genai:gemini-4-neon), gemini-nano-banana-2.1 draws; a key for Google is set."
    )
    told = found["prices"]["message"]
    assert "gemini-nano-banana-2.1: about 0.0504 USD a picture" in told
    assert "google_genai:gemini-4-neon: 3 USD a million tokens read, 15 written" in told
    assert found["prices"]["health"] == "ok"


@pytest.mark.anyio
@pytest.mark.slow
async def test_it_tells_what_is_used_and_left_today(mangaka: Mangaka, redis_client: Redis) -> None:
    day = provider_day(utc_now())
    await redis_client.set(f"api:rate_limit:text:{day}", 12)
    await redis_client.set(f"api:rate_limit:images:{day}", 25)
    await redis_client.hset(f"api:rate_limit:images:{day}:kept", "w", "10")
    found = checks(mangaka, GOOGLE_API_KEY=KEY, MANGA_TEXT_A_DAY="50")
    assert found["limits"]["message"] == (
        f"Text calls 12 of 50 used on {day}, at most 300 a minute; pictures 25 of 3000 used on {day}, 10 kept"
        " for works, at most 60 a minute, 5 at once a work; 40 calls of a model at once."
    )
    assert found["limits"]["health"] == "ok"
    spent = checks(mangaka, GOOGLE_API_KEY=KEY, MANGA_TEXT_A_DAY="12")["limits"]
    assert spent["health"] == "warn"
    assert "go on at" in spent["remedy"]


def test_a_price_that_is_not_known_is_a_warning(mangaka: Mangaka) -> None:
    found = checks(mangaka, GOOGLE_API_KEY=KEY, MANGA_TEXT_MODEL="google_genai:gemini-9-argon")
    assert found["prices"]["health"] == "warn"
    assert "google_genai:gemini-9-argon: price not known" in found["prices"]["message"]
    assert "no cost limit" in found["prices"]["remedy"]


def test_a_model_without_its_key_fails_once(mangaka: Mangaka) -> None:
    found = checks(mangaka, 1, MANGA_IMAGE_MODEL="gemini-nano-banana-2.1", MANGA_TEXT_MODEL="offline")
    assert found["models"]["health"] == "fail"
    assert "Set GOOGLE_API_KEY" in found["models"]["remedy"]
    assert not found.keys() & {"prices", "limits"}


def test_a_model_server_on_this_machine_is_named_with_the_option_that_uses_it(mangaka: Mangaka) -> None:
    with serve() as stub:
        stub.desk.listed = SERVERS["llama.cpp"]
        address = json.dumps([stub.url.removesuffix("/v1")])
        found = checks(mangaka, MANGA_LOCAL_SERVERS=address)["models"]
        used = checks(mangaka, MANGA_LOCAL_SERVERS=address, MANGA_TEXT_MODEL="local")["models"]
        assert stub.calls == ()
    offer = "llama.cpp answers here with qwen3-8b-q4.gguf: `mangaka draw STORY --local` lets it write."
    assert found["remedy"] == offer
    assert "openai:qwen3-8b-q4.gguf writes" in used["message"]
