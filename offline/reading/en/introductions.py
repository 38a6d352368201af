"""As what an English name is introduced: a goose called Gertrude; Kit, a boy of nine."""

import re

from offline.reading.en.names import animate


def introduced_as(name: str, noun: str) -> str:
    """A pattern for `noun` (itself a pattern) as what `name` is."""
    of_the_kind = rf"(?:\w+ ){{0,2}}(?:{noun})"
    own = r"(?:the|an?|my|his|her|our|their|your|\w+[’']s)"
    return (
        rf"(?:{noun})(?: (?:who was )?(?:called|named)|,|) {name}\b(?! [A-Z])"
        rf"|\b{name},? (?:was|is) an? {of_the_kind}|\b{name}, {own} {of_the_kind}|\b{name} the {of_the_kind}"
    )


def noun_of(text: str, name: str, place: int) -> str:
    """The word for a living being that the name at `place` is introduced by: `goose` for Gertrude, `boy` for Kit."""
    called = re.search(r"\b([a-z]+)(?: who was)? (?:called |named )?$", text[max(0, place - 40) : place])
    after = re.match(
        rf"{re.escape(name)}, (?:an?|the) (?:\w+ ){{0,2}}?([a-z]+)\b", text[place : place + len(name) + 40]
    )
    said = [found.group(1) for found in (called, after) if found and found.group(1) in animate()]
    return said[0] if said else ""
