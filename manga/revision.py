"""A revision: what people asked of a phase so far, and the result that is to be changed by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar

Result = TypeVar("Result")
Wish: TypeAlias = tuple[str, tuple[str, ...]]
"""A sentence, and the keys that it may touch; without keys it may touch the whole phase."""


@dataclass(frozen=True, slots=True)
class Revision(Generic[Result]):
    """`wishes` are oldest first. `previous` is the result to revise, when there is one; the first `done` wishes are
    carried out in it."""

    wishes: tuple[Wish, ...] = ()
    previous: Result | None = None
    done: int = 0

    def __bool__(self) -> bool:
        """Whether anything is wished for."""
        return bool(self.wishes)

    @property
    def fresh(self) -> tuple[Wish, ...]:
        """Those that are still to be carried out."""
        return self.wishes[self.done :]

    @property
    def instructions(self) -> tuple[str, ...]:
        """The sentences alone."""
        return tuple(said for said, _ in self.wishes)

    @property
    def scope(self) -> tuple[str, ...]:
        """All keys that may change; empty, which is the whole phase, when one of the wishes has no keys."""
        return scope_of(keys for _, keys in self.wishes)


UNREVISED: Final[Revision[Any]] = Revision()
"""Nobody has asked for anything."""


def scope_of(scopes: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The keys of several scopes together; empty, which is the whole phase, when one of them is."""
    each = tuple(scopes)
    return tuple(dict.fromkeys(key for keys in each for key in keys)) if all(each) else ()
