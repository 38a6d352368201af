"""The vocabularies of poses and of effects (force, mood), from the package's data."""

import re
from collections.abc import Mapping
from functools import cache

from pydantic import Field

from manga.vocabulary.find_in_text import ToldEntry, Words, pattern_of
from manga.vocabulary.vocabulary_entries import LanguageCode, Vocabulary, read_entries


class ActEntry(ToldEntry):
    """An entry whose `say` is more than a name."""

    def name_in(self, language: LanguageCode) -> str:
        return self.key.replace("_", " ") if language == "en" else super().name_in(language)


class PoseEntry(ActEntry):
    """A pose, and the deeds that are done in it."""

    deeds: tuple[str, ...] = Field(default=(), description="words of `manga.plot.Deed.action`")
    needs: Words = Field(default_factory=dict, description="what its hands work at, where its key means more than that")
    otherwise: str = Field(default="", description="the pose that is meant where nothing of that is there")


class EffectEntry(ActEntry):
    """Lines, lights and patterns behind or before people."""


@cache
def poses() -> Vocabulary[PoseEntry, PoseEntry]:
    return Vocabulary(read_entries("poses.yaml", PoseEntry))


@cache
def effects() -> Vocabulary[EffectEntry, EffectEntry]:
    return Vocabulary(read_entries("effects.yaml", EffectEntry))


def pose_meant(key: str, told: str) -> str:
    """The pose, or the one that its key means where `told`, all that a panel says, names nothing to do it with:
    whoever turns at no wheel turns round."""
    entry = poses().entries[key]
    words = [word for rows in entry.needs.values() for word in rows]
    return entry.otherwise if words and not re.search(pattern_of(words), told.lower()) else key


@cache
def poses_by_deed() -> Mapping[str, str]:
    """The pose that shows a deed, by the deed's word."""
    return {deed: entry.key for entry in poses().entries.values() for deed in entry.deeds}
