"""Weights of the Japanese reader's signs, found on annotated talks, and what they are worth where they were not found.

python -m benchmarks.speaker_weights [--beside DIR] [--folds 5] [--steps 60] [--write]

Prints lines with a right speaker: by the weights that the reader has, by weights found here on all stories that may be
learned from, by weights found without the fold in which a story is, and on the stories that are held out. Every search
begins from `speaker_weights.yaml`, never from weights that have seen a story. `--write` puts what was found in the
reader's place. DIR holds further stories with annotations (`*.txt`, `gold/*.json`).
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.chain_fit import fitted
from benchmarks.heard_talks import Gold, Heard, of_story, of_talk, weighing_by
from evals import annotated_talks
from evals.measured_stories import subjects
from manga.read_yaml import read_yaml
from manga.story_source import Source

PRIOR = Path(__file__).with_suffix(".yaml")
LEXICON = Path(__file__).parents[1] / "offline" / "lexicons" / "speakers_ja.yaml"
SHARE = 4.0
"""A line of a whole story counts as so many of a talk: talks are short and say little between the lines."""
SPREAD, ROUNDS = 0.7, 3
EDGES = (0.0, 0.4, 0.55, 0.7, 0.85, 0.95, 1.0)
Outcome = list[tuple[bool, float]]


@dataclass(frozen=True, slots=True)
class Table:
    """Outcomes by story: by weights found on all, and without the story."""

    sight: Mapping[str, Outcome]
    unseen: Mapping[str, Outcome]
    lines: Mapping[str, int]

    def row(self, title: str, names: Iterable[str]) -> str:
        known = [name for name in names if name in self.lines]
        cells = (share(outcomes, known, self.lines) for outcomes in (self.sight, self.unseen))
        return f"{title:<28}{'':2}" + "".join(f"{cell:>20}" for cell in cells)


def share(outcomes: Mapping[str, Outcome], names: Sequence[str], lines: Mapping[str, int]) -> str:
    if not names or any(name not in outcomes for name in names):
        return "-"
    right, total = sum(ok for name in names for ok, _ in outcomes[name]), sum(lines[name] for name in names)
    return f"{right} of {total} ({right / total:.2f})"


def searched(
    stories: Sequence[Heard], shares: Mapping[str, float], prior: Mapping[str, float], steps: int
) -> dict[str, float]:
    """Weights for these stories: climbed a few times, since habits change with the weights."""
    weights = dict(prior)
    for _ in range(ROUNDS):
        with weighing_by(weights):
            weights = fitted(stories, shares, weights, prior, SPREAD, steps)
    return weights


def folds(names: Sequence[str], whole: Sequence[str], count: int) -> list[list[str]]:
    """Each story in one fold, whole stories spread evenly."""
    ordered = [*(name for name in names if name in whole), *(name for name in names if name not in whole)]
    return [ordered[at::count] for at in range(count) if ordered[at::count]]


@dataclass(frozen=True, slots=True)
class Search:
    """Finds weights without some stories, and says how those fare. Goes to other processes, so that each of them reads
    the stories anew."""

    sources: Mapping[str, tuple[Source, list[Gold]]]
    held_out: frozenset[str]
    shares: Mapping[str, float]
    prior: Mapping[str, float]
    steps: int

    def __call__(self, without: Sequence[str]) -> tuple[dict[str, float], dict[str, Outcome]]:
        stories = {name: Heard(name, *source) for name, source in self.sources.items()}
        learned = [one for name, one in stories.items() if name not in without and name not in self.held_out]
        weights = searched(learned, self.shares, self.prior, self.steps)
        with weighing_by(weights):
            return weights, {name: stories[name].outcome() for name in without or stories}


def calibration(outcomes: Iterable[Outcome]) -> list[tuple[float, float, int]]:
    """Mean chance, share that is right and number of lines, for bands of chances."""
    lines = [line for outcome in outcomes for line in outcome]
    bands = (
        [line for line in lines if low <= line[1] < high or high == line[1] == 1.0] for low, high in pairwise(EDGES)
    )
    return [(sum(c for _, c in b) / len(b), sum(ok for ok, _ in b) / len(b), len(b)) for b in bands if b]


def written(weights: Mapping[str, float], text: str) -> str:
    """The lexicon with these weights; signs that say nothing are left out."""
    rows = "".join(f"  {name}: {value:.2f}\n" for name, value in sorted(weights.items()) if abs(value) >= 0.005)
    return text.partition("weights:\n")[0] + "weights:\n" + rows


def main() -> None:
    told = parser().parse_args()
    found = {one.id: (one, one.reference) for one in subjects("ja_*", told.beside) if one.reference is not None}
    beside = [name for name, (one, _) in found.items() if "beside" in one.tags]
    tuned = [name for name, (one, _) in found.items() if one.rules == "tuned" and name not in beside]
    held_out = [name for name in found if name not in (*tuned, *beside)]
    sources = {name: of_story(one.source, reference) for name, (one, reference) in found.items()}
    sources |= {name: of_talk(name) for name in annotated_talks.names()}
    prior = {str(name): float(value) for name, value in read_yaml(PRIOR.read_text(encoding="utf-8")).items()}
    learned = [name for name, (_, lines) in sources.items() if name not in held_out and lines]
    search = Search(sources, frozenset(held_out), dict.fromkeys((*tuned, *beside), SHARE), prior, told.steps)
    with ProcessPoolExecutor(told.workers) as pool:
        (weights, sight), *rest = pool.map(search, [[], *folds(learned, (*tuned, *beside), told.folds)])
    unseen = {name: outcome for _, part in rest for name, outcome in part.items()}
    lines = {name: len(gold) for name, (_, gold) in sources.items()}
    now = Table({name: Heard(name, *source).outcome() for name, source in sources.items()}, {}, lines)
    show(
        Table(sight, unseen, lines),
        now,
        {"own, tuned": tuned, "beside": beside, "talks": annotated_talks.names(), "own, held out": held_out},
    )
    if told.write:
        place = LEXICON
        place.write_text(written(weights, place.read_text(encoding="utf-8")), encoding="utf-8")


def show(found: Table, now: Table, groups: Mapping[str, Sequence[str]]) -> None:
    print(f"{'':30}{'found on all':>20}{'without the story':>20}{'the reader':>20}")
    for title, names in groups.items():
        for row in (title, *(f"  {name}" for name in names if len(names) < 10)):
            own = names if row == title else [row.strip()]
            known = [name for name in own if now.lines[name]]
            if known:
                print(found.row(row, known) + f"{share(now.sight, known, now.lines):>20}")
    for title, outcomes in (("in sight", found.sight), ("without the story", found.unseen)):
        print(f"\nchance and share that is right, {title}")
        for chance, right, count in calibration(outcomes.values()):
            print(f"  {chance:.2f}  {right:.2f}  {count:>4} lines")


def parser() -> argparse.ArgumentParser:
    told = argparse.ArgumentParser(
        prog="python -m benchmarks.speaker_weights", description="Weights of the Japanese reader."
    )
    told.add_argument("--beside", type=Path, metavar="DIR", help="further annotated stories")
    told.add_argument("--folds", type=int, default=5)
    told.add_argument("--steps", type=int, default=60, help="of each climb")
    told.add_argument("--workers", type=int, default=2, help="processes")
    told.add_argument("--write", action="store_true", help="put the weights found on all into the reader")
    return told


if __name__ == "__main__":
    main()
