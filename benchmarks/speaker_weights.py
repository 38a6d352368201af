"""Weights of the signs by which the reader finds speakers, in both languages, and what they are worth out of sight.

python -m benchmarks.speaker_weights [--beside DIR] [--folds N] [--steps 60] [--workers 1] [--write]

Prints lines with a right speaker, people of stories bound one to one: by weights found here on all stories and talks,
by weights found without the story, and by the weights that the reader has; then what is claimed beside what is right,
by bands, for stories that neither the weights nor the table of confidence had seen. Every search begins from
`speaker_weights.yaml`, never from weights that have seen a story. `--write` puts what was found in the reader's place.
DIR holds further stories with annotations (`*.txt`, `gold/*.json`).
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.chain_fit import fitted
from benchmarks.heard_talks import Annotated, Heard, Outcome, of_story, of_talk, weighing_by
from evals import annotated_talks
from evals.measured_stories import OPEN, pool_subjects, subjects
from manga.read_yaml import read_yaml
from offline.reading.speaker_scorer import measured

PRIOR = Path(__file__).with_suffix(".yaml")
LEXICON = Path(__file__).parents[1] / "offline" / "lexicons" / "speakers.yaml"
SHARE = 4.0
"""A line of a whole story counts as so many of a talk: talks are short and say little between the lines."""
SPREAD, ROUNDS = 0.7, 3
EDGES = (0.0, 0.3, 0.45, 0.6, 0.75, 0.9, 0.97, 1.0)
Rows = list[list[float]]


def share(outcomes: Mapping[str, Outcome], names: Sequence[str]) -> str:
    lines = [ok for name in names for ok, _ in outcomes.get(name, ())]
    return f"{sum(lines)} of {len(lines)} ({sum(lines) / len(lines):.3f})" if lines else "-"


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

    stories: Sequence[Annotated]
    prior: Mapping[str, float]
    steps: int

    def __call__(self, without: Sequence[str]) -> tuple[dict[str, float], dict[str, Outcome]]:
        stories = {one.name: Heard(one) for one in self.stories}
        learned = [one for name, one in stories.items() if name not in without]
        shares = {one.name: SHARE if one.reference is not None else 1.0 for one in self.stories}
        weights = searched(learned, shares, self.prior, self.steps)
        with weighing_by(weights):
            return weights, {name: stories[name].outcome() for name in without or stories}


def bands(outcomes: Iterable[Outcome]) -> list[tuple[float, float, int]]:
    """Mean of what is claimed, share that is right and number of lines, for bands of what is claimed."""
    lines = [line for outcome in outcomes for line in outcome]
    found = (
        [line for line in lines if low <= line[1] < high or high == line[1] == 1.0] for low, high in pairwise(EDGES)
    )
    return [(sum(c for _, c in b) / len(b), sum(ok for ok, _ in b) / len(b), len(b)) for b in found if b]


def table_of(outcomes: Iterable[Outcome]) -> Rows:
    """From chances to the share that was right: a band that is less right than the one below is joined to it."""
    joined: list[tuple[float, float, int]] = []
    for band in bands(outcomes):
        joined.append(band)
        while len(joined) > 1 and joined[-2][1] >= joined[-1][1]:
            (c1, r1, n1), (c2, r2, n2) = joined[-2:]
            n = n1 + n2
            joined[-2:] = [((c1 * n1 + c2 * n2) / n, (r1 * n1 + r2 * n2) / n, n)]
    rows = [[round(chance, 3), round(right, 3)] for chance, right, _ in joined if 0 < chance < 1]
    return [[0.0, 0.0], *rows, [1.0, rows[-1][1] if rows else 1.0]]


def claimed(outcomes: Mapping[str, Outcome]) -> list[Outcome]:
    """What a story's lines claim by the table that the others make."""
    found = []
    for name, outcome in outcomes.items():
        table = table_of(other for one, other in outcomes.items() if one != name)
        found.append([(ok, measured(chance, table)) for ok, chance in outcome])
    return found


