"""Which of a proof-reader's notes on a storyboard still stand, and who is told of them. Pure.

A note stands while what it is about is as it was, or while a line or moment that it names by key is in no panel.
"""

from collections.abc import Iterable, Iterator

from manga.editor_remarks import EditorNote
from manga.phases import Phase
from manga.plot import Plot, keys_named
from manga.storyboard import PanelDraft, Storyboard, StoryPage
from manga.values import on_one_line


def still_standing(
    notes: Iterable[EditorNote], before: Storyboard, now: Storyboard, plot: Plot | None = None
) -> Iterator[EditorNote]:
    """Those notes on a storyboard of before that are about something which is as it was, or that name words or moments
    of the plot which are still in no panel; each on the page where its panel is by now."""
    known = {key for beat in plot.beats() for key in (beat.key, *(line.key for line in beat.lines))} if plot else set()
    missing = known - _keys_in(before) - _keys_in(now)
    keys = {page.number: page.key for page in before.pages}
    for note in notes:
        pages = (p.number for p in now.pages if _is_its_page(note, p, keys.get(note.page)))
        moved = note.model_copy(update={"page": next(pages, 0)})
        named = missing.intersection(keys_named(note.fault))
        if moved.page and (named or _about(note, before) == _about(moved, now)):
            yield moved


def _keys_in(storyboard: Storyboard) -> set[str]:
    """Of the moments and lines that are in its panels."""
    return {key for panel in storyboard.panels() for key in (*panel.beats, *(p.line for p in panel.dialogue.parts))}


def _is_its_page(note: EditorNote, page: StoryPage, key: str | None) -> bool:
    return page.key == key if note.panel is None else any(panel.key == note.panel for panel in page.panels)


def _about(note: EditorNote, storyboard: Storyboard) -> tuple[PanelDraft, ...]:
    """The panel that a note is on, or all those of its page."""
    panels = (panel for page in storyboard.pages if page.number == note.page for panel in page.panels)
    return tuple(panel for panel in panels if note.panel in (None, panel.key))


def remarks_on_plot(storyboard: Storyboard) -> dict[str, list[str]]:
    """By beat what stands that the plot would have to mend."""
    found: dict[str, list[str]] = {}
    for note in storyboard.notes:
        if note.phase == Phase.PLOT.value and (panels := _about(note, storyboard)):
            found.setdefault(panels[0].beats[0], []).append(on_one_line(note.fault))
    return found


def standing_by_page(storyboard: Storyboard) -> dict[str, list[str]]:
    """By page what stands, each fault after the key of its panel or page."""
    found: dict[str, list[str]] = {}
    for page in storyboard.pages:
        own = [note for note in storyboard.notes if note.page == page.number and _about(note, storyboard)]
        if own:
            found[page.key] = [f"{note.panel or page.key}: {on_one_line(note.fault)}" for note in own]
    return found
