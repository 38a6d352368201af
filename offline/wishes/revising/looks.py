"""Carries out wishes for a look: the look as it is in, changed fields out. `Younger` goes one step."""

from typing import Any

from manga.characters import Age, Kind, Look
from manga.vocabulary.clothes_and_hair import from_east, hair_styles, usual_hat
from offline.wishes.revising.revision_patterns import numbers
from offline.wishes.revising.understood_words import Hearing

_AGES = list(Age)
_APPEALS: dict[str, dict[str, Any]] = {
    "gentle": {"eyes": "gentle"},
    "cute": {"eyes": "round", "brows": "thin"},
    "fierce": {"eyes": "sharp", "brows": "thick"},
    "handsome": {"eyes": "gentle", "hair_style": "swept"},
    "scruffy": {"hair_style": "messy", "outfit": "rags"},
}


def look_changes(hearing: Hearing, look: Look) -> dict[str, Any]:
    """Fields of the look, and `years` when an age is told in years."""
    changes = _head(hearing, look) | _hair(hearing, look) | _body(hearing, look) | _clothes(hearing, look)
    if label := hearing.first("appeals"):
        changes = _appeal(hearing, label, look) | changes
    if marks := hearing.all("marks"):
        words = tuple(mark.split("/")[hearing.language.value == "en"] for mark in marks)
        changes["marks"] = tuple(dict.fromkeys((*look.marks, *words)))[-6:]
    return changes


def _hair(hearing: Hearing, look: Look) -> dict[str, Any]:
    style, length = hearing.first("hair_styles"), hearing.first("hair_length")
    changes: dict[str, Any] = {}
    if look.kind is not Kind.HUMAN and (style or length):
        hearing.refuse("動物の髪形は描き分けられません。毛の色なら変えられます。",
                       "An animal's hair has no cut here; the colour of its fur can be changed.")  # fmt: skip
    elif style:
        changes["hair_style"] = style
    elif length == "shorter":
        changes |= _cut(hearing, look)
    elif length == "longer":
        if look.hair_style == "long":
            hearing.refuse("髪はもういちばん長い形です。", "The hair is as long as it can be drawn already.")
        changes["hair_style"] = "long"
    if color := hearing.first("hair_colors"):
        changes["hair_color"] = color
    return changes


def _cut(hearing: Hearing, look: Look) -> dict[str, Any]:
    shorter = hair_styles().entries[look.hair_style].shorter
    if not shorter:
        hearing.refuse("髪はもういちばん短い形です。", "The hair cannot be any shorter.")
        return {}
    return {"hair_style": "short" if shorter == "bob" and look.gender == "male" else shorter}


def _head(hearing: Hearing, look: Look) -> dict[str, Any]:
    changes: dict[str, Any] = {
        field: label
        for field, name in (("eyes", "eyes"), ("brows", "brows"), ("facial_hair", "beards"))
        if (label := hearing.first(name)) is not None
    }
    if changes.get("facial_hair", "none") != "none" and look.kind is not Kind.HUMAN:
        hearing.refuse("動物のひげは描けません。", "An animal is drawn without a beard.")
    if label := hearing.first("glasses"):
        changes["glasses"] = label == "yes"
    if hat := "none" if hearing.has("bareheaded") else hearing.first("hats"):
        changes["hat"] = hat if hat != "plain" else _hat(look)
    if hearing.has("eye_color"):
        hearing.refuse(
            "目の色は白黒の絵に現れません。", "The colour of eyes does not show in a black-and-white picture."
        )
    return changes


def _hat(look: Look) -> str:
    """What one of that age and those clothes wears."""
    return "cap" if look.age in (Age.CHILD, Age.TEEN) and not from_east(look.outfit) else usual_hat(look.outfit)


def _body(hearing: Hearing, look: Look) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if gender := hearing.first("genders"):
        changes["gender"] = gender
        if gender == "female":
            changes["facial_hair"] = "none"
    if build := hearing.first("builds"):
        changes["build"] = build
    return changes | _age(hearing, look)


def _age(hearing: Hearing, look: Look) -> dict[str, Any]:
    told = hearing.value("years")
    if told and (years := numbers("characters").get(told.lower()) or _count(told)):
        return {"age": _age_of(years), "years": years}
    label = hearing.first("ages")
    if label in ("younger", "older"):
        at = _AGES.index(look.age) + (1 if label == "older" else -1)
        if not 0 <= at < len(_AGES):
            hearing.refuse("年齢はもうこれ以上変えられません。", "The age cannot go any further that way.")
            return {}
        return {"age": _AGES[at]}
    return {"age": Age(label)} if label else {}


def _age_of(years: int) -> Age:
    return Age.CHILD if years < 13 else Age.TEEN if years < 20 else Age.ADULT if years < 60 else Age.ELDER


def _count(told: str) -> int | None:
    if told.isdecimal():
        return int(told)
    tens, ten, ones = told.partition("十")
    digits = "一二三四五六七八九"
    if not ten:
        return digits.find(tens) + 1 or None
    return (digits.find(tens) + 1 if tens else 1) * 10 + (digits.find(ones) + 1 if ones else 0)


def _clothes(hearing: Hearing, look: Look) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if outfit := hearing.first("outfits"):
        if outfit == "uniform" and look.age in (Age.CHILD, Age.TEEN):
            outfit = "sailor" if look.gender == "female" else "gakuran"
        changes["outfit"] = outfit
    if tone := hearing.first("outfit_tones"):
        changes["outfit_tone"] = tone
    return changes


def _appeal(hearing: Hearing, label: str, look: Look) -> dict[str, Any]:
    if look.kind is not Kind.HUMAN:
        hearing.refuse("動物の印象までは変えられません。毛の色や年齢を言ってください。",
                       "An animal's appeal is more than can be changed here: name its fur or its age.")  # fmt: skip
        return {}
    changes = _APPEALS[label]
    return changes if look.gender != "female" or label != "handsome" else {"eyes": "gentle", "hair_style": "long"}
