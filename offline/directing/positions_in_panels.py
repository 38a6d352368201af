"""Where people stand beside one another from panel to panel, how far off, and which way they look. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

from manga.plot import Scene
from manga.storyboard import Pose, Role, Shot

Facing = Literal["left", "right", "front", "back"]
_GOING = frozenset({Pose.RUN, Pose.WALK})

AT = {2: (0.73, 0.27), 3: (0.8, 0.5, 0.2), 4: (0.85, 0.62, 0.38, 0.15)}
"""So many people's places, read from the right; mirrored for left-to-right books."""


def placed_between(ordered: Sequence[str], places: Mapping[str, float], turned: Sequence[int]) -> dict[str, float]:
    """Everybody's place after a panel in which people stand in this order: who had none gets one between those beside
    him, and no two have the same, so that they never change sides later. Those at `turned` stand anew."""
    found = {key: place for key, place in places.items() if key not in {ordered[n] for n in turned}}
    for n, key in enumerate(ordered):
        if key in found:
            continue
        before = max((found[other] for other in ordered[:n] if other in found), default=None)
        after = min((found[other] for other in ordered[n + 1 :] if other in found), default=None)
        low = before if before is not None else (after - 1.0 if after is not None else 0.0)
        high = after if after is not None else low + 1.0
        own = n / (len(ordered) - 1)
        free = own if low < own < high or (own in (0.0, 1.0) and before is None and after is None) else (low + high) / 2
        while free in found.values():
            free = (free + high) / 2 if free < high else free + 0.1
        found[key] = free
    return found


def in_turn(ordered: Sequence[str], speakers: Sequence[str]) -> tuple[list[str], list[str]]:
    """An order of people in which speakers stand in the order of their words, and who had to move for it: as few as
    can be, right before the one who answers, so that all others keep their sides."""
    found, moved = list(ordered), list[str]()
    for first, second in reversed(list(pairwise(speakers))):
        if found.index(first) > found.index(second):
            found.remove(first)
            found.insert(found.index(second), first)
            moved.append(first)
    return found, moved


def turns_of(scene: Scene) -> list[str]:
    """Who speaks in a scene, by first words."""
    lines = (line for beat in scene.beats for line in beat.lines)
    return list(dict.fromkeys(line.speaker for line in lines if line.speaker))


def depth_of(number: int, shot: Shot, *, strong: bool) -> Literal["foreground", "middle", "background"]:
    """Whoever does the last strong deed stands in front."""
    if strong and shot in (Shot.FULL, Shot.LONG, Shot.MEDIUM):
        return "foreground"
    return "background" if shot is Shot.ESTABLISHING or number >= 2 else "middle"


def facing_at(x: float) -> Facing:
    if abs(x - 0.5) < 0.05:
        return "front"
    return "right" if x < 0.5 else "left"


def facing_away(x: float) -> Facing:
    """Which way somebody looks who is alone and looked at the reader before: into the wider part of the picture."""
    return "right" if x < 0.5 else "left"


def facing_alone(pose: Pose, role: Role, shot: Shot, *, first: bool, rtl: bool) -> Facing:
    """Those who go move with the reader; the others look to where their partner stands, on the side that is read last
    of who stands `first`."""
    onward: Facing = "left" if rtl else "right"
    back: Facing = "right" if rtl else "left"
    if role is Role.AFTERBEAT:
        return "back"
    if shot in (Shot.CLOSE, Shot.EXTREME_CLOSE) and role in (Role.REACT, Role.PAYOFF, Role.SPLASH):
        return "front"
    return onward if pose in _GOING or first else back
