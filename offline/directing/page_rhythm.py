"""How many panels each page gets, and how many are silent, so that the book as a whole breathes.

In: moments of every page. Out: groups of every page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from offline.directing.added_panels import with_look
from offline.directing.deeds_to_show import WEIGHTY
from offline.directing.page_moments import Moment
from offline.directing.panel_grouping import MOST_PANELS, PageWish, break_down

SWING = (0, 1, 0, 0, 1, -1, 0)
"""Panels more or fewer than the words ask for, over and over, from a place that the seed chooses."""

SILENT = (0.14, 0.21)
"""Share of panels without words; an audit asks for 10 to 25 in 100."""

MOST_ENDING = 6
"""Panels of a page on which the story ends."""

MOST_MEAN = 5.5
"""Panels a page; a book is not more crowded than this."""

MOST_SILENT = 0.235
"""More silence than this also crowds the great pages."""

LEAST_SILENT = 0.11
"""A book that is too crowded may have so little silence."""

SHORT_BOOK = 6
LEAST_MEAN_SHORT = 2.9


@dataclass(frozen=True, slots=True)
class Quiet:
    """When silence is taken out: above which share, from pages with how many silent panels, and down to how many
    panels a page."""

    above: float
    pages_of: int
    mean: float


LAST_ROUNDS = 4
"""A page gives up one silent panel a round, and gets one for words that shared a panel."""

USUAL, LAST = Quiet(SILENT[1], 2, 4.65), Quiet(MOST_SILENT, 1, 4.55)

Groups = list[Sequence[Moment]]


def panels_of(
    pages: Sequence[Sequence[Moment]], balloon_letters: int, seed: int, max_images: int | None
) -> list[Groups]:
    """Every page broken down; then pages with too many or too few silent panels are done again."""
    wishes = [_wish(number, len(pages), page, seed) for number, page in enumerate(pages)]
    if max_images:
        wishes = _rationed(wishes, max_images)
    drafts = [break_down(page, wish, balloon_letters) for page, wish in zip(pages, wishes, strict=True)]
    _quieten(drafts, pages, wishes, balloon_letters)
    spare = _Spare(max_images)
    for great in (False, True):
        _spread(drafts, wishes, balloon_letters, spare, great=great)
        _enliven(drafts, wishes, balloon_letters, USUAL)
    for _ in range(LAST_ROUNDS):
        if _share(drafts) <= LAST.above:
            break
        _enliven(drafts, wishes, balloon_letters, LAST)
        for great in (False, True):
            _spread(drafts, wishes, balloon_letters, spare, great=great)
    _calm(drafts, wishes, balloon_letters)
    return drafts


def _wish(number: int, count: int, page: Sequence[Moment], seed: int) -> PageWish:
    """The first page is open, the last one quiet, a page with the story's greatest moment large."""
    texts = sum(len(moment.parts) for moment in page)
    start = Random(f"{seed}:rhythm").randrange(len(SWING))
    panels = max(4, min(7, 3 + round(texts / 2.3))) + SWING[(start + number) % len(SWING)]
    great = any(moment.beat.importance >= 5 for moment in page)
    ends = number in (0, count - 1)
    if great or ends:
        panels = 4
    panels = max(panels, min(MOST_ENDING, len(ending_deeds(page)) + 2))
    silent = 2 if texts < 4 else int(number % 3 > 0) if texts < 7 else int(number % 3 == 1)
    most = panels if ends and count >= SHORT_BOOK else MOST_PANELS
    return PageWish(panels=panels, silent=silent, great=great, most=most)


def _rationed(wishes: Sequence[PageWish], most: int) -> list[PageWish]:
    """So many panels for the whole book: the fullest pages give theirs up first, each page keeps one."""
    shares = [wish.panels for wish in wishes]
    while sum(shares) > max(most, len(shares)):
        shares[max(range(len(shares)), key=lambda n: (shares[n], n))] -= 1
    return [replace(wish, panels=share, most=share) for wish, share in zip(wishes, shares, strict=True)]


def ending_deeds(page: Sequence[Moment]) -> set[tuple[str, str]]:
    """What is done at the end of the story, each by somebody."""
    return {
        (deed.who, deed.action) for moment in page if moment.closing for deed in moment.deeds if deed.action in WEIGHTY
    }


def _silent(groups: Groups) -> int:
    return sum(not any(moment.parts for moment in group) for group in groups)


