"""Puts people and beasts on or in what a panel's sentence says they are on or in: a skate, a drum, a rock, a cap.

In: a panel's brief and where everybody stands. Out: where they stand then, and the things, each at its bearer's feet.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from drawing.art.frame_shot import DISTANT, Standing
from drawing.art.insert_shots import reach_of
from drawing.art.stage import Stage
from drawing.art.things.draw_own_shape import word_of
from drawing.art.things.find_drawing import entry_named, thing_named, thing_of
from drawing.art.things_beside_people import GROUND, Placed, lies_about
from manga.characters import Age, Character, Kind
from manga.panel_brief import PanelBrief
from manga.storyboard import Pose, SceneDirection
from manga.vocabulary.beings import beings

_WAYS: Final = (
    r"\b(?:(?P<inside>in|into|inside|aboard)|on|onto|upon|atop|astride|rid(?:e|es|ing)|rode|mount(?:s|ed|ing)?)"
    r"(?: [\w’'-]+){0,3} "
)
"""Before the word of a thing."""
_STAIRS: Final = "stairs"
_ALONG: Final = r"\b(?:(?P<inside>(?!))|on|upon|up|down|climb(?:s|ing)?|from the top of|halfway)(?: [\w’'-]+){0,3} "
"""Before the word of what people go up and down."""
_GOES: Final = re.compile(
    r"\b(?:rid(?:e|es|ing|den)|rode|roll|glid|slid|shoot|shot|speed|sped|skim|skate|race|racing|coast|rush|whizz|rattl)\w*\b"
    r"[\w\s’'-]{0,24}$",
    re.IGNORECASE,
)
"""Words that end shortly before those by which something bears somebody, if it goes."""
_ITSELF: Final = r"s?\b(?!['’ -]?s? (?:steps?|doors?|wheels?|side|edge|back|end|rim|foot|lid|window)\b)"
"""After it: not of a part of it that may be anywhere."""
_LOW: Final = frozenset({Pose.SIT, Pose.LIE, Pose.KNEEL, Pose.CROUCH, Pose.ROW})
"""Of whoever is on something, where the sentence does not say who it is."""
_NARROWEST: Final = 0.4
"""Of a body's width: what is narrower bears nobody."""
_WIDE: Final = {False: 0.75, True: 1.12}
"""Of a body's width: as wide is what somebody is on, and what he is in, at least; so much larger than life at most."""
_GROWN: Final = 1.8
_DEEP: Final = 0.45
"""Of a thing's height: how deep somebody stands in it."""
_SEATED_IN: Final = 0.3
"""The same of whoever sits in it."""
_TALL: Final = 0.5
"""Of a person's height: nothing higher bears one where it can be smaller; twice as much a beast."""
_HIPS: Final = 0.75
"""Heads: half of the width that a person needs on something."""
_TOGETHER: Final = 0.3
_ALIKE: Final = 0.1
"""Of the narrower body and of the distance from us: so much two share, and differ, who are on one thing."""
_QUIET: Final = frozenset({"sit", "stand", "relaxed", "lean", "crouch", "kneel"})
"""Deeds that riding goes with."""
_HIGHEST: Final = 0.03
_BELOW: Final = 0.3
"""Of the picture's height, how near to its upper border anybody comes; of a thing's, how much of it is below the
picture to let him have room."""
_AMID: Final = 0.45
"""Of the height of what lies in the floor or is gone up: how far its lower edge is below whoever is in or on it."""
_SUNK: Final = 0.08
"""Heads: how deep feet stand in what they stand on."""


@dataclass(frozen=True, slots=True)
class Support:
    """A thing by its name, and whether somebody is in it."""

    name: str
    inside: bool
    goes: bool = False
    """Whether it is said to be ridden."""


def supports(brief: PanelBrief, direction: SceneDirection) -> dict[str, Support]:
    """By the key of whoever is on or in something that the panel names; one thing bears one."""
    found: dict[str, Support] = {}
    held = {thing_of(figure.holds, brief.period) for figure in direction.figures if figure.holds}
    people = {one.key: one for one in brief.cast}
    for word in direction.props:
        name = thing_of(word, brief.period)
        if name is None or name in held or not lies_about(name):
            continue
        ways = _ALONG if name == _STAIRS else _WAYS
        said = re.search(ways + re.escape(word_of(word)) + _ITSELF, direction.seen, re.IGNORECASE)
        who = _who(direction, people, direction.seen[: said.start()].lower()) if said else None
        if said and who is not None and who not in found:
            goes = _GOES.search(direction.seen[: said.start()] + said[0].split(" ")[0]) is not None
            found[who] = Support(name, bool(said["inside"]) and not _is_flat(name), goes)
    return found


def _who(direction: SceneDirection, people: Mapping[str, Character], before: str) -> str | None:
    """Whoever was named last before; else the only one, or the first who is low."""
    keys = [figure.character for figure in direction.figures]
    if len(keys) == 1:
        return keys[0]
    return _last_of(keys, people, before) or next(
        (figure.character for figure in direction.figures if figure.pose in _LOW), None
    )


def last_named(brief: PanelBrief, words: str) -> str:
    """The key of whoever in the picture these words name last; empty for nobody."""
    people = {one.key: one for one in brief.cast}
    return _last_of([figure.character for figure in brief.direction.figures], people, words.lower())


