"""A panel's picture as an image model gave it, cut to its frame, inked and toned. Pure: it runs in the process pool."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from manga.errors import AnswerInvalid
from manga.panel_brief import PanelBrief
from providers.base import Picture

if TYPE_CHECKING:
    from drawing.raster.panel_from_picture import RasterPanel

FRAMES: Final = "frames: it is divided into smaller panels; one panel is one picture, without gutters and borders"
"""A fault that is found without a model that sees."""
MOST_READ: Final = 24
"""Letters of what is written in a picture that a fault names: they are a stranger's."""


def ink(picture: Picture, brief: PanelBrief, lettered: bool = False) -> Picture:
    """The panel of print; with `lettered`, letters that its model drew are a fault, and painted out where their ground
    is even. Raises AnswerInvalid for bytes that are no picture: they are a stranger's."""
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
            lettered=lettered,
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
        faults=tuple(_faults(panel)),
    )


def _faults(panel: "RasterPanel") -> Iterator[str]:
    """What its pixels tell, the worst first."""
    if panel.framed:
        yield FRAMES
    if panel.letters:
        read = " ".join(
            "".join(letter for letter in " ".join(panel.letters) if letter.isalnum() or letter == " ").split()
        )
        since = "" if panel.letters_stay else " (painted out since)"
        yield (
            f"letters: “{read[:MOST_READ]}” is written in it{since}"
            if read
            else f"letters: there are some in it{since}"
        )
