"""Tells a story as strips of four panels (ki-sho-ten-ketsu), each under a short title of its own.

A strip is cut where something has just struck, been asked or said in brief: that moment is its last panel, the punch
line. It keeps to one scene where it can.

A title is the thing that this strip speaks of and the others hardly do, in the story's own word. Linear in the length
of the book.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from math import ceil

from manga.brief import MAX_PAGES, Language
from manga.comic_strips import STRIP_PANELS, STRIPS_A_PAGE, LayoutName
from manga.page_planning import leaves_open
from manga.plot import Emotion, LineKind
from manga.storyboard import PanelDraft, Role, Shot
from offline.directing.added_panels import with_look
from offline.directing.page_moments import Moment, balloons_of
from offline.directing.panel_grouping import PageWish, break_down
from offline.directing.panel_roles import Frame
from offline.lexicon import words
from offline.reading.ja.noun_phrases import sentences

LONGEST_TITLE = {Language.JA: 8, Language.EN: 16}
SHORTEST = 3
LAST_WORDS = 1.5
"""What a word of the last panel counts for: it is what the strip was about."""
LONE = 0.4
_STOPS = "、。，．,;:—-"
_KINDS = frozenset({"一般", "サ変可能", "サ変形状詞可能"})
_KANJI = re.compile(r"[一-龥々ァ-ヴ]")
_THING = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Yy]our|[Oo]ur)\s([a-z]{4,16})"
    r"(?=[,.;:!?”\"’—-]|\s(?:of|was|were|is|are|and|or|in|on|at|to|from|with|had|has|that|who|which|as|for|by|into|upon|over"
    r"|under|would|could|will|the|a|he|she|they|it|but|when|while|where|before|after|again|too|now)\b)"
)
BALLOONS: Mapping[LayoutName, float] = {"yonkoma": 3.2, "strip": 2.4}
LETTERS: Mapping[LayoutName, Mapping[Language, float]] = {
    "yonkoma": {Language.JA: 48.0, Language.EN: 180.0},
    "strip": {Language.JA: 30.0, Language.EN: 80.0},
}
"""What a strip carries with ease: in a row of a third of the page less than in a column of half of it."""
MOMENTS = 7.0
LONGEST = 14
"""Moments of a strip at most, whatever they hold."""
BRIEF_STRIP = 7
"""Moments from which on a newspaper strip has four panels."""
BRIEF = {Language.JA: 14, Language.EN: 40}
"""Letters of a remark that can be a punch line."""
SCENE_CHANGE = 0.8
TORN = 2.5
WIDER: Mapping[Shot, Shot] = {
    Shot.EXTREME_CLOSE: Shot.CLOSE,
    Shot.CLOSE: Shot.BUST,
    Shot.BUST: Shot.MEDIUM,
    Shot.MEDIUM: Shot.FULL,
}
BESIDE_FACES = {Language.JA: (16, 12), Language.EN: (48, 36)}
"""Letters that stand beside one face in a small panel, and beside several."""
Groups = list[Sequence[Moment]]


def titles_of(strips: Sequence[Sequence[Moment]], language: Language) -> list[str]:
    """One each; a strip in which nothing is named is called by the last few words said in it, or by its number."""
    found = [list(_weighed(strip, language)) for strip in strips]
    everywhere = Counter(chain.from_iterable({word for word, _ in named} for named in found))
    taken: set[str] = set()
    titles: list[str] = []
    for number, named in enumerate(found, start=1):
        worth: dict[str, float] = {}
        for word, weight in named:
            worth[word] = worth.get(word, 0.0) + weight
        free = [word for word in worth if _root(word) not in taken]
        best = max(
            free, key=lambda word: (_speaking(word) * worth[word] / everywhere[word], len(word), word), default=""
        )
        title = _shown(best, language) or _spoken(strips[number - 1], language, titles) or _numbered(number, language)
        taken.add(_root(best))
        titles.append(title)
    return titles


def _speaking(word: str) -> float:
    """A single letter says little."""
    return LONE if len(word) == 1 else 1.0


def _root(word: str) -> str:
    """A candle and candles are one title."""
    return word.removesuffix("s")


def _shown(word: str, language: Language) -> str:
    return f"The {word}" if word and language is Language.EN else word


def _spoken(strip: Sequence[Moment], language: Language, taken: Sequence[str]) -> str:
    """The last words said in a strip that are short enough and no title yet."""
    said = (part.text for moment in reversed(strip) if moment.purpose == "spoken" for part in reversed(moment.parts))
    short = (text.strip().rstrip(_STOPS) for text in said if len(text) <= 1.5 * LONGEST_TITLE[language])
    return next((text for text in short if len(text) >= SHORTEST and text not in taken), "")


def _numbered(number: int, language: Language) -> str:
    return f"その{number}" if language is Language.JA else f"No. {number}"


def _weighed(strip: Sequence[Moment], language: Language) -> Iterator[tuple[str, float]]:
    lines = list(dict.fromkeys(moment.line.text for moment in strip if moment.line is not None))
    for place, text in enumerate(lines):
        weight = LAST_WORDS if place == len(lines) - 1 else 1.0
        for word in _japanese(text) if language is Language.JA else _english(text):
            if len(word) <= LONGEST_TITLE[language]:
                yield word, weight


def _japanese(text: str) -> Iterator[str]:
    """Nouns and what they are made up of: 麦畑, くりの木 as 木."""
    for sentence in sentences(text):
        run = ""
        for token in (*sentence, None):
            noun = token is not None and (
                (token.kind == "名詞" and token.detail == "普通名詞" and token.sort in _KINDS)
                or (token.kind == "名詞" and token.detail == "固有名詞")
                or (bool(run) and token.kind == "接尾辞" and token.detail == "名詞的")
            )
            if noun and token is not None:
                run += token.text
                continue
            if _KANJI.search(run) or len(run) > 3:
                yield run
            run = ""


def _english(text: str) -> Iterable[str]:
    known = words("reader_en", "adjectives") | words("reader_en", "no_titles")
    return (word for word in _THING.findall(text) if word not in known)


def strips_of(
    pages: Sequence[Sequence[Moment]], language: Language, layout: LayoutName, pages_most: int
) -> list[list[Moment]]:
    """The moments of a book cut into strips, as many as its pages hold at most; on the last page as many as on others,
    where there are moments enough."""
    moments = [moment for page in pages for moment in page]
    a_page = STRIPS_A_PAGE[layout]
    sizes = [_load(moment, language, layout) for moment in moments]
    ways = (
        balloons_of(moments) / BALLOONS[layout],
        sum(moment.letters for moment in moments) / LETTERS[layout][language],
        len(moments) / MOMENTS,
    )
    wanted = max(1, min(ceil(max(ways) - 1e-9), min(pages_most, MAX_PAGES) * a_page))
    wanted = min(-(-wanted // a_page) * a_page, max(1, len(moments) // 2))
    return _cut(moments, sizes, wanted, language)


def _load(moment: Moment, language: Language, layout: LayoutName) -> float:
    """The part of a strip that a moment fills."""
    return max(moment.balloons / BALLOONS[layout], moment.letters / LETTERS[layout][language], 1 / MOMENTS)


@dataclass(frozen=True, slots=True)
class _Reach:
    cost: float
    start: int


def _cut(moments: Sequence[Moment], sizes: Sequence[float], count: int, language: Language) -> list[list[Moment]]:
    """Exactly so many strips of about equal load, each ending as well as can be had near its even mark."""
    sums = [0.0, *accumulate(sizes)]
    target = sums[-1] / count
    ends = [_end_cost(moments, end, language) for end in range(len(moments) + 1)]
    layers: list[dict[int, _Reach]] = [{0: _Reach(0.0, 0)}]
    for number in range(1, count + 1):
        layer: dict[int, _Reach] = {}
        for end in _marks(sums, number, count, target):
            ways = [
                _Reach(before.cost + ends[end] + _strip_cost(moments, sums, start, end, target), start)
                for start, before in layers[-1].items()
                if start < end
            ]
            if ways:
                layer[end] = min(ways, key=lambda way: (way.cost, -way.start))
        layers.append(layer)
    found: list[list[Moment]] = []
    end = len(moments)
    for layer in reversed(layers[1:]):
        start = layer[end].start
        found.append(list(moments[start:end]))
        end = start
    return found[::-1]


def _marks(sums: Sequence[float], number: int, count: int, target: float) -> list[int]:
    """Ends within a strip of the even mark; every strip keeps a moment."""
    last = len(sums) - 1
    if number == count:
        return [last]
    near = [end for end in range(number, last - (count - number) + 1) if abs(sums[end] - number * target) <= target]
    if near:
        return near
    return [min(range(number, last - (count - number) + 1), key=lambda end: abs(sums[end] - number * target))]


def _strip_cost(moments: Sequence[Moment], sums: Sequence[float], start: int, end: int, target: float) -> float:
    filled = (sums[end] - sums[start]) / target
    changes = len({moment.scene.key for moment in moments[start:end]}) - 1
    over = max(0, end - start - LONGEST)
    thin = max(0, STRIP_PANELS - (end - start))
    return 3.0 * (filled - 1) ** 2 + SCENE_CHANGE * changes + 1.0 * over + 0.4 * thin


def _end_cost(moments: Sequence[Moment], end: int, language: Language) -> float:
    """What an editor says to a strip that ends before this moment; a good punch line is below 0."""
    if end in (0, len(moments)):
        return 0.0
    last, following = moments[end - 1], moments[end]
    if last.line is not None and last.line is following.line:
        return TORN
    cost = 0.0 if last.beat.key != following.beat.key else 0.7
    cost -= 1.0 * (last.scene.key != following.scene.key)
    cost -= 0.5 * (last.beat.importance >= 4 or last.beat.reveal)
    cost -= 0.4 * leaves_open(last.beat)
    cost -= 0.3 * (last.beat.emotion not in (Emotion.NEUTRAL, following.beat.emotion))
    spoken = last.line is not None and last.line.kind is not LineKind.NARRATION
    return cost - 0.4 * (spoken and last.letters <= BRIEF[language])


def sparing(strip: Sequence[Moment]) -> list[Moment]:
    """One told sentence as a caption, where people speak; without speech two, that the strip is not mute."""
    told = [moment.line.key for moment in strip if _is_caption(moment) and moment.line is not None]
    spoken = any(moment.parts and not _is_caption(moment) for moment in strip)
    kept = list(dict.fromkeys(told))[: 1 if spoken else 2]
    return [
        moment.with_parts(()) if _is_caption(moment) and moment.line and moment.line.key not in kept else moment
        for moment in strip
    ]


def _is_caption(moment: Moment) -> bool:
    return bool(moment.parts) and moment.parts[0].kind is LineKind.NARRATION


def with_looks(strips: Sequence[Sequence[Moment]]) -> list[list[Moment]]:
    """The places where scenes open, and the after-beat; a strip has no room for other looks than it needs."""
    shown: set[str] = set()
    return [_opened(strip, shown) for strip in strips]


def _opened(strip: Sequence[Moment], shown: set[str]) -> list[Moment]:
    """A strip that opens a scene shows where it is, if it has room left."""
    scene = strip[0].scene.key
    if scene in shown or len(strip) > 2 * STRIP_PANELS:
        return list(strip)
    shown.add(scene)
    return [Moment(strip[0].beat, strip[0].scene, "establish"), *strip]


def in_panels(strip: Sequence[Moment], layout: LayoutName, balloon_letters: int) -> Groups:
    """A strip's moments as four panels, those of a brief newspaper strip as three; looks are put in where it has too
    few."""
    moments = list(strip)
    panels = STRIP_PANELS - (layout == "strip" and len(moments) < BRIEF_STRIP)
    while True:
        wish = PageWish(panels=panels, silent=int(len(moments) > panels), most=panels, spread=True, exact=True)
        groups = break_down(moments, wish, balloon_letters) if len(moments) >= panels else []
        if len(groups) == panels or len(moments) > LONGEST:
            return groups
        moments = with_look(moments)


def told(frames: Sequence[Frame]) -> list[Frame]:
    """Ki, sho, ten, ketsu: the third panel turns and the last one strikes. No panel of a strip is a splash."""
    found = [replace(frame, role=Role.PAYOFF) if frame.role is Role.SPLASH else frame for frame in frames]
    least = (1, 1, 3, 4)
    return [
        replace(frame, importance=max(low, min(frame.importance, 4)))
        for frame, low in zip(found, least[-len(found) :], strict=True)
    ]


def with_room(panel: PanelDraft, language: Language) -> PanelDraft:
    """From farther off, a step for each measure of words that would not stand beside the faces of a small panel, and
    for a second balloon."""
    sizes = [len(part.text) for part in panel.dialogue.parts if part.kind != "sfx"]
    alone, together = BESIDE_FACES[language]
    most = together if len(panel.direction.figures) > 1 else alone
    shot = panel.direction.shot
    steps = max(0, ceil(sum(sizes) / most) - 1) + (len(sizes) > 1)
    for _ in range(steps if panel.direction.figures else 0):
        shot = WIDER.get(shot, shot)
    if shot is panel.direction.shot:
        return panel
    return panel.model_copy(update={"direction": panel.direction.model_copy(update={"shot": shot})})
