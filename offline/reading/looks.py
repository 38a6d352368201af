"""The looks of people: what the text says of each, else chosen so that no two have one silhouette."""

import re
from dataclasses import dataclass
from typing import Any

from manga.brief import Language
from manga.characters import Age, Kind, Look
from manga.concept import Period
from manga.vocabulary.beings import look_of
from manga.vocabulary.clothes_and_hair import outfits
from offline.lexicon import language_of, load, pattern, table
from offline.reading.ages import age_of
from offline.reading.complete_looks import Choice, dress, worn_then
from offline.reading.ja.aliases import is_family_name
from offline.reading.look_in_words import costume, describe
from offline.reading.story_reading import Person, Reading
from offline.reading.told_of_somebody import About, gather, named_after, said_to_be
from offline.reading.worn_clothes import worn
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

OLD = (Period.OLD_JAPAN, Period.OLD_CHINA)
_FEATURES = (
    ("hair_color", "hair_colors"), ("facial_hair", "facial_hair"), ("build", "builds"), ("eyes", "eyes"),
)  # fmt: skip
"""Fields of a look, and the tables that tell them."""


def infer(lexicon: str, about: About, usual: Age = Age.ADULT, period: Period = Period.MODERN) -> dict[str, Any]:
    """Only what is said; what is open is left out."""
    facts: dict[str, Any] = {"kind": Kind(kind_of(lexicon, about)), "gender": gender_of(lexicon, about)}
    facts["age"] = age_of(lexicon, about, usual)
    facts["school"] = usual is Age.TEEN
    facts["in_japan"] = lexicon.endswith("ja")
    language = language_of(lexicon)
    has_on = worn(language, about)
    rows = {"hair_style": hair_told(language)} | {name: table(lexicon, key) for name, key in _FEATURES}
    facts |= {name: label for name, row in rows.items() if (label := row.first(about.close))}
    facts |= {"hat": hat} if (hat := hats_told(language).first(has_on)) else {}
    outfit = outfit_of(lexicon, about, has_on, facts["age"], period)
    if outfit:
        facts["outfit"] = outfit
    tone = table(lexicon, "worn_tones").earliest(has_on)
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
        *table(lexicon, "worn_marks").all(has_on),
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


def outfit_of(lexicon: str, about: About, has_on: str, age: Age, period: Period) -> str | None:
    """Clothes that are told of, else those of the trade: 部長 is a pupil at school and 先生 no suit of old Japan."""
    language = language_of(lexicon)
    told = outfits_told(language).earliest(has_on)
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


def made_of(lexicon: str, about: About) -> tuple[str, ...]:
    """A robot by name or by introduction."""
    row = machines(language_of(lexicon))
    found = row.search(about.names)
    if found:
        return (found.group(0).lower(),)
    return ("robot" if lexicon.endswith("en") else "ロボット",) if said_to_be(lexicon, about, row.pattern) else ()


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
