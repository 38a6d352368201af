"""The scenes of all parts in, one plot out: keys counted anew in the order of the story, acts over the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from agents.plot.places import Placed
from manga.errors import AnswerInvalid
from manga.phases import Phase
from manga.plot import Act, Beat, Scene

MOST_SCENES, MOST_KEYS = 999, 99_999
"""What keys can count."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`cut` holds keys of beats to be left out, `hooks` what beats leave open."""

    scenes: tuple[Scene, ...]
    cut: frozenset[str] = frozenset()
    hooks: dict[str, str] = field(default_factory=dict)


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
            "what_happens": " ".join(words for words in (a.what_happens, b.what_happens) if words)[:600],
            "importance": max(a.importance, b.importance),
            "page_budget": round(a.page_budget + b.page_budget, 2),
        }
    )
    return Placed(scene, one.goes_on, _merged(one) | _merged(other), (*_told(one), *_told(other)))


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
    return Joined(tuple(scenes), frozenset(cut), hooks)


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
