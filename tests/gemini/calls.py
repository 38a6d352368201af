"""What the stub was asked and what it answered. No key is ever in here."""

import hashlib
import itertools
import json
import math
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tests.gemini.plan import Asked
from tests.gemini.schema import unknown_keywords
from tests.gemini.wire import Json, config_of, parts_of, pictures_of, prompt_of, schema_of


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a model. `status` is 0 while it runs, and stays so when no answer was sent.

    `pictures` are the SHA-256 of the reference pictures in order; `server_timeout_s` is what the client announced;
    `paid` says that the service would send a bill: a 200 with a usage in it. `began` and `ended` are monotonic seconds;
    a call that runs has not ended. `caller` is a digest of its key.
    """

    number: int
    verb: str
    model: str
    prompt_id: str
    words: str
    config: Json
    digest: str
    pictures: tuple[str, ...] = ()
    server_timeout_s: int | None = None
    fault: str | None = None
    status: int = 0
    paid: bool = False
    usage: Json = field(default_factory=dict)
    began: float = 0.0
    ended: float = math.inf
    caller: str = ""

    @property
    def schema(self) -> Json | None:
        return schema_of({"generationConfig": self.config})

    @property
    def unknown_keywords(self) -> frozenset[str]:
        """Keywords of the schema that the real service does not keep to."""
        return unknown_keywords(self.schema or {})


def digest_of(model: str, body: Json) -> str:
    """The identity of a request: the same words and pictures with the same settings to the same model."""
    told = [model, [part.get("text") for part in parts_of(body)], pictures_of(body), config_of(body)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(slots=True)
class Transcript:
    """All calls by number, in the order of arrival. `most_at_once` is how many of one caller ran side by side at
    the most: what a dead program has asked may still arrive beside what a living one asks."""

    calls: dict[int, Call] = field(default_factory=dict)
    most_at_once: int = 0
    running: dict[int, str] = field(default_factory=dict)
    """The number and the caller of each that is not answered yet."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _news: threading.Condition = field(default_factory=threading.Condition)

    def begin(
        self, verb: str, asked: Asked, body: Json, server_timeout_s: int | None, fault: str | None, caller: str = ""
    ) -> Call:
        call = Call(
            number=next(self._numbers),
            verb=verb,
            model=asked.model,
            prompt_id=asked.prompt,
            words=prompt_of(body),
            config=config_of(body),
            digest=asked.digest,
            pictures=pictures_of(body),
            server_timeout_s=server_timeout_s,
            fault=fault,
            began=time.monotonic(),
            caller=caller,
        )
        with self._news:
            self.calls[call.number] = call
            self.running[call.number] = caller
            self.most_at_once = max(self.most_at_once, self._most())
            self._news.notify_all()
        return call

    def wait(self, count: int, timeout_s: float) -> bool:
        """From another thread: have so many calls arrived, at the latest after `timeout_s`?"""
        with self._news:
            return self._news.wait_for(lambda: len(self.calls) >= count, timeout_s)

    def tell(self, call: Call, status: int, usage: Json) -> None:
        """How the call is answered."""
        self.end(call)
        if call.number in self.calls:  # not forgotten since it began
            told = replace(call, status=status, usage=usage, paid=bool(usage), ended=time.monotonic())
            self.calls[call.number] = told

    def end(self, call: Call) -> None:
        self.running.pop(call.number, None)

    def clear(self) -> None:
        with self._news:
            self.calls.clear()
            self.most_at_once = self._most()

    def _most(self) -> int:
        return max(Counter(self.running.values()).values(), default=0)

    def chosen(self, **wanted: object) -> Iterator[Call]:
        """The calls whose fields are all as `wanted`."""
        return (
            call
            for call in tuple(self.calls.values())
            if all(getattr(call, name) == value for name, value in wanted.items())
        )
