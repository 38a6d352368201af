"""What the graph carries from node to node: one channel a phase, JSON dicts only, references instead of bytes.

Pydantic validates at the node's edge (`editing.results`). User text stands inside dicts, never in a bare string
channel, because those are stored in the clear.
"""

from typing import Annotated, NotRequired

from typing_extensions import TypedDict  # pydantic lists the schemas of no other on Python 3.11

from editing.work_state import Json


def merged(old: Json | None, new: Json | None) -> Json:
    """Reducer of the dict channels: new keys win, None deletes."""
    both = {**(old or {}), **(new or {})}
    return {key: value for key, value in both.items() if value is not None}


class Start(TypedDict):
    """What a run begins with: the request (`manga.brief.Brief` as JSON)."""

    brief: Json


class State(TypedDict, total=False):
    """The whole of one work at one version."""

    brief: Json
    concept: Json
    characters: Json
    sheets: Annotated[Json, merged]
    """Character key -> `editing.sheet_status.KeptSheet`, for image models that draw after sheets."""
    plot: Json
    storyboard: Json
    artwork: Annotated[Json, merged]
    """Panel key -> `PanelArt`."""
    lettering: Json
    finishing: Json
    deferred: Annotated[Json, merged]
    """Panel key -> why and until when its picture waits."""
    digests: Annotated[Json, merged]
    """Phase -> digest of exactly what its result was made from."""
    recipes: Annotated[Json, merged]
    """Phase -> which prompt, model and code made it; redoes nothing by itself."""
    previews: Annotated[Json, merged]
    """Phase -> name of its preview in the blob store."""
    wishes: Annotated[Json, merged]
    """Phase -> what people asked of it so far, oldest first."""
    edits: list[Json]
    """Accepted edits in the order they are laid over the raw results."""
    locks: Annotated[Json, merged]
    """Element key -> `{kind, at}`: what a person said is to stay (`editing.locks`)."""
    feedback: Json
    """The answer that is being carried out: its plan, and the phases that are to be looked at again."""
    version: str
    """Id of the newest version on this line."""
    versions: Annotated[Json, merged]
    """Phase -> id of the version that its result here comes from; after a restore not the newest of that phase."""


class PanelTask(TypedDict):
    """What one `Send` carries to the panel node: a `PanelBrief` as JSON, its digest, the number of its page (works of
    before 2026-11-26 have tasks without), how many panels the book has."""

    panel: Json
    digest: str
    page: NotRequired[int]
    total: int
