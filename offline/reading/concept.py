"""Makes the concept from a reading and the settings; what the person has set is never chosen again."""

import re
from collections import Counter
from collections.abc import Iterable

from manga.brief import Language, Settings
from manga.concept import Concept, Culture, Genre, Period, World
from manga.paper import Direction, Side
from manga.plot import Emotion
from manga.story_source import Source, sentences
from manga.time_and_culture import OF_A_PERIOD, culture_of
from offline.reading.cast import Member, choose_members
from offline.reading.lexicon_tables import Lore, lore
from offline.reading.place_mentions import most_named, place_phrase
from offline.reading.script_reader import is_script, lines_of
from offline.reading.story_reading import Reading

SECOND = 0.4
"""Share of the first genre's weight that another needs."""
ANYWHERE = {Genre.SLICE_OF_LIFE.value: 0.6, Genre.DRAMA.value: 0.7}
"""What words count that are in stories of every kind: kitchens, shops and tea; tears and death."""
HINT, MOST_HINTED, LEAST_SURE = 0.35, 0.9, 1.0
"""A lamp may burn at any time: what a word is worth that is not of one period alone, all of them together, and
what is enough to leave today."""
AGAIN, MOST_AGAIN = 0.15, 6
SURE_OF_CULTURE = 3.0
"""Different words, or names of people, of which one may be there by chance."""
FOREIGN_NAME = re.compile(r"(?=.*[ァィゥェォャュョッーヴ]|.{4})[ァ-ヶー・]{3,}(?:さん|夫人|先生|氏|様)?")
"""A name in katakana that is not that of a Japanese (ミオ, ハナさん)."""
STYLE_BY_GENRE = {
    Genre.HORROR: "seinen", Genre.MYSTERY: "seinen", Genre.HISTORICAL: "seinen", Genre.ROMANCE: "shojo",
    Genre.SCHOOL: "shonen", Genre.ADVENTURE: "shonen", Genre.SCIENCE_FICTION: "shonen", Genre.FOLK_TALE: "children",
}  # fmt: skip
READERS = {
    Language.JA: {
        "shonen": "少年読者（10代）",
        "shojo": "少女読者（10代）",
        "seinen": "青年・大人",
        "children": "子どもと家族",
    },
    Language.EN: {
        "shonen": "teenagers (shonen)",
        "shojo": "teenagers (shojo)",
        "seinen": "adults",
        "children": "children and families",
    },
}  # fmt: skip


def make_concept(reading: Reading, settings: Settings) -> Concept:
    tables = lore(reading.language)
    text = reading.source.text
    genres = find_genres(tables, text)
    period = find_period(tables, text, reading.language, genres)
    style = settings.style if settings.style != "auto" else style_of(genres)
    direction = find_direction(reading.language, settings)
    members = choose_members(reading)
    return Concept(
        title=settings.title or find_title(reading.source, members),
        author=settings.author or reading.source.author,
        logline=logline(reading, members)[:400],
        theme=tables.mood(main_emotion(tables, text)),
        genres=genres,
        target_readers=READERS[reading.language][style],
        world=World(
            place=find_place(tables, text)[:200], period=period, culture=find_culture(tables, text, period, members)
        ),
        mood=tables.mood(main_emotion(tables, text)),
        art_style=style,
        direction=direction,
        start_side=find_side(direction, settings),
        language=reading.language,
    )


def style_of(genres: tuple[Genre, ...]) -> str:
    """A folk tale is for children even when it is told as something else first, unless it frightens."""
    if Genre.FOLK_TALE in genres and genres[0] is not Genre.HORROR:
        return STYLE_BY_GENRE[Genre.FOLK_TALE]
    return STYLE_BY_GENRE.get(genres[0], "seinen")


def find_genres(tables: Lore, text: str) -> tuple[Genre, ...]:
    """What it is, and how it is told; a story of more than two kinds is of no kind."""
    weights = {label: weight_of(row, text) * ANYWHERE.get(label, 1.0) for label, row in tables.table("genres").rows}
    order = sorted((label for label in weights if weights[label]), key=lambda label: -weights[label])
    kept = [label for label in order[:2] if weights[label] >= SECOND * weights[order[0]]]
    return tuple(Genre(label) for label in kept) or (Genre.DRAMA,)


def weight_of(row: re.Pattern[str], text: str) -> float:
    """Different words count more than the same word again: one teacher makes no school story."""
    found = Counter(match.group().lower() for match in row.finditer(text))
    return sum(1 + AGAIN * min(times - 1, MOST_AGAIN) for times in found.values())


