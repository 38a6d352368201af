"""Feelings that outlast their beat: panel after panel, nobody's face is blank who has just been afraid, glad or in
tears.

Whoever hears a voice from where nobody sees keeps what he last felt in this place, however long it speaks.
"""

from collections.abc import Sequence, Set

from manga.characters import Cast
from manga.plot import LineKind, Scene
from manga.storyboard import Expression, FigureDirection, Pose
from offline.directing.panel_reactions import is_unseen
from offline.directing.panel_roles import Frame

_LASTING = frozenset({Expression.FEAR, Expression.CRY, Expression.SAD, Expression.ANGRY})
_LATER = {
    Expression.FEAR: Expression.SERIOUS,
    Expression.SHOCK: Expression.SERIOUS,
    Expression.SURPRISE: Expression.SERIOUS,
    Expression.ANGRY: Expression.SERIOUS,
    Expression.CRY: Expression.SAD,
    Expression.SAD: Expression.SAD,
    Expression.HAPPY: Expression.SMILE,
    Expression.LAUGH: Expression.SMILE,
    Expression.SMILE: Expression.SMILE,
}
"""What is left of a feeling in the next panels."""
_LASTS = 2
"""So many further panels."""
_SILENT = frozenset({LineKind.NARRATION, LineKind.THOUGHT, LineKind.MONOLOGUE, LineKind.LETTER, LineKind.SIGN})


class Moods:
    """Remembers what everybody felt last in one place."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._setting = ""
        self._felt: dict[str, list[Expression]] = {}
        """By character, the last two lasting feelings, the newer last."""
        self._left: dict[str, tuple[Expression, int]] = {}
        self._heard = 0

    def enter(self, scene: Scene) -> None:
        """Who goes on to a new scene in the same place takes his feeling along."""
        stay = set(scene.present) if scene.setting == self._setting else set()
        self._setting = scene.setting
        self._felt = {key: faces for key, faces in self._felt.items() if key in stay}
        self._left = {key: left for key, left in self._left.items() if key in stay}

    def kept(self, figures: Sequence[FigureDirection], frame: Frame) -> tuple[FigureDirection, ...]:
        """The figures of a panel as those feel who are seen in it."""
        seen = {figure.character for figure in figures}
        speaking = {moment.speaker for moment in frame.moments if moment.speaker}
        heard = bool(seen) and self._hears(frame)
        self._heard += heard
        return tuple(self._with_mood(figure, speaking, heard=heard) for figure in figures)

    def _hears(self, frame: Frame) -> bool:
        """Whether words come from where nobody sees: a voice, or somebody whom the story does not know."""
        parts = [part for moment in frame.moments if moment.purpose == "spoken" for part in moment.parts]
        return any(is_unseen(part.speaker or "", self._cast) for part in parts if part.kind not in _SILENT)

    def _with_mood(self, figure: FigureDirection, speaking: Set[str], *, heard: bool) -> FigureDirection:
        who = figure.character
        if figure.expression is not Expression.NEUTRAL:
            self._note(who, figure.expression)
            return figure
        if heard and who not in speaking and self._felt:
            return self._hearing(figure)
        face, left = self._left.get(who, (Expression.NEUTRAL, 0))
        self._left[who] = (face, left - 1)
        return figure.model_copy(update={"expression": face}) if left > 0 else figure

    def _hearing(self, figure: FigureDirection) -> FigureDirection:
        """Two feelings take turns, and hands find each other; who has shown none yet shares that of the others."""
        faces = self._felt.get(figure.character) or [*self._felt.values()][-1]
        face = faces[self._heard % len(faces)]
        clasps = figure.pose is Pose.STAND and figure.facing != "back" and self._heard % 2 == 0
        return figure.model_copy(update={"expression": face, "pose": Pose.CLASP if clasps else figure.pose})

    def _note(self, who: str, face: Expression) -> None:
        if face in _LATER:
            self._left[who] = (_LATER[face], _LASTS)
            if _LATER[face] is Expression.SMILE:
                self._felt.pop(who, None)
        face = Expression.FEAR if face is Expression.SHOCK else face
        if face in _LASTING:
            before = [other for other in self._felt.get(who, []) if other is not face]
            self._felt[who] = [*before, face][-2:]
