"""People of a reading in, their looks out: what the text says, else chosen so that no two have one silhouette."""

from dataclasses import dataclass
from typing import Any

from manga.characters import Age, Look
from manga.concept import Period
from offline.lexicon import load, table
from offline.reading.about import gather, infer
from offline.reading.describe import costume, describe
from offline.reading.reading import Person, Reading
from offline.reading.wardrobe import Choice, dress


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
