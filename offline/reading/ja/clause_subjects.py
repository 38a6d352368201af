"""Finds the subject of a stretch of Japanese text: by bisection, so that a long story costs no more a word."""

import bisect

from offline.reading.ja.people import People
from offline.reading.story_reading import Mention

JOINING = ("と", "も", "や", "、")


class Clauses:
    """The mentions of a story, asked by place."""

    def __init__(self, blotted: str, people: People) -> None:
        self.blotted = blotted
        self.particles = people.particles
        self.mentions = people.mentions
        self.starts = [m.start for m in people.mentions]
        self.subject_mentions = [m for m in people.mentions if m.role == "subject"]
        self.subject_starts = [m.start for m in self.subject_mentions]
        self.first_use: dict[str, int] = {}
        for mention in self.subject_mentions:
            self.first_use.setdefault(mention.name, mention.start)

    def particle(self, mention: Mention) -> str:
        return self.particles.get(mention.start, "")

    def is_topic(self, mention: Mention) -> bool:
        return self.particle(mention) == "は"

    def subjects(self, start: int, end: int) -> list[Mention]:
        starts = self.subject_starts
        return self.subject_mentions[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]

    def named(self, start: int, end: int) -> list[Mention]:
        starts = self.starts
        return list(self.mentions[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)])

    def subject(self, start: int, end: int, *, last: bool = True, topic: bool = False) -> tuple[str, ...]:
        """The subject of the stretch, with those who are joined to it by と or も."""
        found = self.subjects(start, end)
        if topic and last:
            found = self.in_last_sentence(found, end)
        if topic and any(self.is_topic(m) for m in found):
            found = [m for m in found if self.is_topic(m)]
        if not found:
            return ()
        return self.with_company(found[-1 if last else 0], start, end)

    def in_last_sentence(self, found: list[Mention], end: int) -> list[Mention]:
        """The subjects of the nearest sentence that has any: 杜子春は… 。老人が… 。「 is the old man's."""
        if not found:
            return found
        edge = max(self.blotted.rfind("。", 0, found[-1].start), 0)
        return [m for m in found if m.start >= edge]

    def with_company(self, chosen: Mention, start: int, end: int) -> tuple[str, ...]:
        near = self.named(start, end)
        at = next((i for i, m in enumerate(near) if m.start == chosen.start), None)
        if at is None:
            return (chosen.name,)
        company = [chosen.name]
        i = at
        while i > 0 and self.particle(near[i - 1]) in JOINING and near[i].start - near[i - 1].end <= 3:
            i -= 1
            company.insert(0, near[i].name)
        i = at
        while i + 1 < len(near) and self.particle(near[i]) in ("も", "と") and self.follows(near[i], near[i + 1]):
            i += 1
            company.append(near[i].name)
        return tuple(dict.fromkeys(company))

    def follows(self, one: Mention, other: Mention) -> bool:
        return other.start - one.end <= 3 and other.role == "subject"
