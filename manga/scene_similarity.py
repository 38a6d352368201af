"""How similar two panels are as pictures: 0..1 by weighted fields, capped where a reader would see the wrong thing.

Five fields are weighed: at 0.85 at most one soft field (camera, emotion, time of day) differs. Gates then cap the score
below that: other people, other clothes, day for night, another deed, another side of the line, a face in another mood.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from manga.plot import Emotion, Ground, TimeOfDay
from manga.storyboard import Angle, SceneDirection, Shot
from manga.values import Value

ENOUGH: Final = 0.85
GATED: Final = 0.84
_TOLERANCE: Final = 1e-9  # .30 + .35 + .10 + .10 is below .85 in floating point

_SETTING, _CHARACTERS, _CAMERA, _EMOTION, _TIME = 0.30, 0.35, 0.15, 0.10, 0.10
_STEPS: Final = {
    Shot.EXTREME_CLOSE: 0,
    Shot.CLOSE: 1,
    Shot.BUST: 2,
    Shot.MEDIUM: 3,
    Shot.FULL: 4,
    Shot.LONG: 5,
    Shot.ESTABLISHING: 6,
    Shot.INSERT: 12,  # a thing: like no view of people
}
_FACES: Final = frozenset({Shot.EXTREME_CLOSE, Shot.CLOSE, Shot.BUST})
_PROPORTION: Final = 1.08
"""A picture that has to be cut by more than this in one direction loses what it was composed for."""


class DrawnScene(Value):
    """What the likeness of a panel hangs on. `people` are the digests of looks, as they are by then; `staging` says who
    does what where, from left to right; `proportion` is width by height."""

    setting: str
    place: str = ""
    people: tuple[str, ...] = ()
    staging: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    shot: Shot
    angle: Angle = Angle.EYE
    emotion: Emotion = Emotion.NEUTRAL
    time_of_day: TimeOfDay = TimeOfDay.DAY
    weather: str = ""
    background: str = "full"
    proportion: float
    ground: Ground = Ground.DRY


@dataclass(frozen=True, slots=True)
class Likeness:
    """`gates` names what keeps two panels apart however much else agrees."""

    score: float
    gates: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        return self.score >= ENOUGH - _TOLERANCE


def scene_of(direction: SceneDirection, people: Sequence[str], *, width_mm: float, height_mm: float) -> DrawnScene:
    """The scene of a panel; `people` as in `DrawnScene`."""
    ordered = sorted(direction.figures, key=lambda figure: (figure.x, figure.character))
    return DrawnScene(
        setting=direction.setting,
        place=_plain(direction.place),
        people=tuple(sorted(people)),
        staging=tuple(f"{f.character} {f.pose} {f.facing} {f.depth} {_plain(f.holds)}".rstrip() for f in ordered),
        things=tuple(sorted({_plain(thing) for thing in direction.props} | set(direction.effects))),
        shot=direction.shot,
        angle=direction.angle,
        emotion=direction.emotion,
        time_of_day=direction.time_of_day,
        weather=direction.weather,
        ground=direction.ground,
        background=direction.background,
        proportion=round(width_mm / height_mm, 4),
    )


def likeness(one: DrawnScene, other: DrawnScene) -> Likeness:
    """Symmetric."""
    score = (
        _SETTING * _same_place(one, other)
        + _CHARACTERS * _jaccard(one.people, other.people)
        + _CAMERA * _same_view(one, other)
        + _EMOTION * (one.emotion == other.emotion)
        + _TIME * (one.time_of_day == other.time_of_day)
    )
    gates = tuple(_gates(one, other))
    return Likeness(min(score, GATED) if gates else score, gates)


def _gates(one: DrawnScene, other: DrawnScene) -> Iterator[str]:
    if one.people != other.people:
        yield "people"
    if (one.time_of_day is TimeOfDay.NIGHT) != (other.time_of_day is TimeOfDay.NIGHT):
        yield "day and night"
    if one.emotion != other.emotion and (_FACES & {one.shot, other.shot}):
        yield "emotion of a face"
    if one.staging != other.staging or one.things != other.things:
        yield "deed"
    if (one.weather, one.ground, one.background) != (other.weather, other.ground, other.background):
        yield "weather and background"
    if max(one.proportion / other.proportion, other.proportion / one.proportion) > _PROPORTION:
        yield "proportion"


def _same_place(one: DrawnScene, other: DrawnScene) -> float:
    """1 for one place; else how much of their names is the same (Dice of pairs of letters)."""
    if one.setting == other.setting and (one.place == other.place or not (one.place and other.place)):
        return 1.0
    mine, yours = _pairs(one.place or one.setting), _pairs(other.place or other.setting)
    return 2 * len(mine & yours) / (len(mine) + len(yours))


def _pairs(words: str) -> frozenset[str]:
    letters = words.replace(" ", "")
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1)) or frozenset({letters})


def _jaccard(mine: Sequence[str], yours: Sequence[str]) -> float:
    every = {*mine, *yours}
    return len({*mine} & {*yours}) / len(every) if every else 1.0


def _same_view(one: DrawnScene, other: DrawnScene) -> float:
    """1 for one view; each step of distance, and another angle, takes a third."""
    steps = abs(_STEPS[one.shot] - _STEPS[other.shot]) + (one.angle is not other.angle)
    return max(0.0, 1.0 - steps / 3)


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
