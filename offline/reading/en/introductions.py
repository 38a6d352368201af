"""As what an English name is introduced: a goose called Gertrude; Kit, a boy of nine; her name was Nora."""

import re

from manga.brief import Language
from offline.reading.en.names import animate
from offline.vocabulary_words import kinds_named

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_NAMED_AFTER = re.compile(r"\b(?:[Hh]is|[Hh]er|[Ii]ts) name (?:was|is) $")
BACK = 250
"""Characters before `her name was Nora` in which she has been told of."""


def introduced_as(name: str, noun: str) -> str:
    """A pattern for `noun` (itself a pattern) as what `name` is."""
    of_the_kind = rf"(?:\w+ ){{0,2}}(?:{noun})"
    own = r"(?:the|an?|my|his|her|our|their|your|\w+[’']s)"
    return (
        rf"(?:{noun})(?: (?:who was )?(?:called|named)|,|) {name}\b(?! [A-Z])"
        rf"|\b{name},? (?:was|is) an? {of_the_kind}|\b{name}, {own} {of_the_kind}|\b{name} the {of_the_kind}"
    )


def years_of(name: str, told: str) -> int | None:
    """`Wat Dobbs, who is six`, `Tom was eight`, `Ann, aged 14`; none from twenty on, which nobody says of children."""
    number = "|".join(_NUMBERS)
    found = re.search(rf"\b{name}(?: [A-Z]\w+)?,? (?:who )?(?:is|was|aged) ({number}|1?\d)\b(?! (?:o|of|per))", told)
    if not found:
        return None
    said = found.group(1)
    return _NUMBERS[said] if said in _NUMBERS else int(said)


def introductions(text: str, name: str) -> tuple[str, ...]:
    """Words for a living being that the name is introduced by anywhere: `goose` for Gertrude, `boy` for Kit."""
    own = re.escape(name)
    named = rf"\b(?P<named>[a-z]+) (?:who was |was )?(?:called|named) {own}\b(?! [A-Z])"
    before = (
        rf"\b(?:the|an?|his|her|my|our|their) (?:\w+ ){{0,2}}?(?P<before>(?!called|named)[a-z]+),? {own}\b(?! [A-Z])"
    )
    after = (
        rf"\b{own}, (?:an?|the|his|her|my|our|their) (?:\w+ ){{0,2}}?(?P<after>[a-z]+)\b"
        r"(?=[.;:!?]|,(?! and\b)| (?:of|who|from|with)\b)"
    )
    found = [m["named"] or m["before"] or m["after"] for m in re.finditer(f"{named}|{before}|{after}", text)]
    first = text.find(name)
    return tuple(
        dict.fromkeys(noun for noun in (*found, christened(text, first)) if noun in animate() and not is_season(noun))
    )


def is_season(noun: str) -> bool:
    """Last summer Sarah: seasons and weathers are somebody under a name of their own only."""
    return kinds_named(Language.EN).first(noun) == "spirit"


def christened(text: str, place: int) -> str:
    """The last living being told of before `her name was`, at the `place` of the name; empty where there is none."""
    if not _NAMED_AFTER.search(text, max(0, place - 20), place):
        return ""
    before = re.findall(r"\b(?:an?|the|The|An?) (?:\w+ ){0,2}?([a-z]+)\b", text[max(0, place - BACK) : place])
    return next((noun for noun in reversed(before) if noun in animate()), "")
