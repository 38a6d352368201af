"""Whose deed a moment shows: the deeds of each of its lines, and which of them need a picture.

A beat of another model may have one word for what is done and nobody who does it; then it is the first who is there.
"""

from collections.abc import Sequence

from manga.plot import Beat, Deed, Line
from manga.values import Span

HANDS_ON = frozenset(
    ["strike", "stab", "seize", "push", "pull", "lift", "help", "lead", "bind", "stroke", "feed", "crown"]
)
"""Deeds that lay a hand on somebody, where they are done to one."""

STRONG = HANDS_ON | frozenset(
    ["shoot", "fight", "fall", "drop", "throw", "hug", "kneel", "jump", "lie", "sleep", "give", "touch", "chase",
     "catch", "ride", "dangle"]
)  # fmt: skip
"""Deeds that fill a picture: two of them by two people are two pictures."""

WEIGHTY = STRONG | {"cry", "weep", "pray", "nod", "bow", "wake", "run"}
"""Deeds that end a story: each is shown by itself."""

TO_SOMEBODY = frozenset(["shoot", "fight", "hug", "give", "touch"])
"""Deeds that nobody does alone."""

QUIET = frozenset(["look", "look up", "look down", "look back", "listen", "think"])


def deeds_of(beat: Beat) -> tuple[Deed, ...]:
    """The beat's deeds, or its one action done by the first who is there."""
    if beat.deeds or not beat.action or not beat.present:
        return beat.deeds
    end = beat.span.start
    return (Deed(who=beat.present[0], action=beat.action, span=Span(start=end, end=end)),)


def deeds_by_line(beat: Beat) -> dict[str, tuple[Deed, ...]]:
    """What is told before a line belongs to the line before it; what stands before them all, to the first."""
    found: dict[str, tuple[Deed, ...]] = {line.key: () for line in beat.lines}
    for deed in deeds_of(beat):
        before = [line for line in beat.lines if line.span.start <= deed.span.start] or list(beat.lines[:1])
        if before:
            found[before[-1].key] += (deed,)
    return found


def acts_of(line: Line, deeds: Sequence[Deed]) -> list[tuple[Line | None, tuple[Deed, ...]]]:
    """One picture, or two where somebody's strong deed follows on somebody else's; the words go to the first."""
    turn = next((i for i in range(1, len(deeds)) if _changes(deeds[:i], deeds[i])), None)
    if turn is None:
        return [(line, tuple(deeds))]
    return [(line, tuple(deeds[:turn])), (None, tuple(deeds[turn:]))]


def _changes(before: Sequence[Deed], deed: Deed) -> bool:
    earlier = [d.who for d in before if d.action in STRONG]
    return deed.action in STRONG and bool(earlier) and deed.who not in earlier


def strong_doers(deeds: Sequence[Deed]) -> set[str]:
    return {deed.who for deed in deeds if deed.action in STRONG}


def last_acts(deeds: Sequence[Deed]) -> dict[str, Deed]:
    """Everyone's deed to be shown: the last one of those that show most; the latest doer comes first."""
    found: dict[str, Deed] = {}
    for deed in deeds:
        held = found.get(deed.who)
        if held is None or _shows(deed) >= _shows(held):
            found.pop(deed.who, None)
            found[deed.who] = deed
    return dict(reversed(found.items()))


def _shows(deed: Deed) -> int:
    """Hands on somebody before what fills a picture, that before going and standing, a look last."""
    at_one = deed.action in HANDS_ON and bool(deed.whom)
    return 3 * at_one or 2 * (deed.action in STRONG) or int(deed.action not in QUIET)
