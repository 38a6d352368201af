"""Who pulls somebody by a line has him at its other end, and the picture tells that he does."""

from drawing.art.draw_panel import draw_panel
from manga.artwork import DrawnFigure
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

LOOKS = {
    "c": Look.model_validate({"kind": "cat", "outfit": "none"}),
    "t": Look.model_validate({"kind": "tortoise", "outfit": "none"}),
    "m": Look.model_validate({"gender": "male"}),
}


def drawn(puller: str, holds: str, *, pose: str = "pull") -> dict[str, DrawnFigure]:
    """Everybody by key."""
    figures = [
        {"character": puller, "pose": pose, "holds": holds, "x": 0.75, "facing": "right"},
        {"character": "t", "x": 0.25, "facing": "right"},
    ]
    told = {"shot": "full", "setting": "road", "figures": figures}
    panel = draw_panel(brief_for(90, 60, SceneDirection.model_validate(told), LOOKS))
    return {one.character: one for one in panel.drawn.figures}


def test_a_beast_has_another_on_the_ribbon_in_its_mouth() -> None:
    found = drawn("c", "ribbon")
    assert (found["c"].touches, found["c"].holds) == (("t",), ("ribbon",))


def test_so_has_a_man_on_a_rope_and_nobody_on_a_stick() -> None:
    assert drawn("m", "rope")["m"].touches == ("t",)
    assert drawn("m", "stick")["m"].touches == ()
    assert drawn("m", "rope", pose="stand")["m"].touches == ()
