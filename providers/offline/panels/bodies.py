"""What people's bodies go on doing through a scene. In: deeds, panel after panel. Out: posture, hands, shut eyes."""

from collections.abc import Iterable

from manga.plot import Deed
from manga.storyboard import Expression, Pose

_DOWN = {
    "fall": Pose.LIE,
    "lie": Pose.LIE,
    "sleep": Pose.LIE,
    "sit": Pose.SIT,
    "kneel": Pose.KNEEL,
    "crouch": Pose.CROUCH,
    "hide": Pose.CROUCH,
}
_UP = frozenset(["run", "walk", "stand", "jump", "climb", "shoot", "throw", "play", "wake"])
_KEPT = frozenset(["take", "carry", "hold", "shoot"])
_LET_GO = frozenset(["drop", "throw", "give"])
_SHUT = frozenset(["lie", "sleep"])


class Bodies:
    """One scene's people."""

    def __init__(self) -> None:
        self.hands: dict[str, str] = {}
        self._down: dict[str, Pose] = {}
        self._shut: set[str] = set()

    def do(self, deeds: Iterable[Deed]) -> None:
        """Take note of what a panel shows."""
        for deed in deeds:
            if deed.action in _DOWN:
                self._down[deed.who] = _DOWN[deed.action]
            elif deed.action in _UP:
                self._down.pop(deed.who, None)
                self._shut.discard(deed.who)
            if deed.action in _SHUT:
                self._shut.add(deed.who)
            if deed.action in _KEPT and deed.thing:
                self.hands[deed.who] = deed.thing
            elif deed.action in _LET_GO:
                self.hands.pop(deed.who, None)

    def rest(self, key: str) -> Pose | None:
        """The posture somebody stays in."""
        return self._down.get(key)

    @property
    def lying(self) -> tuple[str, ...]:
        return tuple(key for key, pose in self._down.items() if pose is Pose.LIE)

    def face(self, key: str, *, acting: bool) -> Expression | None:
        """Sleepers and the struck do not feel with the rest."""
        if key in self._shut:
            return Expression.CALM
        return Expression.SAD if not acting and self._down.get(key) is Pose.LIE else None