def error(found: Sequence[tuple[float, float, int]]) -> float:
    """The mean distance of claims from what is right."""
    return sum(abs(chance - right) * count for chance, right, count in found) / max(1, sum(n for _, _, n in found))


def written(weights: Mapping[str, float], table: Rows, text: str) -> str:
    """The lexicon with these weights and this table; signs that say nothing are left out."""
    told = "".join(f"- [{chance:g}, {right:g}]\n" for chance, right in table)
    rows = "".join(f"  {name}: {value:.2f}\n" for name, value in sorted(weights.items()) if abs(value) >= 0.005)
    return f"{text.partition('measured:')[0]}measured: # {MEASURED}\n{told}weights:\n{rows}"


MEASURED = "the chance that the scorer gives, and the share that was right in stories that the weights had not seen"


def annotated(beside: Path | None) -> dict[str, list[Annotated]]:
    """By group: stories of the two pools by language, those beside the project, and talks."""
    groups: dict[str, list[Annotated]] = {}
    known = subjects("*", beside)
    for pool, found in (("known", known), ("open", pool_subjects(OPEN))):
        for one in found:
            if one.reference is not None and any(quote.by for quote in one.reference.spoken()):
                group = f"{'beside' if 'beside' in one.tags else pool} {one.id[:2]}"
                groups.setdefault(group, []).append(of_story(one.id, one.source, one.reference))
    return groups | {"talks ja": [of_talk(name) for name in annotated_talks.names()]}


def main() -> None:
    told = parser().parse_args()
    groups = annotated(told.beside)
    stories = [one for group in groups.values() for one in group]
    whole = [one.name for one in stories if one.reference is not None]
    prior = {str(name): float(value) for name, value in read_yaml(PRIOR.read_text(encoding="utf-8")).items()}
    search = Search(stories, prior, told.steps)
    apart = folds([one.name for one in stories], whole, told.folds or len(whole))
    with ProcessPoolExecutor(told.workers) as pool:
        (weights, sight), *rest = pool.map(search, [[], *apart])
    unseen = {name: outcome for _, part in rest for name, outcome in part.items()}
    now = {one.name: Heard(one).outcome() for one in stories}
    show(groups, (sight, unseen, now))
    by_table = dict(zip(unseen, claimed(unseen), strict=True))
    for title in ("en", "ja", ""):
        show_claims(title or "both", [by_table[name] for name in whole if name.startswith(title)])
    if told.write:
        table = table_of(unseen[name] for name in whole)
        LEXICON.write_text(written(weights, table, LEXICON.read_text(encoding="utf-8")), encoding="utf-8")


def show(groups: Mapping[str, Sequence[Annotated]], columns: Sequence[Mapping[str, Outcome]]) -> None:
    print(f"{'':20}{'found on all':>22}{'without the story':>22}{'the reader':>22}")
    for title, group in groups.items():
        names = [one.name for one in group]
        for row in (title, *(f"  {name}" for name in names if len(names) < 10)):
            own = names if row == title else [row.strip()]
            print(f"{row:20}" + "".join(f"{share(outcomes, own):>22}" for outcomes in columns))


def show_claims(title: str, outcomes: Sequence[Outcome]) -> None:
    found = bands(outcomes)
    print(f"\nclaimed, right, lines: whole stories, {title}; mean error {error(found):.3f}")
    for chance, right, count in found:
        print(f"  {chance:.2f}  {right:.2f}  {count:>4}")


def parser() -> argparse.ArgumentParser:
    told = argparse.ArgumentParser(
        prog="python -m benchmarks.speaker_weights", description="Weights of the reader's signs for speakers."
    )
    told.add_argument("--beside", type=Path, metavar="DIR", help="further annotated stories")
    told.add_argument("--folds", type=int, default=0, help="as many as there are whole stories, unless told")
    told.add_argument("--steps", type=int, default=60, help="of each climb")
    told.add_argument("--workers", type=int, default=1, help="processes")
    told.add_argument("--write", action="store_true", help="put the weights found on all into the reader")
    return told


if __name__ == "__main__":
    main()
