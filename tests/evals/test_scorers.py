"""Scorers count what a reader would count: on small plots and boards made by hand, and with a reason each."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.align_texts import align, likeness, linked
from evals.all_scorers import METRICS, SCORERS
from evals.gold_in_text import Reference
from evals.metric_bounds import Metric, Score, pooled, share
from evals.raw_answers import Output, Store
from evals.read_gold import Person, Quote
from evals.scorer_input import Sample
from evals.scorers import characters, plot, storyboard, storyboard_flow, storyboard_letters
from manga.brief import Language
from manga.characters import Cast, Character, Look
from manga.phases import PHASES
from manga.plot import Act, Beat, Line, LineKind, PagePlan, Plot, Scene
from manga.story_source import Source
from manga.values import Span

TEXT = "Ann ran. “Stop!” said Bob. “No,” said Ann. Night fell. “I see a light,” she thought."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def person(key: str, name: str, *aliases: str) -> Character:
    return Character(key=key, name=name, aliases=aliases, look=Look(), description="somebody")


def quote(words: str, kind: str, *by: str) -> Quote:
    at = span(words)
    return Quote(at=(at.start, at.end), kind=kind, by=by, text=words)


def line(number: int, words: str, speaker: str | None, sure: float, kind: LineKind = LineKind.SPEECH) -> Line:
    return Line(key=f"l000{number}", kind=kind, text=words, span=span(words), speaker=speaker, confidence=sure)


def told(*lines: Line) -> Plot:
    beat = Beat(key="b0001", span=Span(start=0, end=len(TEXT)), told="", lines=lines)
    scene = Scene(key="s01", place="street", setting="street", beats=(beat,))
    return Plot(
        acts=(Act(name="opening", scenes=("s01",)),), scenes=(scene,), pages=(PagePlan(number=1, beats=("b0001",)),)
    )


GOLD = Reference(
    title="Light",
    language=Language.EN,
    cast=(Person(key="ann", name="Ann", role="main"), Person(key="bob", name="Bob", aliases=("the boy",), role="main")),
    quotes=(quote("Stop!", "speech", "bob"), quote("No,", "speech", "ann"), quote("I see a light,", "thought", "ann")),
)
CAST = Cast(characters=(person("c01", "Ann"), person("c02", "Bob")))
SAMPLE = Sample(source=Source(language=Language.EN, text=TEXT), reference=GOLD, cast=CAST)


def scored(sample: Sample, scorers: object) -> dict[str, Score]:
    return {score.metric: score for scorer in scorers for score in scorer(sample) if score}  # type: ignore[attr-defined]


def test_speakers_count_against_all_utterances_and_a_missing_line_is_wrong() -> None:
    sample = replace(SAMPLE, plot=told(line(1, "Stop!", "c02", 0.95), line(2, "No,", "c02", 0.5)))
    found = scored(sample, plot.SCORERS)
    assert found["speaker_accuracy"].value == pytest.approx(1 / 3)
    assert found["quotes_found"].value == pytest.approx(2 / 3)
    assert found["speaker_sure_right"].value == 1.0
    assert found["speaker_right_00"].value == 0.0
    assert [example.got for example in found["speaker_accuracy"].examples] == ["Bob (0.50)", "no line"]


def test_confidence_that_is_honest_is_calibrated_and_bluff_is_not() -> None:
    honest = told(line(1, "Stop!", "c02", 1.0), line(2, "No,", "c01", 1.0))
    bluff = told(line(1, "Stop!", "c01", 1.0), line(2, "No,", "c02", 1.0))
    off = [scored(replace(SAMPLE, plot=p), plot.SCORERS)["speaker_miscalibrated"].value for p in (honest, bluff)]
    assert off == [0.0, 1.0]


def test_a_line_that_the_story_does_not_say_is_counted_with_the_passage() -> None:
    wrong = line(1, "Stop!", "c02", 1.0).model_copy(update={"text": "Halt!"})
    found = scored(replace(SAMPLE, plot=told(wrong)), plot.SCORERS)["lines_verbatim"]
    assert (found.value, found.examples[0].wanted, found.examples[0].got) == (0.0, "Stop!", "Halt!")


def test_a_thought_told_as_speech_is_of_another_kind() -> None:
    sample = replace(SAMPLE, plot=told(line(1, "I see a light,", "c01", 0.9)))
    assert scored(sample, plot.SCORERS)["kinds_right"].value == 0.0


def test_strangers_and_absent_people_cost_precision_and_recall() -> None:
    cast = Cast(characters=(person("c01", "Ann"), person("c02", "Mr. Nobody")))
    found = scored(replace(SAMPLE, cast=cast), characters.SCORERS)
    assert (found["cast_recall"].value, found["cast_precision"].value) == (0.5, 0.5)
    assert found["cast_precision"].examples[0].got.startswith("Mr. Nobody")


@pytest.mark.parametrize(
    ("told", "known", "grade"),
    [
        (("Ann",), ("Ann",), 3),
        (("the Giant",), ("Giant",), 2),
        (("太郎さん",), ("太郎",), 2),
        (("Bob Smith",), ("Bob",), 1),
        (("Bobby",), ("Bob",), 0),
        (("王",), ("王子",), 0),
    ],
)
def test_names_are_alike_as_a_reader_would_say(told: tuple[str, ...], known: tuple[str, ...], grade: int) -> None:
    assert likeness(told, known) == grade


def test_a_pair_that_is_told_as_one_is_both_of_them() -> None:
    pair = tuple(Person(key=key, name="gentleman", role="main") for key in ("one", "two"))
    assert linked(Cast(characters=(person("c01", "gentleman"),)), pair) == {"c01": frozenset({"one", "two"})}


def test_a_sample_without_gold_or_later_phases_raises_nothing() -> None:
    bare = replace(SAMPLE, reference=None)
    for phase in PHASES[:3]:
        assert all(score is not None for scorer in SCORERS[phase] for score in scorer(bare) if score)


def test_every_scorer_names_metrics_that_are_declared() -> None:
    sample = replace(SAMPLE, plot=told(line(1, "Stop!", "c02", 1.0)))
    assert set(scored(sample, (*plot.SCORERS, *characters.SCORERS))) <= set(METRICS)
    modules = (plot, characters, storyboard, storyboard_flow, storyboard_letters)
    names = [metric.name for module in modules for metric in module.METRICS]
    assert len(names) == len(set(names))


def test_bands_know_no_better_than_good() -> None:
    band = Metric("m", "plot", "", "band", low=1, high=2)
    assert [band.loss(value) for value in (0.5, 1.0, 1.7, 3.0)] == [0.5, 0.0, 0.0, 1.0]
    assert (band.good(2.0), band.good(2.1)) == (True, False)


def test_shares_are_pooled_by_what_they_were_measured_on() -> None:
    scores = [share("m", 1, 1, "of"), share("m", 0, 3, "of"), share("m", 0, 0, "of")]
    assert pooled(score for score in scores if score)["m"].value == 0.25


def test_letters_are_found_again_behind_titles_spaces_and_line_breaks() -> None:
    there = "A Title\n\nOnce upon\na time."
    found = align(there, "Once upon a time.")
    assert found is not None
    start = there.index("upon\na")
    assert found.span(start, start + 6) == Span(start=5, end=11)
    assert found.span(0, 7) is None
    assert align("One story.", "Another.") is None


def test_an_event_beside_every_panel_is_told_how_far_off_it_is() -> None:
    at = span("Night fell").start
    assert storyboard.distance(at, [Span(start=0, end=8)]) == at - 7
    assert storyboard.distance(at, [Span(start=0, end=len(TEXT))]) == 0


def test_outputs_survive_a_torn_last_line_and_begin_again_after_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    whole = Output(case="a", phase="concept", result={"title": "x\n≠"})
    store.add(whole)
    file = next((tmp_path / "outputs").iterdir())
    file.write_bytes(file.read_bytes() + b'{"case":"a","phase":"pl')
    assert store.of("a", 0) == (whole,)
    store.begin_again("a", 0, store.of("a", 0))
    store.add(Output(case="a", phase="characters", result={}))
    assert [output.phase for output in store.of("a", 0)] == ["concept", "characters"]


def test_where_the_goal_is_enough_nothing_slips_above_it() -> None:
    metric = Metric("m", "plot", "", goal=0.8, enough=True)
    assert metric.loss(0.95) == metric.loss(0.8) < metric.loss(0.79)
    least = Metric("m", "plot", "", "lower", goal=1.0, enough=True)
    assert least.loss(0.2) == least.loss(1.0) < least.loss(1.1)
