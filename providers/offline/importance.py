"""The beats of a whole story in, the same with their importance out.

What an editor asks of a moment: does something happen that the story turns on, does it begin something, is it read in
the story itself (a sign, a letter), does a thing appear that comes again? Weights were found on annotated events.
"""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from manga.brief import Language
from manga.plot import Beat, LineKind
from providers.offline.moments import LIMITS
from providers.offline.panels.acts import QUIET
from providers.offline.story import Lore, lore

SPEECH, WRITING, DEED, OPENS, SUDDEN, FULL = 0.6, 1.8, 0.3, 0.9, 0.8, 0.8
"""Words spoken; words read; each deed; the beginning of a scene; a turn; as much told as a beat holds."""
NEW_THING, LASTING_THING, SOUND = 0.2, 0.3, 0.3
OFTEN = 3
"""A thing that so many beats name is one the story is about."""
MOST_DEEDS = MOST_THINGS = 2
CLIMAX = 0.7
"""From this part of the story on, beats weigh more and more."""


def ranked(beats: Sequence[Beat], opening: Set[str], language: Language) -> tuple[Beat, ...]:
    """Importance 1..5 by place in the order of weights: few are 5, most are 2 and 3. `opening` are the keys of beats
    that begin a scene."""
    count = len(beats)
    weights = [late(weight, i, count) for i, weight in enumerate(_weights(beats, opening, language))]
    order = sorted(range(count), key=lambda i: (-weights[i], i))
    importance = [2] * count
    for place, i in enumerate(order):
        importance[i] = level((place + 0.5) / count)
    return tuple(b.model_copy(update={"importance": n}) for b, n in zip(beats, importance, strict=True))


def _weights(beats: Sequence[Beat], opening: Set[str], language: Language) -> Iterator[float]:
    tables, full = lore(language), LIMITS[language].told
    times = Counter(thing for beat in beats for thing in beat.props)
    lasting = {thing for thing, count in times.items() if count >= OFTEN}
    seen: set[str] = set()
    for beat in beats:
        things = set(beat.props)
        yield (
            _told(beat, tables, full)
            + _said(beat, tables)
            + OPENS * (beat.key in opening)
            + NEW_THING * min(MOST_THINGS, len(things - seen))
            + LASTING_THING * bool(things & lasting)
        )
        seen |= things


def _told(beat: Beat, tables: Lore, full: int) -> float:
    deeds = sum(deed.action not in QUIET for deed in beat.deeds)
    sudden = bool(tables.pattern("sudden").search(beat.told))
    size = min(1.0, len(beat.told) / full)
    return (
        tables.weight(beat.told)
        + DEED * min(MOST_DEEDS, deeds)
        + SUDDEN * sudden
        + FULL * size
        + SOUND * bool(beat.sound)
    )


def _said(beat: Beat, tables: Lore) -> float:
    kinds = {line.kind for line in beat.lines} - {LineKind.NARRATION}
    words = " ".join(line.text for line in beat.lines if line.kind is not LineKind.NARRATION)
    read = kinds & {LineKind.SIGN, LineKind.LETTER}
    return 0.5 * tables.weight(words) + WRITING * bool(read) + SPEECH * bool(kinds - read)


def late(weight: float, index: int, count: int) -> float:
    """The climax lies in the last quarter."""
    return weight * (1.0 + 0.35 * max(0.0, (index / max(count - 1, 1) - CLIMAX) / (1 - CLIMAX)))


def level(share: float) -> int:
    return next((n for n, limit in ((5, 0.06), (4, 0.2), (3, 0.55), (2, 0.85)) if share <= limit), 1)
