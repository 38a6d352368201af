"""Scenes that are only remembered, and where they end: those who were there before them are told of again.

In: stretches and their beats. Out: the same, each remembered stretch cut where its own people are gone; for every
stretch which one it goes on from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from manga.plot import Beat
from offline.reading.scenes import SceneStretch
from offline.reading.story import Lore

SHORTEST = 2
"""Beats after a memory that make a scene."""
OPENING = 120
"""Letters that say whether it is one."""


@dataclass(frozen=True, slots=True)
class StoryStretch:
    """A stretch with its beats, and the number of the one that it goes on from; -1 at the beginning. One that `returns`
    from a memory is where that one was."""

    stretch: SceneStretch
    beats: tuple[Beat, ...]
    after: int
    returns: bool = False


def with_returns(
    tables: Lore, stretches: Sequence[SceneStretch], written: Sequence[tuple[Beat, ...]]
) -> list[StoryStretch]:
    """Linear in the number of beats."""
    parts: list[StoryStretch] = []
    for stretch, beats in zip(stretches, written, strict=True):
        outer = len(parts) - 1
        memory = bool(parts) and remembered(tables, beats)
        at = (_told_to_now(tables, beats) or _return(parts[outer].beats, beats)) if memory else 0
        if not at:
            parts.append(StoryStretch(stretch, beats, outer))
            continue
        parts.append(StoryStretch(replace(stretch, moments=stretch.moments[:at]), beats[:at], outer))
        parts.append(StoryStretch(SceneStretch(stretch.moments[at:]), beats[at:], outer, returns=True))
    return parts


def remembered(tables: Lore, beats: Sequence[Beat]) -> bool:
    told = " ".join(beat.told for beat in beats)
    return bool(tables.pattern("flashback").search(told[:OPENING]))


def _told_to_now(tables: Lore, beats: Sequence[Beat]) -> int:
    """The beat after the one that says that all has been so ever since; 0: none."""
    ends = tables.pattern("memory_ends")
    return next((at + 1 for at, beat in enumerate(beats[:-SHORTEST]) if ends.search(beat.told)), 0)


def _return(outer: Sequence[Beat], beats: Sequence[Beat]) -> int:
    """The first beat of somebody from before who is not in the memory, with nobody of the memory after it; 0: none."""
    before = {key for beat in outer for key in beat.present}
    inner: set[str] = set()
    for at, beat in enumerate(beats[: 1 - SHORTEST]):
        back = set(beat.present) & before - inner
        later = {key for other in beats[at:] for key in other.present}
        if at and back and not later & inner:
            return at
        inner |= set(beat.present)
    return 0
