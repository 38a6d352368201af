"""Which told sentences are set as captions, and which are only shown.

In: the moments of every page. Out: the same moments, some told ones with caption parts. A caption is the story's own
words: a whole short sentence, its last clause, or a long sentence over two panels.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from manga.brief import Language
from manga.measures import Measure
from manga.plot import Line, LineKind
from manga.storyboard import LinePart
from providers.offline.panels.inward import Inward, inward, says_i
from providers.offline.panels.joints import PAUSE, joints
from providers.offline.panels.moments import Moment
from providers.offline.panels.parts import part_of

CAPTIONS_A_PAGE = 2
CAPTION_SHARE = 0.40
"""Of all letters; more is an illustrated text, not a manga."""

TOLD_A_PAGE = 7
"""Texts of a page in a book that hardly anybody speaks in."""

MOST_TEXTS = 7
"""A page with so many balloons bears no caption."""

MUTE = 2.0
"""Balloons a page; a book in which there are fewer is told by its captions."""

SCRAP = 0.35
"""Of a caption; a sentence that is shorter (that was all) tells little by itself."""

LONG_BOOK = 6

SCARCE = 3
"""A page with fewer told sentences than this gives them whole, over two captions."""

FIRST_PERSON = 0.2
"""Share of told sentences with an I from which on a book is told in the first person."""

THOUGHT = 2.0
"""Worth of a thought alone, without the words that say who thinks it."""

FIRST_SEEN, LAST_WORDS = 1.2, 2.5
"""What these sentences are worth beyond their contents."""

THIN = {Language.JA: 76.0, Language.EN: 150.0}
"""Letters a page below which captions stay, whatever their share."""

FULL = {Language.JA: 104, Language.EN: 330}
"""Letters on a page above which captions are not wanted."""

_TIME = re.compile(
    r"^[　\s]*(?:むかし|昔|ある|或|その晩|その夜|つぎの|次の|翌|あくる|そのあくる|やがて|とうとう|しばらく|十日"
    r"|まもなく|間もなく|夕方|朝|夜|月の"
    r"|One |The next|Next |At last|When |Once |Every |That |On the |In the |Then )"
)
_INNER = re.compile(r"(?:思い|おもい|考え|気がつ|気づ|わかり|知り|感じ|thought|knew|wondered|felt|believ|remember)")
_SHOWABLE = re.compile(r"(?:走|はし|歩|ある[いき]|立ち|すわ|坐|見|のぞ|ran |walked|stood|sat |looked|turned|opened)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A told sentence that could be set: where it stands, how much it would tell, its words."""

    page: int
    place: int
    worth: float
    parts: tuple[LinePart, ...]

    @property
    def letters(self) -> int:
        return sum(len(part.text) for part in self.parts)


def with_captions(pages: Sequence[Sequence[Moment]], measure: Measure, teller: str = "") -> list[list[Moment]]:
    """The most telling sentences of each page as captions, at most two a page where people speak; what somebody
    thinks or the `teller` (a key) feels as thoughts and monologue."""
    telling = _telling(pages)
    mute = _is_mute(pages)
    book = _Telling(telling, measure, teller, mute=mute, first=bool(teller) or _in_first_person(pages))
    chosen = [c for number, page in enumerate(pages) for c in _choose(number, page, book)]
    kept = chosen if mute else _within_share(chosen, pages, measure)
    found = [list(page) for page in pages]
    for candidate in sorted(kept, key=lambda c: (c.page, -c.place)):
        found[candidate.page][candidate.place : candidate.place + 1] = _worded(
            found[candidate.page][candidate.place], candidate.parts
        )
    return found


def _is_mute(pages: Sequence[Sequence[Moment]]) -> bool:
    """Whether hardly anybody speaks in a whole book: then its captions tell it."""
    spoken = sum(len(moment.parts) for page in pages for moment in page) / len(pages)
    return len(pages) >= LONG_BOOK and spoken < MUTE


def _in_first_person(pages: Sequence[Sequence[Moment]]) -> bool:
    """Letters and diaries have no single teller, but an I in many a sentence."""
    told = [moment.line.text for page in pages for moment in page if moment.purpose == "told" and moment.line]
    return bool(told) and sum(map(says_i, told)) >= FIRST_PERSON * len(told)


def _captions_of(page: Sequence[Moment], *, told: bool) -> int:
    """Two; in a book that is `told` rather than spoken more where few speak, and where everybody does fewer."""
    texts = sum(len(moment.parts) for moment in page)
    usual = max(CAPTIONS_A_PAGE, TOLD_A_PAGE - texts) if told else CAPTIONS_A_PAGE
    return max(0, min(usual, MOST_TEXTS - texts))


def _worded(moment: Moment, parts: tuple[LinePart, ...]) -> list[Moment]:
    """One moment a caption, so that a sentence in two pieces runs over two panels. Whoever thinks is seen."""
    thought = parts[0].kind is LineKind.THOUGHT
    return [replace(moment, parts=(part,), purpose="spoken" if thought else moment.purpose) for part in parts]


@dataclass(frozen=True, slots=True)
class _Telling:
    """What captions of a book go by: which sentences weigh more, who says I, whether hardly anybody speaks."""

    worth: Mapping[str, float]
    measure: Measure
    teller: str
    mute: bool
    first: bool
    """Whether the book is told in the first person, by whomever."""


def _choose(number: int, page: Sequence[Moment], book: _Telling) -> list[Candidate]:
    room = FULL[book.measure.language] - sum(moment.letters for moment in page)
    free = _captions_of(page, told=book.mute)
    found: dict[int, Candidate] = {}
    for candidate in sorted(_candidates(number, page, book), key=lambda c: (-c.worth, c.place)):
        if candidate.place not in found and len(candidate.parts) <= free and candidate.letters <= room:
            found[candidate.place] = candidate
            free -= len(candidate.parts)
            room -= candidate.letters
    return list(found.values())


