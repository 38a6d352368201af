"""Model servers on this machine, told apart by what they answer; a real HTTP server stands in for each of them."""

import socket
from collections.abc import Iterator

import pytest

from manga.errors import SetupIncomplete
from providers.base import CallLimits
from providers.local_servers import LocalServer, local_servers, with_local_model
from providers.settings import ModelSettings
from tests.gemini.wire import Json
from tests.openai.server import OpenAi, serve


def models(*names: str) -> Json:
    return {"object": "list", "data": [{"id": name, "object": "model"} for name in names]}


SERVERS: dict[str, dict[str, Json]] = {
    "Ollama": {
        "/api/version": {"version": "0.12.3"},
        "/api/tags": {"models": [{"name": "nomic-embed-text:latest"}, {"name": "qwen3:8b"}, {"name": "gemma3:12b"}]},
        "/v1/models": models("nomic-embed-text:latest", "qwen3:8b", "gemma3:12b"),
    },
    "LM Studio": {
        "/v1/models": models("gemma-3-12b", "qwen3-8b"),
        "/api/v0/models": {
            "data": [
                {"id": "text-embedding-nomic", "type": "embeddings", "state": "loaded", "loaded_context_length": 512},
                {"id": "gemma-3-12b", "type": "vlm", "state": "not-loaded", "max_context_length": 131072},
                {"id": "qwen3-8b", "type": "llm", "state": "loaded", "loaded_context_length": 24000},
            ]
        },
    },
    "llama.cpp": {
        "/v1/models": models("qwen3-8b-q4.gguf"),
        "/props": {"default_generation_settings": {"n_ctx": 32768}, "total_slots": 1},
    },
}


@pytest.fixture
def stub() -> Iterator[OpenAi]:
    with serve() as running:
        yield running


def root(stub: OpenAi) -> str:
    return stub.url.removesuffix("/v1")


@pytest.mark.parametrize(
    ("name", "names", "context"),
    [
        ("Ollama", ("qwen3:8b", "gemma3:12b"), None),
        ("LM Studio", ("qwen3-8b",), 24000),
        ("llama.cpp", ("qwen3-8b-q4.gguf",), 32768),
    ],
)
def test_each_is_known_by_name_with_its_chat_models(
    name: str, names: tuple[str, ...], context: int | None, stub: OpenAi
) -> None:
    stub.desk.listed = SERVERS[name]
    contexts = dict.fromkeys(names, context) if context else {}
    assert local_servers((root(stub),)) == (LocalServer(name, root(stub), names, contexts),)
    assert stub.calls == ()


def test_an_address_is_known_with_the_path_that_other_programs_are_told(stub: OpenAi) -> None:
    stub.desk.listed = SERVERS["llama.cpp"]
    for told in (stub.url, f"{root(stub)}/"):
        found = with_local_model(ModelSettings(text_model="local", local_servers=(told,)))
        assert found.openai_base_url == stub.url


def test_the_model_that_is_named_has_a_context_of_its_own(stub: OpenAi) -> None:
    rows = [
        {"id": name, "type": "llm", "state": "loaded", "loaded_context_length": context}
        for name, context in (("gemma-3-12b", 4096), ("qwen3-8b", 24_000))
    ]
    stub.desk.listed = SERVERS["LM Studio"] | {"/api/v0/models": {"data": rows}}
    found = with_local_model(ModelSettings(text_model="local:qwen3", local_servers=(root(stub),)))
    assert (found.text_model, found.text_limits["all"].context) == ("openai:qwen3-8b", 24_000)


def test_a_server_of_something_else_and_a_silent_one_are_none(stub: OpenAi) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert (
            local_servers(
                (
                    root(stub),
                    f"http://127.0.0.1:{silent.getsockname()[1]}",
                    "file:///etc/passwd",
                    "http://127.0.0.1:99999",
                )
            )
            == ()
        )
    assert local_servers(()) == ()


def test_ollama_is_told_how_much_it_is_to_hold(stub: OpenAi) -> None:
    stub.desk.listed = SERVERS["Ollama"]
    found = with_local_model(ModelSettings(text_model="local:gemma", local_servers=(root(stub),)))
    assert (found.text_model, found.ollama_base_url) == ("ollama:gemma3:12b", root(stub))
    assert found.text_limits["all"] == CallLimits(context=16_000)
    assert found.calls_at_once == 1


def test_the_others_speak_as_openai_does_and_say_how_much_they_hold(stub: OpenAi) -> None:
    stub.desk.listed = SERVERS["llama.cpp"]
    limits = {"all": CallLimits(output_tokens=4000)}
    found = with_local_model(ModelSettings(text_model="local", text_limits=limits, local_servers=(root(stub),)))
    assert (found.text_model, found.openai_base_url) == ("openai:qwen3-8b-q4.gguf", stub.url)
    assert found.text_limits["all"] == CallLimits(output_tokens=4000, context=32768)


def test_no_key_of_another_service_is_sent_there(stub: OpenAi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-somebody-else")
    stub.desk.listed = SERVERS["llama.cpp"]
    found = with_local_model(ModelSettings(text_model="local", local_servers=(root(stub),)))
    assert found.openai_api_key is not None
    assert found.openai_api_key.get_secret_value() != "sk-for-somebody-else"


def test_a_context_that_a_person_names_stands(stub: OpenAi) -> None:
    stub.desk.listed = SERVERS["LM Studio"]
    limits = {"all": CallLimits(context=12_000)}
    found = with_local_model(ModelSettings(text_model="local", text_limits=limits, local_servers=(root(stub),)))
    assert found.text_limits["all"].context == 12_000


def test_a_model_that_is_not_there_and_a_context_without_room_are_told_with_what_helps(stub: OpenAi) -> None:
    with pytest.raises(SetupIncomplete, match="No model server on this machine answers") as caught:
        with_local_model(ModelSettings(text_model="local", local_servers=(root(stub),)))
    assert "Start Ollama" in caught.value.remedy
    stub.desk.listed = SERVERS["llama.cpp"] | {"/props": {"default_generation_settings": {"n_ctx": 4096}}}
    with pytest.raises(SetupIncomplete, match="has a model gemma"):
        with_local_model(ModelSettings(text_model="local:gemma", local_servers=(root(stub),)))
    with pytest.raises(SetupIncomplete, match="context of 4,096 tokens") as small:
        with_local_model(ModelSettings(text_model="local", local_servers=(root(stub),)))
    assert "16,000" in small.value.remedy


def test_settings_that_name_another_model_look_nowhere(stub: OpenAi) -> None:
    settings = ModelSettings(text_model="openai:gpt-5", local_servers=(root(stub),))
    assert with_local_model(settings) is settings
