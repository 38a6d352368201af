"""An owl is an owl: a round face, an upright body, and a branch to sit on where there may be one."""

import pytest

from drawing.art.animals.animal_figure import animal
from drawing.art.animals.species import breed_of
from drawing.art.draw_panel import DrawnPanel, draw_panel
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import Expression, Pose, SceneDirection

OWL = Look.model_validate({"kind": "bird", "outfit": "none", "marks": ["owl"]})
LOOKS = {"c01": OWL, "c02": Look.model_validate({"kind": "beast", "outfit": "none", "marks": ["mole"]})}


def drawn(setting: str, shot: str = "full") -> DrawnPanel:
    figures = [
        {"character": "c01", "x": 0.27, "facing": "right"},
        {"character": "c02", "x": 0.73, "facing": "left"},
    ]
    direction = SceneDirection.model_validate({"shot": shot, "setting": setting, "figures": figures})
    return draw_panel(brief_for(80, 70, direction, LOOKS))


@pytest.mark.parametrize(("mark", "body"), [("owl", "owl"), ("梟", "owl"), ("ふくろう", "owl"), ("goose", "bird")])
def test_a_bird_is_the_one_that_its_marks_name(mark: str, body: str) -> None:
    assert breed_of(Look.model_validate({"kind": "bird", "outfit": "none", "marks": [mark]})).body == body


def test_an_owl_that_sits_is_higher_than_wide_and_one_that_flies_is_wider_than_high() -> None:
    sits, flies = (animal(OWL, Expression.NEUTRAL, pose, "left").marks.body for pose in (Pose.STAND, Pose.RUN))
    assert sits.height > 1.3 * sits.width
    assert flies.width > 1.3 * flies.height


def test_in_the_open_an_owl_sits_above_those_who_are_on_the_ground() -> None:
    outdoors = {f.character: f.body for f in drawn("forest").figures}
    indoors = {f.character: f.body for f in drawn("room").figures}
    assert outdoors["c01"].bottom < outdoors["c02"].bottom - 0.1
    assert abs(indoors["c01"].bottom - indoors["c02"].bottom) < 0.1


@pytest.mark.parametrize("shot", ["full", "medium", "bust"])
def test_on_its_branch_an_owl_is_still_in_the_picture(shot: str) -> None:
    owl = next(f for f in drawn("forest", shot).figures if f.character == "c01")
    assert owl.face
    assert 0 <= owl.face.y < owl.face.bottom <= 1
