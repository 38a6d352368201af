"""Allowances that tests ask."""

from dataclasses import dataclass, field

from manga.errors import QuotaExhausted
from storage.base import Api, Standing


@dataclass
class Gate:
    """An allowance that tells what is asked of it, and answers as it is told."""

    waits: list[float] = field(default_factory=list)
    taken: list[tuple[Api, str]] = field(default_factory=list)
    left: int = 1000

    async def reserve(self, api: Api, work: str, calls: int) -> int:
        return calls

    async def take(self, api: Api, work: str) -> float:
        if not self.left:
            raise QuotaExhausted(retry_after_s=3600)
        self.left -= 1
        self.taken.append((api, work))
        return self.waits.pop(0) if self.waits else 0.0

    async def standing(self, api: Api) -> Standing:
        raise AssertionError("nobody asks")
