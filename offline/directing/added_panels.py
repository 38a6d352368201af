"""Adds panels that the story does not name but a reader needs: where we are, how it strikes someone, the end.

In: moments of every page (captions chosen). Out: the same with added moments between them.
"""

from collections.abc import Sequence

from offline.directing.page_moments import Moment, Purpose

KEY_EVENT = 4
"""From this importance on, a beat is an event that someone reacts to."""

LEAST_PANELS = 4
"""Body pages hold at least this many panels, so they need as many moments."""


def with_additions(pages: Sequence[Sequence[Moment]]) -> list[list[Moment]]:
    """Establishing shots, reactions, the after-beat, and breathers where a page would be too thin."""
    shown: set[str] = set()
    found = [_reacting(_established(page, shown)) for page in pages]
    last = found[-1][-1]
    found[-1].append(_added(last, "afterbeat"))
    small = len(pages) < 3
    return [_thickened(page, 2 if small else LEAST_PANELS) for page in found]


def _added(near: Moment, purpose: Purpose) -> Moment:
    return Moment(near.beat, near.scene, purpose)


def _established(page: Sequence[Moment], shown: set[str]) -> list[Moment]:
    """Every scene opens with its place."""
    found: list[Moment] = []
    for moment in page:
        if moment.scene.key not in shown:
            shown.add(moment.scene.key)
            found.append(_added(moment, "establish"))
        found.append(moment)
    return found


def _reacting(page: Sequence[Moment]) -> list[Moment]:
    """After a key event somebody's face; words that come at once are enough."""
    found: list[Moment] = []
    for moment, following in zip(page, [*page[1:], None], strict=True):
        found.append(moment)
        ends = following is None or following.beat.key != moment.beat.key
        told = not moment.added or bool(moment.thing)
        if ends and told and moment.beat.importance >= KEY_EVENT and not _answers(following):
            found.append(_added(moment, "react"))
    return found


def _answers(moment: Moment | None) -> bool:
    return moment is not None and (moment.beat.importance >= KEY_EVENT or moment.purpose == "react")


def _thickened(page: Sequence[Moment], least: int) -> list[Moment]:
    """Breathers, details and faces behind the moments that bear them best."""
    found = list(page)
    purposes: tuple[Purpose, ...] = ("insert", "react", "breather")
    number = 0
    while len(found) < least:
        own = [place for place, moment in enumerate(found) if not moment.added]
        place = max(own, key=lambda i: (-_echoes(found, i), found[i].beat.importance, i)) if own else len(found) - 1
        purpose = purposes[number % 3]
        if purpose == "insert" and not found[place].beat.props:
            purpose = "react" if found[place].beat.present else "breather"
        found.insert(place + 1, _added(found[place], purpose))
        number += 1
    return found


def with_look(page: Sequence[Moment]) -> list[Moment]:
    """The page with one silent look behind its weightiest beat."""
    place = max(range(len(page)), key=lambda i: (page[i].beat.importance, -i))
    ends = [i for i in range(place, len(page)) if page[i].beat is page[place].beat]
    near = page[ends[-1]]
    purpose: Purpose = "react" if near.beat.present else "insert" if near.beat.props else "breather"
    return [*page[: ends[-1] + 1], _added(near, purpose), *page[ends[-1] + 1 :]]


def _echoes(page: Sequence[Moment], place: int) -> int:
    """How many added looks follow a moment already."""
    return next((n for n, moment in enumerate(page[place + 1 :]) if not moment.added), len(page) - place - 1)
