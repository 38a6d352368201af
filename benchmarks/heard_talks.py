"""Annotated Japanese stories and talks in, what the offline reader makes of their lines under any weights out.

The reader's rules run once for each story; only the weighing of their signs is done again.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from evals import talks
from evals.gold import load
from manga.source import Source, read_source
from providers.offline import weights_ja
from providers.offline.chain import Scores, State
from providers.offline.dialogue_ja import Dialogue
from providers.offline.introductions_ja import names_given
from providers.offline.people_ja import find_people
from providers.offline.quotes import find_quotes
from providers.offline.signs_ja import Row
from providers.offline.speakers_ja import Finder
from providers.offline.weights_ja import measured

NO_UTTERANCE = ("term", "sign", "sfx")
SHIFTS = (0, -1, 1, 2, 3)
"""The annotations of some quotes begin with the mark."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a line begins in the text that is read, and all names of who may speak it."""

    start: int
    by: tuple[str, ...]


def of_talk(name: str) -> tuple[Source, list[Gold]]:
    talk = talks.load(name)
    source = read_source(talk.text)
    shift = talk.text.find(source.text[:40])
    return source, [Gold(said.start - shift, said.by) for said in talk.said]


def of_story(name: str) -> tuple[Source, list[Gold]]:
    story = load(name)
    source = read_source(story.raw)
    once = (q for q in story.gold.quotes if source.text.count(q.text) == 1)
    shifts = Counter(q.at[0] - source.text.find(q.text) for q in once)
    shift = shifts.most_common(1)[0][0] if shifts else 0
    called = {person.key: (person.name, *person.aliases) for person in story.gold.cast}
    lines = story.gold.spoken()
    return source, [Gold(q.at[0] - shift, tuple(n for key in q.by for n in called[key])) for q in lines]


def of_beside(folder: Path, name: str) -> tuple[Source, list[Gold]]:
    """A story with annotations that lies beside the project, as in `evals.beside`."""
    raw = (folder / f"{name}.txt").read_text(encoding="utf-8")
    told = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    source = read_source(raw)
    shift = raw.find(source.text[:60])
    called = {one["id"]: (one["name"], *one["aliases"]) for one in told["characters"]}
    lines = [q for q in told["quotes"] if q["kind"] not in NO_UTTERANCE]
    return source, [Gold(q["start"] - shift, tuple(n for key in q["speakers"] for n in called[key])) for q in lines]


def plain(name: str) -> str:
    for ending in ("さん", "さま", "様", "ちゃん", "くん", "君", "殿"):
        if len(name) > len(ending) + 1 and name.endswith(ending):
            return name.removesuffix(ending)
    return name


def is_called(called: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether one name of theirs is one of these, or a part of it or around it."""
    found, sought = {plain(name) for name in called}, {plain(name) for name in wanted}
    longer = (f in w or w in f for f in found for w in sought if len(f) > 1 and len(w) > 1)
    return bool(found & sought) or any(longer)


@contextmanager
def weighing_by(weights: Mapping[str, float]) -> Iterator[None]:
    """The reader weighs by these in between."""
    kept = dict(weights_ja.WEIGHTS)
    try:
        weights_ja.WEIGHTS.clear()
        weights_ja.WEIGHTS.update(weights)
        yield
    finally:
        weights_ja.WEIGHTS.clear()
        weights_ja.WEIGHTS.update(kept)


class Heard:
    """One story, read up to the weighing. `gold` is by the number of the row."""

    def __init__(self, name: str, source: Source, gold: list[Gold]) -> None:
        quotes = find_quotes(source)
        self.people = find_people(source.text, quotes)
        finder = Finder(source.text, quotes, self.people)
        for index in range(len(quotes)):
            finder.decide(index)
        self.name = name
        self.text = source.text
        self.dialogue = Dialogue(source.text, self.people, finder.clauses)
        self.rows = self.dialogue.rows_of(finder.places, finder.done)
        self.dialogue.seek(self.rows)
        at = {row.first.start: number for number, row in enumerate(self.rows)}
        places = ((next((at[g.start + i] for i in SHIFTS if g.start + i in at), None), g) for g in gold)
        self.gold = {place: g.by for place, g in places if place is not None}
        self.lines = len(gold)
        self.called = {person.name: person.names for person in self.people.persons}

    def fits(self, number: int, state: State) -> bool:
        """Whether the gold names one of these speakers for the line."""
        wanted = self.gold.get(number, ())
        return any(is_called(self.called.get(name, (name,)), wanted) for name in state if name)

    def settled(self) -> list[Scores]:
        """Chances of every candidate for every line, by the weights of the moment."""
        return self.dialogue.settle(self.rows)

    def outcome(self) -> list[tuple[bool, float]]:
        """Of every line of the gold that was found: whether its speaker is right, and its chance."""
        found = self.settled()
        best = [max(chances, key=lambda state: chances[state]) for chances in found]
        renamed = self.renamed(self.rows, best, found)
        right = []
        for number, wanted in self.gold.items():
            own = [renamed.get(name, name) for name in best[number]]
            names = tuple(n for known, names in self.called.items() if renamed.get(known, known) in own for n in names)
            right.append((is_called(names or tuple(own), wanted), found[number][best[number]]))
        return right

    def renamed(self, rows: list[Row], best: list[State], found: list[Scores]) -> dict[str, str]:
        """Those who give a second name of theirs, as the reader makes them one in the end."""
        said = [
            replace(row.first, speakers=state, confidence=measured(chances[state]))
            for row, state, chances in zip(rows, best, found, strict=True)
        ]
        return names_given(self.text, list(self.people.persons), said)
