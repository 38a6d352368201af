"""Writes the report of a run as HTML; what others wrote (stories, names, answers) is escaped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import fmean
from typing import Final

from evals.all_scorers import METRICS
from evals.baseline_files import BASELINE, read_models, read_offline, read_prompts, repeats_of
from evals.eval_runs import CaseScores, Plan, read_plan, read_scores
from evals.gate_rules import Repeats, interval
from evals.metric_bounds import Example, Metric, Score
from evals.report.storyboards import Sketch, kept_storyboards, page_svg, samples, sketch_svg, sketches
from evals.scorer_input import Sample

STYLE: Final = """
:root{color-scheme:light dark;--line:#8886;--bad:#c0392b;--good:#1e8449}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:70rem;overflow-wrap:anywhere}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid var(--line)}
nav{position:sticky;top:0;background:Canvas;padding:.5rem 0;display:flex;flex-wrap:wrap;gap:.8rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem}
td,th{padding:.2rem .6rem;border-bottom:1px solid var(--line);text-align:left;white-space:nowrap}
.phase th{padding-top:.8rem}.bad{color:var(--bad)}.good{color:var(--good)}
details{border-bottom:1px solid var(--line);padding:.4rem 0}summary{cursor:pointer}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem;margin:.6rem 0}
.source{border-left:3px solid var(--line);padding-left:.6rem;white-space:pre-wrap}
figure{margin:0}svg{width:100%;max-height:85vh}.paper{fill:#fff;stroke:#8888}.panel{fill:none;stroke:#111;stroke-width:.6}
.who{fill:#ccc;stroke:#777;stroke-width:.3}.balloon{fill:#fff;stroke:#111;stroke-width:.3}
svg text{fill:#111}.note{font-size:3.2px;fill:#777}.said{font-size:4px}.glyph{text-anchor:middle}
"""


MOST_PAGES: Final = 6
MOST_WORST: Final = 60
CONTEXT: Final = 60
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class Told:
    """All that the report shows. `before` are the repeats of the run or baseline it is compared with."""

    plan: Plan
    cases: Sequence[CaseScores]
    samples: Mapping[str, Sample]
    before: Repeats
    compared_with: str
    old_sketches: Mapping[str, tuple[Sketch, ...]]
    old_samples: Mapping[str, Sample]


def write_report(run: Path, against: Path | None, out: Path) -> None:
    """Reads the run's files and the baseline's, and nothing else. Raises RunWrong."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(html_of(read(run, against)), encoding="utf-8")


def read(run: Path, against: Path | None, baseline: Path = BASELINE) -> Told:
    """Raises RunWrong."""
    plan, cases, told = read_plan(run), read_scores(run), dict(samples(run))
    if against is not None:
        old = dict(samples(against))
        drawn = {case: sketches(sample) for case, sample in old.items()}
        return Told(plan, cases, told, repeats_of(read_scores(against)), str(against), drawn, old)
    return Told(plan, cases, told, _baseline(plan, baseline), "the committed baseline", kept_storyboards(baseline), {})


def _baseline(plan: Plan, folder: Path) -> Repeats:
    if plan.choice.models != "offline":
        return read_models(folder).get(plan.choice.model, {})
    found: dict[str, dict[str, list[float]]] = {}
    for case, figures in read_offline(folder).figures.items():
        for metric, value in figures.items():
            found.setdefault(metric, {})[case] = [value]
    return found


def html_of(told: Told) -> str:
    """The whole file."""
    parts = (_head(told), _metrics(told), _stories(told), _worst(told), _pages(told), _answers(told), _prompts(told))
    body = "\n".join("\n".join(part) for part in parts)
    title = f"Evaluation: {escape(told.plan.choice.models)}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _head(told: Told) -> Iterator[str]:
    choice = told.plan.choice
    stories = len({one.case for one in told.cases})
    model = choice.models if choice.models == "offline" else f"{choice.models}, {choice.model}"
    yield f"<h1>How stories were read and told</h1><p>By <b>{escape(model)}</b>: {stories} cases,"
    yield f" {told.plan.repeats} repeat(s), compared with {escape(told.compared_with)}."
    yield f" Code <code>{escape(told.plan.code[:12])}</code>.</p>"
    yield '<nav><a href="#metrics">metrics</a> <a href="#stories">stories</a> <a href="#worst">worst</a>'
    yield ' <a href="#pages">pages</a> <a href="#answers">time and cost</a> <a href="#prompts">prompts</a></nav>'


def _metrics(told: Told) -> Iterator[str]:
    """Means over stories with their intervals; stories are drawn, not utterances."""
    now = repeats_of(told.cases)
    yield '<h2 id="metrics">Metrics</h2><p>Mean over stories; the interval is 95 %, drawn over stories.</p>'
    yield '<div class="wide"><table><tr><th>metric<th>mean<th>interval<th>before<th>better by<th>wanted</tr>'
    phase = ""
    for name, metric in METRICS.items():
        if name not in now:
            continue
        if metric.phase != phase:
            phase = metric.phase
            yield f'<tr class="phase"><th colspan="6">{escape(phase)}</tr>'
        yield _metric_row(metric, now[name], told.before.get(name, {}))
    yield "</table></div>"


def _metric_row(metric: Metric, now: Mapping[str, Sequence[float]], before: Mapping[str, Sequence[float]]) -> str:
    values = [fmean(found) for found in now.values()]
    inside = interval(values, draws=1000)
    both = sorted(now.keys() & before.keys())
    old = f"{fmean(fmean(before[story]) for story in both):.3f}" if both else ""
    better = [fmean(map(metric.loss, before[s])) - fmean(map(metric.loss, now[s])) for s in both]
    moved = f"{fmean(better):+.3f}" if any(abs(value) > 1e-9 for value in better) else ""
    mean = fmean(values)
    return (
        f'<tr title="{escape(metric.says)}"><td>{escape(metric.name)}<td{_bad(metric, mean)}>{mean:.3f}'
        f"<td>{inside.low:.3f} .. {inside.high:.3f}<td>{old}<td{_moved(better)}>{moved}<td>{escape(metric.wanted)}</tr>"
    )


def _bad(metric: Metric, value: float) -> str:
    return "" if metric.good(value) else ' class="bad"'


def _moved(better: Sequence[float]) -> str:
    by = fmean(better) if better else 0.0
    return ' class="good"' if by > 1e-9 else ' class="bad"' if by < -1e-9 else ""


def _stories(told: Told) -> Iterator[str]:
    """What moved in each story."""
    now = repeats_of(told.cases)
    yield '<h2 id="stories">Stories</h2>'
    for case in dict.fromkeys(one.case for one in told.cases):
        rules = next(one.rules for one in told.cases if one.case == case)
        rows = list(_deltas(case, now, told.before))
        poor = [n for n, found in now.items() if case in found and not METRICS[n].good(fmean(found[case]))]
        note = f"{len(rows)} figures moved, {len(poor)} miss their goal"
        name = f"{escape(case)}{' (held out)' if rules == 'held_out' else ''}"
        yield f"<details><summary><b>{name}</b> {note}</summary>"
        if rows:
            yield '<div class="wide"><table><tr><th>metric<th>before<th>now<th>better by</tr>'
            yield from rows
            yield "</table></div>"
        yield f"<p>Misses its goal: {escape(', '.join(poor) or 'nothing')}.</p></details>"


def _deltas(case: str, now: Repeats, before: Repeats) -> Iterator[str]:
    for name, metric in METRICS.items():
        if case not in now.get(name, {}) or case not in before.get(name, {}):
            continue
        old, new = before[name][case], now[name][case]
        better = fmean(map(metric.loss, old)) - fmean(map(metric.loss, new))
        if abs(fmean(old) - fmean(new)) > 1e-4:
            cells = f"<td>{fmean(old):.3f}<td>{fmean(new):.3f}<td{_moved([better])}>{better:+.3f}"
            yield f"<tr><td>{escape(name)}{cells}</tr>"


def _worst(told: Told) -> Iterator[str]:
    """The places where something was not as it should be, with the story's own words beside what came of them."""
    yield '<h2 id="worst">Worst cases</h2>'
    found = [
        (one.case, score)
        for one in told.cases
        if one.repeat == 0
        for score in one.figures()
        if score.examples and not METRICS[score.metric].good(score.value)
    ]
    # What can be read beside the story comes first.
    found.sort(
        key=lambda pair: (
            all(example.at is None for example in pair[1].examples),
            -METRICS[pair[1].metric].shortfall(pair[1].value),
        )
    )
    for case, score in found[:MOST_WORST]:
        yield f"<details><summary><b>{escape(score.metric)}</b> {escape(case)}: {score.value:.3f}"
        yield f" <small>{escape(score.reason)}</small></summary>"
        yield from (_example(example, told.samples.get(case), score) for example in score.examples)
        yield "</details>"
    if len(found) > MOST_WORST:
        yield f"<p>{len(found) - MOST_WORST} more are in scores.jsonl.</p>"


def _example(example: Example, sample: Sample | None, score: Score) -> str:
    source = _passage(sample, example.at) if sample is not None and example.at is not None else ""
    beside = f'<div class="source">{source}</div>' if source else ""
    place = f" <code>{escape(example.element)}</code>" if example.element else ""
    told = f"<div><p>wanted: {escape(example.wanted)}</p><p>came: {escape(example.got)}{place}</p></div>"
    return f'<div class="pair">{beside}{told}</div>'


def _passage(sample: Sample, at: tuple[int, int]) -> str:
    text, (start, end) = sample.source.text, at
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return f"{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}"


def _pages(told: Told) -> Iterator[str]:
    """Storyboards and lettered pages, the older ones beside them."""
    yield '<h2 id="pages">Storyboards and pages</h2>'
    for case, sample in told.samples.items():
        new, old = sketches(sample), told.old_sketches.get(case, ())
        if not new:
            continue
        yield f"<details><summary><b>{escape(case)}</b> {len(new)} pages, {len(old)} before</summary>"
        yield from _beside("storyboard", [sketch_svg(s) for s in new], [sketch_svg(s) for s in old])
        if sample.lettering is not None:
            older = told.old_samples.get(case)
            before = [page_svg(graph) for graph in older.graphs()] if older and older.lettering else []
            yield from _beside("lettered", [page_svg(graph) for graph in sample.graphs()[:MOST_PAGES]], before)
        yield "</details>"


def _beside(what: str, new: Sequence[str], old: Sequence[str]) -> Iterator[str]:
    for number in range(min(MOST_PAGES, max(len(new), len(old)))):
        yield f'<div class="pair"><figure>{new[number] if number < len(new) else ""}'
        yield f"<figcaption>{what}, page {number + 1}, now</figcaption></figure>"
        if old:
            yield f"<figure>{old[number] if number < len(old) else ''}<figcaption>before</figcaption></figure>"
        yield "</div>"


def _answers(told: Told) -> Iterator[str]:
    """Time, calls and cost by phase, and what failed."""
    yield '<h2 id="answers">Time and cost</h2><div class="wide"><table><tr><th>phase<th>answers<th>waited s<th>CPU s'
    yield "<th>calls<th>tokens in<th>out<th>USD</tr>"
    outputs = [output for one in told.cases for output in one.outputs]
    for phase in dict.fromkeys(output.phase for output in outputs):
        mine = [output for output in outputs if output.phase == phase]
        cost = sum(output.cost_usd or 0.0 for output in mine)
        unknown = " and unknown" if any(output.cost_usd is None for output in mine) else ""
        cells = (len(mine), f"{sum(o.seconds for o in mine):.1f}", f"{sum(o.cpu_s for o in mine):.1f}")
        used = (sum(o.calls for o in mine), sum(o.input_tokens for o in mine), sum(o.output_tokens for o in mine))
        row = "".join(f"<td>{cell}" for cell in (*cells, *used, f"{cost:.4f}{unknown}"))
        yield f"<tr><td>{escape(phase)}{row}</tr>"
    yield "</table></div>"
    for output in outputs:
        if output.error:
            kind = "unmeasured" if output.unmeasured else "failed"
            yield f'<p class="bad">{escape(output.case)}, {escape(output.phase)} {kind}: {escape(output.error)}</p>'


def _prompts(told: Told) -> Iterator[str]:
    """Which words were asked with, and who has measured them."""
    states = read_prompts()
    yield '<h2 id="prompts">Prompts</h2><div class="wide"><table><tr><th>prompt<th>hash<th>measured by</tr>'
    for name, found in told.plan.prompts.items():
        state = states.get(name)
        same = state is not None and state.hash == found
        by = ", ".join(state.measured_by) if state is not None and same else ""
        words = by or (f"nobody: {state.unmeasured}" if state is not None and same else "nobody since it has changed")
        bad = "" if same else ' class="bad"'
        yield f"<tr><td>{escape(name)}<td><code>{escape(found[:12])}</code><td{bad}>{escape(words)}</tr>"
    yield "</table></div>"
