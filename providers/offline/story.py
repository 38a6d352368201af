"""The tables of one language for what a story tells, and the weight of a passage."""

import re
from dataclasses import dataclass
from functools import cache

from manga.brief import Language
from manga.plot import Emotion, TimeOfDay, Weather
from providers.offline.lexicon import Table, load, pattern, table

NOT_FELT = re.compile(
    r"(?:笑わ|わらわ|泣か|怒ら|驚か|おどろか|喜ば|悲しま|恐れ|こわく|怖く|うれしく|嬉しく|楽しく)(?:な[いかく]|ず(?!に(?:は)?い)|ぬ|ませ)"
    r"|\b(?:not|n't|n’t|never|nor|without)\s+(?:\w+\s)?"
    r"(?:cry(?:ing)?|weep(?:ing)?|afraid|laugh\w*|smil\w*|angry|sad|frightened|fear\w*|glad|happy|surpris\w*)\b",
    re.IGNORECASE,
)
"""What is said not to be felt."""


@dataclass(frozen=True, slots=True)
class Lore:
    """Patterns of `story_ja.yaml` or `story_en.yaml`."""

    name: str

    def table(self, key: str) -> Table:
        return table(self.name, key)

    def pattern(self, key: str) -> re.Pattern[str]:
        return pattern(self.name, key)

    def mood(self, emotion: Emotion) -> str:
        return str(load(self.name)["moods"][emotion.value])

    def emotion(self, text: str) -> Emotion:
        label = self.table("emotions").best(NOT_FELT.sub("", text))
        return Emotion(label) if label else Emotion.NEUTRAL

    def time(self, text: str) -> TimeOfDay | None:
        label = self.table("times").earliest(text)
        return TimeOfDay(label) if label else None

    def weather(self, text: str) -> Weather | None:
        label = self.table("weathers").first(text)
        return Weather(label) if label else None

    def action(self, text: str) -> str:
        """The last deed wins over looking, thinking and going, which most sentences have."""
        found = self.table("actions").all(text)
        return found[0] if found else ""

    def sound(self, text: str) -> str:
        match = self.pattern("sound").search(text)
        return next((g for g in match.groups() if g), "")[:20] if match else ""

    def weight(self, text: str) -> float:
        """How much a sentence matters for the story."""
        keys = sum(1 for _ in self.pattern("key_moment").finditer(text))
        shift = bool(self.pattern("time_shift").match(text))
        feeling = self.emotion(text) is not Emotion.NEUTRAL
        loud = bool(re.search(r"[！!]", text))
        return 0.8 * min(keys, 4) + 0.8 * shift + 0.5 * feeling + 0.6 * loud


@cache
def lore(language: Language) -> Lore:
    return Lore(f"story_{language.value}")