def _last_of(keys: Sequence[str], people: Mapping[str, Character], before: str) -> str:
    named = {key: max(_last(word, before) for word in _words(people[key])) for key in keys if key in people}
    last = max(named, key=lambda key: named[key], default="")
    return last if last and named[last] >= 0 else ""


def _last(word: str, before: str) -> int:
    """Where it begins as a word of its own; -1 where it does not: no cat is in `scattered`."""
    found = re.finditer(rf"(?<![a-z]){re.escape(word)}(?![a-z])", before)
    return max((one.start() for one in found), default=-1)


def _words(one: Character) -> Iterator[str]:
    """By which a sentence may call somebody."""
    yield one.name.lower()
    look = one.look
    if look.kind is not Kind.HUMAN:
        yield from (word.lower() for word in beings().entries[look.kind.value].words["en"])
    elif look.gender != "neutral":
        female, young = look.gender == "female", look.age in {Age.CHILD, Age.TEEN}
        yield ("girl" if young else "woman") if female else "boy" if young else "man"


def borne(
    held: Mapping[str, Support], direction: SceneDirection, stage: Stage, standing: Sequence[Standing]
) -> tuple[list[Standing], dict[str, Placed]]:
    """Everybody where he is then, and the things by the keys of those before or after whom they are drawn."""
    moved, placed = {s.direction.character: s for s in standing}, dict[str, Placed]()
    for who, support in held.items():
        group = _with_whom(who, standing)
        thing = _under(group, support, stage) if group else None
        if thing is None:
            continue
        near = direction.shot not in DISTANT and group[0].figure.human
        up = _up(group[0], thing, support)
        over = _HIGHEST * stage.height - min(s.y - up + s.figure.marks.body.y * s.size for s in group)
        down = up if near else max(0.0, min(over, _BELOW * reach_of(thing.name).height * thing.size))
        up -= 0.0 if near else max(0.0, over - down)
        for s in group:
            moved[s.direction.character] = _carried(s, down - up, support)
        placed[group[-1 if support.inside else 0].direction.character] = replace(thing, y=thing.y + down)
    return list(moved.values()), placed


def _with_whom(who: str, standing: Sequence[Standing]) -> list[Standing]:
    """He, and those who stand so close by him that what bears him bears them; the farther first."""
    own = next((s for s in standing if s.direction.character == who), None)
    return [s for s in standing if own is not None and (s is own or _close(s, own))]


def _close(s: Standing, own: Standing) -> bool:
    (a, b), (c, d) = (
        (o.x + o.figure.marks.body.x * o.size, o.x + o.figure.marks.body.right * o.size) for o in (s, own)
    )
    shared, least = min(b, d) - max(a, c), min(b - a, d - c)
    return shared > _TOGETHER * least and abs(s.z - own.z) < _ALIKE * own.z


def _under(group: Sequence[Standing], support: Support, stage: Stage) -> Placed | None:
    """The thing on the floor, wide enough; None for what is too small to bear them, or too high."""
    box, s = reach_of(support.name), group[0]
    size = thing_named(support.name).size * stage.unit / s.z
    left, right = (f(o.x + side(o) * o.size for o in group) for f, side in ((min, _left), (max, _right)))
    if box.width * size < _NARROWEST * (right - left):
        return None
    wanted = max(size, _WIDE[support.inside] * (right - left) / box.width)
    wanted = max(wanted, s.figure.seat * s.size / box.height) if _sits(s) and not support.inside else wanted
    tall = max(o.figure.marks.body.height * o.size for o in group) * (_TALL if s.figure.human else 2 * _TALL)
    size = min(wanted, _GROWN * size, max(tall / box.height, _WIDE[support.inside] * (right - left) / box.width))
    if box.height * size > 2 * tall:
        return None
    x = (left + right) / 2 - box.centre[0] * size
    return Placed(support.name, x, s.y - box.bottom * size, size, behind=not support.inside)


def _left(s: Standing) -> float:
    """How far somebody reaches to the left of where he stands, heads: a person as far as his hips."""
    return s.figure.marks.head.centre[0] - _HIPS if s.figure.human else s.figure.marks.body.x


def _right(s: Standing) -> float:
    return s.figure.marks.head.centre[0] + _HIPS if s.figure.human else s.figure.marks.body.right


def _sits(s: Standing) -> bool:
    return s.figure.human and s.direction.pose is Pose.SIT and not s.figure.low


def _up(s: Standing, thing: Placed, support: Support) -> float:
    high = reach_of(support.name).height * thing.size
    if _is_flat(support.name) or support.name == _STAIRS:
        return _AMID * high
    if _sits(s):
        return _SEATED_IN * high if support.inside else max(0.0, high - s.figure.seat * s.size)
    return high * (1 - _DEEP if support.inside or _is_vehicle(support) else 1) - _SUNK * s.size


def _carried(s: Standing, down: float, support: Support) -> Standing:
    rides = (_is_vehicle(support) and not support.inside) or support.goes
    rides = rides and s.figure.deed in _QUIET
    return replace(s, y=s.y + down, figure=replace(s.figure, deed="ride") if rides else s.figure)


def _is_flat(name: str) -> bool:
    """Whether it lies in the floor: whoever is in it is amid it."""
    return entry_named(name).kind == GROUND


def _is_vehicle(support: Support) -> bool:
    return entry_named(support.name).kind == "vehicle"
