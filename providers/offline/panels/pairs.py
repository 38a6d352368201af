"""Two who talk: when the view goes past the shoulder of the one who listens. In: figures. Out: the same, staged."""

from collections.abc import Sequence

from manga.characters import Cast, Kind
from manga.storyboard import FigureDirection, Pose, Role, Shot
from providers.offline.panels.roles import Frame
from providers.offline.panels.sides import facing_away

_NEAR = frozenset({Shot.BUST, Shot.MEDIUM})
_STILL = _NEAR | {Shot.CLOSE}
_TALKS = frozenset({Role.TALK, Role.HOOK, Role.REACT})
_MOST_TEXTS = 1
"""A back before us takes the room that a second balloon would need."""
_UP = frozenset(
    {Pose.STAND, Pose.RELAXED, Pose.THINK, Pose.SHRUG, Pose.FIST, Pose.CLASP, Pose.CHEER, Pose.FOLD, Pose.LOOK_DOWN}
)


class Pairs:
    """Remembers how two were seen last, so that the views of a talk change."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._shoulders: dict[frozenset[str], bool] = {}
        """Pairs that were seen together, and whether it was past a shoulder."""
        self.shoulder = False
        """Whether the last panel looks past a shoulder."""
        self._gaze = ("", "")
        """Who was alone last, and which way he looked."""

    def staged(
        self, figures: Sequence[FigureDirection], frame: Frame, shot: Shot, speakers: Sequence[str]
    ) -> tuple[FigureDirection, ...]:
        """Who is alone twice running looks another way the second time. Once a pair was seen face to face, the next
        near view of one who speaks shows the other from behind."""
        figures = [self._looking(figure, shot, speakers) for figure in figures] if len(figures) == 1 else figures
        pair = frozenset(figure.character for figure in figures)
        before = self._shoulders.get(pair)
        self.shoulder = before is False and self._able(figures, frame, shot, speakers)
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
        if len(figures) != 2 or len(speakers) != 1 or shot not in _NEAR or frame.role not in _TALKS:
            return False
        if sum(len(moment.parts) for moment in frame.moments) > _MOST_TEXTS:
            return False
        sheets = [self._cast.get(figure.character) for figure in figures]
        human = all(sheet is not None and sheet.look.kind is Kind.HUMAN for sheet in sheets)
        return human and all(figure.pose in _UP for figure in figures)


_BEFORE_US = {"facing": "back", "depth": "foreground", "pose": Pose.STAND}
