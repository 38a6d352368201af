"""How weights are found: on a talk made for it, not on the project's stories."""

import functools

import numpy as np
import pytest

from benchmarks.chain_fit import Batch, Names, batch_of, climbed, expected, uphill
from benchmarks.heard_talks import Annotated, Gold, Heard, weighing_by
from benchmarks.speaker_weights import bands, claimed, error, folds, table_of, written
from manga.story_source import read_source
from offline.reading.speaker_scorer import measured
from offline.reading.speaker_scorer import weights as by_sign

TALK = """　港で、船長と料理人の安吉が荷を待っていた。
「遅いな」
　船長が時計を見た。
「潮が引きますよ」
「引けば、明日だ」
「飯が冷めます」
　安吉は鍋のふたをとった。
"""
BY = ("船長", "安吉", "船長", "安吉")


@functools.cache
def heard() -> Heard:
    source = read_source(TALK)
    starts = [i + 1 for i, letter in enumerate(source.text) if letter == "「"]
    gold = tuple(Gold(start, (name,)) for start, name in zip(starts, BY, strict=True))
    return Heard(Annotated("harbour", source, gold))


def batch() -> tuple[Batch, list[str]]:
    names = Names([*by_sign()])
    found = batch_of([heard()], [1.0], names)
    return found, [*names.places]


def likelihood(one: Batch, weights: np.ndarray) -> float:
    """Of the annotations, counted out over every way that the lines may be spoken."""

    def whole(own: np.ndarray, steps: np.ndarray) -> float:
        length, count, kept = own.shape
        table = np.zeros((count, kept, kept))
        table[:, 0, :] = own[0]
        for at in range(1, length):
            table = np.einsum("nob,nobs->nbs", table, steps[at]) * own[at][:, None, :]
        return float(np.log(table.sum()))

    own = (one.own @ weights).astype(np.float64)
    steps = np.exp(one.moves @ weights).astype(np.float64)[one.kinds]
    return whole(np.exp(own + one.gold), steps) - whole(np.exp(own + one.free), steps)


def test_the_slope_is_that_of_the_likelihood() -> None:
    one, names = batch()
    weights = np.array([by_sign().get(name, 0.0) for name in names], np.float32)
    slope = uphill(one, weights)
    steepest = int(np.abs(slope).argmax())
    step = np.zeros_like(weights)
    step[steepest] = 0.01
    rise = (likelihood(one, weights + step) - likelihood(one, weights - step)) / 0.02
    assert slope[steepest] == pytest.approx(rise, rel=0.02, abs=1e-3)


def test_a_climb_makes_the_annotations_likelier() -> None:
    one, names = batch()
    nothing = np.zeros(len(names), np.float32)
    assert likelihood(one, climbed([one], nothing, nothing, 1.0, 10)) > likelihood(one, nothing)


def test_chances_of_a_line_add_up_to_one() -> None:
    one, names = batch()
    weights = np.array([by_sign().get(name, 0.0) for name in names], np.float32)
    singles, triples = expected(np.exp(one.own @ weights + one.free), np.exp(one.moves @ weights)[one.kinds])
    assert np.allclose(singles.sum(axis=2), 1.0, atol=1e-4)
    assert np.allclose(triples.sum(axis=(2, 3, 4)), 1.0, atol=1e-4)


def test_the_reader_weighs_as_before_when_a_search_is_over() -> None:
    kept = dict(by_sign())
    with weighing_by({"near": 9.0}):
        assert by_sign() == {"near": 9.0}
    assert kept == by_sign()


def test_every_story_is_in_one_fold_and_whole_stories_lie_apart() -> None:
    found = folds(["a", "b", "long1", "c", "long2"], ["long1", "long2"], 2)
    assert sorted(name for fold in found for name in fold) == ["a", "b", "c", "long1", "long2"]
    assert all(sum(name.startswith("long") for name in fold) == 1 for fold in found)


def test_weights_and_confidence_are_written_where_the_reader_has_them() -> None:
    source = "# Told.\nmeasured: # old\n- [0, 0]\nweights:\n  old: 0.10\n"
    found = written({"b": 1.0, "a": -2.345, "c": 0.001}, [[0.0, 0.0], [1.0, 0.9]], source)
    assert found.startswith("# Told.\nmeasured: #")
    assert found.endswith("- [0, 0]\n- [1, 0.9]\nweights:\n  a: -2.35\n  b: 1.00\n")


def test_lines_of_like_chances_are_counted_together() -> None:
    assert bands([[(True, 0.91), (False, 0.91)], [(True, 1.0)]]) == [(0.91, 0.5, 2), (1.0, 1.0, 1)]


def test_a_greater_chance_never_claims_less() -> None:
    table = table_of([[(True, 0.5), (False, 0.5), (False, 0.8), (True, 0.95)]])
    assert table == sorted(table)
    assert measured(0.5, table) <= measured(0.8, table) <= measured(0.95, table)


def test_what_a_story_claims_is_told_by_the_others_alone() -> None:
    wrong, right = [(False, 0.9)] * 4, [(True, 0.9)] * 4
    assert claimed({"one": wrong, "other": right}) == [[(False, 1.0)] * 4, [(True, 0.0)] * 4]
    assert error(bands([wrong])) == pytest.approx(0.9)
