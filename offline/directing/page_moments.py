"""Takes the beats of a page apart: a moment for each piece of speech, each told sentence, each look without words.

In: plot and page plans. Out: for each page its moments in the order of telling. Panels are made of whole moments.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from manga.brief import MAX_PAGES
from manga.plot import Beat, Deed, Line, LineKind, Plot, Scene
from manga.storyboard import LinePart
from manga.text_capacity import Measure
from offline.directing.deeds_to_show import acts_of, deeds_by_line, deeds_of
from offline.directing.split_lines import parts_of

Purpose = Literal["spoken", "told", "establish", "react", "breather", "insert", "afterbeat"]

_INNER_VOICE = re.compile(
    r"(?:なあ|かなあ|のか|だろう|しまった|ものか|にちがいない|ありませんか|のに)[。、…！]*$|[!?！？]$"
)

SHORT_BOOK = 4
CLOSING = 0.15
"""Share of the pages that tells the end."""

MOST_BALLOONS = 20
"""A page plan with more than this, of whichever model, becomes two pages."""

FULL = 11
"""Balloons after which a page hands moments at its edges to a neighbour with fewer; such a page has no caption."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`line` is the utterance or sentence it comes from, `parts` the words that will be lettered (captions too)."""

    beat: Beat
    scene: Scene
    purpose: Purpose
    line: Line | None = None
    parts: tuple[LinePart, ...] = ()
    deeds: tuple[Deed, ...] = ()
    closing: bool = False
    """Whether it belongs to the end of the story."""
    thing: str = ""
    """What the picture shows instead of people."""

    @property
    def balloons(self) -> int:
        return len(self.parts) if self.purpose == "spoken" else 0

    @property
    def letters(self) -> int:
        return sum(len(part.text) for part in self.parts)

    @property
    def speaker(self) -> str | None:
        return self.parts[0].speaker if self.purpose == "spoken" and self.parts else None

    @property
    def added(self) -> bool:
        """Whether the artist put it in; the story does not name it."""
        return self.purpose not in ("spoken", "told")

    def with_parts(self, parts: tuple[LinePart, ...]) -> "Moment":
        return replace(self, parts=parts)

    def look_at(self, thing: str) -> "Moment":
        """A further picture, of nothing but a thing."""
        return Moment(self.beat, self.scene, "insert", thing=thing)


def moments_of(beat: Beat, scene: Scene, measure: Measure) -> tuple[Moment, ...]:
    """A beat's moments; a beat without lines is one look."""
    deeds = deeds_by_line(beat)
    found = [m for line in beat.lines for m in _of_line(line, deeds[line.key], beat, scene, measure)]
    return tuple(found) or (Moment(beat, scene, "told", deeds=deeds_of(beat)),)


def _of_line(line: Line, deeds: Sequence[Deed], beat: Beat, scene: Scene, measure: Measure) -> Iterator[Moment]:
    if line.kind is LineKind.NARRATION and not _own_voice(line):
        for words, own in acts_of(line, deeds):
            yield Moment(beat, scene, "told", words, deeds=own)
        return
    for part in parts_of(line, measure):
        yield Moment(beat, scene, "spoken", line, (part,), tuple(deeds))


def _own_voice(line: Line) -> bool:
    """Whether a told sentence is what someone in the story says to themselves (free indirect speech)."""
    return bool(_INNER_VOICE.search(line.text.strip()))


def pages_of(plot: Plot, measure: Measure, most_pages: int = MAX_PAGES) -> list[list[Moment]]:
    """The moments of every page. A beat that several pages name is shared out between them."""
    places = {beat.key: (beat, scene) for scene in plot.scenes for beat in scene.beats}
    named = [[key for key in page.beats if key in places] for page in plot.pages]
    last_page = {key: number for number, keys in enumerate(named) for key in keys}
    waiting: dict[str, list[Moment]] = {}
    pages: list[list[Moment]] = []
    for number, keys in enumerate(named):
        moments: list[Moment] = []
        for key in keys:
            left = waiting.pop(key, None)
            left = list(moments_of(*places[key], measure)) if left is None else left
            if last_page[key] > number:
                taken = _first_share(left, moments, last_page[key] - number + 1)
                waiting[key] = left[taken:]
                left = left[:taken]
            moments += left
        pages.append(moments)
    return _closed(_filled(_relieved(_unpacked(pages, most_pages))))


