"""Chooses which told sentences are set as captions, and which are only shown.

In: the moments of every page. Out: the same moments, some told ones with caption parts. Who tells the story as his own
tells all of it: his captions are monologue.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from manga.brief import Language
from manga.plot import LineKind
from manga.storyboard import LinePart
from manga.text_capacity import MUTE, TOLD_A_PAGE, Measure
from offline.directing.added_panels import KEY_EVENT
from offline.directing.caption_wordings import Wording, tells, wordings
from offline.directing.deeds_to_show import WEIGHTY
from offline.directing.limit_captions import ToldSentence, is_thin, within_share
from offline.directing.page_moments import Moment
from offline.directing.split_lines import (
    BOXED,
    part_of,
)
from offline.directing.told_thoughts import Inward, inward, says_i
from offline.reading.lexicon_tables import lore

CAPTIONS_A_PAGE = 2

BRIEF, TOLD_OF_A_FABLE = 6, 3
"""Pages of a short book, and captions on a page of one that hardly anybody speaks in: its pictures tell it."""

MOST_TEXTS = 7
"""A page with so many balloons bears no caption."""

MOST_BOXES = 3
"""Captions of a page together with written words, which stand in boxes, too."""

THIN_PAGE = 4
"""Texts that captions fill a page up to in a book that is thin with two captions a page."""

SCRAP = 0.35
"""Of a caption; a sentence that is shorter (that was all) tells little by itself."""

SCARCE = 3
"""A page with fewer told sentences than this gives them whole, over two captions."""

FIRST_PERSON = 0.2
"""Share of told sentences with an I from which on a book is told in the first person."""

THOUGHT = 2.0
"""Worth of a thought alone, without the words that say who thinks it."""

FIRST_SEEN, LAST_WORDS = 1.2, 2.5
"""What these sentences are worth beyond their contents."""

SHOWN, NOT_TO_SEE, KEY = 1.0, 0.6, 2.0
"""Worth less where the picture shows what is done; worth more where there is nobody and nothing to be seen, and for
what the story turns on."""

TURN, MOST_TURNS = 0.4, 2
"""For each word of something that the story turns on."""

ONLY_ONE = 1.5
"""For the last match, the last chance."""

ENTIRE = 4.0
"""For all of the last words, on two captions if need be."""

WHOLE, LOOSE, WHEN, TWO = 0.8, 1.5, 0.8, 1.3
"""For a whole sentence; against one without its main clause, against a bare hour, against two captions."""

HELD = 3.0
"""For what is kept for a paragraph of its own, with nobody in it to be seen."""

FULL = {Language.JA: 104, Language.EN: 330}
"""Letters on a page above which captions are not wanted."""

_MARKS = "「」『』“”、。！!…\n\u3000 "
_TIME = re.compile(
    r"^[　\s]*(?:むかし|昔|ある|或|その晩|その夜|つぎの|次の|翌|あくる|そのあくる|やがて|とうとう|しばらく|十日"
    r"|まもなく|間もなく|夕方|朝|夜|月の"
    r"|One |The next|Next |At last|When |Once |Every |That |On the |In the |Then )"
)
_INNER = re.compile(
    r"(?:思い|おもい|考え|気がつ|気づ|わかり|知り|感じ|thought|knew|wondered|felt (?!for\b)|believ|remember)"
)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What captions of a book go by: which sentences weigh more, who says I in which scene, whether hardly anybody
    speaks."""

    worth: Mapping[str, float]
    measure: Measure
    voices: Mapping[str, str]
    mute: bool
    brief: bool
    first: bool
    """Whether the book is told in the first person, by whomever."""
    last: str = ""
    """The line that ends the story, where it is told."""
    thin: bool = False
    """Whether two captions a page leave its pages too empty."""


