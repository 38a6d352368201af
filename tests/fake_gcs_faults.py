"""What the double of Google Cloud Storage does wrong when it is told to."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from starlette.requests import Request

from tests.fake_gcs_answers import parts

What: TypeAlias = Literal["upload", "download", "look", "delete", "list", "token", "sign", "link", "bucket"]
How: TypeAlias = Literal["status", "cut", "flip", "hang", "lost"]
"""An error; half an answer; a wrong byte; no answer; done, and an error told."""


@dataclass(slots=True)
class Fault:
    """What goes wrong at `times` requests of a kind, after the first `after` of them. With `each` they are counted for
    every object apart."""

    what: What
    how: How
    times: int = 1
    status: int = 503
    after: int = 0
    each: bool = False
    seen: Counter[str] = field(default_factory=Counter)

    def strikes(self, what: What, name: str) -> bool:
        """Is it this request's turn?"""
        if what != self.what:
            return False
        key = name if self.each else ""
        if self.seen[key] >= self.after + self.times:
            return False
        self.seen[key] += 1
        return self.seen[key] > self.after

    @property
    def over(self) -> bool:
        """It has done all that it was told to."""
        return self.seen[""] >= self.after + self.times


async def named(what: What, request: Request) -> str:
    """Which object a request is about, as far as it says."""
    if what == "upload":
        found = parts(request.headers.get("content-type", ""), await request.body())
        return str(found[0]["name"]) if found else ""
    return request.url.path
