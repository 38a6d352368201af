"""The looks of people: what the text says of each, else chosen so that no two have one silhouette."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from manga.brief import Language
from manga.characters import Age, Kind, Look
from manga.concept import Period
from manga.vocabulary.beings import look_of
from manga.vocabulary.clothes_and_hair import outfits
from offline.lexicon import language_of, load, pattern, table
from offline.reading.complete_looks import Choice, dress, worn_then
from offline.reading.en.introductions import christened, introduced_as, years_of
from offline.reading.ja.aliases import is_family_name
from offline.reading.look_in_words import costume, describe
from offline.reading.story_reading import Mention, Person, Reading
from offline.vocabulary_words import (
    figures_named,
    hair_told,
    hats_told,
    kinds_introduced,
    kinds_named,
    machines,
    outfits_of_trades,
    outfits_told,
)

NAME = "ꙮ"
"""A letter that no text has, for the names of whoever is asked about: so one pattern introduces all."""
NEAR = 60
"""Characters before and after a name that tell about its bearer."""
TURNS_OUT = re.compile(r"\bIt was (?:her|his|my|their|the)? ?$")
OLD = (Period.OLD_JAPAN, Period.OLD_CHINA)
TEENS = 13
_SUBJECT = re.compile(r"[^。、はが]{1,12}(?=[はが])")
KANA = re.compile(r"お?[ぁ-んァ-ヴー]{2,6}")
"""A name that is no noun: 青鷺のおきぬ is a heron, 猫の飼い主 is no cat."""
_FEATURES = (
    ("hair_color", "hair_colors"), ("facial_hair", "facial_hair"), ("build", "builds"), ("eyes", "eyes"),
)  # fmt: skip
"""Fields of a look, and the tables that tell them."""


@dataclass(frozen=True, slots=True)
class About:
    """What names and text say of one person. Each row of `told` is a piece of a sentence around the name (in
    `marked` that is `NAME`); `close` has the clauses whose subject the person is, `before` the words right before each
    name."""

    person: Person
    names: str
    told: str
    marked: str
    close: str
    before: str


def gather(reading: Reading, person: Person) -> About:
    """The stretches of narration beside the person's name: wide for character, narrow for clothes and hair."""
    text = reading.source.text
    wide, close, before = [], [], []
    for at in [at for at, mention in enumerate(reading.mentions) if mention.name == person.name][:80]:
        mention = reading.mentions[at]
        low, high = sentence_around(text, mention)
        wide.append(text[max(low, mention.start - NEAR) : min(high, mention.end + NEAR)])
        known_before = christened(text, mention.start)
        if known_before:
            wide.append(f"the {known_before} {mention.name}")
            close.append(text[low : mention.end])
        before.append(text[max(low, mention.start - 24) : mention.start])
        if mention.role == "subject":
            close.append(clause_of(reading, at, low, high))
        if TURNS_OUT.search(text, max(low - 1, 0), mention.start):
            close.append(text[max(0, low - 2 * NEAR) : low])
    names = re.compile("|".join(re.escape(n) for n in sorted(person.names, key=len, reverse=True)))
    told, joined = "\n".join(wide), names.sub("～", "\n".join(close))
    return About(person, " ".join(person.names), told, names.sub(NAME, told), joined, "\n".join(before))


def clause_of(reading: Reading, at: int, low: int, high: int) -> str:
    """Up to the next person, and the sentence after when it goes on without a subject."""
    text, mention = reading.source.text, reading.mentions[at]
    others = (m.start for m in reading.mentions[at + 1 : at + 4] if m.name != mention.name and m.start > mention.end)
    neighbour = next(others, len(text))
    earlier = (m.end for m in reversed(reading.mentions[max(0, at - 3) : at]) if m.name != mention.name)
    start = max(mention.start - 24, next((e for e in earlier if e <= mention.start), 0))
    end = min(high, neighbour, mention.end + NEAR)
    if end == high and high < len(text) and text[high] == "。":
        stop = text.find("。", high + 1)
        following = text[high + 1 : stop] if stop > 0 else ""
        goes_on = is_of_hair(following) or not re.search(r"[はが]", following)
        if 0 < len(following) <= NEAR and goes_on and not re.search(r"[\n「」]", following) and neighbour > high:
            end = min(stop, neighbour)
    return text[max(low, start) : end]


def is_of_hair(sentence: str) -> bool:
    """三つ編みの先がはねている goes on about whoever the sentence before is about."""
    subject = _SUBJECT.match(sentence)
    return subject is not None and bool(
        re.search("[髪髭]|ひげ", subject[0]) or hair_told(Language.JA).first(subject[0])
    )


def sentence_around(text: str, mention: Mention) -> tuple[int, int]:
    low = max(text.rfind(mark, 0, mention.start) for mark in ("。", ". ", "\n")) + 1
    ends = [i for i in (text.find(mark, mention.end) for mark in ("。", ". ", "\n")) if i >= 0]
    return low, min(ends, default=len(text))


