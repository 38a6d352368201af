"""A cloak that a panel directs is on whoever its sentence tells it of, and in hands that do something with it."""

import pytest

from drawing.art.draw_panel import draw_panel
from drawing.art.outfits.outfit_parts import WEARS_CLOAK
from drawing.art.worn_cloaks import with_cloaks
from manga.characters import Look
from manga.panel_brief import PanelBrief, brief_for
from manga.storyboard import Pose, SceneDirection


def brief(seen: str, *, pose: Pose = Pose.STAND, holds: str = "", props: tuple[str, ...] = ("cloak",)) -> PanelBrief:
    figures = [
        {"character": "ann", "x": 0.3, "facing": "right", "pose": pose, "holds": holds},
        {"character": "tom", "x": 0.7, "facing": "left"},
    ]
    told = {"shot": "medium", "setting": "road", "seen": seen, "props": props, "figures": figures}
    looks = {key: Look.model_validate({"gender": sex}) for key, sex in (("ann", "female"), ("tom", "male"))}
    made = brief_for(80, 60, SceneDirection.model_validate(told), looks)
    cast = tuple(one.model_copy(update={"name": one.key.title()}) for one in made.cast)
    return made.model_copy(update={"cast": cast})


def wearers(one: PanelBrief) -> set[str]:
    return {key for key, look in with_cloaks(one).looks.items() if WEARS_CLOAK in look.marks}


@pytest.mark.parametrize(
    ("seen", "who"),
    [
        ("Ann waits, and Tom in his red cloak comes down the road.", {"tom"}),
        ("Ann lays the cloak round the shoulders of Tom.", {"tom"}),
        ("A cloak lies on the road.", set()),
    ],
)
def test_it_is_on_whoever_the_sentence_tells_it_of(seen: str, who: set[str]) -> None:
    assert wearers(brief(seen)) == who


def test_a_hand_at_rest_has_it_on_and_one_that_gives_it_has_it() -> None:
    rests, gives = (brief("", pose=pose, holds="cloak", props=()) for pose in (Pose.STAND, Pose.GIVE))
    assert wearers(rests) == {"ann"}
    assert "cloak" in draw_panel(rests).drawn.things
    assert {one.character: one.holds for one in draw_panel(gives).drawn.figures}["ann"] == ("cloak",)
