"""Stands beasts that a panel names among its things behind its people: a horse by the cart, a hen in the yard.

In: a panel's brief, its stage, where people stand. Out: figures on the floor, each with the word that named it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drawing.art.figure import Figure
from drawing.art.frame_shot import DISTANT, Standing
from drawing.art.make_figure import figure_of
from drawing.art.stage import Stage
from drawing.art.things.find_drawing import thing_of
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.characters import Look
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection, SceneDirection, Shot
from manga.vocabulary.beings import BeingEntry, Kind, marked_as

_BEHIND = 1.35
"""How far off they stand, where people stand at 1."""
_MOST = 2
_WIDEST = 0.6
"""Of the picture's width."""
_TRIED = (0.5, 0.2, 0.8, 0.35, 0.65)
"""Of the width: where one may stand."""


@dataclass(frozen=True, slots=True)
class Beast:
    """One that stands there: its foot and a head of its size in millimetres."""

    word: str
    figure: Figure
    x: float
    y: float
    size: float

    def ink(self, canvas: Canvas) -> None:
        with canvas.showing("thing", self.word), canvas.moved(self.x, self.y, self.size):
            self.figure.ink(Pen.on(canvas))


def beasts_beside(
    brief: PanelBrief, direction: SceneDirection, stage: Stage, standing: Sequence[Standing]
) -> list[Beast]:
    """Those that are named, and are none of the figures."""
    if direction.shot not in {*DISTANT, Shot.MEDIUM} or direction.background not in {"full", "partial"}:
        return []
    taken = [s.sides for s in standing]
    found: list[Beast] = []
    for word, being in list(_named(brief, direction))[:_MOST]:
        beast = _standing(word, being, direction, stage, taken)
        body = beast.figure.marks.body
        taken.append((beast.x + body.x * beast.size, beast.x + body.right * beast.size))
        found.append(beast)
    return found


def _named(brief: PanelBrief, direction: SceneDirection) -> Iterator[tuple[str, BeingEntry]]:
    cast = [brief.looks[figure.character] for figure in direction.figures]
    there = {being.key for look in cast if (being := marked_as((look.kind.value, *look.marks), _is_beast))}
    for word in dict.fromkeys(direction.props):
        being = marked_as((word, word.removesuffix("s")), _is_beast) if thing_of(word, brief.period) is None else None
        if being is not None and being.key not in there:
            yield word, being


def _is_beast(being: BeingEntry) -> bool:
    return bool(being.body) and being.kind not in {Kind.HUMAN, Kind.SPIRIT}


def _standing(
    word: str, being: BeingEntry, direction: SceneDirection, stage: Stage, taken: Sequence[tuple[float, float]]
) -> Beast:
    look = Look.model_validate({"kind": being.kind.value, "marks": (word,)})
    figure = figure_of(look, FigureDirection(character="", facing="left"), direction)
    body = figure.marks.body
    size = min(figure.scale * stage.unit / _BEHIND, _WIDEST * stage.width / body.width)
    foot = min(stage.floor(_BEHIND), stage.height - body.bottom * size)

    def covered(share: float) -> float:
        left = share * stage.width - body.width * size / 2
        return sum(max(0.0, min(left + body.width * size, b) - max(left, a)) for a, b in taken)

    x = min(_TRIED, key=covered) * stage.width - body.centre[0] * size
    return Beast(word, replace(figure, deed=""), x, foot, size)
