"""Whether LangSmith may trace what the models are asked: only when the person says so to us, and has a key there.

LANGSMITH_TRACING is often set for other projects, and a trace holds the whole story and every prompt.
"""

import logging
import os
from typing import Final

VARIABLES: Final = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
KEYS: Final = ("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY")

log = logging.getLogger("mangaka.minds")


def keep_private(*, traced: bool) -> None:
    """Unless it is to be traced, nothing of this process is, whatever the environment says."""
    said = [name for name in VARIABLES if os.environ.get(name, "").strip().lower() == "true"]
    has_key = any(os.environ.get(name) for name in KEYS)
    if not said or (traced and has_key):
        return
    from langsmith.run_trees import configure

    configure(enabled=False)
    helps = f"{KEYS[0]} is not set" if traced else "MANGA_TRACING=true sends it"
    log.warning("%s is set, and nothing of your story is sent to LangSmith; %s.", said[0], helps)