def _closed(pages: list[list[Moment]]) -> list[list[Moment]]:
    """The last pages are the end; a book of a few pages has no room to dwell on it."""
    if len(pages) < SHORT_BOOK:
        return pages
    first = len(pages) - max(1, round(len(pages) * CLOSING))
    return [
        [replace(moment, closing=True) for moment in page] if number >= first else page
        for number, page in enumerate(pages)
    ]


def _first_share(left: Sequence[Moment], before: Sequence[Moment], pages: int) -> int:
    """How many of a beat's moments go on this page, of the `pages` that share it."""
    sizes = [_size(moment) for moment in left]
    there = sum(map(_size, before))
    room = max(sum(sizes) / pages * 0.5, (sum(sizes) + there) / pages - there)
    taken, filled = 0, 0.0
    while taken < len(left) - 1 and filled + sizes[taken] / 2 < room:
        filled += sizes[taken]
        taken += 1
    return max(taken, 1 if not before else 0)


def _size(moment: Moment) -> float:
    """Letters, roughly; a told sentence counts for what it may show."""
    if moment.purpose == "spoken":
        return moment.letters + 8.0
    return 12.0 + (len(moment.line.text) * 0.4 if moment.line else 0.0)


def _unpacked(pages: list[list[Moment]], most_pages: int) -> list[list[Moment]]:
    """Pages that nobody could read are cut in two, as long as a book may grow."""
    found: list[list[Moment]] = []
    spare = most_pages - len(pages)
    for page in pages:
        if spare > 0 and balloons_of(page) > MOST_BALLOONS:
            middle = len(page) // 2
            found += [page[:middle], page[middle:]]
            spare -= 1
        else:
            found.append(page)
    return found


def _relieved(pages: list[list[Moment]]) -> list[list[Moment]]:
    """First or last lines of full pages, next door where that page stays less full: between two beats if it can be."""
    for number, page in enumerate(pages):
        while balloons_of(page) > FULL:
            first, last = _edge(page), _edge(page[::-1])
            ways = {number - 1: page[:first], number + 1: page[len(page) - last :]}
            inside = {number - 1: _one_beat(page, first), number + 1: _one_beat(page, len(page) - last)}
            room = {at: balloons_of(pages[at]) for at in ways if 0 <= at < len(pages)}
            to = min(
                (at for at in room if room[at] + balloons_of(ways[at]) < balloons_of(page)),
                key=lambda at: (inside[at], room[at]),
                default=None,
            )
            if to is None:
                break
            pages[to][:] = [*pages[to], *ways[to]] if to < number else [*ways[to], *pages[to]]
            page[:] = page[first:] if to < number else page[: len(page) - last]
    return pages


def _edge(page: Sequence[Moment]) -> int:
    """How many moments the first line of a page takes."""
    line = page[0].line
    return next((at for at, moment in enumerate(page) if at and (line is None or moment.line is not line)), len(page))


def _one_beat(page: Sequence[Moment], cut: int) -> bool:
    return cut < len(page) and page[cut - 1].beat.key == page[cut].beat.key


def balloons_of(page: Sequence[Moment]) -> int:
    return sum(moment.balloons for moment in page)


def _filled(pages: list[list[Moment]]) -> list[list[Moment]]:
    """A page whose share came out empty shows its neighbour's moment once more, from elsewhere."""
    for number, moments in enumerate(pages):
        if not moments:
            near = pages[number - 1][-1] if number else next(m for page in pages for m in page)
            moments.append(Moment(near.beat, near.scene, "react"))
    return pages
