"""From a look and a direction to a figure: which rig draws it, and what it can do."""

from drawing.art.animals.figure import animal
from drawing.art.figure import Figure, human
from drawing.art.lying import tilted
from drawing.art.shots import DISTANT
from drawing.art.stances import reclining, stance_of
from manga.characters import Kind, Look
from manga.storyboard import FigureDirection, Pose, SceneDirection

FAR_HEAD = 1.1
"""Heads of small figures are drawn a little larger, so that their faces can be read."""


def figure_of(look: Look, directed: FigureDirection, scene: SceneDirection) -> Figure:
    near = scene.shot not in DISTANT
    if look.kind is not Kind.HUMAN:
        return animal(look, directed.expression, directed.pose, directed.facing, directed.holds, near=near)
    if rests(directed, scene):
        facing = directed.facing if directed.facing != "back" else "front"
        lying = human(look, directed.expression, Pose.STAND, facing, stance=reclining())
        return tilted(lying, to_left=directed.facing != "right")
    stance = stance_of(look, directed, scene)
    grown = 1.0 if near else FAR_HEAD
    return human(
        look, directed.expression, directed.pose, directed.facing, directed.holds, stance=stance, head_scale=grown
    )


def rests(directed: FigureDirection, scene: SceneDirection) -> bool:
    """Whether somebody who lies is seen so near that he is drawn on a pillow instead of along the floor."""
    return directed.pose is Pose.LIE and scene.shot not in DISTANT
