"""A panel's picture as an image model gave it, cut to its frame, inked and toned. Pure: it runs in the process pool."""

from dataclasses import replace
from typing import Final

from manga.errors import AnswerInvalid
from manga.panel_brief import PanelBrief
from providers.base import Picture

FRAMES: Final = "frames: it is divided into smaller panels; one panel is one picture, without gutters and borders"
"""The fault that is found without a model."""


def ink(picture: Picture, brief: PanelBrief) -> Picture:
    """The panel of print. Raises AnswerInvalid for bytes that are no picture: they are a stranger's."""
    from drawing.raster.decode_picture import BadPicture
    from drawing.raster.panel_from_picture import make_panel

    try:
        panel = make_panel(
            picture.data,
            width_mm=brief.width_mm,
            height_mm=brief.height_mm,
            outline=brief.outline,
            direction=brief.direction,
            color=brief.color,
            boxes=picture.told_faces or (),
            hands=picture.told_hands,
            looks={person.key: person.look for person in brief.cast},
            period=brief.period,
            culture=brief.culture,
        )
    except BadPicture as error:
        reason = f"The model's picture cannot be used: {error}."
        raise AnswerInvalid(reason, phase="artwork", element=brief.panel) from None
    return replace(
        picture,
        data=panel.data,
        media_type=panel.media_type,
        width=panel.width,
        height=panel.height,
        figures=panel.figures,
        found_by=panel.found_by,
        ink=panel.ink,
        where=panel.where,
        told_faces=None,
        told_hands=(),
        faults=(FRAMES,) if panel.framed else (),
    )
