"""Posture through a scene: what bodies go on doing (stand, sit, shut eyes), and who sits although nothing says so."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from drawing.art.props.ladders_and_desks import climbed_thing
from manga.brief import Language
from manga.plot import Deed
from manga.storyboard import Expression, Pose, Shot
from manga.vocabulary.places import has
from offline.directing.deeds_to_show import deeds_of
from offline.directing.faces_and_poses import pose_for
from offline.directing.panel_reactions import told
from offline.directing.panel_roles import Frame
from offline.reading.lexicon_tables import lore


def at_table(frame: Frame, language: Language) -> tuple[str, ...]:
    """Whoever is there when a meal or a table is told of, in a place that has seats, and does nothing on his feet."""
    if not has(frame.lead.scene.setting, "table") or not lore(language).pattern("at_table").search(told(frame)):
        return ()
    beats = [moment.beat for moment in frame.moments]
    busy = {deed.who for beat in beats for deed in deeds_of(beat) if deed.action not in _ON_A_CHAIR}
    here = dict.fromkeys(key for beat in beats for key in beat.present)
    return tuple(key for key in here if key not in busy)


_STAYING = frozenset(
    ["lie", "sleep", "sit", "kneel", "crouch", "hide", "climb", "pray", "write", "dig", "cook", "cut", "wash", "row"]
)
"""Deeds in whose pose people stay; whoever falls lies then."""

_STAYS_DOWN = frozenset(
    ["look", "look up", "look down", "look back", "listen", "think", "nod", "cry", "weep", "laugh", "read", "write",
     "eat", "drink"]
)  # fmt: skip
"""What can be done without getting up."""

DONE_SITTING = _STAYS_DOWN | frozenset(
    ["take", "give", "reach", "hold", "open", "drop", "point", "bow", "hug", "touch", "shout", "whisper"]
)
"""What can be done sitting or kneeling, but some of it not lying."""
_ON_A_CHAIR = DONE_SITTING | {"sit"}

_GETS_UP = frozenset(
    [
        "run",
        "fight",
        "walk",
        "stand",
        "jump",
        "climb",
        "crawl",
        "cheer",
        "dig",
        "play",
        "wake",
        "chase",
        "strike",
        "push",
        "dance",
    ]
)
"""What shows that even somebody struck down is well again."""

_GETS_DOWN = frozenset(["run", "jump", "fight"])
"""What nobody does on a rope; those who fall from it lie."""

_LASTS = {
    Pose.SIT: 5, Pose.CLIMB: 40, Pose.PRAY: 1, Pose.WRITE: 2, Pose.DIG: 1, Pose.COOK: 2, Pose.CUT: 2, Pose.WASH: 1,
    Pose.ROW: 6,
}  # fmt: skip
_LASTS_ELSE = 3
"""Further panels that a posture is held when nothing is said of it."""

_NEAR = frozenset({Shot.MEDIUM, Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE})


@dataclass(frozen=True, slots=True)
class Posture:
    """`helpless` (struck, dead, asleep, ill) lasts; others get up after `left` panels."""

    pose: Pose
    left: int
    helpless: bool = False
    asleep: bool = False
    dozing: bool = False
    """Asleep and well: whoever does anything is awake again."""


class Bodies:
    """One scene's people."""

    def __init__(self) -> None:
        self.climbed: dict[str, str] = {}
        self._down: dict[str, Posture] = {}
        self._aimed_at_by: set[str] = set()

    def begin(self, *, stirred: Iterable[str], entered: bool) -> None:
        """A new panel: those who are `stirred` get up, all when somebody has `entered`, others in time."""
        up = set(stirred)
        for key, posture in list(self._down.items()):
            if posture.helpless:
                continue
            stays = posture.pose is Pose.CLIMB and posture.left > 0
            if not stays and (entered or key in up or posture.left <= 0):
                del self._down[key]
            else:
                self._down[key] = replace(posture, left=posture.left - 1)

    def do(self, deeds: Iterable[Deed], *, grave: bool = False, seated: Iterable[str] = ()) -> None:
        """Take note of what a panel shows; `grave` when it tells of death, wounds or illness; `seated` are those of
        whom nothing else is told at a table."""
        for key in seated:
            self._down.setdefault(key, Posture(Pose.SIT, _LASTS[Pose.SIT]))
        for deed in deeds:
            self._pose(deed, grave=grave)

    def _pose(self, deed: Deed, *, grave: bool) -> None:
        before = self._down.get(deed.who)
        climbs = before is not None and before.pose is Pose.CLIMB
        if deed.action == "climb" and not climbs and not climbed_thing(deed.thing):
            return
        if deed.action == "climb" and climbed_thing(deed.thing):
            self.climbed[deed.who] = deed.thing
        if deed.action == "shoot":
            self._aimed_at_by.add(deed.who)
        if pose := Pose.LIE if deed.action == "fall" else pose_for(deed.action) if deed.action in _STAYING else None:
            struck = bool(self._aimed_at_by - {deed.who}) and deed.action == "fall"
            lasting = pose is Pose.LIE and (grave or struck or deed.action == "sleep")
            lasting = lasting or (before is not None and before.helpless and pose is Pose.LIE)
            asleep = deed.action == "sleep" or (before is not None and before.asleep)
            well = deed.action == "sleep" and not grave and not (before is not None and before.helpless)
            self._down[deed.who] = Posture(pose, _LASTS.get(pose, _LASTS_ELSE), lasting, asleep, well)
        elif before is not None and self._rises(before, deed.action):
            del self._down[deed.who]

    def _rises(self, posture: Posture, action: str) -> bool:
        if posture.pose is Pose.CLIMB:
            return action in _GETS_DOWN
        if posture.helpless:
            return action in _GETS_UP or (posture.dozing and action in DONE_SITTING)
        return action not in (_STAYS_DOWN if posture.pose is Pose.LIE else DONE_SITTING)

    def rest(self, key: str) -> Pose | None:
        """The posture somebody stays in."""
        posture = self._down.get(key)
        return posture.pose if posture else None

    def seen_from(self, key: str, shot: Shot) -> None:
        """Whoever lies at ease sits up before the camera comes near; a head on its side is no portrait."""
        posture = self._down.get(key)
        if posture and posture.pose is Pose.LIE and not posture.helpless and shot in _NEAR:
            self._down[key] = replace(posture, pose=Pose.SIT)

    @property
    def lying(self) -> tuple[str, ...]:
        return tuple(key for key, posture in self._down.items() if posture.pose is Pose.LIE)

    @property
    def helpless(self) -> tuple[str, ...]:
        """Those who cannot leave the place."""
        return tuple(key for key, posture in self._down.items() if posture.helpless)

    def face(self, key: str, *, acting: bool) -> Expression | None:
        """Sleepers and the struck do not feel with the rest."""
        posture = self._down.get(key)
        if posture is None or not posture.helpless:
            return None
        if posture.asleep:
            return Expression.CALM
        return None if acting else Expression.SAD
