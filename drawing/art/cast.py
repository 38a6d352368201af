"""From a look and a direction to a figure: which rig draws it, and what it can do."""

from drawing.art.animals.figure import animal
from drawing.art.figure import Figure, human
from drawing.art.shots import DISTANT
from manga.characters import Kind, Look
from manga.storyboard import FigureDirection, SceneDirection


def figure_of(look: Look, directed: FigureDirection, scene: SceneDirection) -> Figure:
    if look.kind is Kind.HUMAN:
        return human(look, directed.expression, directed.pose, directed.facing, directed.holds)
    near = scene.shot not in DISTANT
    return animal(look, directed.expression, directed.pose, directed.facing, directed.holds, near=near)
