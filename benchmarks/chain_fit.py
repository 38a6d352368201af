"""Annotated stories in, weights out that make likely what was said by whom: a chain of second order, by gradient.

Rows are padded so that stories are gone through side by side: T lines, N stories, K candidates, F signs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.heard_talks import Heard
from offline.reading.speaker_chain import NOBODY, Scores, State
from offline.reading.speaker_scorer import Exchange

Array = NDArray[np.float32]
KEPT = 6
"""Candidates a line."""
LONG = 38
"""Lines of a story that goes into the other batch."""
NEVER = -1e9
RATE, MOMENTUM, SPREAD = 0.08, 0.9, 0.98
LATE, SLOWER = 0.6, 0.3
"""After this share of the steps they grow shorter."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`own` is T, N, K, F; `kinds` is T, N, K, K, K: which row of `moves` (R, F) holds the signs of three lines.
    `free` and `gold` are T, N, K: zero where a candidate may speak, by the reader and by the annotations."""

    own: Array
    kinds: NDArray[np.int32]
    moves: Array
    free: Array
    gold: Array
    shares: Array


class Names:
    """Signs in the order of their first use."""

    def __init__(self, names: Sequence[str]) -> None:
        self.places = {name: at for at, name in enumerate(names)}

    def place(self, name: str) -> int:
        return self.places.setdefault(name, len(self.places))


def candidates(story: Heard, number: int, chances: Scores) -> list[State]:
    """The likeliest, and one that the annotations name."""
    order = sorted(chances, key=lambda state: -chances[state])
    kept, more = order[:KEPT], [state for state in order[KEPT:] if story.fits(number, state)]
    named = any(story.fits(number, state) for state in kept)
    return kept if named or not more else [*kept[:-1], more[0]]


def batch_of(stories: Sequence[Heard], shares: Sequence[float], names: Names) -> Batch:
    """All signs by the weights of the moment: those of habits change with them."""
    size = (max(len(story.conversation.lines) for story in stories), len(stories), KEPT)
    free, gold = np.full(size, NEVER, np.float32), np.full(size, NEVER, np.float32)
    free[:, :, 0] = gold[:, :, 0] = 0.0
    kinds = np.zeros((*size, KEPT, KEPT), np.int32)
    found: list[tuple[int, int, int, int, float]] = []
    moves: dict[tuple[tuple[str, float], ...], int] = {(): 0}
    for column, story in enumerate(stories):
        chances = story.settled()
        learned = story.conversation.learned(chances)
        exchange = Exchange(story.conversation.listener, story.conversation.lines)
        states = [candidates(story, number, row) for number, row in enumerate(chances)]
        for number, row in enumerate(story.conversation.lines):
            named = [story.fits(number, state) for state in states[number]]
            for at, state in enumerate(states[number]):
                free[number, column, at] = 0.0
                gold[number, column, at] = 0.0 if named[at] or not any(named) else NEVER
                signs = row.signs[state] | learned[number].get(state, {})
                found += ((number, column, at, names.place(sign), value) for sign, value in signs.items())
            put_moves(kinds[number, column], moves, exchange, states, number)
    for known in moves:
        for sign, _ in known:
            names.place(sign)
    own = np.zeros((*size, len(names.places)), np.float32)
    for number, column, at, sign_at, value in found:
        own[number, column, at, sign_at] = value
    rows = np.zeros((len(moves), len(names.places)), np.float32)
    for known, at in moves.items():
        for sign, value in known:
            rows[at, names.place(sign)] = value
    return Batch(own, kinds, rows, free, gold, np.array(shares, np.float32))


def put_moves(
    kinds: NDArray[np.int32],
    moves: dict[tuple[tuple[str, float], ...], int],
    exchange: Exchange,
    states: Sequence[Sequence[State]],
    number: int,
) -> None:
    """Which signs say that one speaks after two others, for every three candidates: who spoke first matters only where
    he speaks again."""
    if not number:
        return

    def kind(older: State, before: State, state: State) -> int:
        signs = exchange.signs_of(number, older, before, state)
        return moves.setdefault(tuple(sorted(signs.items())), len(moves)) if signs else 0

    older = {state: i for i, state in enumerate(states[number - 2])} if number > 1 else {}
    for j, before in enumerate(states[number - 1]):
        for k, state in enumerate(states[number]):
            kinds[:, j, k] = kind(NOBODY, before, state)
            if state in older:
                kinds[older[state], j, k] = kind(state, before, state)


def widened(batch: Batch, width: int) -> Batch:
    """The same with room for signs that were met later."""
    lacking = width - batch.own.shape[-1]
    own = np.pad(batch.own, ((0, 0), (0, 0), (0, 0), (0, lacking)))
    return Batch(own, batch.kinds, np.pad(batch.moves, ((0, 0), (0, lacking))), batch.free, batch.gold, batch.shares)


def uphill(batch: Batch, weights: Array) -> Array:
    """How the likelihood of the annotations grows with each weight."""
    own = batch.own @ weights
    own -= own.max(axis=2, keepdims=True)
    steps = np.exp(batch.moves @ weights)[batch.kinds]
    singles = np.zeros_like(own)
    triples = np.zeros_like(steps[1:])
    for sign, open_to in ((1.0, batch.gold), (-1.0, batch.free)):
        one, three = expected(np.exp(own + open_to), steps)
        singles += sign * one
        triples += sign * three
    singles *= batch.shares[None, :, None]
    triples *= batch.shares[None, :, None, None, None]
    counts = np.bincount(batch.kinds[1:].ravel(), weights=triples.ravel(), minlength=len(batch.moves))
    found: Array = np.tensordot(singles, batch.own, axes=3) + counts.astype(np.float32) @ batch.moves
    return found


def expected(own: Array, steps: Array) -> tuple[Array, Array]:
    """Chances of every candidate of a line, and of every three in a row; both passes are scaled line by line."""
    length, count, kept = own.shape
    forward, scale = np.zeros((length, count, kept, kept), np.float32), np.zeros((length, count), np.float32)
    begun = np.zeros((count, kept, kept), np.float32)
    begun[:, 0, :] = own[0]
    for at in range(length):
        if at:
            begun = np.einsum("nob,nobs->nbs", forward[at - 1], steps[at]) * own[at][:, None, :]
        scale[at] = begun.sum(axis=(1, 2))
        forward[at] = begun / scale[at][:, None, None]
    backward = np.ones_like(forward)
    for at in range(length - 1, 0, -1):
        rest = backward[at] * own[at][:, None, :] / scale[at][:, None, None]
        backward[at - 1] = np.einsum("nobs,nbs->nob", steps[at], rest)
    rest = (backward * own[:, :, None, :] / scale[:, :, None, None])[1:]
    triples = forward[:-1][..., None] * steps[1:] * rest[:, :, None]
    return (forward * backward).sum(axis=2), triples


def climbed(batches: Sequence[Batch], start: Array, prior: Array, spread: float, steps: int) -> Array:
    """Adam's steps from `start`; `spread` is how far weights stray from the prior."""
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, steps + 1):
        slope = sum((uphill(batch, weights) for batch in batches), (prior - weights) / spread**2)
        mean = MOMENTUM * mean + (1 - MOMENTUM) * slope
        square = SPREAD * square + (1 - SPREAD) * slope * slope
        rate = RATE if step < LATE * steps else RATE * SLOWER
        weights = weights + rate * (mean / (1 - MOMENTUM**step)) / (np.sqrt(square / (1 - SPREAD**step)) + 1e-8)
    return weights.astype(np.float32)


def fitted(
    stories: Sequence[Heard], shares: Mapping[str, float], weights: Mapping[str, float], prior: Mapping[str, float],
    spread: float, steps: int,
) -> dict[str, float]:  # fmt: skip
    """One climb with the habits that people have by `weights`. Long stories and short ones go in a batch each."""
    names = Names([*weights])
    short = [story for story in stories if len(story.conversation.lines) <= LONG]
    long = [story for story in stories if len(story.conversation.lines) > LONG]
    groups = [group for group in (short, long) if group]
    batches = [batch_of(group, [shares.get(story.name, 1.0) for story in group], names) for group in groups]
    batches = [widened(batch, len(names.places)) for batch in batches]
    start = np.array([weights.get(name, 0.0) for name in names.places], np.float32)
    middle = np.array([prior.get(name, 0.0) for name in names.places], np.float32)
    found = climbed(batches, start, middle, spread, steps)
    return {name: float(found[at]) for name, at in names.places.items()}
