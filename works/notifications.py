"""The events that a run writes besides its phases: plans, changes of a version, a finished book, a question."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from calls.ledger import ENDS
from editing.compare_versions import difference
from editing.phase_results import result_json
from editing.state_as_json import TO_END
from editing.version_changes import Change