def _candidates(number: int, page: Sequence[Moment], book: _Telling) -> Iterator[Candidate]:
    """Every way to set a told sentence."""
    scarce = book.mute or sum(moment.purpose == "told" for moment in page) < SCARCE
    for place, moment in enumerate(page):
        line = moment.line
        if moment.purpose != "told" or line is None:
            continue
        opens = place == 0 or page[place - 1].scene.key != moment.scene.key
        merit = _merit(moment) + 1.5 * opens + book.worth.get(line.key, 0.0)
        mind = inward(line, moment.beat, book.teller, book.measure.language, told=book.first)
        for parts in _ways(line, mind, book.measure):
            yield Candidate(number, place, merit + _grace(line, parts, book.measure, scarce), parts)
        if mind is not None and mind.kind is LineKind.THOUGHT and mind.end - mind.start <= book.measure.balloon:
            yield Candidate(number, place, merit + THOUGHT, (_voiced(part_of(line, 1, mind.start, mind.end), mind),))


def _ways(line: Line, mind: Inward | None, measure: Measure) -> Iterator[tuple[LinePart, ...]]:
    """A narrator's feelings in his own voice, all else in the story's."""
    for parts in caption_ways(line, measure):
        own = mind is not None and mind.kind is LineKind.MONOLOGUE
        yield tuple(_voiced(part, mind) for part in parts) if own and mind is not None else parts


def _voiced(part: LinePart, mind: Inward) -> LinePart:
    """A thought comes from a head in the picture, a monologue from nowhere."""
    apart = mind.kind is LineKind.MONOLOGUE
    return part.model_copy(update={"kind": mind.kind, "speaker": mind.who, "off_panel": apart})


def _merit(moment: Moment) -> float:
    """What the sentence tells that a picture cannot."""
    text = moment.line.text if moment.line else ""
    merit = 1.0 + 0.5 * moment.beat.importance
    return merit + 2.0 * bool(_TIME.search(text)) + 1.2 * bool(_INNER.search(text)) - 0.6 * bool(_SHOWABLE.search(text))


def _grace(line: Line, parts: Sequence[LinePart], measure: Measure, scarce: bool) -> float:
    """Whole sentences read better than clauses, short captions better than long ones or two."""
    letters = sum(len(part.text) for part in parts)
    whole = letters >= len(line.text.strip()) - 1
    return (
        0.8 * whole
        - 2.0 * max(0.0, 1 - letters / (SCRAP * measure.caption))
        - (0.0 if scarce else 1.3) * (len(parts) - 1)
        - 0.8 * max(0.0, letters / len(parts) / measure.caption - 0.7)
    )


def caption_ways(line: Line, measure: Measure) -> Iterator[tuple[LinePart, ...]]:
    """The sentence itself; when it is too long, its last clauses, or the whole of it in two captions."""
    text = line.text
    kind = LineKind.NARRATION
    if len(text.strip()) <= measure.caption:
        yield (part_of(line, 1, 0, len(text), kind=kind),)
        return
    start = _last_clause(text, measure)
    if start:
        yield (part_of(line, 1, start, len(text), kind=kind),)
    middle = _middle(text, measure)
    if middle:
        yield (part_of(line, 1, 0, middle, kind=kind), part_of(line, 2, middle, len(text), kind=kind))


def _last_clause(text: str, measure: Measure) -> int:
    """Where the longest ending begins that is no longer than a caption and follows a comma or full stop."""
    return next(
        (
            at
            for at, cost in joints(text, measure.language)
            if cost <= PAUSE and 8 <= len(text[at:].strip()) <= measure.caption
        ),
        0,
    )


def _middle(text: str, measure: Measure) -> int:
    """The best place to halve a sentence; 0 when no two captions hold it."""
    ways = [
        (cost + abs(2 * at - len(text)) / measure.caption, at)
        for at, cost in joints(text, measure.language)
        if max(len(text[:at].strip()), len(text[at:].strip())) <= measure.caption
    ]
    return min(ways)[1] if ways else 0


def _telling(pages: Sequence[Sequence[Moment]]) -> dict[str, float]:
    """Told sentences that weigh more: in which somebody is first seen, and the last words of the story."""
    seen: set[str] = set()
    found: dict[str, float] = {}
    for moment in (moment for page in pages for moment in page):
        new = set(moment.beat.present) - seen
        if new and moment.purpose == "told" and moment.line is not None:
            found[moment.line.key] = FIRST_SEEN
        seen |= new
    last = pages[-1][-1]
    if last.purpose == "told" and last.line is not None:
        found[last.line.key] = LAST_WORDS
    return found


def _within_share(chosen: Sequence[Candidate], pages: Sequence[Sequence[Moment]], measure: Measure) -> list[Candidate]:
    """Drop the least telling captions until they are at most their share, as long as no page goes thin by it."""
    spoken = sum(moment.letters for page in pages for moment in page)
    captions = [candidate for candidate in chosen if candidate.parts[0].kind is LineKind.NARRATION]
    told = sum(candidate.letters for candidate in captions)
    spoken += sum(candidate.letters for candidate in chosen) - told
    kept = list(chosen)
    for candidate in sorted(captions, key=lambda c: (c.worth, c.page, c.place)):
        total = spoken + told
        if not total or told / total <= CAPTION_SHARE:
            break
        if (total - candidate.letters) / len(pages) < THIN[measure.language]:
            break
        kept.remove(candidate)
        told -= candidate.letters
    return kept
