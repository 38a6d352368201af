"""What role each panel has, and how much it matters on its page.

In: groups of moments, page by page. Out: `Frame` per panel: role and importance 1..5.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from math import ceil

from manga.plot import Deed, Emotion, LineKind
from manga.storyboard import Role
from offline.directing.added_panels import KEY_EVENT
from offline.directing.deeds_to_show import HANDS_ON, STRONG, last_acts, strong_doers
from offline.directing.page_moments import Moment

SPLASH_EVERY = 6
"""Pages from one splash to the next, at least."""

SPLASH_LETTERS = 45
LATIN = 0.45
"""How much less a Latin letter says than a Japanese one."""
SPLASHED = 2.5
"""From how great a sight on a page may open for it."""
FELT, LOUD, SOUND = 1.0, 0.75, 0.5
_SIGHTS = {
    "shoot": 3.0, "stab": 3.0, "fight": 2.5, "strike": 2.5, "fall": 2.0, "hug": 2.0, "kneel": 2.0, "drop": 2.0,
    "jump": 2.0, "seize": 2.0, "crown": 2.0, "dangle": 2.0, "cry": 1.5, "throw": 1.5, "climb": 1.5, "light": 1.5,
    "lift": 1.5, "pull": 1.5, "push": 1.5, "help": 1.5, "chase": 1.5, "catch": 1.5, "run": 1.0, "shout": 1.0,
    "bind": 1.0, "ride": 1.0, "open": 0.5, "laugh": 0.5,
}  # fmt: skip
"""Deeds that fill a great picture."""
SPLASH_PANELS = 4
"""A page with a splash holds at most this many panels."""

GREATEST = 5
ANSWERED_WITHIN = 2
"""Panels."""
_ANSWERS = frozenset({Role.REACT, Role.BREATHER, Role.AFTERBEAT})
_TURNED = frozenset({Role.TALK, Role.ACT})


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
        return max(own, key=lambda m: (m.beat.importance + 2 * bool(m.parts) + _filled(m), bool(m.beat.present)))

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What is done while the picture lasts; a look that was added shows nothing new."""
        return tuple(dict.fromkeys(deed for moment in self.moments for deed in moment.deeds))

    @property
    def thing(self) -> str:
        """What is shown instead of people, where nothing else happens in the panel."""
        shown = next((moment.thing for moment in self.moments if moment.thing), "")
        if any(moment.purpose == "establish" for moment in self.moments):
            return ""  # a scene begins with its place
        others = [moment for moment in self.moments if not moment.thing]
        happens = any(m.purpose == "spoken" or m.deeds for m in others)
        return "" if happens else shown

    @property
    def action(self) -> str:
        """The word for the deed in front."""
        first = next(iter(last_acts(self.deeds).values()), None)
        return first.action if first else ""


def _filled(moment: Moment) -> int:
    """A strong deed outweighs words in what is to be seen."""
    return 3 * any(deed.action in STRONG for deed in moment.deeds)


def frames_of(book: Sequence[Sequence[Sequence[Moment]]], turns: Sequence[bool]) -> list[list[Frame]]:
    """Roles for a whole book; `turns` says after which pages the leaf is turned."""
    pages: list[list[Frame]] = []
    last_splash = -SPLASH_EVERY
    since_key, scene = 9, ""
    paid: set[str] = set()
    for number, groups in enumerate(book):
        frames: list[Frame] = []
        for group in groups:
            since_key = since_key if group[0].scene.key == scene else 9
            scene = group[0].scene.key
            frame = _frame(group, since_key, paid)
            great = frame.role is Role.PAYOFF or (bool(frame.thing) and frame.importance >= KEY_EVENT)
            since_key = 0 if great else since_key + 1
            paid |= {moment.beat.key for moment in group if great}
            frames.append(frame)
        if number - last_splash >= SPLASH_EVERY and number + 1 < len(book) and _splashed(frames):
            last_splash = number
        if number == 0:
            frames[0] = replace(frames[0], importance=max(4, frames[0].importance))
        inner = number + 1 < len(book)
        if inner and turns[number]:
            frames[-1] = hooked(frames[-1])
        frames = _contrasted(weighed(frames))
        pages.append(_held_up(frames, turned=turns[number]) if inner else frames)
    return answered(pages)


def answered(pages: list[list[Frame]]) -> list[list[Frame]]:
    """Whatever weighs most is answered by a face or a breath within two panels: where none is, what was only made
    weightier weighs less again, and else the next panel with a face in it shows that, or with anybody; a thing gives
    way, and whatever crowds or places follow."""
    flat = [(page, place) for page, frames in enumerate(pages) for place in range(len(frames))]
    found = [list(frames) for frames in pages]
    for at, (page, place) in enumerate(flat[:-ANSWERED_WITHIN]):
        frame, near = found[page][place], flat[at : at + 1 + ANSWERED_WITHIN]
        if frame.importance < GREATEST or any(found[p][i].role in _ANSWERS for p, i in near):
            continue
        raised = max(moment.beat.importance for moment in frame.moments) < GREATEST
        able = [(p, i) for p, i in near[1:] if found[p][i].role in _TURNED and _people(found[p][i].moments)]
        able.sort(key=lambda at: not _faces(found[at[0]][at[1]].moments))
        if raised or (not able and (frame.role is Role.INSERT or not any(_alone(found[p][i]) for p, i in near[1:]))):
            found[page][place] = replace(frame, importance=GREATEST - 1)
        for p, i in () if raised else able[:1]:
            found[p][i] = replace(found[p][i], role=Role.REACT)
    return found


