"""From where people are seen: from behind, one nearer than the other. In: the figures of a panel. Out: the same,
turned.

Whoever reads what is written, or looks out at something, is seen from behind, so that we see what he sees; of two of
whom one speaks or does something, that one is nearer.
"""

from collections.abc import Sequence

from manga.characters import Cast
from manga.plot import LineKind
from manga.storyboard import FigureDirection, Pose, Role, Shot
from offline.directing.panel_people import is_human
from offline.directing.roles import Frame
from offline.directing.shown_deeds import TO_SOMEBODY, last_acts

_WHOLE = frozenset({Shot.LONG, Shot.FULL, Shot.MEDIUM})
_STAGGERED = frozenset({Shot.MEDIUM, Shot.BUST, Shot.FULL})
_MOST_TEXTS = 1
"""Whoever is nearer takes the room that a second balloon would need."""
_LOOKING = frozenset({Role.ACT, Role.PAYOFF, Role.HOOK, Role.ESTABLISH, Role.SPLASH})
_UPRIGHT = frozenset({Pose.STAND, Pose.RELAXED, Pose.THINK, Pose.WALK, Pose.CLASP, Pose.FIST, Pose.CHEER})
_BEHIND = {"facing": "back", "pose": Pose.STAND}
_NEARER = (("depth", "foreground"), ("depth", "background"))


class Views:
    """Remembers the last view, so that no two alike follow each other."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._behind = self._near = False

    def seen(self, figures: Sequence[FigureDirection], frame: Frame, shot: Shot) -> tuple[FigureDirection, ...]:
        """`figures` stand in the order of the panel; the first who speaks or acts is the one who matters."""
        behind = self._turns(figures, frame, shot)
        near = not behind and not self._near and self._staggers(figures, frame, shot)
        self._behind, self._near = behind, near
        if behind:
            return tuple(figure.model_copy(update=_BEHIND) for figure in figures)
        if not near:
            return tuple(figures)
        first = self._first(figures, frame)
        return tuple(figure.model_copy(update=dict([_NEARER[figure.character != first]])) for figure in figures)

    def _turns(self, figures: Sequence[FigureDirection], frame: Frame, shot: Shot) -> bool:
        if not figures or shot not in _WHOLE or not self._human(figures):
            return False
        if any(figure.pose not in _UPRIGHT or figure.depth == "foreground" for figure in figures):
            return False
        return is_read(frame) or (not self._behind and _looks_out(frame, figures))

    def _staggers(self, figures: Sequence[FigureDirection], frame: Frame, shot: Shot) -> bool:
        texts = sum(len(moment.parts) for moment in frame.moments)
        if len(figures) != 2 or shot not in _STAGGERED or texts > _MOST_TEXTS or not self._human(figures):
            return False
        level = all(figure.depth == "middle" and figure.pose in _UPRIGHT for figure in figures)
        apart = not any(deed.action in TO_SOMEBODY for deed in frame.deeds)
        return level and apart and bool(self._first(figures, frame))

    def _first(self, figures: Sequence[FigureDirection], frame: Frame) -> str:
        """The one who speaks or acts, where only one does."""
        here = {figure.character for figure in figures}
        voices = {moment.speaker for moment in frame.moments if moment.speaker in here}
        doers = voices or here.intersection(last_acts(frame.deeds)) or here.intersection(frame.lead.beat.present)
        return next(iter(doers)) or "" if len(doers) == 1 else ""

    def _human(self, figures: Sequence[FigureDirection]) -> bool:
        return all(is_human(figure.character, self._cast) for figure in figures)


def is_read(frame: Frame) -> bool:
    """Whether all words of a panel are written where people stand before them."""
    return {part.kind for moment in frame.moments for part in moment.parts} == {LineKind.SIGN}


def readers(frame: Frame, seen: Sequence[str]) -> tuple[str, ...]:
    """Of those who were `seen` last, who stands before what is written."""
    return tuple(key for key in seen if key in frame.lead.scene.present)[:2] if is_read(frame) else ()


def _looks_out(frame: Frame, figures: Sequence[FigureDirection]) -> bool:
    """Whether those who are seen only look at what the words tell of."""
    doing = last_acts(frame.deeds)
    told = frame.role in _LOOKING and all(moment.purpose != "spoken" for moment in frame.moments)
    looking = all(figure.character in doing and doing[figure.character].action == "look" for figure in figures)
    return told and looking and not set(frame.lead.beat.present) - {figure.character for figure in figures}
