"""What this process has done, for Prometheus: runs, phases, questions to models, what they used and cost.

Counters of a process begin with it; sums over processes are Prometheus's. What is true of all of them (works by state,
the queue) is read from the database by `server.metrics`.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from manga.errors import MangaError
from manga.phases import Phase
from works.observers import Kind, Marks

_PHASE_S: Final = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800)
_CALL_S: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160)
_ASKED: Final = "text_calls:"


class Gauges:
    """An observer that counts. `registry` is its own: two in one process do not meet."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, told: str, *labels: str) -> Counter:
            return Counter(f"mangaka_{name}", told, labels, registry=registry)

        self._running = Gauge("mangaka_runs_active", "Runs that go on in this process.", registry=registry)
        self._runs = counter("runs", "Runs that have ended here, by how: ok, cancelled, or an error's code.", "outcome")
        self._phases = Histogram(
            "mangaka_phase_seconds",
            "Of phases that came to a version.",
            ["phase"],
            buckets=_PHASE_S,
            registry=registry,
        )
        self._answers = Histogram(
            "mangaka_model_answer_seconds",
            "A question to a model until its answer, with waiting and repetitions.",
            ["kind", "question", "model", "outcome"],
            buckets=_CALL_S,
            registry=registry,
        )
        self._calls = counter("model_calls", "Calls of models, repetitions too.", "kind", "question")
        self._tokens = counter("model_tokens", "Tokens that text models have read and written.", "direction")
        self._cost = counter("model_cost_dollars", "What models have cost.", "kind")
        self._unpriced = counter("model_unpriced_calls", "Calls whose price is not known.")
        self._saved = counter("model_saved_dollars", "What pictures that served again would have cost.")
        self._drawn = counter("images_drawn", "Pictures drawn.")
        self._hits = counter(
            "cache_hits", "Pictures that were there: of the same scene, or of the same inputs.", "kind"
        )
        self._fallbacks = counter("fallbacks", "Pictures that are less than was asked for.", "kind")

    @contextmanager
    def run(self, own: Marks) -> Iterator[None]:
        self._running.inc()
        outcome = "cancelled"
        try:
            yield
            outcome = "ok"
        except MangaError as error:
            outcome = error.code
            raise
        except Exception:
            outcome = "internal"
            raise
        finally:
            self._running.dec()
            self._runs.labels(outcome).inc()

    def phase_begun(self, own: Marks, phase: Phase) -> None:
        """Nothing is counted yet."""

    def phase_ended(self, own: Marks, phase: Phase, seconds: float, *, complete: bool) -> None:
        if complete:
            self._phases.labels(phase.value).observe(seconds)

    @contextmanager
    def call(self, own: Marks, kind: Kind, question: str, model: str) -> Iterator[None]:
        begun, outcome = time.monotonic(), "cancelled"
        if kind == "image":
            self._calls.labels(kind, question).inc()
        try:
            yield
            outcome = "ok"
        except MangaError as error:
            outcome = error.code
            raise
        except Exception:
            outcome = "internal"
            raise
        finally:
            self._answers.labels(kind, question, model, outcome).observe(time.monotonic() - begun)

    def counted(self, counters: Mapping[str, int]) -> None:
        for name, more in counters.items():
            if more <= 0:
                continue
            if name.startswith(_ASKED):
                self._calls.labels("text", name.removeprefix(_ASKED)).inc(more)
            else:
                self._count(name, more)

    def _count(self, name: str, more: int) -> None:
        match name:
            case "input_tokens" | "output_tokens":
                self._tokens.labels(name.removesuffix("_tokens")).inc(more)
            case "text_microusd" | "image_microusd":
                self._cost.labels(name.removesuffix("_microusd")).inc(more / 1_000_000)
            case "saved_microusd":
                self._saved.inc(more / 1_000_000)
            case "unpriced_calls":
                self._unpriced.inc(more)
            case "cache_hits":
                self._hits.labels("scene").inc(more)
            case "recalled":
                self._hits.labels("inputs").inc(more)
            case "placeholders":
                self._fallbacks.labels("placeholder").inc(more)
            case _:
                pass

    def drawn(self, level: int) -> None:
        self._drawn.inc()
        if level == 1:
            self._fallbacks.labels("simplified").inc()
