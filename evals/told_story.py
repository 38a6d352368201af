"""A told story as strict measures see it: every picture with what its artist says that it shows, and who is who.

A person of the gold is one person of the cast at most, by names first, then by the lines that both have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.align_texts import likeness
from evals.gold_in_text import Reference
from evals.read_gold import Quote
from evals.scorer_input import Sample
from evals.scorers.plot import heard
from manga.artwork import Drawn, DrawnFigure
from manga.characters import Kind
from manga.plot import Line
from manga.storyboard import PanelDraft, Shot

NAMED = 1000
"""One grade of likeness between names outweighs every number of lines."""
SAME, TELLER = 3, "I"
"""The grade of one name; and what an English narrator is called who says no other."""
TWO_LINES, HALF = 2, 0.5
"""The least, and the least share of his own, that a nameless speaker has of somebody's lines to be him."""


def best_pairs(weights: Sequence[Sequence[float]]) -> tuple[tuple[int, int], ...]:
    """(row, column) of greatest total weight; pairs that weigh nothing are left out."""
    rows, columns = len(weights), max((len(row) for row in weights), default=0)
    if not rows or not columns:
        return ()
    size = max(rows, columns)
    costs = [[-weights[i][j] if i < rows and j < columns else 0.0 for j in range(size)] for i in range(size)]
    owner = _assigned(costs)
    pairs = ((owner[column], column) for column in range(columns))
    return tuple(sorted((row, column) for row, column in pairs if row < rows and weights[row][column] > 0))


def _assigned(costs: Sequence[Sequence[float]]) -> list[int]:
    """For every column of a square its row, at least cost."""
    size = len(costs)
    by_row, by_column = [0.0] * (size + 1), [0.0] * (size + 1)
    owner = [size] * (size + 1)
    for row in range(size):
        owner[size] = row
        column, least, way, used = size, [float("inf")] * (size + 1), [size] * (size + 1), [False] * (size + 1)
        while owner[column] != size or column == size:
            used[column] = True
            at, step, following = owner[column], float("inf"), size
            for other in range(size):
                if used[other]:
                    continue
                cost = costs[at][other] - by_row[at] - by_column[other]
                if cost < least[other]:
                    least[other], way[other] = cost, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(size + 1):
                if used[other]:
                    by_row[owner[other]] += step
                    by_column[other] -= step
                else:
                    least[other] -= step
            column = following
        while column != size:
            owner[column], column = owner[way[column]], way[column]
    return owner[:size]


THIRD = 1 / 3
"""Of a picture's height: who is lower does nothing great in it."""
_LONG = frozenset({Shot.LONG, Shot.ESTABLISHING})


@dataclass(frozen=True, slots=True)
class Pictured:
    """One panel whose artist tells. `spans` is the text that it covers, `speaking` who speaks in it, `hands` those of
    whom a hand (paw, mouth) is seen, `sounds` the drawn ones, `small` those lower
    than a third of a picture that is no long view."""

    key: str
    spans: tuple[tuple[int, int], ...]
    drawn: Drawn
    speaking: frozenset[str]
    hands: frozenset[str]
    sounds: tuple[str, ...]
    small: frozenset[str] = frozenset()

    def covers(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.spans)

    def meets(self, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self.spans)

    def lies_in(self, start: int, end: int) -> bool:
        """Wholly: the picture may be of any moment that its text tells."""
        return bool(self.spans) and all(start <= first and last <= end for first, last in self.spans)

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that is drawn and is neither a person nor a place."""
        return (*self.drawn.things, *(word for figure in self.drawn.figures for word in figure.holds))

    def figure(self, character: str) -> DrawnFigure | None:
        return next((one for one in self.drawn.figures if one.character == character), None)


@dataclass(frozen=True, slots=True)
class Telling:
    """`people`: character of the cast -> person of the gold. `pictures` is None where no artist tells."""

    pictures: tuple[Pictured, ...] | None
    people: Mapping[str, str]

    def character(self, person: str) -> str | None:
        return next((key for key, one in self.people.items() if one == person), None)


def telling_of(sample: Sample, reference: Reference) -> Telling:
    """The gold is the sample's own, or another story's."""
    return Telling(_pictures(sample), one_to_one(sample, reference))


def _pictures(sample: Sample) -> tuple[Pictured, ...] | None:
    art = sample.art or {}
    panels = sample.storyboard.panels() if sample.storyboard else ()
    if not any(one.drawn is not None for one in art.values()):
        return None
    return tuple(_picture(panel, sample) for panel in panels if panel.key in art and art[panel.key].drawn is not None)


def _picture(panel: PanelDraft, sample: Sample) -> Pictured:
    art, beats = (sample.art or {})[panel.key], sample.beats()
    parts = panel.dialogue.parts
    beasts = {one.key for one in sample.cast.characters if one.look.kind is not Kind.HUMAN}
    return Pictured(
        panel.key,
        tuple((beats[key].span.start, beats[key].span.end) for key in panel.beats if key in beats),
        art.drawn or Drawn(),
        frozenset(part.speaker for part in parts if part.speaker and not part.off_panel and part.kind != "sfx"),
        frozenset(one.character for one in art.figures if one.hands or (one.mouth and one.character in beasts)),
        tuple(part.text for part in parts if part.kind == "sfx"),
        frozenset(
            one.character for one in art.figures if one.body.height < THIRD and panel.direction.shot not in _LONG
        ),
    )


def one_to_one(sample: Sample, reference: Reference) -> Mapping[str, str]:
    """Who of the cast is who of the gold."""
    spoken = spoken_by(sample, reference)
    own = {key: sum(found.values()) for key, found in spoken.items()}
    cast, people = sample.cast.characters, reference.cast

    tellers = {scene.teller for scene in reference.scenes if scene.teller}

    def weight(key: str, names: tuple[str, ...], person: int) -> float:
        tells = TELLER in names and people[person].key in tellers
        likely = SAME if tells else likeness(names, (people[person].name, *people[person].aliases))
        lines = spoken.get(key, {}).get(people[person].key, 0)
        enough = lines >= TWO_LINES and lines >= HALF * own.get(key, 0)
        return likely * NAMED + lines if likely or enough else 0.0

    weights = [[weight(one.key, (one.name, *one.aliases), n) for n in range(len(people))] for one in cast]
    return {cast[row].key: people[column].key for row, column in best_pairs(weights)}


def spoken_by(sample: Sample, reference: Reference) -> Mapping[str, Mapping[str, int]]:
    """Character -> person of the gold -> how many of her lines the cast's one is made to say."""
    counts: dict[str, dict[str, int]] = {}
    for quote, line in said(sample, reference):
        if line is not None and line.speaker is not None and len(quote.by) == 1:
            found = counts.setdefault(line.speaker, {})
            found[quote.by[0]] = found.get(quote.by[0], 0) + 1
    return counts


def said(sample: Sample, reference: Reference) -> tuple[tuple[Quote, Line | None], ...]:
    """Every annotated utterance that has speakers, and its line."""
    quotes = tuple(quote for quote in reference.spoken() if quote.by)
    return tuple((one.quote, one.line) for one in heard(sample, quotes))
