"""OpenTelemetry: spans of requests, runs, phases and questions to models, where the environment names a collector.

`OTEL_EXPORTER_OTLP_ENDPOINT` (or `..._TRACES_ENDPOINT`) turns it on; OpenTelemetry's other variables mean what they
always do. Without one nothing of its SDK is imported. Spans hold names, numbers and codes: no story, no prompt, no
answer, no address as it was asked, and of an error its type.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.types import Scope

from manga.errors import MangaError
from manga.phases import Phase
from server.request_logging import NO_ROUTE, method_of
from works.observers import TRACE, Kind, Marks

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Span, Tracer

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
LAST_WORDS_MS: Final = 2000
_RUN: Final = "run"
_PHASES: Final = "phases"


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Does the environment name a collector, and not forbid it?"""
    off = (
        environment.get("OTEL_SDK_DISABLED", "").lower() == "true" or environment.get("OTEL_TRACES_EXPORTER") == "none"
    )
    return not off and any(environment.get(name) for name in ENDPOINTS)


@asynccontextmanager
async def open_traces(role: str, processor: "SpanProcessor | None" = None) -> AsyncIterator["Traces | None"]:
    """Spans of this process until the block ends; None where no collector is named. `role`: `serve` or `worker`."""
    if processor is None and not is_wanted(os.environ):
        yield None
        return
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    if processor is None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        processor = BatchSpanProcessor(OTLPSpanExporter())
    name = os.environ.get("OTEL_SERVICE_NAME") or "mangaka"
    provider = TracerProvider(resource=Resource.create({"service.name": name, "mangaka.role": role}))
    provider.add_span_processor(processor)
    try:
        yield Traces(provider.get_tracer("mangaka"))
    finally:
        await asyncio.to_thread(provider.force_flush, LAST_WORDS_MS)
        await asyncio.to_thread(provider.shutdown)


@dataclass(frozen=True, slots=True)
class Traces:
    """An observer of runs; and of requests, as `server.request_logging.Traced`."""

    tracer: "Tracer"

    @contextmanager
    def request(self, scope: Scope, own: Marks) -> Iterator[Callable[[str, int], None]]:
        """Below the span that the client names in `traceparent`."""
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        sent = {
            k.decode("latin-1"): v.decode("latin-1")
            for k, v in scope["headers"]
            if k in (b"traceparent", b"tracestate")
        }
        method = method_of(scope)
        with self._span(
            method,
            TraceContextTextMapPropagator().extract(sent),
            SpanKind.SERVER,
            {"http.request.method": method, "mangaka.request": own.request},
        ) as span:
            own.kept[TRACE] = _named_in(span)

            def told(route: str, status: int) -> None:
                span.update_name(f"{method} {route}" if route != NO_ROUTE else method)
                span.set_attributes({"http.route": route, "http.response.status_code": status})
                if 500 <= status < 1000:
                    _failed(span, str(status))

            yield told

    @contextmanager
    def run(self, own: Marks) -> Iterator[None]:
        """Below the request that asked for it, in whichever process that was."""
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        came = {TRACE: own.kept[TRACE]} if TRACE in own.kept else {}
        parent = TraceContextTextMapPropagator().extract(came) if came else None
        with self._span("run", parent, SpanKind.CONSUMER, _named(own) | _asked(own)) as span:
            own.kept[_RUN], own.kept[_PHASES] = span, {}
            try:
                yield
            finally:
                for left in own.kept[_PHASES].values():
                    left.end()

    def phase_begun(self, own: Marks, phase: Phase) -> None:
        self._phase(own, phase)

    def phase_ended(self, own: Marks, phase: Phase, seconds: float, *, complete: bool) -> None:
        span = own.kept.get(_PHASES, {}).pop(phase, None)
        if span is not None:
            span.set_attribute("mangaka.complete", complete)
            span.end()

    @contextmanager
    def call(self, own: Marks, kind: Kind, question: str, model: str) -> Iterator[None]:
        from opentelemetry.trace import SpanKind, set_span_in_context

        over = own.kept.get(_RUN) if own.phase is None else self._phase(own, own.phase)
        parent = None if over is None else set_span_in_context(over)
        told = {"mangaka.question": question, "gen_ai.request.model": model, **_named(own)}
        with self._span(f"{kind} {question}", parent, SpanKind.CLIENT, told):
            yield

    def counted(self, counters: Mapping[str, int]) -> None:
        """Figures are `works.run_metrics`'."""

    def drawn(self, level: int) -> None:
        """As above."""

    def _phase(self, own: Marks, phase: Phase) -> "Span | None":
        """Its span; begun by whoever comes first: a run hears of a phase after its first question."""
        from opentelemetry.trace import set_span_in_context

        run, phases = own.kept.get(_RUN), own.kept.get(_PHASES)
        if run is None or phases is None:
            return None
        if phase not in phases:
            phases[phase] = self.tracer.start_span(
                f"phase {phase.value}",
                set_span_in_context(run),
                attributes=_named(own) | {"mangaka.phase": phase.value},
            )
        span: Span = phases[phase]
        return span

    @contextmanager
    def _span(self, name: str, parent: Any, kind: Any, told: Mapping[str, Any]) -> Iterator["Span"]:
        """A span that knows of an error its type, and nothing of its words."""
        known = {key: value for key, value in told.items() if value is not None}
        span = self.tracer.start_span(name, parent, kind=kind, attributes=known)
        try:
            yield span
        except MangaError as error:
            _failed(span, error.code)
            raise
        except BaseException as error:
            _failed(span, type(error).__name__)
            raise
        finally:
            span.end()


def _named(own: Marks) -> dict[str, str]:
    return {"mangaka.work": str(own.work)} if own.work else {}


def _asked(own: Marks) -> dict[str, str]:
    return {"mangaka.request": own.request} if own.request else {}


def _named_in(span: "Span") -> str:
    """As `traceparent` names it."""
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"


def _failed(span: "Span", why: str) -> None:
    from opentelemetry.trace import StatusCode

    span.set_status(StatusCode.ERROR)
    span.set_attribute("error.type", why)
