"""Gallery sheet of deeds between two: every act that a pose can mean, whole and from nearby, from either side."""

from drawing.art.acts import acts
from drawing.gallery.contact_sheet import Sheet, SheetCell, picture
from drawing.ink.canvas import Canvas
from manga.characters import Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

LOOKS = {
    "man": Look.model_validate({"gender": "male", "outfit": "suit"}),
    "woman": Look.model_validate({"gender": "female", "hair_style": "bob", "outfit": "dress"}),
    "child": Look.model_validate({"gender": "female", "age": "child", "outfit": "dress"}),
    "horse": Look.model_validate({"kind": "horse", "outfit": "none", "hair_color": "tone"}),
}
SAID = {
    "push": "pushes", "bear": "carries her on his back", "lift": "lifts her", "lead": "by the hand",
    "help": "helps her up", "feed": "feeds her", "stroke": "strokes the hair", "bind": "ties her hands",
    "embrace": "hugs her", "ride": "rides", "dance": "dances", "chase": "chases her", "accompany": "side by side",
    "crown": "sets it on her head", "ascend": "comes up", "tend": "at the bedside", "on_back": "on his back",
    "seize": "seizes the arm", "throw": "throws", "show": "holds it up",
    "eat": "eats", "dangle": "hangs from it", "tumble": "rolls", "swim": "swims", "cower": "cowers", "peer": "bends",
}  # fmt: skip
"""A sentence for which each act is found."""
HELD = {"stab": "knife", "throw": "ball", "show": "lantern", "eat": "bread", "feed": "spoon", "give": "book"}
_OTHERS_POSE = {"help": "sit", "bind": "sit", "feed": "sit", "tend": "lie", "ride": "walk"}
_ALONG = frozenset({"ride", "chase", "accompany"})
"""Both look the same way."""
_OF_CHILDREN = frozenset({"lead", "lift", "stroke"})


def deeds_between() -> Sheet:
    cells = [_cell(act.name, act.of[0], shot, way) for act in acts() for shot, way in (("full", 1), ("medium", -1))]
    return Sheet("deeds_between", tuple(cells), 6, 0.9)


def _cell(name: str, pose: str, shot: str, way: int) -> SheetCell:
    """`way` is the side to which the doer looks: 1 the right."""
    sides, other = ("left", "right"), "child" if name in _OF_CHILDREN else "horse" if name == "ride" else "woman"
    place = -1 if name == "lead" else 1
    pose = "stand" if name == "show" else pose
    doer = {"character": "man", "pose": pose, "holds": HELD.get(name, ""), "facing": sides[way > 0]}
    along = name in _ALONG
    does = _OTHERS_POSE.get(name, pose if along else "stand")
    met = {"character": other, "pose": does, "facing": sides[(way > 0) if along else way * place < 0]}
    figures = [{"x": 0.5 - 0.2 * way * place, **doer}, {"x": 0.5 + 0.2 * way * place, **met}]
    told = {"shot": shot, "setting": "", "background": "none", "figures": figures, "seen": SAID.get(name, "")}

    def paint(canvas: Canvas, box: Rect) -> None:
        picture(brief_for(box.width, box.height, SceneDirection.model_validate(told), LOOKS), canvas, box)

    return SheetCell(name, paint)
