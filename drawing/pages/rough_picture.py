"""A panel as a picture: its rough, for an image model to compose after; and as our own artist draws it, small, for a
person to choose by. For the process pool. The artist is loaded here: whoever only asks does without."""

from drawing.ink.pdf import to_pdf
from drawing.pages.pdf_to_pixels import pixels, preview_png
from drawing.pages.preview_pictures import PreviewPicture, shown
from manga.panel_brief import PanelBrief

LONGEST_PX = 768


def rough_png(brief: PanelBrief) -> bytes:
    """In the panel's proportions."""
    from drawing.art.rough_of_panel import draw_rough

    width = LONGEST_PX * min(1.0, brief.width_mm / brief.height_mm)
    return preview_png(draw_rough(brief), max(1, round(width)))


def drawn_panel(brief: PanelBrief, _: tuple[str, ...], width_px: int) -> PreviewPicture:
    """Without its border and its letters."""
    from drawing.art.draw_panel import draw_panel

    drawing = draw_panel(brief).drawing
    return shown(pixels(to_pdf(drawing, kept=False), width_px=width_px, color=brief.color))
