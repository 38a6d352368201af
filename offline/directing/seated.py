"""Who is at a table, though nothing says that he sits. In: a panel. Out: those of whom nothing says otherwise."""

from manga.brief import Language
from manga.vocabulary.places import has
from offline.directing.bodies import DONE_SITTING
from offline.directing.panel_people import told
from offline.directing.roles import Frame
from offline.directing.shown_deeds import deeds_of
from offline.reading.story import lore

_ON_A_CHAIR = DONE_SITTING | {"sit"}


def at_table(frame: Frame, language: Language) -> tuple[str, ...]:
    """Whoever is there when a meal or a table is told of, in a place that has seats, and does nothing on his feet."""
    if not has(frame.lead.scene.setting, "table") or not lore(language).pattern("at_table").search(told(frame)):
        return ()
    beats = [moment.beat for moment in frame.moments]
    busy = {deed.who for beat in beats for deed in deeds_of(beat) if deed.action not in _ON_A_CHAIR}
    here = dict.fromkeys(key for beat in beats for key in beat.present)
    return tuple(key for key in here if key not in busy)
