"""How old somebody is: by the words for him, by what he is introduced as, by what is told of him."""

import re
from typing import Final

from manga.brief import Language
from manga.characters import Age
from offline.lexicon import language_of, pattern, table
from offline.reading.en.introductions import years_of
from offline.reading.told_of_somebody import NAME, About, named_after, said_to_be

TEENS: Final = 13
_OLD_NAME: Final = re.compile(rf"(\b\w{{1,20}} )?\b[Oo]ld (?:M\w{{1,3}}\.? )?{NAME}")
"""Old Marta is an old woman."""


def age_of(lexicon: str, about: About, usual: Age) -> Age:
    """Boys and girls of a school are teenagers, whatever else a boy or girl is."""
    by_name = named_age(lexicon, about.person.names)
    said = None if by_name else introduced_age(lexicon, about)
    if isinstance(said, Age):
        return said
    age = by_name or said or table(lexicon, "told_ages").first(about.close)
    at_school = usual is Age.TEEN and (said == "child" or re.search(r"少年|少女|\b(?:boy|girl)\b", about.names))
    return Age(age) if age and not at_school else usual


def named_age(lexicon: str, names: tuple[str, ...]) -> str | None:
    """By what somebody is called anywhere. Who is called the old and the young king has no age; a little tailor is
    small, a little sister is a child."""
    found = [label for name in names if (label := _age_in(lexicon, name))]
    if "elder" in found and any(re.search(r"\byoung\b|若", name) for name in names):
        return None
    return next((label for label, _ in table(lexicon, "name_ages").rows if label in found), None)


def _age_in(lexicon: str, name: str) -> str | None:
    label = table(lexicon, "name_ages").first(name)
    return "adult" if label == "child" and is_grown(lexicon, name) else label


def is_grown(lexicon: str, name: str) -> bool:
    """Little, but with a trade, or a man or woman."""
    if lexicon.endswith("ja"):
        return False
    return any(pattern(lexicon, row).search(name.lower()) for row in ("men", "grown"))


def introduced_age(lexicon: str, about: About) -> Age | str | None:
    """The age itself where years are told, else the word for one: a boy called Kit may be any boy."""
    english = language_of(lexicon) is Language.EN
    if english and (years := years_of(NAME, about.marked)):
        return Age.CHILD if years < TEENS else Age.TEEN
    rows = table(lexicon, "said_ages").rows
    said = (label for label, row in rows if said_to_be(lexicon, about, row.pattern) or named_after(about, row, "、"))
    return next(said, "elder" if english and is_named_old(lexicon, about) else None)


def is_named_old(lexicon: str, about: About) -> bool:
    return any(not pattern(lexicon, "friendly").search(m[1] or "") for m in _OLD_NAME.finditer(about.marked))