def with_captions(pages: Sequence[Sequence[Moment]], measure: Measure, teller: str = "") -> list[list[Moment]]:
    """The most telling sentences of each page as captions, at most two a page where people speak; what somebody
    thinks as thoughts, what the `teller` (a key) tells as monologue."""
    mute = _is_mute(pages)
    first = bool(teller) or _in_first_person(pages)
    voices = _voices(pages, teller, measure.language) if first else {}
    last = _last_words(pages)
    brief = len(pages) < BRIEF
    book = _Telling(_telling(pages, last), measure, voices, mute=mute, brief=brief, first=first, last=last)
    ways = [list(_candidates(number, page, book)) for number, page in enumerate(pages)]
    chosen = _chosen(pages, ways, book)
    if is_thin(chosen, pages, measure):
        chosen = _chosen(pages, ways, replace(book, thin=True))
    kept = chosen if mute else within_share(chosen, ways, pages, measure)
    found = [list(page) for page in pages]
    for candidate in sorted(kept, key=lambda c: (c.page, -c.place)):
        found[candidate.page][candidate.place : candidate.place + 1] = _worded(
            found[candidate.page][candidate.place], candidate.parts
        )
    return found


def _chosen(
    pages: Sequence[Sequence[Moment]], ways: Sequence[Sequence[ToldSentence]], book: _Telling
) -> list[ToldSentence]:
    return [c for page, own in zip(pages, ways, strict=True) for c in _choose(page, own, book)]


def _is_mute(pages: Sequence[Sequence[Moment]]) -> bool:
    """Whether hardly anybody speaks in a whole book: then its captions tell it."""
    spoken = sum(len(moment.parts) for page in pages for moment in page) / len(pages)
    return spoken < MUTE


def _in_first_person(pages: Sequence[Sequence[Moment]]) -> bool:
    """Letters and diaries have no single teller, but an I in many a sentence."""
    told = [moment.line.text for page in pages for moment in page if moment.purpose == "told" and moment.line]
    return bool(told) and sum(map(says_i, told)) >= FIRST_PERSON * len(told)


def _voices(pages: Sequence[Sequence[Moment]], teller: str, language: Language) -> dict[str, str]:
    """By key of the scene who says I in it: the teller, else who says it most, as in the letters of two people."""
    heard: dict[str, Counter[str]] = {}
    for moment in (moment for page in pages for moment in page):
        own = heard.setdefault(moment.scene.key, Counter())
        mind = inward(moment.line, moment.beat, teller, language, told=True) if moment.line else None
        if mind is not None and mind.kind is LineKind.MONOLOGUE and moment.purpose == "told":
            own[mind.who] += 1
    return {key: teller or (own.most_common(1)[0][0] if own else "") for key, own in heard.items()}


def _captions_of(page: Sequence[Moment], book: _Telling) -> int:
    """Two; in a book that is told rather than spoken more where few speak, and where everybody does fewer."""
    texts = sum(len(moment.parts) for moment in page)
    wished = TOLD_A_PAGE if book.first or book.mute else THIN_PAGE if book.thin else 0
    if book.brief and not book.first:
        wished = min(wished, TOLD_OF_A_FABLE)
    wished = max(CAPTIONS_A_PAGE, wished - texts)
    if not (book.first or book.mute):
        wished = min(wished, MOST_BOXES - sum(part.kind in BOXED for moment in page for part in moment.parts))
    return max(0, min(wished, MOST_TEXTS - texts))


def _worded(moment: Moment, parts: tuple[LinePart, ...]) -> list[Moment]:
    """One moment a caption, so that a sentence in two pieces runs over two panels. Whoever thinks is seen."""
    thought = parts[0].kind is LineKind.THOUGHT
    return [replace(moment, parts=(part,), purpose="spoken" if thought else moment.purpose) for part in parts]


def _choose(page: Sequence[Moment], ways: Sequence[ToldSentence], book: _Telling) -> list[ToldSentence]:
    """The worthiest that there is room for; what the story says twice is read once on a page."""
    room = FULL[book.measure.language] - sum(moment.letters for moment in page)
    free = _captions_of(page, book)
    found: dict[int, ToldSentence] = {}
    told: set[str] = set()
    for candidate in sorted(ways, key=lambda c: (-c.worth, c.place)):
        words = "".join(part.text for part in candidate.parts).strip(_MARKS).casefold()
        fits = len(candidate.parts) <= free and candidate.letters <= room
        if candidate.place not in found and fits and words not in told:
            found[candidate.place] = candidate
            told.add(words)
            free -= len(candidate.parts)
            room -= candidate.letters
    return list(found.values())


