"""Describes a look in one sentence of the story's language; it is repeated wherever the figure is drawn."""

from typing import Any

from manga.brief import Language
from manga.characters import Age, Kind, Look
from manga.vocabulary.beings import beings
from manga.vocabulary.clothes_and_hair import hair_styles, headgear, outfits
from offline.lexicon import language_of, load
from offline.reading.story_reading import Person


def describe(lexicon: str, person: Person, look: Look) -> str:
    labels = load(lexicon)["labels"]
    if person.unseen:
        return (
            f"{person.name}。姿の見えない声。"
            if lexicon.endswith("ja")
            else f"{person.name}: a voice that is never seen."
        )
    return japanese(labels, person, look) if lexicon.endswith("ja") else english(labels, person, look)


def costume(lexicon: str, look: Look) -> str:
    """What is worn, without the person."""
    if look.outfit == "none":
        return ""
    language = language_of(lexicon)
    tone = load(lexicon)["labels"]["outfit_tone"][look.outfit_tone]
    outfit = outfits().entries[look.outfit].name_in(language.value)
    hat = headgear().entries[look.hat].name_in(language.value) if look.hat != "none" else ""
    if language is Language.JA:
        return f"{tone}{outfit}" + (f"、{hat}" if hat else "")
    return with_tone(outfit, tone) + (f" and {hat}" if hat else "")


def with_tone(outfit: str, tone: str) -> str:
    """a robe, dark: a dark robe; farm clothes, pale: pale farm clothes."""
    for article in ("a ", "an "):
        if outfit.startswith(article):
            return f"a {tone} {outfit[len(article) :]}"
    return f"{tone} {outfit}"


def noun(labels: dict[str, Any], look: Look, language: Language) -> str:
    if look.kind is not Kind.HUMAN:
        return beings().entries[look.kind.value].name_in(language.value)
    rows = {Age.CHILD: "young", Age.TEEN: "teen", Age.ELDER: "elder", Age.ADULT: "gender"}
    return str(labels[rows[look.age]][look.gender])


def japanese(labels: dict[str, Any], person: Person, look: Look) -> str:
    build = str(labels["build"][look.build])
    first = f"{person.name}。{build}{noun(labels, look, Language.JA)}"
    if look.kind is not Kind.HUMAN:
        return "、".join([first, *look.marks]) + "。"
    hair = hair_styles().entries[look.hair_style].name_in("ja")
    hair = hair if look.hair_style == "bald" else f"{labels['hair_color'][look.hair_color]}{hair}"
    parts = [first, hair, str(labels["eyes"][look.eyes])]
    parts += [str(labels["facial_hair"][look.facial_hair])] if look.facial_hair != "none" else []
    parts += ["めがね"] if look.glasses else []
    parts += [costume("looks_ja", look), *look.marks]
    return "、".join(p for p in parts if p) + "。"


def english(labels: dict[str, Any], person: Person, look: Look) -> str:
    build = str(labels["build"][look.build])
    first = f"{person.name}: a {build} {noun(labels, look, Language.EN)}"
    if look.kind is not Kind.HUMAN:
        return ", ".join([first, *look.marks]) + "."
    hair = hair_styles().entries[look.hair_style].name_in("en")
    hair = f"a {hair}" if look.hair_style in ("bald", "topknot") else f"{labels['hair_color'][look.hair_color]} {hair}"
    parts = [f"{first} with {hair} and {labels['eyes'][look.eyes]}"]
    parts += [f"with {labels['facial_hair'][look.facial_hair]}"] if look.facial_hair != "none" else []
    parts += ["wearing glasses"] if look.glasses else []
    parts += [f"dressed in {costume('looks_en', look)}"] if look.outfit != "none" else []
    return ", ".join([*parts, *look.marks]) + "."
