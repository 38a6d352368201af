"""A sheet and a state in, the person as seen then out: a changed look for the rig, one sentence for a model's prompt.

The sentence is the same, word for word, wherever the state is; without a state there is none and the sheet stays.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from agents.continuity.words import phrase
from manga.brief import Language
from manga.characters import Character, Look
from manga.continuity import LONGEST_TO, OFF, Aspect, Change, State
from manga.values import Span
from manga.vocabulary.appearance import UNKNOWN_CLOTHES, hair_styles, headgear, outfits, usual_hat
from manga.vocabulary.entries import Vocabulary

_MARKS = {
    Aspect.SHOES: "barefoot",
    Aspect.FACE: "{} face",
    Aspect.WET: "wet",
    Aspect.TORN: "torn clothes",
    Aspect.WOUND: "wound: {}",
    Aspect.BANDAGE: "bandage: {}",
}
"""Marks of the look by which the rig knows."""
_WORN: Final[Mapping[Aspect, Callable[[], Vocabulary[Any, Any]]]] = {
    Aspect.COSTUME: outfits,
    Aspect.HAT: headgear,
    Aspect.HAIR: hair_styles,
}
_TONES: Final = frozenset(get_args(Look.model_fields["outfit_tone"].annotation))
_DONE = frozenset({"long", "bun", "ponytail", "twintail"})
"""Hair that is let down or done up; it can be where it is long."""


def dressed(person: Character, state: State) -> Character:
    """The sheet as it holds in that state."""
    if not state.changes:
        return person
    facts: dict[str, Any] = {}
    for change in state.changes:
        facts |= _facts(person.look, change)
    marks = tuple(_MARKS[c.aspect].format(c.to) for c in state.changes if c.aspect in _MARKS and c.to)
    marks += tuple(filter(None, map(_unknown, state.changes)))
    facts["marks"] = (*marks, *(m for m in person.look.marks if m not in marks))[:6]
    look = person.look.model_copy(update=facts)
    return person if look == person.look else person.model_copy(update={"look": look})


def _facts(look: Look, change: Change) -> dict[str, Any]:
    """Only keys of the register: what a model said was settled when it came. A model reads the sentence."""
    match change.aspect:
        case Aspect.COSTUME:
            found = _costume(change.to)
        case Aspect.COAT:
            found = {"outfit": outfits().entries[look.outfit].without} if change.to == OFF else {}
        case Aspect.HAT:
            found = {"hat": _hat(look, change.to)}
        case Aspect.GLASSES:
            return {"glasses": change.to != OFF}
        case Aspect.HAIR:
            found = {"hair_style": _hair(look, change.to)}
        case _:
            found = {}
    return {name: value for name, value in found.items() if value}


def settled(change: Change) -> Change:
    """A model's answer: clothes, hats and hair become the nearest entry of the register, and its own words are kept;
    what means none bears a mark, so that the artist tells that he could not draw it.

    Not done where a stored work is read: digests of paid pictures would change.
    """
    vocabulary = _WORN.get(change.aspect)
    if vocabulary is None or change.to in {"", OFF, "yes", "again"}:
        return change
    said, _, last = change.to.rpartition(" ")
    tone = last if change.aspect is Aspect.COSTUME and last in _TONES else ""
    near = vocabulary().nearest(said if tone else change.to).key
    to = f"{near} {tone}".strip() if near else f"{UNKNOWN_CLOTHES}{change.to}"[:LONGEST_TO]
    return change if to == change.to else change.model_copy(update={"to": to, "words": change.words or change.to})


def _costume(to: str) -> dict[str, str]:
    """Clothes and the shade after them."""
    clothes, _, tone = to.partition(" ")
    return {"outfit": _key(outfits(), clothes), "outfit_tone": tone if tone in _TONES else ""}


def _key(vocabulary: Vocabulary[Any, Any], word: str) -> str:
    entry = vocabulary.find(word)
    return entry.key if entry else ""


def _unknown(change: Change) -> str:
    return change.to if change.to.startswith(UNKNOWN_CLOTHES) else ""


def _hat(look: Look, word: str) -> str:
    """The hat of the sheet, where it has one; a story often says no more than "hat"."""
    if word == OFF:
        return "none"
    if look.hat != "none":
        return look.hat
    return _key(headgear(), word) or usual_hat(look.outfit)


def _hair(look: Look, word: str) -> str:
    style = _key(hair_styles(), word)
    return style if style not in _DONE or hair_styles().entries[look.hair_style].long else ""


def sentence(name: str, state: State, holds: str, language: Language) -> str:
    """All in which somebody differs from the sheet, and what is in the hand; empty when nothing is."""
    told = [phrase(change, language) for change in state.changes if change.aspect is not Aspect.HOLDS]
    if holds:
        told.append(phrase(Change(who="", aspect=Aspect.HOLDS, to=holds, span=Span(start=0, end=0)), language))
    if not told:
        return ""
    return f"{name}：{'、'.join(told)}。" if language is Language.JA else f"{name}: {'; '.join(told)}."
