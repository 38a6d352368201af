"""The committed baseline: read, and taken from a run; figures of the rules a story, repeats of live models.

`baseline/offline.json`, `baseline/<model>.json`, `baseline/prompts.json`, `baseline/storyboards.json`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from evals.all_scorers import METRICS
from evals.eval_runs import CaseScores, RunWrong
from evals.gate_rules import (
    LEAST_REPEATS,
    Figures,
    Repeats,
    Slip,
    slips,
)
from evals.report.storyboards import keep_storyboards
from manga.values import Value
from prompts.library import PromptLibrary

BASELINE: Final = Path(__file__).parent / "baseline"
OFFLINE: Final = "offline"
PLACES: Final = 4


class PromptState(Value):
    """By which models the words of a prompt were measured; where by none, why that was borne."""

    hash: str
    measured_by: tuple[str, ...] = ()
    unmeasured: str = Field(default="", max_length=200)


class OfflineBaseline(Value):
    """`figures`: case -> metric -> value. `lowered` tells why figures were ever let fall."""

    figures: dict[str, dict[str, float]]
    lowered: tuple[str, ...] = ()


def figures_of(cases: Sequence[CaseScores]) -> Figures:
    """What a ratchet holds of a run: metrics that are judged, rounded, the first repeat."""
    return {
        one.case: {
            score.metric: round(score.value, PLACES)
            for score in one.figures()
            if score.metric in METRICS and METRICS[score.metric].better != "told"
        }
        for one in sorted(cases, key=lambda one: (one.case, -one.repeat))
    }


def repeats_of(cases: Iterable[CaseScores]) -> Repeats:
    """What a bootstrap draws from."""
    found: dict[str, dict[str, list[float]]] = {}
    for one in cases:
        for score in one.figures():
            found.setdefault(score.metric, {}).setdefault(one.case, []).append(round(score.value, PLACES))
    return found


def read_offline(folder: Path = BASELINE) -> OfflineBaseline:
    """Empty where there is none yet."""
    file = folder / f"{OFFLINE}.json"
    return OfflineBaseline.of(_read(file)) if file.is_file() else OfflineBaseline(figures={})


def write_offline(baseline: OfflineBaseline, folder: Path = BASELINE) -> None:
    _write(folder / f"{OFFLINE}.json", baseline.to_json())


def file_of(model: str, folder: Path = BASELINE) -> Path:
    """A live model's file."""
    return folder / f"{''.join(c if c.isalnum() or c in '.-' else '_' for c in model)}.json"


def read_models(folder: Path = BASELINE) -> Mapping[str, Repeats]:
    """Baselines of live models by name."""
    found = (_read(file) for file in sorted(folder.glob("*.json")))
    return {told["model"]: told["repeats"] for told in found if isinstance(told, dict) and "model" in told}


def write_model(model: str, repeats: Repeats, folder: Path = BASELINE) -> None:
    _write(file_of(model, folder), {"model": model, "repeats": repeats})


def read_prompts(folder: Path = BASELINE) -> dict[str, PromptState]:
    file = folder / "prompts.json"
    return {name: PromptState.of(one) for name, one in _read(file).items()} if file.is_file() else {}


def write_prompts(states: Mapping[str, PromptState], folder: Path = BASELINE) -> None:
    _write(folder / "prompts.json", {name: states[name].to_json() for name in sorted(states)})


def unmeasured(hashes: Mapping[str, str], states: Mapping[str, PromptState]) -> tuple[str, ...]:
    """Prompts whose words nobody has measured and nobody has let through. Rules never read them, so their figures say
    nothing of these."""
    return tuple(name for name, found in sorted(hashes.items()) if name not in states or states[name].hash != found)


def borne(states: Mapping[str, PromptState]) -> Mapping[str, str]:
    """Prompts that were let through unmeasured, and why."""
    return {name: state.unmeasured for name, state in sorted(states.items()) if not state.measured_by}


def worse(slips: Iterable[Slip], reason: str) -> tuple[str, ...]:
    """What a lowered baseline says of itself."""
    return tuple(f"{slip} - {reason}" for slip in slips)


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _write(file: Path, value: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    file.write_text(text + "\n", encoding="utf-8")


def take_offline(
    cases: Sequence[CaseScores], run: Path, reason: str | None, folder: Path = BASELINE
) -> tuple[Slip, ...]:
    """What would fall; written only when nothing falls, or with a reason."""
    before, now = read_offline(folder), figures_of(cases)
    fallen = slips(before.figures, now, METRICS)
    if not fallen or reason:
        told = (*before.lowered, *worse(fallen, reason or ""))
        write_offline(OfflineBaseline(figures={case: dict(found) for case, found in now.items()}, lowered=told), folder)
        keep_storyboards(run, folder)
    return fallen


def take_model(model: str, cases: Sequence[CaseScores], prompts: PromptLibrary, folder: Path = BASELINE) -> None:
    """The repeats of a live or replayed run, and the prompts that were answered in it. Raises RunWrong when it is not
    whole."""
    outputs = [output for one in cases for output in one.outputs]
    if any(output.unmeasured for output in outputs):
        raise RunWrong("answers are missing on the tape; a baseline is made of whole runs")
    repeats = repeats_of(cases)
    if min((len(values) for found in repeats.values() for values in found.values()), default=0) < LEAST_REPEATS:
        raise RunWrong(f"a live model's baseline needs at least {LEAST_REPEATS} repeats of every story")
    write_model(model, repeats, folder)
    states = read_prompts(folder)
    for name in sorted({name for output in outputs for name in output.prompts}):
        found = prompts.get(name).hash
        old = states.get(name)
        others = old.measured_by if old is not None and old.hash == found else ()
        states[name] = PromptState(hash=found, measured_by=tuple(sorted({*others, model})))
    write_prompts(states, folder)


def let_through(prompts: PromptLibrary, reason: str, folder: Path = BASELINE) -> tuple[str, ...]:
    """Marks prompts that nobody has measured as borne, with the reason; answers their names. Prompts that are no more
    are forgotten."""
    states = {name: state for name, state in read_prompts(folder).items() if prompts.find(name) is not None}
    open_ = unmeasured({name: prompt.hash for name, prompt in prompts.prompts.items()}, states)
    for name in open_:
        states[name] = PromptState(hash=prompts.get(name).hash, unmeasured=reason)
    write_prompts(states, folder)
    return open_
