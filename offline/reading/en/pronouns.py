"""Resolves an English pronoun at its place to the names that it stands for."""

import bisect
import itertools
import re

from offline.lexicon import load
from offline.reading.en.names import VERB_AFTER, Gender
from offline.reading.en.narrators import teller_at
from offline.reading.en.people import Crowd
from offline.reading.story_reading import Mention

GENDERS: dict[str, Gender] = {"he": "male", "his": "male", "she": "female", "her": "female"}
OPENS = re.compile(
    r"(?:^|[.!?;\n_]\s*|, |\b[Aa]nd |\b[Bb]ut |\b[Ww]hen |\b[Ss]o |\b[Tt]hen )"
    r"(?:[Tt]he |[Hh]is |[Hh]er |[Mm]y |[Aa]n? )?(?:[a-z]+ )?$"
)
TAGGED = re.compile(rf"[”\"’＿_] (?:{load('reader_en')['said']})\s(?:[Tt]he |[Hh]is |[Hh]er )?(?:[A-Za-z]+ )?$")
"""“…” said the Giant; and he jumped: whoever is named as saying it."""
AFTER_A_TIME = re.compile(
    r"(?:^|[.!?\n]\s*)(?:One|That|The next|Next|Every|All|At|In|On|By|Once|Then|Again)\s[^.,;:!?\n]{0,24}?"
    r"(?:\s?[Tt]he |\s)(?:[a-z]+ )?$"
)
"""One morning the Giant was lying in bed."""
OPENS_MANY = re.compile(r"(?:^|[.!?;,_]\s*|\b(?:and|but|when|so|then)\s)(?:[Tt]he |[Tt]wo )?(?:[a-z]+ )?$")


HEARD = 120
"""Letters after which they are no longer the audience."""
SINGULAR = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
CLAUSE = re.compile(r"[.!?;\n][.!?;\s“”\"＿]*")


class Pronouns:
    """The last fitting subject, else the last fitting mention. A pronoun that is understood counts as a subject."""

    def __init__(self, blotted: str, crowd: Crowd) -> None:
        self.blotted = blotted
        self.crowd = crowd
        self.unseen = {person.name for person in crowd.persons if person.unseen}
        self.known: dict[int, str] = {}
        self.places: list[int] = []
        for match in SINGULAR.finditer(blotted):
            found = self.singular(GENDERS[match.group().lower()], match.start())
            if found:
                self.known[match.start()] = found
                self.places.append(match.start())

    def who(self, pronoun: str, place: int) -> tuple[str, ...]:
        if pronoun == "I":
            teller = teller_at(self.crowd.tellers, place)
            return (teller,) if teller else ()
        if pronoun.lower() == "they":
            return self.they(place)
        wanted = GENDERS.get(pronoun.lower())
        if wanted and place in self.known:
            return (self.known[place],)
        found = self.singular(wanted, place)
        return (found,) if found else ()

    def singular(self, wanted: str | None, place: int) -> str | None:
        teller = teller_at(self.crowd.tellers, place)
        told_of = (m for m in self.crowd.near(max(0, place - 900), place) if m.name != teller)
        near = [m for m in told_of if self.fits(m, wanted)]
        earlier = self.earlier(wanted, place)
        if not near:
            return self.known[earlier] if earlier is not None else None
        openers = [m for m in near[-6:] if self.opens(m)]
        same = [m for m in near if len(CLAUSE.findall(self.blotted, m.end, place)) <= 1]
        subject = openers[-1] if openers and place - openers[-1].start < 400 else None
        if same and (subject is None or subject not in same) and self.invited(same[-1]):
            return same[-1].name
        if earlier is not None and (subject is None or subject.start < earlier) and place - earlier < 400:
            return self.known[earlier]
        return (subject or near[-1]).name

    def opens(self, mention: Mention) -> bool:
        before = self.blotted[max(0, mention.start - 32) : mention.start]
        if OPENS.search(before[-24:]) or TAGGED.search(before):
            return True
        return bool(AFTER_A_TIME.search(before) and VERB_AFTER.match(self.blotted, mention.end))

    def invited(self, mention: Mention) -> bool:
        """They invited the North Wind, and he came."""
        before = self.blotted[max(0, mention.start - 60) : mention.start]
        return mention.role == "object" and bool(re.search(r"\b[Tt]hey\b[^.,]*$", before))

    def earlier(self, wanted: str | None, place: int) -> int | None:
        at = bisect.bisect_left(self.places, place) - 1
        for known in reversed(self.places[max(0, at - 3) : at + 1]):
            if GENDERS[SINGULAR.match(self.blotted, known).group().lower()] == wanted:  # type: ignore[union-attr]
                return known
        return None

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
        many = [
            m for m in near if m.name in self.crowd.plural and not (m.name in self.unseen and place - m.end > HEARD)
        ]
        opener = next(
            (m for m in reversed(many) if OPENS_MANY.search(self.blotted[max(0, m.start - 26) : m.start])), None
        )
        if opener and (pair is None or opener.start > pair[0]):
            return (opener.name,)
        if pair:
            return pair[1]
        return (many[-1].name,) if many else ()