def _frame(group: Sequence[Moment], since_key: int, paid: Set[str]) -> Frame:
    """`paid` holds the key events that had their great panel; what more they have is aftermath."""
    purposes = {moment.purpose for moment in group}
    base = max((moment.beat.importance for moment in group if not moment.added), default=0)
    near = group[0].beat.importance
    if any(moment.thing for moment in group) and (shown := Frame(group, Role.INSERT, max(2, base))).thing:
        return shown
    if "establish" in purposes:
        return Frame(group, Role.ESTABLISH, max(3, min(base, 4)))
    if "afterbeat" in purposes:
        return Frame(group, Role.AFTERBEAT, 4 if sum(len(moment.parts) for moment in group) > 2 else 3)
    if purposes <= {"react", "insert", "breather"} and "react" in purposes:
        return Frame(group, Role.REACT, 3 if near >= KEY_EVENT else 2)
    if "told" not in purposes and "spoken" not in purposes:
        return Frame(group, Role.BREATHER if "breather" in purposes else Role.INSERT, 1)
    fresh = any(moment.beat.importance >= KEY_EVENT and moment.beat.key not in paid for moment in group)
    return _story_frame(group, base if fresh else min(base, 3), since_key, spoken="spoken" in purposes)


def _story_frame(group: Sequence[Moment], base: int, since_key: int, *, spoken: bool) -> Frame:
    if base >= KEY_EVENT:
        return Frame(group, Role.PAYOFF, base)
    letters = sum(moment.letters for moment in group)
    if since_key < 2 and _faces(group):
        return Frame(group, Role.REACT, max(2, base))
    if spoken:
        return Frame(group, Role.TALK, max(1, base - 1) if letters <= 8 else max(2, base))
    return Frame(group, Role.ACT, base)


def _alone(frame: Frame) -> bool:
    """Whether it may come out as somebody's face."""
    return frame.role is not Role.ESTABLISH and len(_people(frame.moments)) == 1


def _faces(group: Sequence[Moment]) -> bool:
    """Whether there is a face to look at, and not more going on than one can show."""
    people = _people(group)
    deeds = [deed for moment in group for deed in moment.deeds]
    two = any(deed.whom and deed.action in HANDS_ON for deed in deeds)
    busy = len(people) > 1 and (strong_doers(deeds) or any(d.action == "run" for d in deeds))
    return bool(people) and not (two or busy)


def _people(group: Sequence[Moment]) -> set[str]:
    return {key for moment in group for key in (*moment.beat.present, moment.speaker) if key}


def _splashed(frames: list[Frame]) -> bool:
    """Make the greatest moment of a sparse page its splash; better none than a dull one."""
    if len(frames) > SPLASH_PANELS:
        return False
    able = [i for i, frame in enumerate(frames) if frame.role is Role.PAYOFF and sight_of(frame) >= SPLASHED]
    if not able:
        return False
    place = max(able, key=lambda i: (sight_of(frames[i]), _weight(frames[i]), -i))
    frames[place] = replace(frames[place], role=Role.SPLASH)
    return True


def sight_of(frame: Frame) -> float:
    """How great a picture would be: what is done in it, what is felt, whether it was held back, how much hangs on it,
    less by its words and by what else it tells; nothing for one without people or with many words."""
    beat = frame.lead.beat
    letters = sum(
        moment.letters * (LATIN if moment.parts[0].text.isascii() else 1) for moment in frame.moments if moment.parts
    )
    if letters > SPLASH_LETTERS or not _people(frame.moments):
        return 0.0
    loud = any(moment.line is not None and moment.line.kind is LineKind.SHOUT for moment in frame.moments)
    return (
        max((_SIGHTS.get(deed.action, 0.0) for deed in frame.deeds), default=0.0)
        + FELT * (beat.emotion is not Emotion.NEUTRAL)
        + beat.reveal
        + LOUD * loud
        + SOUND * bool(beat.sound)
        + max(moment.beat.importance for moment in frame.moments)
        - KEY_EVENT
        - letters / SPLASH_LETTERS
        - len({moment.beat.key for moment in frame.moments})
        + 1
    )


def hooked(frame: Frame) -> Frame:
    if frame.role in (Role.TALK, Role.ACT, Role.REACT, Role.INSERT):
        return replace(frame, role=Role.HOOK, importance=max(3, frame.importance))
    return frame


def _held_up(frames: list[Frame], *, turned: bool) -> list[Frame]:
    """A page does not trail off: before a turn its last panel weighs as much as the others do on the whole, elsewhere
    one more than it would, without words, which would hold a reader, two more."""
    others = [frame.importance for frame in frames[:-1]] or [1]
    least = ceil(sum(others) / len(others) - 1e-9)
    last = frames[-1].importance
    raised = least if turned else min(least, last + 1 + frames[-1].silent)
    return [*frames[:-1], replace(frames[-1], importance=max(last, raised))]


def weighed(frames: list[Frame]) -> list[Frame]:
    """Weight counts across the book: on a crowded page the small talk weighs less, on a sparse one all weighs more."""
    if len(frames) >= 6:
        return [replace(f, importance=max(1, f.importance - 1)) if f.importance <= 3 else f for f in frames]
    if len(frames) <= 3:
        return [replace(f, importance=min(5, f.importance + 1)) for f in frames]
    return frames


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
    strong = any(moment.beat.emotion is not Emotion.NEUTRAL or moment.beat.action for moment in frame.moments)
    return min(letters, 30) / 20 + strong + (frame.role in (Role.HOOK, Role.ACT))
