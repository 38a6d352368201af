"""In: a work that waits for a person. Out: what it asks, with the preview of the phase and everything made so far."""

import json
from dataclasses import dataclass

from editing.work_blobs import blobs_of
from manga.phases import Phase
from storage.base import BlobStore, Work
from works.base import Json, Story


@dataclass(frozen=True, slots=True)
class Review:
    """`preview` is the phase's preview, `values` the graph's channels. With a `question` the sentence that was sent is
    asked back; with a `plan` it waits for a yes. `refused` are wishes that were not carried out:
    `{phase, instruction, reason}`; `missing_sheets` are character sheets that could not be drawn:
    `{character, name, reason}`. `bill` is what pictures will cost (`graph.bill`)."""

    work: Work
    phase: Phase
    version_id: str
    preview: Json
    values: Json
    question: str = ""
    plan: Json | None = None
    refused: tuple[Json, ...] = ()
    missing_sheets: tuple[Json, ...] = ()
    bill: Json | None = None

    @property
    def confirming(self) -> bool:
        """Whether a plan is looked at, not a phase."""
        return bool(self.question or self.plan)


async def read_review(story: Story, blobs: BlobStore, work: Work) -> Review | None:
    """None when the work waits for nobody."""
    pending = work.pending_review
    if pending is None:
        return None
    values = await story.values(work.id)
    phase = Phase(pending["phase"])
    name = (values.get("previews") or {}).get(phase.value)
    preview = json.loads(await blobs_of(blobs, work.tenant, str(work.id)).get(name)) if name else {}
    question, plan = str(pending.get("question") or ""), pending.get("plan")
    refused, missing = (tuple(pending.get(name) or ()) for name in ("refused", "missing_sheets"))
    return Review(
        work, phase, pending["version_id"], preview, values, question, plan, refused, missing, pending.get("bill")
    )
