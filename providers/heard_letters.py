"""Hears an answer of a LangChain chat model while it comes: how many letters each piece of it has.

Loads langchain-core: imported where a question is asked.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from langchain_core.callbacks import AsyncCallbackHandler

T = TypeVar("T")


class HeardLetters(AsyncCallbackHandler):
    """Makes a model answer piece by piece: it does where a callback has these two `tap` methods. What comes is counted
    and not kept."""

    def __init__(self, heard: Callable[[int], None]) -> None:
        self._heard = heard

    def tap_output_aiter(self, run_id: UUID, output: AsyncIterator[T]) -> AsyncIterator[T]:
        """As it is."""
        return output

    def tap_output_iter(self, run_id: UUID, output: Iterator[T]) -> Iterator[T]:
        """As it is."""
        return output

    async def on_llm_new_token(self, token: Any, **_: Any) -> None:
        """A piece of an answer, in words or in blocks that have a text."""
        blocks = [token] if isinstance(token, str) else token
        letters = sum(len(one if isinstance(one, str) else one.get("text", "")) for one in blocks)
        if letters:
            self._heard(letters)
