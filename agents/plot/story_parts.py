"""Cuts a story into the parts for which models are asked at once, and joins their drafts.

Parts tile the story's text. They end where a scene is likely to: before a chapter line, at a wide blank, between two
paragraphs, never within an utterance where that can be helped.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil

from agents.plot.locate_scenes import Placed
from agents.plot.plot_losses import PlacedLoss
from manga.brief import Language
from manga.errors import AnswerInvalid
from manga.losses import shortened
from manga.phases import Phase
from manga.plot import Act, Beat, Scene
from manga.quotations import find_quotations
from manga.story_source import Source, sentences
from manga.values import Span

MOST_SCENES, MOST_KEYS = 999, 99_999
"""What keys can count."""
PART = {Language.JA: 6000, Language.EN: 12000}
"""Characters up to which one call tells all: an answer of a minute, far below the most that a model may answer."""
LEAST = 300
"""Characters of the shortest part."""
SLACK = 0.25
"""How far from an even cut, in parts, a better place is looked for."""
CONTEXT = {Language.JA: 240, Language.EN: 600}
"""Characters of the neighbours that a part is read with."""
_WORD = re.compile(r"\w")
_BREAK = re.compile(r"\n[ \u3000]*(?:\n[ \u3000]*)*")


@dataclass(frozen=True, slots=True)
class Joined:
    """`cut` holds keys of beats to be left out, `hooks` what beats leave open, `losses` what of the answers is not in
    the scenes as it was said."""

    scenes: tuple[Scene, ...]
    cut: frozenset[str] = frozenset()
    hooks: dict[str, str] = field(default_factory=dict)
    losses: tuple[PlacedLoss, ...] = ()
    teller: str | None = None
    """Who of the cast tells the story in the first person, as most of its scenes have it."""
    patched: bool = False
    """Whether these are the scenes of before with some words changed."""


def join(parts: Iterable[Sequence[Placed]]) -> Joined:
    """In the order of the text, however the parts came in. A scene that goes on from the part before is one with it.
    Raises AnswerInvalid when there is more than keys can count."""
    ordered = sorted((part for part in parts if part), key=_start)
    scenes: list[Placed] = []
    for part in ordered:
        first, *rest = part
        if scenes and first.goes_on:
            scenes[-1] = _with(scenes[-1], first)
        else:
            scenes.append(first)
        scenes += rest
    return _counted(scenes)


def _start(part: Sequence[Placed]) -> int:
    return min(placed.scene.beats[0].span.start for placed in part)


def _with(one: Placed, other: Placed) -> Placed:
    """Two stretches of one scene. Keys are told apart by their places until they are counted."""
    a, b = one.scene, other.scene
    scene = a.model_copy(
        update={
            "beats": (*a.beats, *b.beats),
            "present": tuple(dict.fromkeys((*a.present, *b.present)))[:8],
            "what_happens": shortened(" ".join(words for words in (a.what_happens, b.what_happens) if words), 600),
            "importance": max(a.importance, b.importance),
            "page_budget": round(a.page_budget + b.page_budget, 2),
        }
    )
    hooks, losses = (*_told(one), *_told(other)), (*one.losses, *other.losses)
    return Placed(scene, one.goes_on, _merged(one) | _merged(other), hooks, losses, one.teller or other.teller)


def _place(beat: Beat) -> str:
    return f"@{beat.span.start}"


def _merged(placed: Placed) -> frozenset[str]:
    return frozenset(_place(beat) for beat in placed.scene.beats if {beat.key, _place(beat)} & placed.cut)


def _told(placed: Placed) -> tuple[tuple[str, str], ...]:
    hooks = dict(placed.hooks)
    found = ((_place(beat), hooks.get(beat.key) or hooks.get(_place(beat), "")) for beat in placed.scene.beats)
    return tuple((place, hook) for place, hook in found if hook)


def _counted(placed: Sequence[Placed]) -> Joined:
    scenes: list[Scene] = []
    cut: set[str] = set()
    hooks: dict[str, str] = {}
    beats = lines = 0
    for number, one in enumerate(placed, start=1):
        own = []
        left_out, open_ends = _merged(one), dict(_told(one))
        for beat in one.scene.beats:
            beats += 1
            key = f"b{beats:04d}"
            said = tuple(line.model_copy(update={"key": f"l{lines + n:04d}"}) for n, line in enumerate(beat.lines, 1))
            lines += len(said)
            own.append(beat.model_copy(update={"key": key, "lines": said}))
            cut |= {key} if _place(beat) in left_out else set()
            hooks |= {key: open_ends[_place(beat)]} if _place(beat) in open_ends else {}
        scenes.append(one.scene.model_copy(update={"key": f"s{number:02d}", "beats": tuple(own)}))
    if len(scenes) > MOST_SCENES or max(beats, lines) > MOST_KEYS:
        raise AnswerInvalid(f"{len(scenes)} scenes and {beats} beats are more than a book can hold.", phase=Phase.PLOT)
    losses = tuple(loss for one in placed for loss in one.losses)
    tellers = Counter(one.teller for one in placed).most_common(1)
    return Joined(tuple(scenes), frozenset(cut), hooks, losses, tellers[0][0] if tellers else None)


def acts_of(scenes: Sequence[Scene]) -> tuple[Act, ...]:
    """起承転結: the turn begins with the weightiest scene of the second half, a fifth opens, a seventh ends."""
    keys = [scene.key for scene in scenes]
    if len(keys) < 4:
        return (Act(name="development", scenes=tuple(keys)),)
    opening = max(1, round(len(keys) * 0.2))
    middle = range(max(opening + 1, len(keys) // 2), len(keys) - 1)
    turn = max(middle, key=lambda at: (scenes[at].importance, -at))
    ending = max(turn + 1, min(len(keys) - 1, round(len(keys) * 0.85)))
    return (
        Act(name="opening", scenes=tuple(keys[:opening])),
        Act(name="development", scenes=tuple(keys[opening:turn])),
        Act(name="turn", scenes=tuple(keys[turn:ending])),
        Act(name="ending", scenes=tuple(keys[ending:])),
    )


@dataclass(frozen=True, slots=True)
class Border:
    """A place where a part may begin; the strongest is a chapter's."""

    at: int
    strength: float


