"""The offline readers measured against annotations made by hand, where these lie beside the project."""

import json
import re
from typing import Any

import pytest

from drawing.lettering.balloons import DOUBT
from manga.characters import Cast
from manga.plot import LineKind
from manga.source import read_source
from tests.providers.offline.stories import SHARED, lines_of, read_all

FLOORS = {
    "ja_gongitsune": 0.95,
    "ja_chumon": 0.95,
    "ja_toshishun": 0.95,
    "en_magi": 0.95,
    "en_selfishgiant": 0.93,
}
"""Least share of utterances with a right speaker."""
LEAST_SURE = 0.7
"""Share of utterances whose speaker is sure enough for a tail."""
NO_UTTERANCE = ("term", "sign", "sfx")
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated stories do not lie beside the project")


def normal(name: str) -> str:
    plain = re.sub(r"^(?:the|a|an|poor|old|little|dear|mr\.?|mrs\.?|mme\.?|madame) (?=\w)", "", name.strip().lower())
    return re.sub(r"(?:さん|さま|様|ちゃん|くん|君|殿)$", "", plain) if len(plain) > 3 else plain


def same(names: list[str], gold: dict[str, Any]) -> bool:
    wanted = [normal(n) for n in (gold["name"], *gold["aliases"])]
    found = [normal(n) for n in names]
    return any(f == w or (len(f) > 1 and len(w) > 1 and (f in w or w in f)) for f in found for w in wanted)


def ids(cast: Cast, key: str | None, gold: list[dict[str, Any]]) -> set[str]:
    character = cast.get(key) if key else None
    return {g["id"] for g in gold if character and same([character.name, *character.aliases], g)}


@pytest.mark.parametrize("story", FLOORS)
def test_utterances_are_all_there_and_have_the_right_speakers(story: str) -> None:
    raw = (SHARED / f"{story}.txt").read_text(encoding="utf-8")
    gold = json.loads((SHARED / "gold" / f"{story}.json").read_text(encoding="utf-8"))
    _, cast, plot = read_all(raw)
    offset = raw.find(read_source(raw).text[:60])
    said = {line.span.start + offset: line for line in lines_of(plot) if line.kind is not LineKind.NARRATION}
    utterances = [q for q in gold["quotes"] if q["kind"] not in NO_UTTERANCE]
    found = [q for q in utterances if any(q["start"] + i in said for i in range(3))]
    assert len(found) >= 0.98 * len(utterances)
    lines = [next(said[q["start"] + i] for i in range(3) if q["start"] + i in said) for q in found]
    right = [
        bool(ids(cast, line.speaker, gold["characters"]) & set(quote["speakers"]))
        for line, quote in zip(lines, found, strict=True)
    ]
    assert sum(right) >= FLOORS[story] * len(utterances)
    sure = [ok for ok, line in zip(right, lines, strict=True) if line.speaker and line.confidence >= DOUBT]
    assert sum(sure) >= 0.95 * len(sure)
    assert len(sure) >= LEAST_SURE * len(utterances)


@pytest.mark.parametrize("story", FLOORS)
def test_those_who_matter_are_in_the_cast_and_the_title_is_the_storys(story: str) -> None:
    raw = (SHARED / f"{story}.txt").read_text(encoding="utf-8")
    gold = json.loads((SHARED / "gold" / f"{story}.json").read_text(encoding="utf-8"))
    concept, cast, _ = read_all(raw)
    needed = [g for g in gold["characters"] if g["importance"] in ("main", "supporting")]
    there = [g for g in needed if any(same([c.name, *c.aliases], g) for c in cast.characters)]
    assert len(there) >= 0.9 * len(needed)
    assert concept.title == gold["title"]


@pytest.mark.parametrize("story", ["ja_gongitsune", "ja_chumon", "en_magi"])
def test_five_thousand_characters_have_five_to_twelve_scenes(story: str) -> None:
    _, _, plot = read_all((SHARED / f"{story}.txt").read_text(encoding="utf-8"))
    assert 5 <= len(plot.scenes) <= 12
