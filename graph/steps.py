"""The six phases that one agent makes in one piece: what each reads of the state, and which agent makes it from that.

`reads` gives JSON and `make` gets nothing else, so a phase's digest covers exactly what its agent can see.
"""

from collections.abc import Mapping

from graph.nodes import Step
from manga.phases import Phase

STEPS: Mapping[Phase, Step] = {}
