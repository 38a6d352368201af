"""How many pages a story fills, and which beats each of them carries.

In: scenes, language, the beats that are shown. Out: page plans in order, each of these beats on at least one page;
`cuts` names the others. Pages end where scenes end and where something is held back.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, sqrt
from types import MappingProxyType

from manga.brief import MAX_PAGES, Language
from manga.plot import Beat, LineKind, PagePlan, Scene
from manga.text_capacity import MEASURES, Measure
from manga.values import Span

BALLOONS_A_PAGE = 6.5
PANELS_A_PAGE = 5
ADAPTED_PANELS = 50
"""The least that an adaptation takes which nobody limits."""
ADAPTED_FROM = 20
"""Pages of the whole story up to which that is enough; a longer one takes more, by the root of its length."""
OPEN_ENDS = ("?", "？", "!", "！", "…", "...", "―", "—", "--")
CLOSING_MARKS = "」』）)”’\"' \u3000\n"
SHORT_BALLOON = 0.62
"""A short balloon takes as much of a page as one that is so full."""
OPEN_SHARE = 0.75
"""Of what a page carries; so much the first and the last one carry."""
LONG_BOOK = 6
GOES_ON = 6
"""Balloons or told sentences of a beat that may go on over the leaf; fewer belong on one page."""
CROWDED = 1.3
"""How much fuller than planned a page may get before an editor cuts."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A beat, or a piece of one that is too long for half a page. `load` counts pages."""

    beat: Beat
    load: float
    letters: float
    first: bool
    opens_scene: bool


@dataclass(frozen=True, slots=True)
class PagedBook:
    """Portions with running sums of their loads and letters."""

    portions: Sequence[Portion]
    loads: Sequence[float]
    letters: Sequence[float]
    pages: int
    most_letters: float
    hooks: Set[str]
    turns_odd: bool = True

    @property
    def target(self) -> float:
        return self.loads[-1] / self.pages

    def share(self, page: int) -> float:
        """The first page is open and the last one has time; a book of a few pages cannot afford it."""
        return OPEN_SHARE if page in (1, self.pages) and self.pages >= LONG_BOOK else 1.0


def pages_of(
    scenes: Sequence[Scene],
    language: Language,
    kept: Set[str],
    wanted: int,
    *,
    hooks: Mapping[str, str] = MappingProxyType({}),
    turns_odd: bool = True,
) -> tuple[PagePlan, ...]:
    """The kept beats (by key, at least one) on at most `wanted` pages. `hooks` tells of beats that leave something
    open, and what: a page likes to end on one. `turns_odd` says whether the leaf is turned after odd pages, as it is
    where nobody wished for another side to begin on."""
    measure = MEASURES[language]
    portions = _portions(scenes, measure, kept, wanted)
    count = max(1, min(wanted, len(portions)))
    groups = _divide(portions, count, measure, frozenset(hooks), turns_odd=turns_odd)
    return tuple(_plan(number, group, groups[number:], hooks) for number, group in enumerate(groups, start=1))


def page_budget(scenes: Sequence[Scene], language: Language, source_chars: int) -> int:
    """Pages that the story fills when nothing is left out, 1..`MAX_PAGES`."""
    beats = [beat for scene in scenes for beat in scene.beats]
    return max(1, min(MAX_PAGES, ceil(fill(beats, MEASURES[language], source_chars) - 1e-9)))


def adapted_panels(pages: float) -> int:
    """Panels of an adaptation that nobody limits, of a story that would fill so many pages."""
    return max(ADAPTED_PANELS, round(ADAPTED_PANELS * sqrt(pages / ADAPTED_FROM)))


def fill(beats: Sequence[Beat], measure: Measure, source_chars: int) -> float:
    """Pages, not rounded."""
    balloons = sum(_balloons(beat, measure) for beat in beats)
    letters = sum(_letters(beat) for beat in beats)
    return max(balloons / BALLOONS_A_PAGE, letters / measure.page_letters, source_chars / measure.source_per_page)


def cuts(scenes: Sequence[Scene], pages: Sequence[PagePlan]) -> tuple[Span, ...]:
    """The passages that no page carries."""
    shown = {key for page in pages for key in page.beats}
    return tuple(beat.span for scene in scenes for beat in scene.beats if beat.key not in shown)


def _spoken(beat: Beat) -> list[int]:
    """Letters of each line, and of what of the narration must be read."""
    said = [len(line.text) for line in beat.lines if line.kind is not LineKind.NARRATION]
    return said + [span.end - span.start for span in beat.captions]


def _letters(beat: Beat) -> int:
    return sum(_spoken(beat))


def _balloons(beat: Beat, measure: Measure) -> int:
    return sum(ceil(size / measure.comfortable) for size in _spoken(beat))


def beat_load(beat: Beat, measure: Measure) -> float:
    """The part of a page that a beat fills; what matters gets room."""
    told = beat.span.end - beat.span.start
    ways = (lettered(beat, measure), told / measure.source_per_page, 0.06)
    return max(ways) * (1, 1, 1, 1.25, 1.6)[beat.importance - 1]