def parts_of(source: Source, holds: Callable[[Span], bool] = lambda part: True) -> tuple[Span, ...]:
    """Stretches of the source's text, in order and without a gap; one for a story of ordinary length, and as many as it
    takes until each is held by its question."""
    count = ceil(len(source.text) / PART[source.language])
    while not all(map(holds, parts := _parts(source, count))) and len(source.text) > LEAST * count:
        count += 1
    return parts


def _parts(source: Source, count: int) -> tuple[Span, ...]:
    text = source.text
    if count < 2:
        return (Span(start=0, end=len(text)),)
    borders = list(_borders(source))
    size = len(text) / count
    cuts = [0]
    for number in range(1, count):
        cuts.append(_best(borders, number * size, size, cuts[-1]))
    return tuple(_readable(text, [*cuts, len(text)]))


def before(source: Source, part: Span) -> str:
    """The end of what comes before a part, from the beginning of a sentence."""
    start = max(0, part.start - CONTEXT[source.language])
    pieces = list(sentences(source.text, start, part.start, source.language))
    kept = pieces[1:] if start and len(pieces) > 1 else pieces
    return source.text[kept[0].start : part.start].strip() if kept else ""


def after(source: Source, part: Span) -> str:
    """The beginning of what follows a part, to the end of a sentence."""
    end = min(len(source.text), part.end + CONTEXT[source.language])
    pieces = list(sentences(source.text, part.end, end, source.language))
    kept = pieces[:-1] if end < len(source.text) and len(pieces) > 1 else pieces
    return source.text[part.end : kept[-1].end].strip() if kept else ""


def _best(borders: list[Border], ideal: float, size: float, last: int) -> int:
    """The strongest border near the even cut; a hard cut where the text has none at all."""
    reach = SLACK * size
    near = [b for b in borders if abs(b.at - ideal) <= reach and b.at > last]
    if not near:
        return max(last + 1, round(ideal))
    return max(near, key=lambda b: (b.strength - 2.0 * (abs(b.at - ideal) / reach) ** 2, -b.at)).at


def _borders(source: Source) -> Iterator[Border]:
    """In order of the text: the places after blank lines, chapter lines, and sentences."""
    headings = {span.start for span in source.headings}
    quoted = {at for q in find_quotations(source) for at in range(q.outer_start + 1, q.outer_end)}
    usual = _usual_blank(source.text)
    for match in _BREAK.finditer(source.text):
        at = match.end() if match.end() not in quoted else -1
        start = source.text.rfind("\n", 0, match.end()) + 1
        if at < 0 or start >= len(source.text):
            continue
        wide = match.group().count("\n") > usual
        yield Border(start, 6.0 if start in headings else 4.0 if wide else 2.0)
    for piece in sentences(source.text, 0, len(source.text), source.language):
        if piece.end < len(source.text) and piece.end not in quoted:
            yield Border(piece.end, 0.0)


def _usual_blank(text: str) -> int:
    """How many line ends stand between two paragraphs of this text."""
    counts = [match.group().count("\n") for match in _BREAK.finditer(text)]
    return max(set(counts), key=lambda count: (counts.count(count), -count), default=1)


def _readable(text: str, cuts: list[int]) -> Iterator[Span]:
    """Parts with words in them; a stretch without any goes with the one before it."""
    bounds = [0]
    for start, end in pairwise(cuts):
        if _WORD.search(text, start, end) and _WORD.search(text, bounds[-1], start):
            bounds.append(start)
    for start, end in pairwise([*bounds, len(text)]):
        yield Span(start=start, end=end)
