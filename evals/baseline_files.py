"""The committed baseline: figures of the rules a story, repeats of live models, and by whom each prompt was measured.

`baseline/offline.json`, `baseline/<model>.json`, `baseline/prompts.json`, `baseline/storyboards.json`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from evals.bootstrap import Repeats
from evals.ratchet import Figures, Slip
from evals.runs import CaseScores
from evals.scoring import METRICS
from manga.values import Value

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
