"""A sheet and a state in, the person as seen then out: a changed look for the rig, one sentence for a model's prompt.

The sentence is the same, word for word, wherever the state is; without a state there is none and the sheet stays.
"""

from typing import Any, get_args

from agents.continuity.words import phrase
from manga.brief import Language
from manga.characters import Character, Look
from manga.continuity import OFF, Aspect, Change, State
from manga.values import Span

_MARKS = {
    Aspect.SHOES: "barefoot",
    Aspect.FACE: "{} face",
    Aspect.WET: "wet",
    Aspect.TORN: "torn clothes",
    Aspect.WOUND: "wound: {}",
    Aspect.BANDAGE: "bandage: {}",
}
"""Marks of the look by which the rig knows."""
_COATS = {"coat": "suit", "hoodie": "casual", "hunting": "victorian_suit"}
"""What is worn beneath."""
_OF_OLD_JAPAN = frozenset({"kimono", "farmer", "hakama", "samurai", "monk"})
_DONE = frozenset({"long", "bun", "ponytail", "twintail"})
_LONG = _DONE | {"topknot"}
"""Hair can be let down or done up where it is long."""


def dressed(person: Character, state: State) -> Character:
    """The sheet as it holds in that state."""
    if not state.changes:
        return person
    facts: dict[str, Any] = {}
    for change in state.changes:
        facts |= _facts(person.look, change)
    marks = tuple(_MARKS[c.aspect].format(c.to) for c in state.changes if c.aspect in _MARKS and c.to)
    facts["marks"] = (*marks, *(m for m in person.look.marks if m not in marks))[:6]
    look = person.look.model_copy(update=facts)
    return person if look == person.look else person.model_copy(update={"look": look})


def _facts(look: Look, change: Change) -> dict[str, Any]:
    """Only words that the rig has; a model reads the sentence."""
    word, _, tone = change.to.partition(" ")
    found: dict[str, Any] = {}
    match change.aspect:
        case Aspect.COSTUME:
            found = {"outfit": word, "outfit_tone": tone}
        case Aspect.COAT:
            found = {"outfit": _COATS.get(look.outfit, "")} if word == OFF else {}
        case Aspect.HAT:
            found = {"hat": _hat(look, word)}
        case Aspect.GLASSES:
            return {"glasses": word != OFF}
        case Aspect.HAIR:
            found = {"hair_style": word} if word not in _DONE or look.hair_style in _LONG else {}
    return {name: value for name, value in found.items() if value in _allowed(name)}


def _hat(look: Look, word: str) -> str:
    """The hat of the sheet, where it has one; a story often says no more than "hat"."""
    if word == OFF:
        return "none"
    if look.hat != "none":
        return look.hat
    return word if word in _allowed("hat") else "straw" if look.outfit in _OF_OLD_JAPAN else "hunting"


def _allowed(field: str) -> tuple[str, ...]:
    return get_args(Look.model_fields[field].annotation)


def sentence(name: str, state: State, holds: str, language: Language) -> str:
    """All in which somebody differs from the sheet, and what is in the hand; empty when nothing is."""
    told = [phrase(change, language) for change in state.changes if change.aspect is not Aspect.HOLDS]
    if holds:
        told.append(phrase(Change(who="", aspect=Aspect.HOLDS, to=holds, span=Span(start=0, end=0)), language))
    if not told:
        return ""
    return f"{name}：{'、'.join(told)}。" if language is Language.JA else f"{name}: {'; '.join(told)}."
