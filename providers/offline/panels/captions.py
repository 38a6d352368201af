"""Which told sentences are set as captions, and which are only shown.

In: the moments of every page. Out: the same moments, some told ones with caption parts. A caption is the story's own
words: a whole short sentence, its last clause, or a long sentence over two panels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from manga.brief import Language
from manga.plot import Line, LineKind
from manga.storyboard import LinePart
from providers.offline.panels.joints import Measure, joints, stretches
from providers.offline.panels.moments import Moment
from providers.offline.panels.parts import part_of

CAPTIONS_A_PAGE = 2
CAPTION_SHARE = 0.40
"""Of all letters; more is an illustrated text, not a manga."""

THIN = {Language.JA: 74.0, Language.EN: 170.0}
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
_OWN_VOICE = re.compile(
    r"(?:なあ|かなあ|のか|だろう|しまった|ものか|にちがいない|やがって|ありませんか|のに)[。、…！]*$"
)


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


def with_captions(pages: Sequence[Sequence[Moment]], measure: Measure) -> list[list[Moment]]:
    """The most telling sentences of each page as captions, at most two a page."""
    chosen = [c for number, page in enumerate(pages) for c in _choose(number, page, measure)]
    kept = _within_share(chosen, pages, measure)
    found = [list(page) for page in pages]
    for candidate in sorted(kept, key=lambda c: (c.page, -c.place)):
        found[candidate.page][candidate.place : candidate.place + 1] = _worded(
            found[candidate.page][candidate.place], candidate.parts
        )
    return found


def _worded(moment: Moment, parts: tuple[LinePart, ...]) -> list[Moment]:
    """One moment a caption, so that a sentence in two pieces runs over two panels."""
    return [moment.with_parts((part,)) for part in parts]


def _choose(number: int, page: Sequence[Moment], measure: Measure) -> list[Candidate]:
    spoken = sum(moment.letters for moment in page)
    room = FULL[measure.language] - spoken
    free = CAPTIONS_A_PAGE
    found: list[Candidate] = []
    for candidate in sorted(_candidates(number, page, measure), key=lambda c: (-c.worth, c.place)):
        if len(candidate.parts) <= free and candidate.letters <= room:
            found.append(candidate)
            free -= len(candidate.parts)
            room -= candidate.letters
    return found


def _candidates(number: int, page: Sequence[Moment], measure: Measure) -> list[Candidate]:
    found: list[Candidate] = []
    thin = sum(moment.letters for moment in page) < 0.4 * FULL[measure.language]
    for place, moment in enumerate(page):
        if moment.purpose != "told" or moment.line is None:
            continue
        parts = caption_parts(moment.line, measure, whole=thin)
        if parts:
            opens = place == 0 or page[place - 1].scene.key != moment.scene.key
            found.append(Candidate(number, place, _worth(moment, parts, opens), parts))
    return found


def _worth(moment: Moment, parts: tuple[LinePart, ...], opens: bool) -> float:
    text = moment.line.text if moment.line else ""
    worth = 1.0 + 0.25 * moment.beat.importance + 1.5 * opens
    worth += 2.0 * bool(_TIME.search(text)) + 1.2 * bool(_INNER.search(text)) - 0.6 * bool(_SHOWABLE.search(text))
    complete = sum(len(part.text) for part in parts) >= len(text.strip()) - 1
    return worth + 0.6 * complete - 0.3 * (len(parts) - 1)


def caption_parts(line: Line, measure: Measure, *, whole: bool) -> tuple[LinePart, ...]:
    """The caption that a sentence gives: itself, itself in two, or its last clauses. Empty: it cannot be cut."""
    text = line.text
    kind = LineKind.NARRATION
    if len(text.strip()) <= measure.caption:
        return (part_of(line, 1, 0, len(text), kind=kind),)
    if whole and len(text) <= 2 * measure.caption:
        pieces = stretches(text, measure.caption, measure.caption - 4, measure.language)
        if len(pieces) == 2:
            return tuple(part_of(line, n, a, b, kind=kind) for n, (a, b) in enumerate(pieces, start=1))
    start = _last_clause(text, measure)
    return (part_of(line, 1, start, len(text), kind=kind),) if start else ()


def _last_clause(text: str, measure: Measure) -> int:
    """Where the longest ending begins that is no longer than a caption and follows a comma or full stop."""
    return next(
        (
            at
            for at, cost in joints(text, measure.language)
            if cost <= 1.0 and 8 <= len(text[at:].strip()) <= measure.caption
        ),
        0,
    )


def _within_share(chosen: Sequence[Candidate], pages: Sequence[Sequence[Moment]], measure: Measure) -> list[Candidate]:
    """Drop the least telling captions until they are at most their share, as long as no page goes thin by it."""
    spoken = sum(moment.letters for page in pages for moment in page)
    told = sum(candidate.letters for candidate in chosen)
    kept = list(chosen)
    for candidate in sorted(chosen, key=lambda c: (c.worth, c.page, c.place)):
        total = spoken + told
        if not total or told / total <= CAPTION_SHARE:
            break
        if (total - candidate.letters) / len(pages) < THIN[measure.language]:
            break
        kept.remove(candidate)
        told -= candidate.letters
    return kept


def own_voice(moment: Moment) -> bool:
    """Whether a told sentence is what someone in the story thinks to themselves."""
    return moment.purpose == "told" and moment.line is not None and bool(_OWN_VOICE.search(moment.line.text.strip()))
