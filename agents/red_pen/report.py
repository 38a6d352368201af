"""Storyboard, cast and concept in, the editor's marks out, the doubtful speakers first."""

from collections.abc import Callable, Iterator

from agents.continuity.bible import Bible, make_bible
from agents.red_pen import continuity, rhythm, words
from agents.red_pen.sheet import Sheet
from manga.brief import Language
from manga.characters import Cast
from manga.concept import Concept
from manga.plot import Plot
from manga.remarks import Remark, Rule
from manga.storyboard import Storyboard

RULES: tuple[Callable[[Sheet], Iterator[Remark]], ...] = (
    words.doubtful_speakers,
    rhythm.weak_hook,
    continuity.contradictions,
    words.unnamed,
    rhythm.places_not_shown,
    words.answers_first,
    rhythm.lines_crossed,
    rhythm.same_distances,
    rhythm.tilted_twice,
    rhythm.no_silence,
    rhythm.no_reaction,
    rhythm.weak_turns,
    rhythm.equal_layouts,
    words.crowded_pages,
    words.crowded_panels,
    words.long_balloons,
    rhythm.far_and_small,
    rhythm.talking_heads,
    rhythm.no_afterbeat,
)


def red_pen(storyboard: Storyboard, cast: Cast, concept: Concept, plot: Plot | None = None) -> tuple[Remark, ...]:
    """Marks by rule and in reading order. Pure and quick: no model is asked. Without a plot nobody changes."""
    bible = make_bible(plot) if plot else Bible()
    sheet = Sheet(storyboard, cast, concept.direction, vertical=concept.language is Language.JA, bible=bible)
    place = {seat.panel.key: n for n, seat in enumerate(sheet.seats)}
    ranks = {rule: n for n, rule in enumerate(Rule)}
    found = [remark for rule in RULES for remark in rule(sheet)]
    return tuple(sorted(found, key=lambda r: (ranks[r.rule], r.page, place.get(r.panel or "", 0))))
