"""The state of a work as JSON, as everything but the graph itself reads it."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
WorkState: TypeAlias = Mapping[str, Any]
"""Channel -> value. `graph.state.State` declares the channels, with their types and reducers."""
