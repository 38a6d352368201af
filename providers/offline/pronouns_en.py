"""A pronoun and its place in an English story in, the names it stands for out."""

import itertools
import re

from providers.offline.people_en import Crowd
from providers.offline.reading import Mention

GENDERS = {"he": "male", "his": "male", "she": "female", "her": "female"}
OPENS = re.compile(
    r"(?:^|[.!?;\n_]\s*|, |\b[Aa]nd |\b[Bb]ut |\b[Ww]hen |\b[Ss]o |\b[Tt]hen )(?:[Tt]he |[Hh]is |[Hh]er )?(?:[a-z]+ )?$"
)
OPENS_MANY = re.compile(r"(?:^|[.!?;,_]\s*|\b(?:and|but|when|so|then)\s)(?:[Tt]he |[Tt]wo )?(?:[a-z]+ )?$")


class Pronouns:
    """The last fitting subject, else the last fitting mention."""

    def __init__(self, blotted: str, crowd: Crowd) -> None:
        self.blotted = blotted
        self.crowd = crowd

    def who(self, pronoun: str, place: int) -> tuple[str, ...]:
        if pronoun == "I":
            return ("I",) if "I" in self.crowd.genders else ()
        if pronoun.lower() == "they":
            return self.they(place)
        wanted = GENDERS.get(pronoun.lower())
        near = [m for m in self.crowd.near(max(0, place - 900), place) if self.fits(m, wanted)]
        if not near:
            return ()
        openers = [m for m in near[-6:] if OPENS.search(self.blotted[max(0, m.start - 24) : m.start])]
        chosen = openers[-1] if openers and place - openers[-1].start < 400 else near[-1]
        return (chosen.name,)

    def fits(self, mention: Mention, wanted: str | None) -> bool:
        if mention.name in self.crowd.plural or mention.name == "I":
            return False
        gender = self.crowd.genders.get(mention.name)
        return gender == wanted or (gender is None and wanted is not None)

    def they(self, place: int) -> tuple[str, ...]:
        near = self.crowd.near(max(0, place - 500), place)
        pair: tuple[int, tuple[str, ...]] | None = None
        for one, two in itertools.pairwise(near):
            if re.fullmatch(r",? and (?:the )?", self.blotted[one.end : two.start]):
                pair = (two.start, (one.name, two.name))
        many = [m for m in near if m.name in self.crowd.plural]
        opener = next(
            (m for m in reversed(many) if OPENS_MANY.search(self.blotted[max(0, m.start - 26) : m.start])), None
        )
        if opener and (pair is None or opener.start > pair[0]):
            return (opener.name,)
        if pair:
            return pair[1]
        return (many[-1].name,) if many else ()
