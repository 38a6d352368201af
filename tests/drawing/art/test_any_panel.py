"""Whatever is directed is drawn: random people and beasts in random panels, and no figure ever raises."""

from random import Random

import pytest

from drawing.art.body import body
from drawing.art.draw_panel import draw_panel
from drawing.art.outfits.outfit_parts import outfit
from drawing.art.points_in_space import View
from drawing.art.pose_spec import ArmPose, HandShape, LegPose, PoseSpec
from drawing.art.proportions import proportions
from drawing.art.settings.place_painters import PLACES
from drawing.art.skeleton import skeleton
from drawing.art.things.find_drawing import can_be_held, thing_of
from drawing.art.trunk_outline import Frame
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.characters import Age, Kind, Look
from manga.panel_brief import PanelBrief, brief_for
from manga.plot import Emotion, TimeOfDay, Weather
from manga.storyboard import Angle, Expression, FigureDirection, Pose, SceneDirection, Shot
from manga.vocabulary.things import things

WORDS = ("gender", "build", "hair_style", "hair_color", "eyes", "brows", "facial_hair", "hat", "outfit", "outfit_tone")
MARKS = (
    "scar",
    "mole",
    "wound: arm",
    "wound: face",
    "bandage: head",
    "bandage: leg",
    "wet",
    "torn clothes",
    "barefoot",
)
HANDS: tuple[HandShape, ...] = ("relaxed", "fist", "open", "point", "grip", "flat", "hidden", "paw")


DRAWN = [name for name in things() if thing_of(name) == name == thing_of(name, "medieval")]
HELD = [name for name in DRAWN if can_be_held(name)]


def any_look(chance: Random) -> Look:
    fields = Look.model_json_schema()["properties"]
    words: dict[str, object] = {w: chance.choice(fields[w]["enum"]) for w in WORDS}
    kind = chance.choice([Kind.HUMAN] * 8 + list(Kind))
    marks = tuple(chance.sample(MARKS, chance.choice((0, 0, 1, 3))))
    marks = ("deer", *marks) if kind is Kind.BEAST else marks  # the first one says which beast it is
    marks = ("umbrella", *marks) if kind is Kind.THING else marks
    return Look.model_validate({**words, "age": chance.choice(list(Age)), "kind": kind, "marks": marks})


def any_request(chance: Random) -> PanelBrief:
    looks = {f"c{k:02}": any_look(chance) for k in range(chance.choice((0, 1, 1, 2, 3)))}
    figures = tuple(
        FigureDirection.model_validate(
            {
                "character": name,
                "x": chance.random(),
                "pose": chance.choice(list(Pose)),
                "expression": chance.choice(list(Expression)),
                "facing": chance.choice(("front", "left", "right", "back")),
                "depth": chance.choice(("foreground", "middle", "background")),
                "holds": chance.choice(("", *HELD)),
            }
        )
        for name in looks
    )
    direction = SceneDirection.model_validate(
        {
            "shot": chance.choice(list(Shot)),
            "angle": chance.choice(list(Angle)),
            "setting": chance.choice(list(PLACES)),
            "figures": figures,
            "background": chance.choice(("full", "partial", "none", "dark")),
            "time_of_day": chance.choice(list(TimeOfDay)),
            "weather": chance.choice(list(Weather)),
            "emotion": chance.choice(list(Emotion)),
            "props": (chance.choice(DRAWN),),
        }
    )
    period = chance.choice(("modern", "early_modern", "old_japan", "old_china", "medieval"))
    return brief_for(chance.uniform(15, 170), chance.uniform(15, 220), direction, looks, period, chance.randrange(99))


@pytest.mark.parametrize("seed", range(8))
def test_any_panel_is_drawn(seed: int) -> None:
    chance = Random(seed)
    for _ in range(6):
        request = any_request(chance)
        drawn = draw_panel(request)
        assert drawn.missing == ()
        assert request.direction.shot is Shot.INSERT or len(drawn.figures) == len(request.looks)


def _arm(chance: Random) -> ArmPose:
    reach = (chance.uniform(-2, 2), chance.uniform(-2, 2), chance.uniform(-2, 2))
    target = reach if chance.random() < 0.5 else None
    angles = [(chance.uniform(-180, 180), chance.uniform(-180, 180)) for _ in range(2)]
    return ArmPose(angles[0], angles[1], target, hand=chance.choice(HANDS))


@pytest.mark.parametrize("seed", range(4))
def test_a_body_bent_in_any_way_is_inked(seed: int) -> None:
    chance = Random(seed)
    for _ in range(40):
        look = any_look(chance)
        left, right = (
            LegPose((chance.uniform(-120, 120), chance.uniform(-60, 60)), chance.uniform(0, 170)) for _ in range(2)
        )
        lean, sits = chance.uniform(-60, 60), chance.random() < 0.3
        spec = PoseSpec(_arm(chance), _arm(chance), left, right, lean=lean, sits=sits)
        p = proportions(look)
        frame = Frame(skeleton(spec, p), p, View(chance.uniform(-180, 180)))
        canvas = Canvas(40, 40)
        parts = body(frame, spec, outfit(look))
        for part in (*parts.behind, *parts.front):
            part.ink(Pen.on(canvas))
        assert len(canvas.finish().calls) > 20
