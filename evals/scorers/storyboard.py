"""Scores what the pages tell: every utterance in its own words, every event, and whom the pictures show."""

from bisect import bisect_right
from collections.abc import Iterator
from math import exp
from typing import Final

from evals.align_texts import linked
from evals.metric_bounds import Example, Metric, Score, share
from evals.read_gold import Event
from evals.scorer_input import Sample
from manga.storyboard import PanelDraft
from manga.values import Span

METRICS = (
    Metric("quote_coverage", "storyboard", "annotated utterances that stand on the pages", goal=0.99, tolerance=0.005),
    Metric(
        "dialogue_fidelity", "storyboard", "texts that are the story's own, splits allowed", goal=0.98, tolerance=0.005
    ),
    Metric("invented_texts", "storyboard", "texts of which the story has less than half", "lower", goal=0.0),
    Metric("event_people_seen", "storyboard", "people of an event who are seen where it is shown"),
    Metric("cuts_listed", "storyboard", "letters that no panel tells and that the plot lists as cut", goal=1.0),
    Metric("occm", "storyboard", "people in a panel beside people whom its text has; 1 is as many", tolerance=0.03),
    Metric(
        "speakers_seen", "storyboard", "texts with a sure speaker who is seen or off panel on purpose", tolerance=0.03
    ),
)


def spans(sample: Sample) -> list[Span]:
    """What the panels tell of the source, in order of the source, overlaps joined."""
    beats = sample.beats()
    panels = sample.storyboard.panels() if sample.storyboard else ()
    found = sorted(
        {(beats[key].span.start, beats[key].span.end) for panel in panels for key in panel.beats if key in beats}
    )
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1].end:
            joined[-1] = Span(start=joined[-1].start, end=max(end, joined[-1].end))
        else:
            joined.append(Span(start=start, end=end))
    return joined


def words(sample: Sample) -> Iterator[Score | None]:
    """Utterances on the pages, and texts that nobody wrote."""
    source = bare(sample.source.text)
    lines: dict[str, str] = {}
    for part in sample.parts():
        lines[part.line] = lines.get(part.line, "") + part.text
    strange = [(key, text) for key, text in lines.items() if bare(text) not in source]
    unlike = (Example("the story's words", text, element=key) for key, text in strange)
    yield share("dialogue_fidelity", len(lines) - len(strange), len(lines), "texts are the story's own", unlike)
    invented = sum(1 for _, text in strange if not _half(bare(text), source))
    yield share("invented_texts", invented, len(lines), "texts are invented")
    if sample.reference is not None:
        shown = "\n".join(bare(text) for text in lines.values())
        quotes = sample.reference.spoken()
        lost = [quote for quote in quotes if bare(quote.text) not in shown]
        absent = (Example(quote.text, "on no page", quote.at) for quote in lost)
        yield share("quote_coverage", len(quotes) - len(lost), len(quotes), "utterances are on the pages", absent)


def bare(text: str) -> str:
    """Letters and digits alone: balloons have a punctuation of their own."""
    return "".join(char for char in text.lower() if char.isalnum())


def _half(text: str, source: str) -> bool:
    """Does the story hold a run of at least half of it?"""
    size = max(1, len(text) // 2)
    return any(text[at : at + size] in source for at in range(len(text) - size + 1))


def distance(position: int, told: list[Span]) -> int:
    """0 inside of a span; else letters to the nearest."""
    at = bisect_right([span.start for span in told], position)
    sides = [abs(position - told[at].start)] if at < len(told) else []
    if at:
        sides.append(max(0, position - told[at - 1].end + 1))
    return min(sides, default=position + 1)


def events(sample: Sample) -> Iterator[Score | None]:
    """Are those whom an event is about in one of its panels? Only people whom the cast has can be."""
    if sample.reference is None or not sample.reference.events or sample.storyboard is None:
        return
    known = sample.reference.events
    links, beats = linked(sample.cast, sample.reference.cast), sample.beats()
    cast = frozenset[str]().union(*links.values())
    wanted = right = 0
    missed: list[Example] = []
    for event in known:
        panels = [
            p for p in sample.storyboard.panels() if any(_holds(beats[b].span, event) for b in p.beats if b in beats)
        ]
        seen = frozenset[str]().union(*(links.get(key, frozenset()) for panel in panels for key in _figures(panel)))
        people = set(event.who) & cast if panels else set()
        wanted += len(people)
        right += len(people & seen)
        missed += [Example(f"{who} in: {event.what}", "not seen", event.at) for who in sorted(people - seen)]
    yield share("event_people_seen", right, wanted, "people are seen in their events", missed)


def _holds(span: Span, event: Event) -> bool:
    return span.start <= event.at[0] < span.end


def _figures(panel: PanelDraft) -> list[str]:
    return [figure.character for figure in panel.direction.figures]


def cuts(sample: Sample) -> Iterator[Score | None]:
    """Whatever is not told is listed."""
    if sample.plot is None:
        return
    told, listed = spans(sample), sample.plot.cuts
    text = sample.source.text
    left = [i for i, c in enumerate(text) if c.isalnum() and distance(i, told)]
    outside = [i for i in left if not any(h.start <= i < h.end for h in sample.source.headings)]
    known = sum(any(cut.start <= i < cut.end for cut in listed) for i in outside)
    yield share("cuts_listed", known, len(outside), "letters that are left out are listed as cut")


def crowd(sample: Sample) -> Iterator[Score | None]:
    """Figures in a panel beside the people that its text names or lets speak."""
    if sample.storyboard is None:
        return
    beats, likeness, seen, spoken = sample.beats(), [], 0, 0
    for panel in sample.storyboard.panels():
        figures = set(_figures(panel))
        named = {key for beat in panel.beats if beat in beats for key in beats[beat].present}
        speaking = {part.speaker for part in panel.dialogue.parts if part.speaker}
        if figures and (named | speaking):
            wanted = len(named | speaking)
            likeness.append(exp(-abs(len(figures) - wanted) / wanted))
        for part in panel.dialogue.parts:
            if part.speaker and part.kind in _VOICES:
                spoken += 1
                seen += part.off_panel or part.speaker in figures
    if likeness:
        yield Score("occm", sum(likeness) / len(likeness), "mean over panels with people", len(likeness))
    yield share("speakers_seen", seen, spoken, "speakers are seen, or off panel on purpose")


_VOICES: Final = frozenset({"speech", "shout", "whisper"})
SCORERS = (words, events, cuts, crowd)
