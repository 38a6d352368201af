"""Views from behind and over a shoulder: which figures of a panel are seen so, and which stands nearer.

Whoever reads what is written, or looks out at something, is seen from behind, so that we see what he sees; of two of
whom one speaks or does something, that one is nearer.
"""

from collections.abc import Sequence

from manga.brief import Language
from manga.characters import Cast
from manga.plot import LineKind
from manga.storyboard import FigureDirection, Pose, Role, Shot
from offline.directing.deeds_to_show import TO_SOMEBODY, last_acts
from offline.directing.panel_reactions import is_human
from offline.directing.panel_roles import Frame
from offline.directing.positions_in_panels import facing_away

_NEAR = frozenset({Shot.BUST, Shot.MEDIUM})
_STILL = _NEAR | {Shot.CLOSE}
_TALKS = frozenset({Role.TALK, Role.HOOK, Role.REACT, Role.PAYOFF})
_MOST_TEXTS_OVER_SHOULDER, _MOST_LETTERS = 2, {Language.JA: 34, Language.EN: 100}
"""A back before us takes the room that more words would need."""
_EVERY = 4
"""Panels between two views past a shoulder, where the speaker would else be seen alone."""
_UP = frozenset(
    {Pose.STAND, Pose.RELAXED, Pose.THINK, Pose.SHRUG, Pose.FIST, Pose.CLASP, Pose.CHEER, Pose.FOLD, Pose.LOOK_DOWN}
)
_BEFORE_US = {"facing": "back", "depth": "foreground", "pose": Pose.STAND}
_WHOLE = frozenset({Shot.LONG, Shot.FULL, Shot.MEDIUM})
_STAGGERED = frozenset({Shot.MEDIUM, Shot.BUST, Shot.FULL})
_MOST_TEXTS = 1
"""Whoever is nearer takes the room that a second balloon would need."""
_LOOKING = frozenset({Role.ACT, Role.PAYOFF, Role.HOOK, Role.ESTABLISH, Role.SPLASH})
_UPRIGHT = frozenset({Pose.STAND, Pose.RELAXED, Pose.THINK, Pose.WALK, Pose.CLASP, Pose.FIST, Pose.CHEER})
_BEHIND = {"facing": "back", "pose": Pose.STAND}
_NEARER = (("depth", "foreground"), ("depth", "background"))


class Pairs:
    """Remembers how two were seen last, so that the views of a talk change."""

    def __init__(self, cast: Cast, language: Language = Language.JA) -> None:
        self._cast = cast
        self._most = _MOST_LETTERS[language]
        self._shoulders: dict[frozenset[str], bool] = {}
        """Pairs that were seen together, and whether it was past a shoulder."""
        self.shoulder = False
        """Whether the last panel looks past a shoulder."""
        self._gaze = ("", "")
        """Who was alone last, and which way he looked."""
        self._since = 0
        """Panels since the last view past a shoulder."""
        self._joined = False
        """Whether a listener has been added for this view."""
        self._run = 0
        """For how many panels more than one has been seen."""

    def joined(
        self, keys: Sequence[str], frame: Frame, shot: Shot, speakers: Sequence[str], listeners: Sequence[str]
    ) -> tuple[str, ...]:
        """Those who are seen: beside somebody who speaks and would be seen alone now and then one of the `listeners`,
        past whose shoulder we look."""
        self._since += 1
        alone = len(keys) == 1 and tuple(keys) == tuple(speakers) and shot in _NEAR
        due = alone and self._run < 2 and self._since > _EVERY and self._roomy(frame)
        listener = next((key for key in listeners if key != keys[0] and is_human(key, self._cast)), "") if due else ""
        self._joined = bool(listener) and is_human(keys[0], self._cast)
        self._run = self._run + 1 if len(keys) > 1 or self._joined else 0
        return (*keys, listener) if self._joined else tuple(keys)

    def staged(
        self, figures: Sequence[FigureDirection], frame: Frame, shot: Shot, speakers: Sequence[str]
    ) -> tuple[FigureDirection, ...]:
        """Who is alone twice running looks another way the second time. Once a pair was seen face to face, the next
        near view of one who speaks shows the other from behind."""
        figures = [self._looking(figure, shot, speakers) for figure in figures] if len(figures) == 1 else figures
        pair = frozenset(figure.character for figure in figures)
        before = self._shoulders.get(pair)
        self.shoulder = (self._joined or before is False) and self._able(figures, frame, shot, speakers)
        self._since = 0 if self.shoulder else self._since
        if len(pair) > 1:
            self._shoulders[pair] = self.shoulder
        if not self.shoulder:
            return tuple(figures)
        return tuple(
            figure if figure.character == speakers[0] else figure.model_copy(update=_BEFORE_US) for figure in figures
        )

    def _looking(self, figure: FigureDirection, shot: Shot, speakers: Sequence[str]) -> FigureDirection:
        """Somebody alone and silent, seen from near, who does not look the way he did when last seen alone."""
        same = self._gaze == (figure.character, figure.facing)
        if same and not speakers and shot in _STILL and figure.pose in _UP:
            figure = figure.model_copy(
                update={"facing": "front" if figure.facing != "front" else facing_away(figure.x)}
            )
        self._gaze = (figure.character, figure.facing)
        return figure

    def _able(self, figures: Sequence[FigureDirection], frame: Frame, shot: Shot, speakers: Sequence[str]) -> bool:
        if len(figures) != 2 or len(speakers) != 1 or shot not in _NEAR or not self._roomy(frame):
            return False
        human = all(is_human(figure.character, self._cast) for figure in figures)
        return human and all(figure.pose in _UP for figure in figures)

    def _roomy(self, frame: Frame) -> bool:
        """Whether it is talk that leaves room for a back."""
        texts = sum(len(moment.parts) for moment in frame.moments)
        letters = sum(moment.letters for moment in frame.moments)
        return frame.role in _TALKS and (
            texts < _MOST_TEXTS_OVER_SHOULDER or (texts == _MOST_TEXTS_OVER_SHOULDER and letters <= self._most)
        )


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
