"""Plain values of one run, as LangGraph's context: JSON types with defaults, so that schemas can be listed."""

from dataclasses import dataclass

from langgraph.runtime import Runtime


@dataclass(frozen=True, slots=True)
class RunOptions:
    """`tenant` owns the objects that are stored; `working_seconds` is what is left of the working time (None: no
    limit): after it, panels still missing become placeholders. `quality_level` 1..5 is how finely previews are drawn
    (`editing.preview_quality`); the default is that of a device that says nothing. In the `last_try` a panel whose
    provider is overloaded or has no calls left is not deferred any more: it becomes a placeholder. So does one that
    would cost more than `max_cost_usd` leaves."""

    tenant: str = "local"
    images_at_once: int = 5
    max_cost_usd: float | None = None
    image_timeout_s: float = 120.0
    working_seconds: float | None = None
    branch: str = "main"
    quality_level: int = 1
    last_try: bool = False


def options_of(runtime: Runtime[RunOptions]) -> RunOptions:
    """The run's options. A library call without a context gives None in spite of the defaults."""
    context: RunOptions | None = runtime.context
    return RunOptions() if context is None else context