def find_period(tables: Lore, text: str, language: Language, genres: tuple[Genre, ...] = ()) -> Period:
    """What is surely of one time, with what only hints at it; a story that says nothing is of today, but for science
    fiction with any hint of what is to come."""
    hints = {label: weight_of(row, text) for label, row in tables.table("period_hints").rows}
    weights = {label: weight_of(row, text) for label, row in tables.table("periods").rows}
    for label, hinted in hints.items():
        weights[label] += min(MOST_HINTED, HINT * hinted)
    best = max(weights, key=lambda label: weights[label])
    if weights[best] < LEAST_SURE and Genre.SCIENCE_FICTION in genres and hints.get(Period.FUTURE.value):
        return Period.FUTURE
    return Period(best) if weights[best] >= LEAST_SURE else Period.MODERN


def find_culture(tables: Lore, text: str, period: Period, members: tuple[Member, ...]) -> Culture:
    """Whose houses and clothes the story has: its period's, else whose words and names it surely tells, else its
    language's."""
    usual = culture_of(period, text if tables.language == "ja" else "")
    if period in OF_A_PERIOD:
        return usual
    weights = {label: weight_of(row, text) for label, row in tables.table("cultures").rows}
    if tables.language == "ja":
        weights[Culture.WEST] += sum(FOREIGN_NAME.fullmatch(member.person.name) is not None for member in members)
    best = max(weights, key=lambda label: weights[label])
    return Culture(best) if weights[best] >= SURE_OF_CULTURE else usual


def find_direction(language: Language, settings: Settings) -> Direction:
    if settings.direction != "auto":
        return Direction(settings.direction)
    return Direction.RTL if language is Language.JA else Direction.LTR


def find_side(direction: Direction, settings: Settings) -> Side:
    if settings.start_side != "auto":
        return Side(settings.start_side)
    return Side.LEFT if direction is Direction.RTL else Side.RIGHT


def find_title(source: Source, members: tuple[Member, ...]) -> str:
    """The story's own; else its first words, or whom it is about."""
    if source.title:
        return source.title
    if is_script(source):
        said = lines_of(source)[0].group(3).strip('「」『』“”" ')
        return shortened(said, 20 if source.language is Language.JA else 48)
    first = next(iter(sentences(source.text, 0, len(source.text), source.language)), None)
    words = source.text[first.start : first.end] if first else source.text.strip()
    words = re.sub(r"[「」『』“”\"#＿]", "", words.split("\n")[0]).strip(" \u3000。、.,")
    limit = 20 if source.language is Language.JA else 48
    if 0 < len(words) <= limit:
        return words
    if members:
        return (
            f"{members[0].person.name}の物語"
            if source.language is Language.JA
            else f"The Story of {members[0].person.name}"
        )
    return shortened(words, limit)


def shortened(words: str, limit: int) -> str:
    """Cut at a natural joint before the limit."""
    head = words[:limit]
    joint = max(head.rfind("、"), head.rfind(" "), head.rfind("は") + 1, head.rfind("の") + 1)
    return (head[:joint] if joint > limit // 3 else head).strip(" 、") or "無題"


def logline(reading: Reading, members: tuple[Member, ...]) -> str:
    names = [m.person.name for m in members[:2]]
    about = opening(reading, names[0] if names else "")
    if reading.language is Language.JA:
        who = "と".join(names) + "の物語。" if names else ""
        return f"{who}{about}"
    return f"A story of {' and '.join(names)}. {about}" if names else about


def opening(reading: Reading, name: str) -> str:
    """The first sentence that tells about the protagonist, or the first of all."""
    text = reading.source.text
    pieces = list(sentences(text, 0, min(len(text), 6000), reading.language))
    told = (text[p.start : p.end] for p in pieces if not name or name in text[p.start : p.end])
    fallback = text[pieces[0].start : pieces[0].end] if pieces else text[:120]
    return next((t for t in told if len(t) > 12 and not t.startswith(("「", "“", '"'))), fallback)


def find_place(tables: Lore, text: str) -> str:
    """The settings that are named most, in the story's words."""
    language = Language(tables.language)
    phrases = [place_phrase(language, label, text) for label in most_named(language, text)]
    joint = "・" if tables.name.endswith("ja") else ", "
    return joint.join(unique(p for p in phrases if p))


def unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def main_emotion(tables: Lore, text: str) -> Emotion:
    """Joy is named most in any story, so the end counts double."""
    votes = Counter(tables.table("emotions").votes(text))
    votes.update(tables.table("emotions").votes(text[len(text) * 3 // 4 :]))
    return Emotion(votes.most_common(1)[0][0]) if votes else Emotion.NEUTRAL
