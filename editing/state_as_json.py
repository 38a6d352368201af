"""The state of a work as JSON, as everything but the graph itself reads it."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]
WorkState: TypeAlias = Mapping[str, Any]
"""Channel -> value. `graph.state.State` declares the channels, with their types and reducers."""
TO_END: Final = "to_end"
"""Of the channel `feedback`: a finished book is redrawn to its end, nobody is asked on the way, and all of it is one
version."""
