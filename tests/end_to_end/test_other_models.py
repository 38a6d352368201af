"""A story goes in and a book comes out, written by a model that speaks as OpenAI does."""

import json

import pytest

from tests.end_to_end.test_draw import STORY
from tests.openai.server import serve
from tests.program import Stores, call
from tests.providers.test_local_servers import SERVERS


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_openais_models_write_a_whole_book_through_their_own_library(stores: Stores) -> None:
    (stores.folder / "story.txt").write_text(STORY, encoding="utf-8")
    with serve() as stub:
        stub.fail("429", prompt="characters")
        stub.fail("wrongshape", prompt="plot")
        env = {"MANGA_TEXT_MODEL": "openai:gpt-5", "OPENAI_API_KEY": "sk-any", "OPENAI_BASE_URL": stub.url}
        ended = call(stores)("draw", "story.txt", "--json", env=env)
        said = ended.stderr.decode()
        assert ended.returncode == 0, said
        asked = [call.prompt_id for call in stub.calls if call.status == 200 and call.fault is None]
    result = json.loads(ended.stdout)
    assert result["status"] == "completed"
    assert result["cost"]["text_calls"] == len(stub.calls)
    assert result["cost"]["spent_usd"] == 0
    assert {"concept", "characters", "plot"} <= set(asked)
    assert any(prompt.startswith("storyboard") for prompt in asked)
    assert said.count("price is not known") == 1
    assert (stores.folder / "out/the-fox-and-the-hare/book.pdf").is_file()


LISTED = """
import sys
from cli.main import main
code = main(sys.argv[1:])
providers = ("google", "langchain_google_genai", "openai", "langchain", "langchain_openai", "tiktoken", "aiohttp")
print(" ".join(sorted(name for name in sys.modules if name.split(".")[0] in providers)), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_a_book_drawn_offline_imports_no_package_of_any_provider(stores: Stores) -> None:
    (stores.folder / "story.txt").write_text(STORY, encoding="utf-8")
    ended = call(stores, LISTED)("draw", "story.txt", "--quiet")
    assert (ended.returncode, ended.stderr.decode().strip()) == (0, "")
    assert (stores.folder / "out/the-fox-and-the-hare/book.pdf").is_file()


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_a_model_server_on_this_machine_is_offered_and_writes_a_book_when_asked_to(stores: Stores) -> None:
    (stores.folder / "story.txt").write_text(STORY, encoding="utf-8")
    with serve() as stub:
        stub.desk.listed = {**SERVERS["llama.cpp"], "/props": {"default_generation_settings": {"n_ctx": 16_000}}}
        stub.desk.context = 16_000
        env = {"MANGA_LOCAL_SERVERS": json.dumps([stub.url.removesuffix("/v1")])}
        offered = call(stores)("draw", "story.txt", env=env)
        assert offered.returncode == 0, offered.stderr.decode()
        assert offered.stderr.decode().count("llama.cpp answers here with qwen3-8b-q4.gguf") == 1
        assert stub.calls == (), "no story is sent unasked"
        ended = call(stores)("draw", "story.txt", "--force", "--local", "--json", env=env)
        assert ended.returncode == 0, ended.stderr.decode()
        assert {one.prompt_id for one in stub.calls} >= {"concept", "characters", "plot", "storyboard_pages"}
        assert {one.status for one in stub.calls} == {200}
