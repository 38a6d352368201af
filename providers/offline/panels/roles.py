"""What each panel is for, and how much it matters on its page.

In: groups of moments, page by page. Out: `Frame` per panel: role and importance 1..5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from manga.storyboard import Role
from providers.offline.panels.additions import KEY_EVENT
from providers.offline.panels.moments import Moment

SPLASH_EVERY = 6
"""Pages from one splash to the next, at least."""

SPLASH_PANELS = 4
"""A page with a splash holds at most this many panels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A panel before it is staged."""

    moments: Sequence[Moment]
    role: Role
    importance: int

    @property
    def silent(self) -> bool:
        return not any(moment.parts for moment in self.moments)

    @property
    def lead(self) -> Moment:
        """The moment that the picture shows: the weightiest one the story tells."""
        own = [moment for moment in self.moments if not moment.added] or list(self.moments)
        return max(own, key=lambda m: m.beat.importance)


def frames_of(book: Sequence[Sequence[Sequence[Moment]]], turns: Sequence[bool]) -> list[list[Frame]]:
    """Roles for a whole book; `turns` says after which pages the leaf is turned."""
    pages: list[list[Frame]] = []
    last_splash = -SPLASH_EVERY
    since_key = 9
    for number, groups in enumerate(book):
        frames: list[Frame] = []
        for group in groups:
            frame = _frame(group, since_key)
            since_key = 0 if frame.role is Role.PAYOFF else since_key + 1
            frames.append(frame)
        if number - last_splash >= SPLASH_EVERY and number + 1 < len(book) and _splashed(frames):
            last_splash = number
        if number == 0:
            frames[0] = replace(frames[0], importance=max(4, frames[0].importance))
        if turns[number] and number + 1 < len(book):
            frames[-1] = _hooked(frames[-1])
        pages.append(_contrasted(frames))
    return pages


def _frame(group: Sequence[Moment], since_key: int) -> Frame:
    purposes = {moment.purpose for moment in group}
    base = max((moment.beat.importance for moment in group if not moment.added), default=0)
    near = group[0].beat.importance
    if "establish" in purposes:
        return Frame(group, Role.ESTABLISH, max(3, min(base, 4)))
    if "afterbeat" in purposes:
        return Frame(group, Role.AFTERBEAT, 3)
    if "react" in purposes and "spoken" not in purposes:
        return Frame(group, Role.REACT, 3 if near >= KEY_EVENT else 2)
    if "told" not in purposes and "spoken" not in purposes:
        return Frame(group, Role.BREATHER if "breather" in purposes else Role.INSERT, 1)
    return _story_frame(group, base, since_key, spoken="spoken" in purposes)


def _story_frame(group: Sequence[Moment], base: int, since_key: int, *, spoken: bool) -> Frame:
    if base >= 5:
        return Frame(group, Role.PAYOFF, 5)
    if base >= KEY_EVENT:
        return Frame(group, Role.PAYOFF, base)
    letters = sum(moment.letters for moment in group)
    if since_key < 2 and _faces(group):
        return Frame(group, Role.REACT, max(2, base))
    if spoken:
        return Frame(group, Role.TALK, max(1, base - 1) if letters <= 8 else max(2, base))
    return Frame(group, Role.ACT, base)


def _faces(group: Sequence[Moment]) -> bool:
    return any(moment.beat.present or moment.speaker for moment in group)


def _splashed(frames: list[Frame]) -> bool:
    """Make the greatest moment of a sparse page its splash."""
    if len(frames) > SPLASH_PANELS:
        return False
    place = max(range(len(frames)), key=lambda i: frames[i].importance)
    if frames[place].importance < 5:
        return False
    frames[place] = replace(frames[place], role=Role.SPLASH)
    return True


def _hooked(frame: Frame) -> Frame:
    if frame.role in (Role.TALK, Role.ACT, Role.REACT, Role.INSERT):
        return replace(frame, role=Role.HOOK, importance=max(3, frame.importance))
    return frame


def _contrasted(frames: list[Frame]) -> list[Frame]:
    """A page whose panels all weigh the same has no centre: its best moment gets more, its least one less."""
    if len(frames) < 3 or len({frame.importance for frame in frames}) > 1:
        return frames
    level = frames[0].importance
    best = max(range(len(frames)), key=lambda i: (_weight(frames[i]), i))
    least = min(range(len(frames)), key=lambda i: (_weight(frames[i]), -i))
    changed = list(frames)
    changed[best] = replace(changed[best], importance=min(5, level + 1))
    if least != best:
        changed[least] = replace(changed[least], importance=max(1, level - 1))
    return changed


def _weight(frame: Frame) -> float:
    letters = sum(moment.letters for moment in frame.moments)
    strong = any(moment.beat.emotion.value != "neutral" or moment.beat.action for moment in frame.moments)
    return letters / 20 + strong + (frame.role in (Role.HOOK, Role.ACT))
