"""The rough of a panel as a picture, for an image model to compose after. For the process pool."""

from drawing.pages.pdf_to_pixels import preview_png
from manga.panel_brief import PanelBrief

LONGEST_PX = 768


def rough_png(brief: PanelBrief) -> bytes:
    """In the panel's proportions. The artist is loaded here: whoever only asks for a rough does without."""
    from drawing.art.rough_of_panel import draw_rough

    width = LONGEST_PX * min(1.0, brief.width_mm / brief.height_mm)
    return preview_png(draw_rough(brief), max(1, round(width)))