def _share(drafts: Sequence[Groups]) -> float:
    return sum(map(_silent, drafts)) / sum(map(len, drafts))


@dataclass(frozen=True, slots=True)
class _Spare:
    """Panels that a book may have in all, None without a limit."""

    most: int | None

    def page(self, drafts: Sequence[Groups], number: int, wish: PageWish) -> int:
        """The most panels of a page."""
        if self.most is None:
            return min(MOST_PANELS - 1, wish.most)
        there = len(drafts[number])
        return min(MOST_PANELS - 1, there + 1) if sum(map(len, drafts)) < self.most else there


def _spread(drafts: list[Groups], wishes: list[PageWish], balloon_letters: int, spare: _Spare, *, great: bool) -> None:
    """Too much silence: where two texts share a panel, each gets its own; on a full page that of a silent one."""
    for number in [n for n, wish in enumerate(wishes) if wish.great is great]:
        groups = drafts[number]
        if _share(drafts) <= (MOST_SILENT if great else SILENT[1]):
            return
        most = spare.page(drafts, number, wishes[number])
        more = int(len(groups) < most)
        if all(_texts(group) < 2 for group in groups) or not (more or _silent(groups)):
            continue
        page = [moment for group in groups for moment in group]
        silent = _silent(groups) - (1 - more)
        most = max(most, len(groups))
        wishes[number] = replace(
            wishes[number], panels=len(groups) + more, silent=silent, most=most, spread=True, firm=True
        )
        drafts[number] = break_down(page, wishes[number], balloon_letters)


def _texts(group: Sequence[Moment]) -> int:
    return sum(len(moment.parts) for moment in group)


def _mean(drafts: Sequence[Groups]) -> float:
    return sum(map(len, drafts)) / len(drafts)


def _inner_mean(drafts: Sequence[Groups]) -> float:
    """Without the first and the last page, which are open."""
    return _mean(drafts[1:-1] or drafts)


def _enliven(drafts: list[Groups], wishes: list[PageWish], balloon_letters: int, quiet: Quiet) -> None:
    """Too much silence: pages with the most of it give one silent panel up."""
    for number in sorted(range(len(drafts)), key=lambda n: (-_silent(drafts[n]) / len(drafts[n]), n)):
        short = len(drafts) < SHORT_BOOK
        if _share(drafts) <= quiet.above:
            return
        if _silent(drafts[number]) < (1 if short else quiet.pages_of):
            continue
        if _inner_mean(drafts) - 1 / len(drafts) < (LEAST_MEAN_SHORT if short else quiet.mean):
            return
        page = [moment for group in drafts[number] for moment in group]
        panels = max(3, len(drafts[number]) - 1)
        silent = _silent(drafts[number]) - 1
        wish = replace(wishes[number], panels=panels, silent=silent, most=len(drafts[number]), firm=not short)
        drafts[number] = break_down(page, wish, balloon_letters)


def _calm(drafts: list[Groups], wishes: list[PageWish], balloon_letters: int) -> None:
    """Too many panels: the fullest pages give one up, a silent one only where there is too much silence."""
    for number in sorted(range(len(drafts)), key=lambda n: (-len(drafts[n]), n)):
        if _inner_mean(drafts) <= MOST_MEAN:
            return
        if number in (0, len(drafts) - 1):
            continue
        page = [moment for group in drafts[number] for moment in group]
        quieter = int(_share(drafts) > SILENT[1] and _silent(drafts[number]) > 0)
        silent = _silent(drafts[number]) - quieter
        wish = replace(wishes[number], panels=len(drafts[number]) - 1, silent=silent, spread=False, firm=bool(quieter))
        calmer = break_down(page, replace(wish, most=wish.panels), balloon_letters)
        if _share([*drafts[:number], calmer, *drafts[number + 1 :]]) >= LEAST_SILENT:
            drafts[number] = calmer


def _quieten(
    drafts: list[Groups], pages: Sequence[Sequence[Moment]], wishes: list[PageWish], balloon_letters: int
) -> None:
    """Too little silence: pages without any get a look that nobody comments on."""
    for number in sorted(range(len(drafts)), key=lambda n: (len(drafts[n]), n)):
        if _share(drafts) >= SILENT[0]:
            return
        if _silent(drafts[number]):
            continue
        panels = min(len(drafts[number]) + 1, wishes[number].most)
        wish = replace(wishes[number], panels=panels, silent=1)
        drafts[number] = break_down(with_look(pages[number]), wish, balloon_letters)
