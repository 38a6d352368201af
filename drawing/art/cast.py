"""From a look and a direction to a figure: which rig draws it, and what it can do."""

from drawing.art.figure import Figure, human
from manga.characters import Kind, Look
from manga.storyboard import FigureDirection, SceneDirection


def figure_of(look: Look, directed: FigureDirection, scene: SceneDirection) -> Figure:
    del scene
    if look.kind is Kind.HUMAN:
        return human(look, directed.expression, directed.pose, directed.facing, directed.holds)
    from drawing.art.animals.figure import animal

    return animal(look, directed.expression, directed.pose, directed.facing, directed.holds)
