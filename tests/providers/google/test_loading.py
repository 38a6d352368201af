"""Google's libraries are loaded one at a time, and what could not be loaded once is loaded the next time."""

import threading
from typing import Any

import pytest
from pydantic import SecretStr

from prompts.library import load_prompts
from providers.chat import ChatText
from providers.google.clients import ALONE, Clients
from providers.google.text import GoogleEdge

pytestmark = pytest.mark.anyio
KEY = SecretStr("nobodys-key")


def test_texts_and_pictures_do_not_load_their_libraries_at_once() -> None:
    edge, clients = GoogleEdge("gemini-3-flash-preview", KEY, 5.0), Clients(KEY, 5.0)
    opening = [threading.Thread(target=open_) for open_ in (edge.open, clients._open)]
    with ALONE:
        for one in opening:
            one.start()
        for one in opening:
            one.join(0.3)
        assert [one.is_alive() for one in opening] == [True, True]
    for one in opening:
        one.join(60)
    assert [one.is_alive() for one in opening] == [False, False]


class _Once(GoogleEdge):
    """Cannot be opened at first."""

    def open(self) -> Any:
        if not tries:
            tries.append(1)
            raise ImportError("half a module")
        return "opened"


tries: list[int] = []


async def test_a_model_that_could_not_be_opened_is_opened_at_the_next_question() -> None:
    tries.clear()
    model = ChatText(_Once("gemini-3-flash-preview", KEY, 5.0), load_prompts(), timeout_s=5.0)
    with pytest.raises(ImportError):
        await model._chat()
    assert str(await model._chat()) == "opened"
