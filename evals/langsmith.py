"""Sends the figures of a run to LangSmith, only when asked for and where its key is set: no story's text."""

import os
from collections.abc import Sequence
from typing import Any, Final, Protocol

from evals.eval_runs import CaseScores
from manga.errors import SetupIncomplete

KEY: Final = "LANGSMITH_API_KEY"
PROJECT: Final = "mangaka-evals"


class Client(Protocol):
    """What is used of `langsmith.Client`."""

    def create_run(self, name: str, inputs: dict[str, Any], run_type: Any, **told: Any) -> None: ...

    def create_feedback(self, run_id: Any, key: str, **told: Any) -> Any: ...

    def flush(self) -> None: ...


def told_langsmith(cases: Sequence[CaseScores], models: str, run: str, client: Client | None = None) -> int:
    """A run a case, its figures as feedback; answers how many figures were told. Raises SetupIncomplete."""
    from uuid import uuid4

    if client is None:
        client = _client()
    count = 0
    for one in cases:
        key = uuid4()
        told = {"case": one.case, "repeat": one.repeat, "models": models, "run": run}
        outputs = {output.phase: not output.error for output in one.outputs}
        client.create_run(one.case, told, "chain", id=key, project_name=PROJECT, outputs=outputs)
        for score in one.figures():
            client.create_feedback(key, score.metric, score=score.value)
            count += 1
    client.flush()
    return count


def _client() -> Client:
    if not os.environ.get(KEY):
        raise SetupIncomplete("LangSmith has no key.", remedy=f"Set {KEY}, or leave --langsmith out.")
    from langsmith import Client as LangSmith

    return LangSmith()