def _candidates(number: int, page: Sequence[Moment], book: _Telling) -> Iterator[ToldSentence]:
    """Every way to set a told sentence."""
    scarce = book.mute or sum(moment.purpose == "told" for moment in page) < SCARCE
    for place, moment in enumerate(page):
        line = moment.line
        if moment.purpose != "told" or line is None or _only_sounds(moment):
            continue
        opens = place == 0 or page[place - 1].scene.key != moment.scene.key
        stays = bool(lore(book.measure.language).pattern("only_one").search(line.text))
        stays = stays or line.key == book.last
        merit = _merit(moment, book.measure.language) + ONLY_ONE * stays + 1.5 * opens + book.worth.get(line.key, 0.0)
        teller = book.voices.get(moment.scene.key, "")
        mind = inward(line, moment.beat, teller, book.measure.language, told=book.first)
        for way in wordings(line, book.measure):
            grace = _grace(way, book.measure, scarce) + ENTIRE * (way.whole and line.key == book.last)
            yield ToldSentence(number, place, merit + grace, _spoken(way, mind), stays)
        if mind is not None and mind.kind is LineKind.THOUGHT and mind.end - mind.start <= book.measure.balloon:
            yield ToldSentence(number, place, merit + THOUGHT, (_voiced(part_of(line, 1, mind.start, mind.end), mind),))


def _only_sounds(moment: Moment) -> bool:
    """「じゅわあ」: the sound is drawn, not told."""
    sound = moment.beat.sound.strip(_MARKS)
    return bool(moment.line and sound and not moment.line.text.replace(sound, "").strip(_MARKS))


def _spoken(way: Wording, mind: Inward | None) -> tuple[LinePart, ...]:
    """A narrator's words in his own voice, all else in the story's."""
    if mind is None or mind.kind is not LineKind.MONOLOGUE:
        return way.parts
    return tuple(_voiced(part, mind) for part in way.parts)


def _voiced(part: LinePart, mind: Inward) -> LinePart:
    """A thought comes from a head in the picture, a monologue from nowhere."""
    apart = mind.kind is LineKind.MONOLOGUE
    return part.model_copy(update={"kind": mind.kind, "speaker": mind.who, "off_panel": apart})


def _merit(moment: Moment, language: Language) -> float:
    """What the sentence tells that a picture cannot."""
    text = moment.line.text if moment.line else ""
    shown = moment.thing or any(deed.action in WEIGHTY for deed in moment.deeds)
    empty = not (shown or moment.beat.present or moment.beat.props) and tells(text, language)
    merit = 1.0 + 0.5 * moment.beat.importance + KEY * (moment.beat.importance >= KEY_EVENT)
    merit += HELD * (moment.beat.reveal and not moment.beat.present)
    turns = lore(language).pattern("key_moment").findall(text)
    merit += TURN * min(MOST_TURNS, len(turns)) + NOT_TO_SEE * empty - SHOWN * bool(shown)
    return merit + 2.0 * bool(_TIME.search(text)) + 1.2 * bool(_INNER.search(text))


def _grace(way: Wording, measure: Measure, scarce: bool) -> float:
    """Whole sentences read better than clauses, short captions better than long ones or two."""
    scrap = 0.0 if way.when else 2.0 * max(0.0, 1 - way.letters / (SCRAP * measure.caption))
    return (
        WHOLE * way.whole
        - scrap
        - LOOSE * way.loose
        - WHEN * way.when
        - (0.0 if scarce else TWO) * (len(way.parts) - 1)
        - 0.8 * max(0.0, way.letters / len(way.parts) / measure.caption - 0.7)
    )


def _telling(pages: Sequence[Sequence[Moment]], last: str) -> dict[str, float]:
    """Told sentences that weigh more: in which somebody is first seen, and the `last` words of the story."""
    seen: set[str] = set()
    found: dict[str, float] = {}
    for moment in (moment for page in pages for moment in page):
        new = set(moment.beat.present) - seen
        if new and moment.purpose == "told" and moment.line is not None:
            found[moment.line.key] = FIRST_SEEN
        seen |= new
    return found | ({last: LAST_WORDS} if last else {})


def _last_words(pages: Sequence[Sequence[Moment]]) -> str:
    """The key of the told line that ends the story: it is never left out."""
    last = pages[-1][-1]
    return last.line.key if last.purpose == "told" and last.line is not None else ""
