"""Somebody alone who leans on a counter or a table, where a place has such things: the stance, and what bears the hand.

In: a direction and its scene; a figure in the stance. Out: whether he leans; the figure with the counter beside it.
"""

from dataclasses import replace

from drawing.art.figure import Figure
from drawing.art.idle import ON_HIP
from drawing.art.pose_spec import BEARS, FREE, ArmPose, PoseSpec, mirrored
from drawing.art.stage import seeded
from drawing.ink.paths import poly, rect
from drawing.ink.pen import LIGHT_TONE, MID_TONE, WHITE, Pen
from manga.characters import Age, Look
from manga.storyboard import FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.places import has

_SEEN = frozenset({Shot.FULL, Shot.LONG})
_OFTEN = 0.35
_LONG, _DEEP, _THICK = 2.1, 0.34, 0.16
"""Heads: how far it goes on beside him, how much of its top is seen, how thick the top is."""
_LEANS = PoseSpec(
    left=ON_HIP,
    right=ArmPose(target=(1.02, 1.62, 0.1), hand="flat", pole=(1, 0.1, -0.6), fingers=(0.8, 0.5, 0.3)),
    left_leg=BEARS, right_leg=FREE, shoulders=8, roll=5,
)  # fmt: skip


def leans(look: Look, directed: FigureDirection, scene: SceneDirection) -> bool:
    """Alone, with free hands, in a view that shows what he leans on; the same in every run."""
    free = directed.pose is Pose.STAND and not directed.holds and directed.facing != "back"
    if not free or len(scene.figures) != 1 or not has(scene.setting, "counter") or scene.shot not in _SEEN:
        return False
    chance = seeded("leans", directed.character, scene.seen, scene.shot)
    return look.age is not Age.CHILD and chance.random() < _OFTEN


def leaning(directed: FigureDirection) -> PoseSpec:
    """On the side from which he looks away."""
    return mirrored(_LEANS) if directed.facing == "left" else _LEANS


def at_counter(figure: Figure, directed: FigureDirection) -> Figure:
    """With the counter under the flat hand, behind the body."""
    hand = figure.marks.hands[0 if directed.facing == "left" else 1]
    way = 1 if hand.centre[0] > figure.marks.head.centre[0] else -1
    near, top = hand.centre[0] - way * 0.42, hand.centre[1] + 0.08
    far = near + way * _LONG

    board = poly(((near, top), (far, top), (far + way * 0.1, top - _DEEP), (near + way * 0.16, top - _DEEP)))
    edge = rect(min(near, far), top, _LONG, _THICK)
    front = rect(min(near, far) + 0.06, top + _THICK, _LONG - 0.12, -top - _THICK)

    def ink(pen: Pen) -> None:
        pen.shape(front, MID_TONE, 1.2)
        for k in (0.34, 0.67):
            x = near + way * _LONG * k
            pen.straight(((x, top + _THICK), (x, 0.0)), 0.9)
        pen.shape(board, WHITE, 1.2)
        pen.shape(edge, LIGHT_TONE, 1.2)
        figure.ink(pen)

    return replace(figure, deed="lean", ink=ink, silhouette=(*figure.silhouette, front, edge, board))