def infer(lexicon: str, about: About, usual: Age = Age.ADULT, period: Period = Period.MODERN) -> dict[str, Any]:
    """Only what is said; what is open is left out."""
    facts: dict[str, Any] = {"kind": Kind(kind_of(lexicon, about)), "gender": gender_of(lexicon, about)}
    facts["age"] = age_of(lexicon, about, usual)
    facts["school"] = usual is Age.TEEN
    facts["in_japan"] = lexicon.endswith("ja")
    language = language_of(lexicon)
    rows = {"hair_style": hair_told(language), "hat": hats_told(language)}
    rows |= {name: table(lexicon, key) for name, key in _FEATURES}
    facts |= {name: label for name, row in rows.items() if (label := row.first(about.close))}
    outfit = outfit_of(lexicon, about, facts["age"], period)
    if outfit:
        facts["outfit"] = outfit
    tone = table(lexicon, "worn_tones").earliest(about.close)
    if tone:
        facts["outfit_tone"] = tone
    facts.update(well_known(language, about.names))
    if "outfit" in facts:
        facts["outfit"] = worn_then(facts["outfit"], period, facts["gender"])
    learned = period is Period.MODERN and bool(pattern(lexicon, "learned").search(about.names))
    facts["glasses"] = learned or bool(pattern(lexicon, "glasses").search(about.close))
    told = table(lexicon, "marks").all(f"{about.names}\n{about.close}")[:4]
    facts["marks"] = (
        *facts.get("marks", ()),
        *species_of(lexicon, about, facts["kind"]),
        *made_of(lexicon, about),
        *told,
    )
    facts.update(coat_or_beard(lexicon, about, facts))
    return facts


def gender_of(lexicon: str, about: About) -> str:
    """What is told; else that of the trade: 罪人 of an old story are men."""
    told = about.person.gender
    return "male" if told == "neutral" and pattern(lexicon, "men").search(about.names.lower()) else told


def coat_or_beard(lexicon: str, about: About, facts: dict[str, Any]) -> dict[str, Any]:
    """A beast's fur; and a beard makes a man, a white one an old head."""
    if facts["kind"] is not Kind.HUMAN:
        fur = fur_of(lexicon, about)
        return {"hair_color": fur} if fur else {}
    if "facial_hair" not in facts:
        return {}
    found: dict[str, Any] = {"gender": "male"} if facts["gender"] == "neutral" else {}
    if "hair_color" not in facts and pattern(lexicon, "white_beard").search(about.close):
        found["hair_color"] = "grey" if facts["age"] is Age.ADULT else "white"
    return found


def fur_of(lexicon: str, about: About) -> str | None:
    """A large black cat, 白熊のような犬, 黒猫: the colour right before the name or in it."""
    by_name = table(lexicon, "fur").first(about.names)
    if by_name:
        return by_name
    told = [label for label, row in table(lexicon, "fur").rows for words in about.before.split("\n")
            if re.search(rf"(?:{row.pattern})[^、。,.]{{0,8}}$", words, row.flags)]  # fmt: skip
    said = [label for label, row in table(lexicon, "fur").rows
            if re.search(rf"\b(?:was|is) (?:very |all |quite )?(?:{row.pattern})", about.close, row.flags)]  # fmt: skip
    return next(iter((*told, *said)), None)


def age_of(lexicon: str, about: About, usual: Age) -> Age:
    """Boys and girls of a school are teenagers, whatever else a boy or girl is."""
    by_name = table(lexicon, "name_ages").first(about.names)
    said = None if by_name else introduced_age(lexicon, about)
    if isinstance(said, Age):
        return said
    age = by_name or said or table(lexicon, "told_ages").first(about.close)
    at_school = usual is Age.TEEN and (said == "child" or re.search(r"少年|少女|\b(?:boy|girl)\b", about.names))
    return Age(age) if age and not at_school else usual


def introduced_age(lexicon: str, about: About) -> Age | str | None:
    """The age itself where years are told, else the word for one: a boy called Kit may be any boy."""
    years = years_of(NAME, about.marked) if lexicon.endswith("en") else None
    if years:
        return Age.CHILD if years < TEENS else Age.TEEN
    rows = table(lexicon, "said_ages").rows
    said = (label for label, row in rows if said_to_be(lexicon, about, row.pattern) or named_after(about, row, "、"))
    return next(said, None)


def outfit_of(lexicon: str, about: About, age: Age, period: Period) -> str | None:
    """Clothes that are told of, else those of the trade: 部長 is a pupil at school and 先生 no suit of old Japan."""
    language = language_of(lexicon)
    told = outfits_told(language).earliest(about.close)
    trade = outfits_of_trades(language).first(about.names)
    if told or not trade or age in (Age.TEEN, Age.CHILD):
        return told
    return None if period in OLD and outfits().entries[trade].newer else trade


