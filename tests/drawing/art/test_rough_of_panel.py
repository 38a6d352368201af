"""The rough of a panel says where everybody is, and nothing of how anything looks."""

import io

from PIL import Image

from drawing.art.draw_panel import expected_anchors
from drawing.art.rough_of_panel import BODY, GROUND, HAIR, SKY, draw_rough
from drawing.pages.rough_picture import LONGEST_PX, rough_png
from manga.characters import Look
from manga.geometry import Rect
from manga.panel_brief import PanelBrief, brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot

LOOKS = {"c01": Look(), "c02": Look(hair_style="long", hat="cap", outfit="kimono")}


def brief(shot: Shot = Shot.MEDIUM, texts: int = 0, **figure: str) -> PanelBrief:
    figures = (FigureDirection(character="c01", x=0.25), FigureDirection(character="c02", x=0.5, **figure))  # type: ignore[arg-type]
    direction = SceneDirection(shot=shot, setting="street", figures=figures)
    return brief_for(90, 60, direction, LOOKS, texts=texts, speakers=("c01",))


def pixels(panel: PanelBrief) -> Image.Image:
    with Image.open(io.BytesIO(rough_png(panel))) as image:
        return image.convert("L")


def grey_at(image: Image.Image, x: float, y: float) -> float:
    found = image.getpixel((round(x * (image.width - 1)), round(y * (image.height - 1))))
    assert isinstance(found, int)
    return found


def middle(image: Image.Image, box: Rect, down: float = 0.3) -> float:
    return grey_at(image, box.x + 0.35 * box.width, box.y + down * box.height)


def test_heads_are_where_they_are_directed_and_white_and_the_back_of_a_head_is_dark() -> None:
    for facing, grey in (("front", 255), ("back", HAIR)):
        panel = brief(facing=facing)
        image = pixels(panel)
        first, second = (one.head for one in expected_anchors(panel))
        assert first is not None
        assert second is not None
        assert middle(image, first) == 255
        assert middle(image, second, 0.5) == grey
    assert image.width == LONGEST_PX
    assert abs(image.height - LONGEST_PX * 60 / 90) <= 1


def test_a_cross_tells_which_way_a_face_is_turned() -> None:
    def dark(facing: str) -> float:
        """Where across the head the upright line is, at the chin."""
        panel = brief(Shot.CLOSE, facing=facing)
        box, image = expected_anchors(panel)[1].head, pixels(panel)
        assert box is not None
        row = [grey_at(image, box.x + box.width * i / 60, box.y + 0.7 * box.height) for i in range(6, 55)]
        return row.index(min(row)) / 48

    assert dark("left") < 0.35 < dark("front") < 0.65 < dark("right")


def test_balloons_have_white_places_in_the_quiet_corners_and_none_without_texts() -> None:
    assert brief().quiet_corners == ("upper right",)
    quiet, loud = pixels(brief()), pixels(brief(texts=2))
    assert (grey_at(quiet, 0.8, 0.15), grey_at(loud, 0.8, 0.15)) == (SKY, 255)


def test_bodies_and_ground_are_flat_and_clothes_and_hair_are_not_seen() -> None:
    plain = brief()
    black = {"outfit_tone": "black", "hair_color": "white"}
    cast = tuple(one.model_copy(update={"look": one.look.model_copy(update=black)}) for one in plain.cast)
    dressed = plain.model_copy(update={"cast": cast})
    greys = {grey for _, grey in pixels(plain).getcolors() or ()}
    assert {int(SKY), int(GROUND), int(BODY), 255} <= greys
    assert draw_rough(dressed).calls == draw_rough(plain).calls
