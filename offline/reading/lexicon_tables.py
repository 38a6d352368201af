"""The tables of one language for what a story tells (feelings, hours, places), and the weight of a passage."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from manga.brief import Language
from manga.plot import Emotion, Ground, TimeOfDay, Weather
from manga.vocabulary.vocabulary_entries import LanguageCode
from manga.vocabulary.weather import grounds, weathers
from offline.lexicon import Table, load, pattern, table, table_of
from offline.reading.en.comparisons import without_likenesses
from offline.reading.literal_words import SENTENCE, happens, is_literal

NOT_FELT = re.compile(
    r"(?:笑わ|わらわ|泣か|怒ら|驚か|おどろか|喜ば|悲しま|恐れ|こわく|怖く|うれしく|嬉しく|楽しく)(?:な[いかく]|ず|ぬ|ませ)"
    r"|\b(?:not|\w+n['’]t|never|nor|without)\s+(?:\w+\s)?"
    r"(?:cry(?:ing)?|weep(?:ing)?|afraid|laugh\w*|smil\w*|angry|sad|frightened|fear\w*|glad|happy|surpris\w*)\b",
    re.IGNORECASE,
)
"""What is said not to be felt."""


@dataclass(frozen=True, slots=True)
class WeatherLore:
    """What a story says that falls or blows, when it begins and ends, and what lies on the ground."""

    language: LanguageCode

    @property
    def name(self) -> str:
        return f"weather_{self.language}"

    def real(self, text: str) -> str:
        """The text without weather that is denied, wished for, remembered or likened to."""
        for _, row in table(self.name, "unreal").rows:
            text = row.sub("", text)
        return text

    def told(self, text: str) -> Weather | None:
        """What falls or blows; snow that only lies does not fall."""
        real = self.real(text)
        label = _weather_table(self.language, "begins").first(real)
        for _, row in () if label else _weather_table(self.language, "ground").rows:
            real = row.sub("", real)
        label = label or _weather_table(self.language, "told").first(real)
        return Weather(label) if label else None

    def begins(self, text: str) -> Weather | None:
        """What comes on in this text."""
        label = _weather_table(self.language, "begins").first(self.real(text))
        return Weather(label) if label else None

    def ground(self, text: str) -> Ground | None:
        """What is told to lie on the ground."""
        label = _weather_table(self.language, "ground").first(self.real(text))
        return Ground(label) if label else None

    @property
    def over(self) -> re.Pattern[str]:
        return pattern(self.name, "over")


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

    @property
    def language(self) -> LanguageCode:
        return "ja" if self.name.endswith("ja") else "en"

    def real(self, text: str) -> str:
        """The text with blanks for what something in it is only likened to."""
        return without_likenesses(text) if self.name.endswith("en") else text

    def emotion(self, text: str) -> Emotion:
        label = self.table("emotions").best(NOT_FELT.sub("", text))
        return Emotion(label) if label else Emotion.NEUTRAL

    def time(self, text: str) -> TimeOfDay | None:
        label = self.table("times").earliest(text)
        return TimeOfDay(label) if label else None

    @property
    def weather(self) -> WeatherLore:
        return WeatherLore(self.language)

    def action(self, text: str) -> str:
        """The last deed wins over looking, thinking and going, which most sentences have."""
        found = self.table("actions").all(text)
        return found[0] if found else ""

    def sound(self, text: str) -> str:
        """The first sound that is heard, not one that is said to be missing."""
        language = Language(self.language)
        heard = (
            match
            for sentence in SENTENCE.findall(text)
            for match in self.pattern("sound").finditer(sentence)
            if is_literal(sentence, *match.span(), language) and happens(sentence, *match.span(), language)
        )
        return next((group[:20] for match in heard for group in match.groups() if group), "")

    def weight(self, text: str) -> float:
        """How much a sentence matters for the story."""
        keys = sum(1 for _ in self.pattern("key_moment").finditer(text))
        shift = bool(self.pattern("time_shift").match(text))
        feeling = self.emotion(text) is not Emotion.NEUTRAL
        loud = bool(re.search(r"[！!]", text))
        return 0.8 * min(keys, 4) + 0.8 * shift + 0.5 * feeling + 0.6 * loud


@cache
def _weather_table(language: LanguageCode, what: Literal["told", "begins", "ground"]) -> Table:
    if what == "begins":
        return table_of(((key, one.begins.get(language, "")) for key, one in weathers().entries.items()), language)
    every = grounds() if what == "ground" else weathers()
    return table_of(((key, one.pattern(language)) for key, one in every.entries.items()), language)


@cache
def lore(language: Language) -> Lore:
    return Lore(f"story_{language.value}")