def well_known(language: Language, names: str) -> dict[str, Any]:
    known = next((look_of(being, language.value) for being, row in figures_named(language) if row.search(names)), {})
    return {name: Age(value) if name == "age" else value for name, value in known.items()}


def kind_of(lexicon: str, about: About) -> str:
    flags = about.names.lower() if lexicon.endswith("en") else about.names
    named = kinds_named(language_of(lexicon))
    by_name = named.first(flags)
    if by_name and not (lexicon.endswith("ja") and is_family_name(about.person.name)):
        return by_name
    introduced = kinds_introduced(language_of(lexicon)).rows
    told = [label for label, row in introduced if said_to_be(lexicon, about, row.pattern)]
    told += [label for label, row in named.rows if named_after(about, row)]
    return told[0] if told else "human"


def species_of(lexicon: str, about: About, kind: Kind) -> tuple[str, ...]:
    """What a beast, bird or spirit without a kind of its own is: a frog, 狸, an owl, the North Wind."""
    if kind not in {Kind.BEAST, Kind.BIRD, Kind.SPIRIT}:
        return ()
    row = next(row for label, row in kinds_named(language_of(lexicon)).rows if label == kind)
    found = row.search(about.names.lower() if lexicon.endswith("en") else about.names)
    word = found.group(0).lower() if found else named_after(about, row)
    return (word,) if word else ()


def named_after(about: About, row: re.Pattern[str], joint: str = "の") -> str:
    """The word right before a name that says what its bearer is: 青鷺のおきぬ; その年寄り、作左."""
    if joint == "の" and not any(KANA.fullmatch(name) for name in about.person.names):
        return ""
    found = (_right_before(row.pattern, joint).search(words) for words in about.before.split("\n"))
    return next((match.group(0).removesuffix(joint) for match in found if match), "")


@cache
def _right_before(noun: str, joint: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{noun}){joint}$")


def made_of(lexicon: str, about: About) -> tuple[str, ...]:
    """A robot by name or by introduction."""
    row = machines(language_of(lexicon))
    found = row.search(about.names)
    if found:
        return (found.group(0).lower(),)
    return ("robot" if lexicon.endswith("en") else "ロボット",) if said_to_be(lexicon, about, row.pattern) else ()


def said_to_be(lexicon: str, about: About, noun: str) -> bool:
    """Whether somewhere the person is introduced as what the pattern `noun` finds."""
    return bool(_introduces(language_of(lexicon), noun).search(about.marked))


@cache
def _introduces(language: Language, noun: str) -> re.Pattern[str]:
    return re.compile((introduced_as if language is Language.EN else is_a)(NAME, noun))


def is_a(name: str, beast: str) -> str:
    """ごんは、一人ぼっちの小狐で / ごんという狐; 権太は狐を抱いて says nothing of that kind."""
    named = rf"(?:という|と云う)[^。、]{{0,6}}(?:{beast})"
    told_to_be = rf"は、?[^。、]{{0,10}}(?:{beast})(?:で|だ|であ)"
    return rf"{name}」?(?:{named}|{told_to_be})"


@dataclass(frozen=True, slots=True)
class Appearance:
    """A look and its words."""

    look: Look
    description: str
    costume: str
    age_text: str
    personality: str


def appearances(
    reading: Reading, people: tuple[Person, ...], period: Period, seed: int, usual_age: Age = Age.ADULT
) -> tuple[Appearance, ...]:
    """In the order of the cast, so that the protagonist is dressed first."""
    lexicon = f"looks_{reading.language.value}"
    abouts = [gather(reading, person) for person in people]
    facts_of = [infer(lexicon, about, usual_age, period) for about in abouts]
    choices = choose(people, facts_of, period, seed)
    found = []
    for number, person in enumerate(people):
        about, facts, choice = abouts[number], facts_of[number], choices[number]
        look = Look(**{**plain(facts), **choice.fields(), "seed": (seed * 31 + number * 7 + 1) % 1000})
        traits = table(lexicon, "traits").votes(about.told)
        best = sorted(traits, key=lambda trait: -traits[trait])[:2]
        text = describe(lexicon, person, look)
        age_text = str(load(lexicon)["labels"].get("ages", {}).get(look.age.value, "")) or look.age.value
        joint = "、" if lexicon.endswith("ja") else ", "
        found.append(Appearance(look, text, costume(lexicon, look), age_text, joint.join(best)))
    return tuple(found)


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what only helps to choose."""
    return {name: value for name, value in facts.items() if name not in ("school", "in_japan")}


def choose(people: tuple[Person, ...], facts: list[dict[str, Any]], period: Period, seed: int) -> list[Choice]:
    """Those of whose hair the text tells are dressed first, so that nobody else gets the same."""
    order = sorted(range(len(people)), key=lambda i: ("hair_style" not in facts[i], i))
    chosen: dict[int, Choice] = {}
    for i in order:
        chosen[i] = dress(facts[i], people[i], period, seed + i, list(chosen.values()))
    return [chosen[i] for i in range(len(people))]
