"""A story goes in and a book comes out, written by a model that speaks as OpenAI does."""

import json

import pytest

from tests.end_to_end.test_draw import STORY
from tests.openai.server import serve
from tests.program import Stores, call


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
