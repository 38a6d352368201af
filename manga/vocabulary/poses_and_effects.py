"""The vocabularies of poses and of effects (force, mood), from the package's data."""

from collections.abc import Mapping
from functools import cache

from pydantic import Field

from manga.vocabulary.find_in_text import ToldEntry
from manga.vocabulary.vocabulary_entries import LanguageCode, Vocabulary, read_entries


class ActEntry(ToldEntry):
    """An entry whose `say` is more than a name."""

    def name_in(self, language: LanguageCode) -> str:
        return self.key.replace("_", " ") if language == "en" else super().name_in(language)


class PoseEntry(ActEntry):
    """A pose, and the deeds that are done in it."""

    deeds: tuple[str, ...] = Field(default=(), description="words of `manga.plot.Deed.action`")
    more: tuple[str, ...] = Field(default=(), description="what is drawn more closely where a panel's sentence says so")


class EffectEntry(ActEntry):
    """Lines, lights and patterns behind or before people."""


@cache
def poses() -> Vocabulary[PoseEntry, PoseEntry]:
    return Vocabulary(read_entries("poses.yaml", PoseEntry))


def closer_acts() -> str:
    """What a pose holds more closely, as prompts show it."""
    return "; ".join(f"{entry.key}: {', '.join(entry.more)}" for entry in poses().entries.values() if entry.more)


@cache
def effects() -> Vocabulary[EffectEntry, EffectEntry]:
    return Vocabulary(read_entries("effects.yaml", EffectEntry))


@cache
def poses_by_deed() -> Mapping[str, str]:
    """The pose that shows a deed, by the deed's word."""
    return {deed: entry.key for entry in poses().entries.values() for deed in entry.deeds}
