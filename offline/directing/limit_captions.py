"""Limits how much of a book stands in captions: the chosen captions and every other way to set them in; those that
stay, some shorter, out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from manga.brief import Language
from manga.plot import LineKind
from manga.storyboard import LinePart
from manga.text_capacity import Measure
from offline.directing.page_moments import Moment

CAPTION_SHARE = 0.40
"""Of all letters; more is an illustrated text, not a manga."""

LEAST_TEXTS = 3
"""A page; with fewer more than a quarter of its panels is silent."""

DROPPED, UNTOLD = 1.0, 3.0
"""What is lost with a caption beyond its contents: its panel falls silent; where it was the page's last, nobody tells
what is not to be seen there."""

THIN = {Language.JA: 77.0, Language.EN: 60.0}
"""Letters a page, blanks apart, below which captions stay, whatever their share; a spread adds two pages without."""


def _letters(part: LinePart) -> int:
    return sum(not char.isspace() for char in part.text)


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A told sentence that could be set: where it stands, how much it would tell, its words."""

    page: int
    place: int
    worth: float
    parts: tuple[LinePart, ...]
    stays: bool = False
    """Whether it may be shortened, but not left out."""

    @property
    def letters(self) -> int:
        return sum(map(_letters, self.parts))

    @property
    def told(self) -> bool:
        """Whether the story's voice says it, not somebody's own."""
        return self.parts[0].kind is LineKind.NARRATION


@dataclass(order=True, slots=True)
class _Step:
    """A caption made shorter, or left out (`to` None), and what a letter saved by it costs."""

    cost: float
    page: int
    place: int
    to: ToldSentence | None = field(compare=False)
    untold: bool = field(default=False, compare=False)
    """Whether it is known that the page is left without a caption."""


def is_thin(chosen: Sequence[ToldSentence], pages: Sequence[Sequence[Moment]], measure: Measure) -> bool:
    """Whether the pages are too empty with these captions."""
    spoken = sum(_letters(part) for page in pages for m in page for part in m.parts)
    return (spoken + sum(c.letters for c in chosen)) / len(pages) < THIN[measure.language]


def within_share(
    chosen: Sequence[ToldSentence],
    ways: Sequence[Sequence[ToldSentence]],
    pages: Sequence[Sequence[Moment]],
    measure: Measure,
) -> list[ToldSentence]:
    """Shorten and drop the captions that tell least a letter until they are at most their share, as long as the book
    goes neither thin nor silent by it."""
    now = {(c.page, c.place): c for c in chosen}
    other = {(c.page, c.place): [w for w in ways[c.page] if w.place == c.place and w.told] for c in chosen if c.told}
    told = sum(c.letters for c in chosen if c.told)
    spoken = sum(_letters(part) for page in pages for m in page for part in m.parts)
    total = spoken + sum(c.letters for c in chosen)
    texts = Counter({n: sum(len(m.parts) for m in page) for n, page in enumerate(pages)})
    texts.update(c.page for c in chosen for _ in c.parts)
    captions = Counter(c.page for c in chosen if c.told for _ in c.parts)
    steps = [step for at in other for step in _steps(now[at], other[at])]
    heapify(steps)
    while steps and told > CAPTION_SHARE * total:
        step = heappop(steps)
        at = (step.page, step.place)
        before = now.get(at)
        if before is None or (step.to is not None and step.to.letters >= before.letters):
            continue
        if step.to is None and captions[step.page] == len(before.parts) and not step.untold:
            heappush(steps, _dropped(before, UNTOLD))
            continue
        saved, fewer = _saved(before, step.to)
        if (total - saved) / len(pages) < THIN[measure.language] or (fewer and texts[step.page] <= LEAST_TEXTS):
            continue
        told, total = told - saved, total - saved
        texts[step.page] -= fewer
        captions[step.page] -= fewer
        if step.to is None:
            del now[at]
        else:
            now[at] = step.to
            for further in _steps(step.to, other[at]):
                heappush(steps, further)
    return list(now.values())


def _saved(before: ToldSentence, to: ToldSentence | None) -> tuple[int, int]:
    """Letters and texts."""
    if to is None:
        return before.letters, len(before.parts)
    return before.letters - to.letters, len(before.parts) - len(to.parts)


def _steps(one: ToldSentence, ways: Sequence[ToldSentence]) -> Iterator[_Step]:
    for way in ways:
        if way.letters < one.letters:
            yield _Step((one.worth - way.worth) / (one.letters - way.letters), one.page, one.place, way)
    if not one.stays:
        yield _dropped(one)


def _dropped(one: ToldSentence, more: float = 0.0) -> _Step:
    return _Step((one.worth + DROPPED + more) / one.letters, one.page, one.place, None, bool(more))
