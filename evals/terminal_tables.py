"""Tables of figures in a terminal: a few metrics each, a row a story."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.all_scorers import METRICS
from evals.eval_runs import CaseScores
from evals.metric_bounds import Metric, Score, pooled

BLOCKS: Final[Mapping[str, Mapping[str, str]]] = {
    "reading": {
        "quotes_found": "quotes found",
        "quote_coverage": "quotes shown",
        "cuts_listed": "cuts listed",
        "dialogue_fidelity": "fidelity",
        "cast_recall": "cast recall",
        "cast_precision": "cast prec.",
        "scene_f1": "scene F1",
        "time_right": "hour right",
        "genre_f1": "genre F1",
        "unmarked_found": "bare thoughts",
    },
    "speakers, and the share that is right by confidence": {
        "speaker_accuracy": "right",
        "speakers_one_to_one": "one to one",
        "speaker_sure": "sure",
        "speaker_sure_right": "sure and right",
        "speaker_right_00": "below .60",
        "speaker_right_60": ".60 to .75",
        "speaker_right_75": ".75 to .90",
        "speaker_right_90": ".90 to 1",
        "speaker_miscalibrated": "off by",
    },
    "pictures, by what their artist says that it drew (beside chance: `python -m evals strict`)": {
        "events_pictured": "events in parts",
        "events_whole": "events whole",
        "great_whole": "greatest whole",
        "things_seen": "things seen",
        "place_right": "place right",
        "told_in_hand": "told in hand",
        "untold_in_hand": "untold in hand",
        "false_presence": "false presence",
        "people_twice": "people twice",
        "never_pictured": "never",
    },
    "pages": {
        "hooks": "hooks",
        "turn_hooks": "at turns",
        "shot_entropy": "entropy of shots",
        "establishing_shots": "scenes begun",
        "panels_a_page": "panels a page",
        "characters_a_page": "chars a page ja",
        "characters_a_page_en": "chars a page en",
        "texts_a_page": "texts a page",
        "silent_panels": "silent panels",
        "caption_letters": "letters in captions",
        "red_pen": "red pen",
    },
    "letters and the book": {
        "gates_held": "gates held",
        "faces_covered": "faces covered",
        "tails_right": "tails right",
        "text_lost_chars": "letters lost",
        "missing_things": "not drawn",
        "placeholders": "no picture",
    },
    "feedback": {"feedback_phase": "phase", "feedback_scope": "scope"},
}
"""What is asked for most; `--all` prints every metric."""
_NARROW: Final = 110


def wide(console: Console) -> Console:
    """Wide enough where nobody looks at a terminal."""
    return console if console.is_terminal else Console(width=max(console.width, _NARROW))


def say(console: Console, line: str) -> None:
    """A message in one piece, however narrow the terminal is: it can hold a path, which is copied whole."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def show(console: Console, cases: Sequence[CaseScores], *, everything: bool) -> None:
    """Prints the figures, what failed, and how long it took."""
    console = wide(console)
    names = {name for block in BLOCKS.values() for name in block}
    rest = {name: name.replace("_", " ") for name in METRICS if name not in names} if everything else {}
    others = [dict(list(rest.items())[at : at + 8]) for at in range(0, len(rest), 8)]
    for title, block in (*BLOCKS.items(), *(("more", other) for other in others)):
        table = figures_table(cases, block, title)
        if table.row_count:
            console.print(table, "")
    for one in cases:
        for output in one.outputs:
            if output.error:
                console.print(f"[red]{escape(one.case)} {output.phase}: {escape(output.error)}[/red]", soft_wrap=True)
    say(console, _used(cases))


def figures_table(cases: Sequence[CaseScores], block: Mapping[str, str], title: str) -> Table:
    """Stories that the rules were not written with bear an asterisk; what misses its goal is red."""
    table = Table(box=None, pad_edge=False, title=title, title_justify="left", title_style="bold", header_style="")
    table.add_column("", no_wrap=True, min_width=22)
    for name in block:
        table.add_column(block[name], justify="right", min_width=6, max_width=9)
    rules = {one.case: one.rules for one in cases}
    for case, written in rules.items():
        own = [score for one in cases if one.case == case for score in one.figures() if score.metric in block]
        if own:
            _row(table, block, case + ("*" if written == "held_out" else ""), own)
    if table.row_count:
        _row(table, block, "all", [score for one in cases for score in one.figures()])
        unseen = [score for one in cases if one.rules == "held_out" for score in one.figures()]
        _row(table, block, "held out*", unseen)
        table.add_row("wanted", *(escape(METRICS[name].wanted) if name in METRICS else "" for name in block))
    return table


def _row(table: Table, block: Mapping[str, str], head: str, scores: Sequence[Score]) -> None:
    found = pooled(scores)
    table.add_row(escape(head), *(_cell(METRICS[name], found[name].value) if name in found else "" for name in block))


def _cell(metric: Metric, value: float) -> str:
    text = f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
    return text if metric.good(value) else f"[red]{text}[/red]"


def means(cases: Sequence[CaseScores]) -> Mapping[str, Mapping[str, float]]:
    """Metric -> case -> mean over its repeats."""
    values: dict[str, dict[str, list[float]]] = {}
    for one in cases:
        for score in one.figures():
            values.setdefault(score.metric, {}).setdefault(one.case, []).append(score.value)
    return {metric: {case: fmean(found) for case, found in told.items()} for metric, told in values.items()}


def _used(cases: Sequence[CaseScores]) -> str:
    outputs = [output for one in cases for output in one.outputs]
    known = sum(output.cost_usd for output in outputs if output.cost_usd is not None)
    note = " and calls without a known price" if any(output.cost_usd is None for output in outputs) else ""
    calls, seconds = sum(output.calls for output in outputs), sum(output.seconds for output in outputs)
    cpu = sum(output.cpu_s for output in outputs)
    return f"{calls} calls of models, {seconds:.1f} s waited, {cpu:.1f} s of CPU, {known:.4f} USD{note}"
