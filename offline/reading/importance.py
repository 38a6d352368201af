"""Weighs the beats of a whole story: the same beats with their importance out.

What an editor asks of a moment: does something happen that the story turns on, is much told or said in it, does it
bring up something that comes again, is it read in the story itself (a sign, a letter), does it break off? Weights
were found on the annotated events of sixteen stories, each judged by weights that had not seen it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from manga.brief import Language
from manga.plot import Beat, LineKind
from offline.reading.group_moments import LIMITS
from offline.reading.lexicon_tables import Lore, lore
from offline.reading.thing_mentions import names_of_things

KEY, SAID_KEY, EVENT, SHIFT, SUDDEN = 0.35, 0.5, 0.4, 0.35, 0.6
"""Each word for a turn, told and said; what happens to a thing; time that passes; a turn out of nothing."""
ONLY_ONE = 0.9
"""The last match, the last chance: everything hangs on it."""
SPEECH_ACT, MOST_ACTS = 0.5, 2
"""Words that are deeds themselves: excuses and thanks, promises, accusations, confessions, news."""
FULL, SAID, SHORT, BREAKS = 0.5, 0.7, 0.3, 0.45
"""As much told as a beat holds, as much said; a short sentence by itself, which weighs less; words that break off."""
HELD_BACK = 0.5
"""What is kept for a line of its own."""
WRITING, OPENS, NEW_WORD, LASTING_THING = 1.0, 0.2, 0.3, 0.3
"""Words that are read; the beginning of a scene; each word that comes again; a thing the story is about."""
LATER, LAST = 0.4, 0.5
"""The end of the story beside its beginning; its last beat."""
OFTEN = 3
"""A thing that so many beats name is one the story is about."""
AGAIN, COMMON, LEAST_COMMON = 3, 0.12, 4
"""A word comes again when so many beats have it, and not more than this share of them."""
MOST_TURNS, MOST_WORDS, MOST_THINGS = 4, 3, 4
SMALL = 0.35
"""Of a full beat."""

_WORD = {Language.JA: re.compile(r"[一-龥々]{2,5}|[ァ-ヴー]{3,}"), Language.EN: re.compile(r"[a-z]{5,}")}
_BREAK = re.compile("[…―—]")


def ranked(beats: Sequence[Beat], opening: Set[str], language: Language) -> tuple[Beat, ...]:
    """Importance 1..5 by place in the order of weights: few are 5, most are 2 and 3. `opening` are the keys of beats
    that begin a scene."""
    count = len(beats)
    weights = list(_weights(beats, opening, language))
    order = sorted(range(count), key=lambda i: (-weights[i], i))
    importance = [2] * count
    for place, i in enumerate(order):
        importance[i] = level((place + 0.5) / count)
    return tuple(b.model_copy(update={"importance": n}) for b, n in zip(beats, importance, strict=True))


@dataclass(frozen=True, slots=True)
class _Told:
    """A beat taken apart once: what is told, what is said, of which kinds, and its words."""

    beat: Beat
    told: str
    said: str
    kinds: frozenset[LineKind]
    words: frozenset[str]
    things: tuple[str, ...]
    """Named, though something may only be likened to them: who returns to a word means something by it."""

    @classmethod
    def of(cls, beat: Beat, language: Language) -> "_Told":
        lines = [line for line in beat.lines if line.kind is not LineKind.NARRATION]
        said = " ".join(line.text for line in lines)
        words = frozenset(_WORD[language].findall(f"{beat.told} {said}"))
        named = names_of_things(beat.told, language)[:MOST_THINGS]
        things = tuple(dict.fromkeys((*beat.props, *named)))
        return cls(beat, beat.told, said, frozenset(line.kind for line in lines), words, things)


def _weights(beats: Sequence[Beat], opening: Set[str], language: Language) -> Iterator[float]:
    tables, full = lore(language), LIMITS[language].told
    read = [_Told.of(beat, language) for beat in beats]
    times = Counter(thing for one in read for thing in one.things)
    lasting = {thing for thing, count in times.items() if count >= OFTEN}
    counts = Counter(word for one in read for word in one.words)
    most = max(LEAST_COMMON, COMMON * len(beats))
    fresh = {word for word, count in counts.items() if AGAIN <= count <= most}
    last = max(len(beats) - 1, 1)
    for place, one in enumerate(read):
        yield (
            _event(one, tables)
            + _size(one, full)
            + OPENS * (one.beat.key in opening)
            + HELD_BACK * one.beat.reveal
            + LASTING_THING * bool(lasting.intersection(one.things))
            + NEW_WORD * min(MOST_WORDS, len(one.words & fresh))
            + LATER * place / last
            + LAST * (place == last)
        )
        fresh -= one.words


def _event(one: _Told, tables: Lore) -> float:
    turns = tables.pattern("key_moment")
    return (
        KEY * min(MOST_TURNS, len(turns.findall(one.told)))
        + SAID_KEY * min(MOST_TURNS, len(turns.findall(one.said)))
        + SPEECH_ACT * min(MOST_ACTS, len(tables.pattern("speech_act").findall(one.said)))
        + EVENT * bool(tables.pattern("thing_event").search(one.told))
        + SHIFT * bool(tables.pattern("time_shift").match(one.told))
        + ONLY_ONE * bool(tables.pattern("only_one").search(one.told))
        + SUDDEN * bool(tables.pattern("sudden").search(one.told))
        + WRITING * bool(one.kinds & {LineKind.SIGN, LineKind.LETTER})
        + BREAKS * bool(_BREAK.search(one.told) or _BREAK.search(one.said))
    )


def _size(one: _Told, full: int) -> float:
    told, said = len(one.told) / full, len(one.said) / full
    short = bool(one.told) and told < SMALL and not (one.said or one.beat.reveal)
    return FULL * min(1.0, told) + SAID * min(2.0, said) - SHORT * short


def level(share: float) -> int:
    return next((n for n, limit in ((5, 0.06), (4, 0.2), (3, 0.55), (2, 0.85)) if share <= limit), 1)
