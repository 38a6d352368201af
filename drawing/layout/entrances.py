"""Where main characters are seen for the first time: the panels of a book in, panel keys with who enters out."""

from collections import Counter
from collections.abc import Sequence

from manga.storyboard import PanelDraft, Shot

NEAR = frozenset({Shot.CLOSE, Shot.BUST, Shot.MEDIUM, Shot.FULL})
MATTERS = 0.34
"""Of the panels of the one who is seen most: who is seen in as many is a main character."""


def entrances(pages: Sequence[Sequence[PanelDraft]]) -> dict[str, str]:
    """Panels in which a main character is seen for the first time, alone and whole or nearer, and who it is."""
    panels = [panel for page in pages for panel in page]
    seen = Counter(figure.character for panel in panels for figure in panel.direction.figures)
    most = max(seen.values(), default=0)
    met: set[str] = set()
    found: dict[str, str] = {}
    for panel in panels:
        figures, near = panel.direction.figures, panel.direction.shot in NEAR
        new = [f.character for f in figures if f.character not in met and seen[f.character] >= MATTERS * most]
        if near and len(figures) == 1 and new:
            found[panel.key] = new[0]
        met |= {figure.character for figure in figures if near}
    return found
