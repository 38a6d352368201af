"""Texts that a patch puts into a panel or takes out of it. Pure.

In: a page, patches by panel, the plot's lines with all their words. Out: the page; new texts stand in the story's order
and have no keys of their own yet. What cannot be put in is added to the losses.
"""

from collections.abc import Mapping, Sequence

from agents.storyboard.clauses import whole_clauses
from agents.storyboard.page_losses import lost
from agents.storyboard.page_words import MOST_PARTS, SFX_FIRST, cut, cut_out, own_line
from manga.losses import Loss, LossKind, Reason
from manga.plot import DOUBT, Line, LineKind
from manga.proposed_changes import ChangedPanel, ChangedText
from manga.storyboard import LinePart, PageDraft, PanelDraft
from manga.values import Span


def with_texts(
    page: PageDraft, patches: Mapping[str, ChangedPanel], lines: Mapping[str, Line], losses: list[Loss]
) -> PageDraft:
    """The page with the texts of its panels as the patches have them."""
    panels = tuple(
        _with(panel, patches[panel.key].texts, lines, losses) if panel.key in patches else panel
        for panel in page.panels
    )
    return page.model_copy(update={"panels": panels})


def _with(panel: PanelDraft, texts: Sequence[ChangedText], lines: Mapping[str, Line], losses: list[Loss]) -> PanelDraft:
    gone = {text.key for text in texts if text.gone}
    parts = [part for part in panel.dialogue.parts if part.key not in gone]
    for text in (text for text in texts if not text.gone):
        new = _sound(panel, text) if text.kind == "sfx" else _said(panel, text, lines.get(text.line))
        if new is None or len(parts) >= MOST_PARTS:
            reason = Reason.OWN_WORDS if new is None else Reason.TOO_MANY
            losses.append(lost(LossKind.REFUSED, reason, text.line or panel.beats[0], "line", text.text or text.line))
            continue
        later = (at for at, part in enumerate(parts) if part.kind != "sfx" and part.span.start > new.span.start)
        parts.insert(len(parts) if new.kind == "sfx" else next(later, len(parts)), new)
    return panel.model_copy(update={"dialogue": panel.dialogue.model_copy(update={"parts": tuple(parts)})})


def _sound(panel: PanelDraft, text: ChangedText) -> LinePart | None:
    home = next((part.line for part in panel.dialogue.parts), text.line or own_line(panel))
    if not text.text:
        return None
    return LinePart(key=f"{home}.{SFX_FIRST}", line=home, kind="sfx", text=text.text, span=Span(start=0, end=0))


def _said(panel: PanelDraft, text: ChangedText, line: Line | None) -> LinePart | None:
    """The words of a line at their place in the source; None where they are not the line's."""
    stretches = cut(line, [text.text]) if line is not None and text.text else None
    if line is None or (text.text and stretches is None):
        return None
    ((start, end),) = whole_clauses(line.text, stretches) if stretches else [(0, len(line.text))]
    piece = cut_out(line, start, end)
    seen = {figure.character for figure in panel.direction.figures}
    away = line.kind is not LineKind.NARRATION and (line.speaker not in seen or line.confidence < DOUBT)
    return LinePart(
        key=f"{line.key}.1",
        line=line.key,
        kind=text.kind or line.kind,
        text=piece.text,
        ruby=piece.ruby,
        span=piece.span,
        speaker=line.speaker,
        confidence=line.confidence,
        off_panel=text.off_panel or away,
    )
