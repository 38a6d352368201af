"""Makes a panel fit for print from a picture that an image model answered. Pure; for the process pool.

OpenCV is loaded where it is needed: whoever only reads what a panel is does without.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from PIL import Image

from drawing.art.draw_panel import expected_anchors
from drawing.raster.crop_to_panel import Window, through, unframed, window_of
from drawing.raster.decode_picture import decoded
from drawing.raster.match_faces import matched
from drawing.raster.toned_panel import share_of_ink, toned_png
from manga.artwork import FigureAnchors, FoundBy, PictureMap
from manga.characters import Look
from manga.geometry import Polygon, Rect, inside, mm_to_px
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection
from manga.values import Share

if TYPE_CHECKING:
    from drawing.raster.check_told_faces import CheckedFaces

MOST_DPI = 400
"""A picture that is finer than this in print is first made smaller."""
COLOR_QUALITY = 90
LEAST_SIDE_PX = 64
"""No image model answers a smaller picture than this; what is smaller is no panel."""

MediaType = Literal["image/png", "image/jpeg"]


@dataclass(frozen=True, slots=True)
class RasterPanel:
    """An encoded picture of exactly the panel's proportions, `width` by `height` pixels, and where its figures are
    (shares of the picture). `ink` is its share of black, tones counted by their density."""

    data: bytes
    media_type: MediaType
    width: int
    height: int
    figures: tuple[FigureAnchors, ...]
    found_by: FoundBy
    ink: Share
    shown: Rect
    """What of the picture as it was answered is seen, as shares of it."""
    where: PictureMap
    vetoed: tuple[str, ...] = ()
    """Whose told face was struck out."""
    framed: bool = False
    """Its model has drawn panels within it."""
    letters: tuple[str, ...] = ()
    """What its model has written into it, as far as it can be read."""
    letters_stay: bool = False
    """Some of them lie over the drawing, where they are not painted out."""


def make_panel(
    data: bytes,
    *,
    width_mm: float,
    height_mm: float,
    outline: Polygon,
    direction: SceneDirection,
    color: bool = False,
    boxes: tuple[tuple[str, Rect], ...] = (),
    hands: tuple[Rect, ...] = (),
    looks: Mapping[str, Look] | None = None,
    period: str = "modern",
    culture: str = "",
    lettered: bool = False,
) -> RasterPanel:
    """Cut to the panel, inked and toned (or kept in colour), with faces. Heads stand out from toned grounds.

    `boxes` are faces by character key, as a model told them: shares 0..1 of the picture as it was answered, as are
    `hands` that hold or touch something. `looks` are those of the cast. `outline` is the panel's border in millimetres
    from the picture's top left; a face outside it is not seen. With `lettered`, letters that the model drew are looked
    for and painted out where their ground is even. Raises `BadPicture`, a ValueError with the reason.
    """
    whole = decoded(data, least_side_px=LEAST_SIDE_PX, grey=not color)
    inner = unframed(whole)
    image, written, stay = _unlettered(whole.crop(inner.box)) if lettered else (whole.crop(inner.box), (), False)
    told = [(name, box) for name, seen in boxes if (box := through(inner, *whole.size, seen))]
    faces = _checked(grey := image.convert("L"), told, peopled=bool(told or direction.figures))
    brief = brief_for(width_mm, height_mm, direction, {**_plain(direction), **(looks or {})}, period, culture=culture)
    keep = [*(box for _, box in faces.told), *(face.box for face in faces.others)]
    window = window_of(*image.size, width_mm / height_mm, keep)
    border = tuple((x / width_mm, y / height_mm) for x, y in outline)

    def seen(box: Rect) -> Rect | None:
        shown = through(window, *image.size, box)
        return shown if shown is not None and inside(shown.centre, border) else None

    found = matched(
        [(name, box) for name, own in faces.told if (box := seen(own))],
        expected_anchors(brief),
        width_mm / height_mm,
        [box for face in faces.others if (box := seen(face.box))],
        faces.vetoed,
    )
    cut = _cut(image, window, width_mm, height_mm)
    held = tuple(box for hand in hands if (own := through(inner, *whole.size, hand)) and (box := seen(own)))
    heads = [head for figure in found.figures if found.found_by == "model" and (head := figure.head or figure.face)]
    made, data, ink = _in_color(cut) if color else _in_ink(cut, width_mm, heads)
    where = PictureMap(
        busy=_busy(cut, width_mm), faces=(*found.strangers, *filter(None, map(seen, faces.beside))), hands=held
    )
    kind: MediaType = "image/jpeg" if color else "image/png"
    shown = _shown(whole, inner, window)
    panel = RasterPanel(data, kind, *made.size, found.figures, found.found_by, ink, shown, where)
    return replace(panel, vetoed=faces.vetoed, framed=_framed(grey), letters=written, letters_stay=stay)


def _in_color(cut: Image.Image) -> tuple[Image.Image, bytes, float]:
    """The panel of print, its file and its share of black."""
    from drawing.raster.even_colors import evened

    even = evened(cut.convert("RGB"))
    return even, _jpeg(even), round(ink_of(even), 3)


def _in_ink(cut: Image.Image, width_mm: float, heads: Sequence[Rect]) -> tuple[Image.Image, bytes, float]:
    """The same, of a grey picture."""
    numbers = _inked(cut, width_mm, heads)
    histogram = numbers.histogram()
    return numbers, toned_png(numbers, histogram), round(share_of_ink(histogram), 3)


def _checked(grey: Image.Image, told: Sequence[tuple[str, Rect]], *, peopled: bool) -> "CheckedFaces":
    """The told faces after a look at the whole picture, where somebody is to be in it. OpenCV is loaded here."""
    import cv2
    import numpy as np

    from drawing.raster.busy_areas import is_blank
    from drawing.raster.check_told_faces import checked
    from drawing.raster.find_faces import found_faces

    cv2.setNumThreads(1)  # a process of the pool has one core
    pixels = np.asarray(grey)
    found = found_faces(pixels) if peopled else ()
    return checked(told, found, lambda box: is_blank(pixels, box), grey.width / grey.height)


def _unlettered(image: Image.Image) -> tuple[Image.Image, tuple[str, ...], bool]:
    """The picture without letters that its model drew, what they say, and whether some stay."""
    import cv2
    import numpy as np

    from drawing.raster.find_letters import found_letters
    from drawing.raster.paint_out_letters import painted_out

    cv2.setNumThreads(1)
    found = found_letters(np.asarray(image.convert("L")))
    if not found:
        return image, (), False
    clean, left = painted_out(image, found)
    return clean, tuple(one.text for one in found), bool(left)


def _framed(grey: Image.Image) -> bool:
    import numpy as np

    from drawing.raster.find_frames import has_frames

    return has_frames(np.asarray(grey))


def _busy(cut: Image.Image, width_mm: float) -> tuple[str, ...]:
    import numpy as np

    from drawing.raster.busy_areas import busy_rows

    return busy_rows(np.asarray(cut.convert("L")), width_mm)


def _inked(cut: Image.Image, width_mm: float, heads: Sequence[Rect]) -> Image.Image:
    """Palette numbers of a grey picture."""
    import numpy as np

    from drawing.raster.ink_and_tone import inked
    from drawing.raster.set_off_heads import stood_out

    return Image.fromarray(stood_out(inked(np.asarray(cut), width_mm), heads))


def _plain(direction: SceneDirection) -> dict[str, Look]:
    """Somebody whose look is not told stands where anybody would."""
    return {figure.character: Look() for figure in direction.figures}


def _shown(whole: Image.Image, inner: Window, window: Window) -> Rect:
    width, height = whole.size
    x, y = (inner.left + window.left) / width, (inner.top + window.top) / height
    return Rect(x=x, y=y, width=window.width / width, height=window.height / height)


def _cut(image: Image.Image, window: Window, width_mm: float, height_mm: float) -> Image.Image:
    """The window, at the picture's own resolution or what print can show of it, in exactly the panel's proportions."""
    width = round(min(window.width, mm_to_px(width_mm, MOST_DPI)))
    size = (max(1, width), max(1, round(width * height_mm / width_mm)))
    return image.resize(size, Image.Resampling.LANCZOS, box=window.box)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=COLOR_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def ink_of(image: Image.Image) -> float:
    """Share of black: the mean darkness."""
    histogram = image.convert("L").histogram()
    return sum((255 - v) * n for v, n in enumerate(histogram)) / (255 * max(1, sum(histogram)))