def lettered(beat: Beat, measure: Measure) -> float:
    """The part of a page that a beat's balloons fill."""
    return max(_balloons(beat, measure) / BALLOONS_A_PAGE, _letters(beat) / measure.page_letters)


def _portions(scenes: Sequence[Scene], measure: Measure, kept: Set[str], pages: int) -> list[Portion]:
    """The kept beats; one that fills most of a page is cut, as far as it has words to cut between."""
    loads = {beat.key: beat_load(beat, measure) for scene in scenes for beat in scene.beats if beat.key in kept}
    page = min(1.0, sum(loads.values()) / pages)
    found: list[Portion] = []
    for scene in scenes:
        opens = True
        for beat in scene.beats:
            if beat.key not in kept:
                continue
            load = loads[beat.key]
            letters = max(float(_letters(beat)), SHORT_BALLOON * measure.comfortable * _balloons(beat, measure))
            most = max(1, len(beat.lines), _balloons(beat, measure))
            long = load > 0.75 * page and most >= GOES_ON
            count = min(most, ceil(load / (0.5 * page))) if long else 1
            found += [Portion(beat, load / count, letters / count, i == 0, opens and i == 0) for i in range(count)]
            opens = False
    return found


def _divide(
    portions: Sequence[Portion], count: int, measure: Measure, hooks: Set[str], *, turns_odd: bool
) -> list[Sequence[Portion]]:
    """Exactly `count` pages of about equal load, cut at the best places near each even mark."""
    book = PagedBook(
        portions,
        [0.0, *accumulate(portion.load for portion in portions)],
        [0.0, *accumulate(portion.letters for portion in portions)],
        count,
        measure.page_most * 0.9,
        hooks,
        turns_odd,
    )
    layers: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for page in range(1, count + 1):
        layers.append(_layer(layers[-1], book, page))
    ends = [len(portions)]
    for layer in reversed(layers[1:]):
        ends.append(layer[ends[-1]][1])
    ends.reverse()
    return [portions[a:b] for a, b in pairwise(ends)]


def _layer(before: dict[int, tuple[float, int]], book: PagedBook, page: int) -> dict[int, tuple[float, int]]:
    """For every possible end of this page: the cheapest way there, and where the page began."""
    layer: dict[int, tuple[float, int]] = {}
    for end in _ends(book, page, min(before) + 1):
        ways = [
            (cost + _page_cost(book, start, end, page), start) for start, (cost, _) in before.items() if start < end
        ]
        if ways:
            layer[end] = min(ways)
    return layer


def _ends(book: PagedBook, page: int, least: int) -> range:
    """Ends within most of a page of the even mark; every page keeps at least one portion."""
    last = len(book.portions)
    if page == book.pages:
        return range(last, last + 1)
    most = last - (book.pages - page)
    low = bisect_left(book.loads, (page - 0.7) * book.target)
    high = bisect_left(book.loads, (page + 0.7) * book.target)
    low = min(max(page, least, low), most)
    return range(low, min(max(low, high), most) + 1)


def _page_cost(book: PagedBook, start: int, end: int, page: int) -> float:
    filled = (book.loads[end] - book.loads[start]) / (book.target * book.share(page))
    cost = 4.0 * (filled - 1.0) ** 2 + 8.0 * max(0.0, filled - 1.35)
    cost += 0.25 * max(0.0, book.letters[end] - book.letters[start] - book.most_letters)
    if end < len(book.portions):
        last, following = book.portions[end - 1], book.portions[end]
        cost += _break_cost(last, following, turn=(page % 2 == 1) is book.turns_odd)
        cost -= 0.6 * (last.beat.key in book.hooks and following.first)
    return cost


def _break_cost(last: Portion, following: Portion, *, turn: bool) -> float:
    """Where the leaf is turned, what is held back hits with full force on the other side."""
    cost = 0.0 if following.first else 0.5
    if following.opens_scene:
        cost -= 0.8
    if following.beat.reveal or following.beat.importance >= 5:
        cost -= 0.9 if turn else 0.3
    elif turn and last.beat.importance >= 4:
        cost -= 0.3
    if turn and following.first and leaves_open(last.beat):
        cost -= 0.7
    return cost


def leaves_open(beat: Beat) -> bool:
    """Whether its last words ask, cry out or break off."""
    words = beat.lines[-1].text if beat.lines else beat.told
    return words.rstrip(CLOSING_MARKS).endswith(OPEN_ENDS)


def _plan(
    number: int, group: Sequence[Portion], after: Sequence[Sequence[Portion]], hooks: Mapping[str, str]
) -> PagePlan:
    keys = tuple(dict.fromkeys(portion.beat.key for portion in group))
    following = after[0][0].beat if after else None
    hook = (hooks.get(keys[-1]) or following.told or _first_words(following)) if following else ""
    return PagePlan(number=number, beats=keys, hook=hook[:200])


def _first_words(beat: Beat) -> str:
    return beat.lines[0].text if beat.lines else ""
