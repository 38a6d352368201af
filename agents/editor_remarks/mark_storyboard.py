"""Makes all remarks on a storyboard, the doubtful speakers first."""

from collections.abc import Callable, Iterator

from agents.appearance_timeline import Bible, beats_in, make_bible
from agents.editor_remarks import contradictions, dialogue, rhythm
from agents.editor_remarks.panels_in_order import Sheet
from manga.brief import Language
from manga.characters import Cast
from manga.concept import Concept
from manga.editor_remarks import MOST_REASON, Remark, Rule
from manga.plot import Plot
from manga.storyboard import Storyboard


def _proof_read(sheet: Sheet) -> Iterator[Remark]:
    """What the model said that proof-read the storyboard, of pages and panels that are still there."""
    pages = {page.number: page for page in sheet.storyboard.pages}
    for note in sheet.storyboard.notes:
        page = pages.get(note.page)
        if page is not None and (note.panel is None or any(panel.key == note.panel for panel in page.panels)):
            element = note.panel or page.key
            yield Remark(
                rule=Rule.EDITOR, page=note.page, panel=note.panel, element=element, reason=note.line[:MOST_REASON]
            )


RULES: tuple[Callable[[Sheet], Iterator[Remark]], ...] = (
    _proof_read,
    dialogue.doubtful_speakers,
    rhythm.weak_hook,
    contradictions.contradictions,
    dialogue.unnamed,
    rhythm.places_not_shown,
    dialogue.answers_first,
    rhythm.lines_crossed,
    rhythm.same_distances,
    rhythm.tilted_twice,
    rhythm.no_silence,
    rhythm.no_reaction,
    rhythm.weak_turns,
    rhythm.equal_layouts,
    dialogue.crowded_pages,
    dialogue.crowded_panels,
    dialogue.long_balloons,
    dialogue.broken_off,
    rhythm.far_and_small,
    rhythm.talking_heads,
    rhythm.no_afterbeat,
)


def red_pen(storyboard: Storyboard, cast: Cast, concept: Concept, plot: Plot | None = None) -> tuple[Remark, ...]:
    """Marks by rule and in reading order. Pure and quick: no model is asked. Without a plot nobody changes."""
    bible = make_bible(plot, beats_in(storyboard)) if plot else Bible()
    sheet = Sheet(storyboard, cast, concept.direction, vertical=concept.language is Language.JA, bible=bible)
    place = {seat.panel.key: n for n, seat in enumerate(sheet.seats)}
    ranks = {rule: n for n, rule in enumerate(Rule)}
    found = [remark for rule in RULES for remark in rule(sheet)]
    return tuple(sorted(found, key=lambda r: (ranks[r.rule], r.page, place.get(r.panel or "", 0))))
