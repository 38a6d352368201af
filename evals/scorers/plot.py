"""Scores the plot beside the annotations: every utterance, who says it and how surely, scenes, hour and place."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from evals.align_texts import linked
from evals.metric_bounds import Example, Metric, Score, share
from evals.read_gold import Quote
from evals.scorer_input import Sample
from manga.plot import DOUBT, Line, LineKind

BINS: Final = ((0.0, 0.6), (0.6, 0.75), (0.75, 0.9), (0.9, 1.01))
"""Confidence of speakers, as the printed table has it."""
METRICS = (
    Metric("quotes_found", "plot", "annotated utterances that are lines of the plot", goal=0.99, tolerance=0.005),
    Metric("lines_verbatim", "plot", "lines that the story says letter for letter", goal=0.98, tolerance=0.005),
    Metric("unmarked_found", "plot", "thoughts and calls without quotation marks that are lines"),
    Metric("no_false_lines", "plot", "signs, sounds and terms in quotation marks that nobody is made to say", "told"),
    Metric("kinds_right", "plot", "speech, thought, song, letter as annotated; nearly all is speech", "told"),
    Metric("speaker_accuracy", "plot", "utterances whose speaker is right", goal=0.88),
    Metric("speaker_sure", "plot", f"utterances with a speaker at confidence {DOUBT:g} or more", goal=0.78),
    Metric("speaker_sure_right", "plot", "of these the right ones", goal=0.95),
    Metric("speaker_miscalibrated", "plot", "distance of confidence from the share that is right", "lower", goal=0.15),
    *(
        Metric(
            f"speaker_right_{int(low * 100):02}", "plot", f"right among confidence {low:g} to {min(high, 1):g}", "told"
        )
        for low, high in BINS
    ),
    Metric("scene_f1", "plot", "scene boundaries within a few sentences of the annotated", tolerance=0.05),
    Metric("time_right", "plot", "letters told at the right time of day"),
    Metric("flashback_right", "plot", "letters rightly told as now or as then; nearly all is now", "told"),
    Metric("order_tau", "plot", "beats in the order of the source, 1 is the same", goal=0.9),
)
_SPAN: Final = {True: 120, False: 320}
"""How far off a scene's boundary may be, by Japanese or not, in characters."""
_KINDS: Final[Mapping[str, frozenset[LineKind]]] = {
    "speech": frozenset(
        {LineKind.SPEECH, LineKind.SHOUT, LineKind.WHISPER, LineKind.TELEPHONE}
    ),
    "cry": frozenset({LineKind.SPEECH, LineKind.SHOUT}),
    "thought": frozenset({LineKind.THOUGHT, LineKind.MONOLOGUE}),
    "song": frozenset({LineKind.SONG}),
    "letter": frozenset({LineKind.LETTER}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """An annotated utterance and the line that is it, if any."""

    quote: Quote
    line: Line | None


def heard(sample: Sample, quotes: tuple[Quote, ...]) -> tuple[Heard, ...]:
    """Each with the line that shares most of its letters, at least half of the shorter one."""
    lines = sorted(sample.lines(), key=lambda line: line.span.start)
    starts = [line.span.start for line in lines]
    return tuple(Heard(quote, _best(quote, lines, starts)) for quote in quotes)


def _best(quote: Quote, lines: list[Line], starts: list[int]) -> Line | None:
    start, end = quote.at
    near = lines[max(0, bisect_right(starts, start) - 3) : bisect_right(starts, end)]
    shared = [(min(end, line.span.end) - max(start, line.span.start), line) for line in near]
    best, line = max(shared, key=lambda pair: pair[0], default=(0, None))
    if line is None or best * 2 < min(end - start, line.span.end - line.span.start):
        return None
    return line


def utterances(sample: Sample) -> Iterator[Score | None]:
    """Are all there, letter for letter, and as what they are?"""
    if sample.reference is None:
        return
    found = heard(sample, sample.reference.spoken())
    lost = [one.quote for one in found if one.line is None]
    absent = (Example(quote.text, "no line", quote.at) for quote in lost)
    yield share("quotes_found", len(found) - len(lost), len(found), "utterances are lines", absent)
    there = [(one.quote, one.line) for one in found if one.line is not None]
    other = [(quote, line) for quote, line in there if line.kind not in _KINDS[quote.kind]]
    wrong = (Example(f"{quote.kind}: {quote.text}", line.kind.value, quote.at, line.key) for quote, line in other)
    yield share("kinds_right", len(there) - len(other), len(there), "of the annotated kind", wrong)
    bare = heard(sample, sample.reference.unmarked)
    missed = (Example(one.quote.text, "told", one.quote.at) for one in bare if one.line is None)
    yield share("unmarked_found", sum(one.line is not None for one in bare), len(bare), "are lines", missed)
    mute = heard(sample, tuple(quote for quote in sample.reference.quotes if not quote.by and quote.kind != "letter"))
    said = [(one.quote, one.line) for one in mute if one.line is not None and one.line.speaker is not None]
    false = (Example(f"{quote.kind}: {quote.text}", f"said by {line.speaker}", quote.at) for quote, line in said)
    yield share("no_false_lines", len(mute) - len(said), len(mute), "are said by nobody", false)


def verbatim(sample: Sample) -> Iterator[Score | None]:
    """Lines that stand in the story where they say they do."""
    text = sample.source.text
    lines = sample.lines()
    invented = [line for line in lines if text[line.span.start : line.span.end] != line.text]
    examples = (
        Example(text[line.span.start : line.span.end], line.text, (line.span.start, line.span.end), line.key)
        for line in invented
    )
    yield share("lines_verbatim", len(lines) - len(invented), len(lines), "lines are the story's own", examples)


def speakers(sample: Sample) -> Iterator[Score | None]:
    """Who speaks, and whether the confidence is honest."""
    if sample.reference is None:
        return
    links = linked(sample.cast, sample.reference.cast)
    found = [one for one in heard(sample, sample.reference.spoken()) if one.quote.by]
    right = [_is_right(one, links) for one in found]
    named = [(one.line, ok) for one, ok in zip(found, right, strict=True) if one.line and one.line.speaker]
    sure = [ok for line, ok in named if line.confidence >= DOUBT]
    wrong = (_mistaken(one, sample) for one, ok in zip(found, right, strict=True) if not ok)
    yield share("speaker_accuracy", sum(right), len(found), "speakers are right", wrong)
    yield share("speaker_sure", len(sure), len(found), "have a sure speaker")
    yield share("speaker_sure_right", sum(sure), len(sure), "sure speakers are right")
    yield from _calibration([(line.confidence, ok) for line, ok in named])


def _is_right(one: Heard, links: Mapping[str, frozenset[str]]) -> bool:
    if one.line is None or one.line.speaker is None:
        return False
    return bool(links.get(one.line.speaker, frozenset()) & set(one.quote.by))


def _mistaken(one: Heard, sample: Sample) -> Example:
    wanted = f"{', '.join(one.quote.by)}: {one.quote.text}"
    if one.line is None:
        return Example(wanted, "no line", one.quote.at)
    person = sample.cast.get(one.line.speaker) if one.line.speaker else None
    got = f"{person.name if person else 'nobody'} ({one.line.confidence:.2f})"
    return Example(wanted, got, one.quote.at, one.line.key)


def _calibration(named: list[tuple[float, bool]]) -> Iterator[Score | None]:
    distance = 0.0
    for low, high in BINS:
        inside = [(sure, ok) for sure, ok in named if low <= sure < high]
        right = sum(ok for _, ok in inside)
        yield share(f"speaker_right_{int(low * 100):02}", right, len(inside), "are right")
        distance += abs(sum(sure for sure, _ in inside) - right)
    if named:
        yield Score("speaker_miscalibrated", distance / len(named), "mean over the bins of the table", len(named))


def scenes(sample: Sample) -> Iterator[Score | None]:
    """Boundaries, and what is told at which hour."""
    known, plot = sample.reference, sample.plot
    if known is None or plot is None or not known.scenes:
        return
    wanted = [scene.at[0] for scene in known.scenes[1:]]
    told = [scene.beats[0].span.start for scene in plot.scenes[1:]]
    if wanted or told:
        near = _SPAN[sample.japanese]
        hit, met = _near(wanted, told, near), _near(told, wanted, near)
        f1 = (hit + met) / (len(wanted) + len(told))
        yield Score("scene_f1", f1, f"{hit} of {len(wanted)} annotated, {met} of {len(told)} told", len(wanted) or 1)
    yield from _hours(sample)


def _near(points: list[int], others: list[int], reach: int) -> int:
    """Points that have a partner of their own in reach."""
    free = sorted(others)
    count = 0
    for point in sorted(points):
        partner = next((other for other in free if abs(other - point) <= reach), None)
        if partner is not None:
            free.remove(partner)
            count += 1
    return count


def _hours(sample: Sample) -> Iterator[Score | None]:
    assert sample.reference is not None
    assert sample.plot is not None
    ends = [*(scene.at[0] for scene in sample.reference.scenes[1:]), len(sample.source.text)]
    annotated = [(scene, max(0, scene.at[0]), end) for scene, end in zip(sample.reference.scenes, ends, strict=True)]
    timed = right = then = kept = 0
    for told in sample.plot.scenes:
        start, stop = told.beats[0].span.start, told.beats[-1].span.end
        for scene, low, high in annotated:
            letters = min(stop, high) - max(start, low)
            if letters <= 0:
                continue
            timed += letters * (scene.time is not None)
            right += letters * (scene.time is told.time_of_day)
            then += letters
            kept += letters * (scene.flashback is told.flashback)
    yield share("time_right", right, timed, "letters at the right hour")
    yield share("flashback_right", kept, then, "letters as now or then")


def order(sample: Sample) -> Iterator[Score | None]:
    """Kendall's tau between beats and the source; flashbacks may stand elsewhere."""
    if sample.plot is None:
        return
    starts = [beat.span.start for scene in sample.plot.scenes if not scene.flashback for beat in scene.beats]
    pairs = len(starts) * (len(starts) - 1) // 2
    if pairs:
        turned = _inversions(starts)
        yield Score("order_tau", 1 - 2 * turned / pairs, f"{turned} of {pairs} pairs are turned")


def _inversions(values: list[int]) -> int:
    if all(a <= b for a, b in pairwise(values)):
        return 0
    seen: list[int] = []
    turned = 0
    for value in values:
        at = bisect_right(seen, value)
        turned += len(seen) - at
        seen.insert(at, value)
    return turned


SCORERS = (utterances, verbatim, speakers, scenes, order)
