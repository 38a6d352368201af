"""People of a reading in, their looks out: what the text says, else chosen so that no two have one silhouette."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from manga.characters import Age, Kind, Look
from manga.concept import Period
from providers.offline.describe import costume, describe
from providers.offline.lexicon import load, pattern, table
from providers.offline.reading import Person, Reading
from providers.offline.wardrobe import Choice, dress

NEAR = 60
"""Characters before and after a name that tell about its bearer."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A look and its words."""

    look: Look
    description: str
    costume: str
    age_text: str
    personality: str


@dataclass(frozen=True, slots=True)
class About:
    """What names and text say of one person. Each row of `told` is a piece of a sentence around the name."""

    person: Person
    names: str
    told: str
    close: str


def appearances(
    reading: Reading, people: tuple[Person, ...], period: Period, seed: int, usual_age: Age = Age.ADULT
) -> tuple[Appearance, ...]:
    """In the order of the cast, so that the protagonist is dressed first."""
    lexicon = f"looks_{reading.language.value}"
    abouts = [gather(reading, person) for person in people]
    facts_of = [infer(lexicon, about, usual_age) for about in abouts]
    choices = choose(people, facts_of, period, seed)
    found = []
    for number, person in enumerate(people):
        about, facts, choice = abouts[number], facts_of[number], choices[number]
        look = Look(**{**facts, **choice.fields(), "seed": (seed * 31 + number * 7 + 1) % 1000})
        traits = table(lexicon, "traits").votes(about.told)
        best = sorted(traits, key=lambda trait: -traits[trait])[:2]
        text = describe(lexicon, person, look)
        age_text = str(load(lexicon)["labels"].get("ages", {}).get(look.age.value, "")) or look.age.value
        joint = "、" if lexicon.endswith("ja") else ", "
        found.append(Appearance(look, text, costume(lexicon, look), age_text, joint.join(best)))
    return tuple(found)


def choose(people: tuple[Person, ...], facts: list[dict[str, Any]], period: Period, seed: int) -> list[Choice]:
    """Those of whose hair the text tells are dressed first, so that nobody else gets the same."""
    order = sorted(range(len(people)), key=lambda i: ("hair_style" not in facts[i], i))
    chosen: dict[int, Choice] = {}
    for i in order:
        chosen[i] = dress(facts[i], people[i], period, seed + i, list(chosen.values()))
    return [chosen[i] for i in range(len(people))]


def gather(reading: Reading, person: Person) -> About:
    """The stretches of narration beside the person's name: wide for character, narrow for clothes and hair."""
    text = reading.source.text
    wide, close = [], []
    own = [i for i, m in enumerate(reading.mentions) if m.name == person.name][:80]
    for at in own:
        mention = reading.mentions[at]
        others = (m.start for m in reading.mentions[at + 1 : at + 4] if m.name != person.name and m.start > mention.end)
        neighbour = next(others, len(text))
        earlier = (m.end for m in reversed(reading.mentions[max(0, at - 3) : at]) if m.name != person.name)
        before = max(mention.start - 24, next((e for e in earlier if e <= mention.start), 0))
        low = (
            max(
                text.rfind("。", 0, mention.start),
                text.rfind(". ", 0, mention.start),
                text.rfind("\n", 0, mention.start),
            )
            + 1
        )
        high = min(
            (
                i
                for i in (text.find("。", mention.end), text.find(". ", mention.end), text.find("\n", mention.end))
                if i >= 0
            ),
            default=len(text),
        )
        wide.append(text[max(low, mention.start - NEAR) : min(high, mention.end + NEAR)])
        if mention.role == "subject":
            close.append(text[max(low, before) : min(high, neighbour, mention.end + NEAR)])
    names = re.compile("|".join(re.escape(n) for n in sorted(person.names, key=len, reverse=True)))
    return About(person, " ".join(person.names), "\n".join(wide), names.sub("～", "\n".join(close)))


def infer(lexicon: str, about: About, usual: Age = Age.ADULT) -> dict[str, Any]:
    """Only what is said; what is open is left out."""
    facts: dict[str, Any] = {"kind": Kind(kind_of(lexicon, about)), "gender": about.person.gender}
    age = table(lexicon, "name_ages").first(about.names) or table(lexicon, "told_ages").first(about.close)
    at_school = usual is Age.TEEN and re.search(r"少年|少女|\b(?:boy|girl)\b", about.names)
    facts["age"] = Age(age) if age and not at_school else usual
    rows: tuple[tuple[str, Callable[[str], str | None]], ...] = (
        ("hair_style", table(lexicon, "hair_styles").first),
        ("hair_color", table(lexicon, "hair_colors").first),
        ("facial_hair", table(lexicon, "facial_hair").first),
        ("hat", table(lexicon, "hats").first),
        ("build", table(lexicon, "builds").first),
        ("eyes", table(lexicon, "eyes").first),
    )
    for name, first in rows:
        label = first(about.close)
        if label:
            facts[name] = label
    outfit = table(lexicon, "outfits").first(about.names) or table(lexicon, "outfits").first(about.close)
    if outfit:
        facts["outfit"] = outfit
    facts.update(well_known(lexicon, about.names))
    facts["glasses"] = bool(pattern(lexicon, "glasses").search(about.close))
    facts["marks"] = table(lexicon, "marks").all(f"{about.names}\n{about.close}")[:4]
    return facts


def well_known(lexicon: str, names: str) -> dict[str, Any]:
    rows: dict[str, dict[str, str]] = load(lexicon)["figures"]
    known = next((dict(look) for row, look in rows.items() if re.search(row, names, re.IGNORECASE)), {})
    return {name: Age(value) if name == "age" else value for name, value in known.items()}


def kind_of(lexicon: str, about: About) -> str:
    flags = about.names.lower() if lexicon.endswith("en") else about.names
    by_name = table(lexicon, "name_kinds").first(flags)
    if by_name:
        return by_name
    told = [
        label
        for label, row in table(lexicon, "told_kinds").rows
        if any(re.search(is_a(name, row.pattern), about.told) for name in about.person.names)
    ]
    return told[0] if told else "human"


def is_a(name: str, beast: str) -> str:
    """ごんは、一人ぼっちの小狐で / ごんという狐; 権太は狐を抱いて says nothing of that kind."""
    named = rf"(?:という|と云う)[^。、]{{0,6}}(?:{beast})"
    said_to_be = rf"は、?[^。、]{{0,10}}(?:{beast})(?:で|だ|であ)"
    return rf"{re.escape(name)}」?(?:{named}|{said_to_be})"
