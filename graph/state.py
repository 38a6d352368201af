"""What the graph carries from node to node: one channel a phase, JSON dicts only, references instead of bytes.

Each channel says which value its JSON holds, so that `langgraph dev` and clients see fields. Pydantic validates where a
node reads (`editing.phase_results`). User text stands inside dicts, never in a bare string channel, because those are
stored in the clear.
"""

from dataclasses import dataclass
from typing import Annotated, Any, NotRequired

from pydantic import GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from typing_extensions import TypedDict  # pydantic lists the schemas of no other on Python 3.11

from editing.sheet_status import KeptSheet
from editing.state_as_json import Json
from manga.artwork import PanelArt
from manga.book import Book
from manga.brief import Brief
from manga.characters import Cast
from manga.concept import Concept
from manga.edits import Edit
from manga.lettering import Lettering
from manga.panel_brief import PanelBrief
from manga.picture_references import PictureReferences
from manga.plot import Plot
from manga.storyboard import Storyboard
from manga.thing_shapes import AskedThing


@dataclass(frozen=True, slots=True)
class SchemaOf:
    """The JSON of a channel is a value of this type. Its schema is made when somebody asks for it, not at import."""

    kind: Any

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(TypeAdapter(self.kind).core_schema)


def merged(old: Json | None, new: Json | None) -> Json:
    """Reducer of the dict channels: new keys win, None deletes."""
    both = {**(old or {}), **(new or {})}
    return {key: value for key, value in both.items() if value is not None}


class Wish(TypedDict):
    """One thing that a person asked of a phase, and the keys that it may touch."""

    instruction: str
    scope: NotRequired[list[str]]


class Deferred(TypedDict):
    """Why the picture of a panel waits, and how long at least."""

    code: str
    reason: str
    retry_after_s: float | None


class Lock(TypedDict):
    """What a person said is to stay, and since when."""

    kind: str
    at: str


class Start(TypedDict):
    """What a run begins with: a story and what is wished for the book."""

    brief: Annotated[Json, SchemaOf(Brief)]


class State(TypedDict, total=False):
    """The whole of one work at one version."""

    brief: Annotated[Json, SchemaOf(Brief)]
    concept: Annotated[Json, SchemaOf(Concept)]
    characters: Annotated[Json, SchemaOf(Cast)]
    sheets: Annotated[Json, SchemaOf(dict[str, KeptSheet]), merged]
    """By character key, for image models that draw after sheets."""
    plot: Annotated[Json, SchemaOf(Plot)]
    things: Annotated[Json, SchemaOf(dict[str, AskedThing])]
    """By key: what has become of things that the register does not know, where a model was asked for their shapes."""
    storyboard: Annotated[Json, SchemaOf(Storyboard)]
    artwork: Annotated[Json, SchemaOf(dict[str, PanelArt]), merged]
    """By panel key."""
    lettering: Annotated[Json, SchemaOf(Lettering)]
    finishing: Annotated[Json, SchemaOf(Book)]
    deferred: Annotated[Json, SchemaOf(dict[str, Deferred]), merged]
    """By panel key."""
    digests: Annotated[Json, SchemaOf(dict[str, str]), merged]
    """Phase -> digest of exactly what its result was made from."""
    recipes: Annotated[Json, SchemaOf(dict[str, dict[str, str]]), merged]
    """Phase -> which prompt, model and code made it; redoes nothing by itself."""
    previews: Annotated[Json, SchemaOf(dict[str, str]), merged]
    """Phase -> name of its preview in the blob store."""
    wishes: Annotated[Json, SchemaOf(dict[str, list[Wish]]), merged]
    """Phase -> what people asked of it so far, oldest first."""
    edits: Annotated[list[Json], SchemaOf(list[Edit])]
    """Accepted edits in the order they are laid over the raw results."""
    locks: Annotated[Json, SchemaOf(dict[str, Lock]), merged]
    """By element key (`editing.locks`)."""
    feedback: Json
    """The answer that is being carried out: its plan, and the phases that are to be looked at again."""
    version: str
    """Id of the newest version on this line."""
    versions: Annotated[Json, SchemaOf(dict[str, str]), merged]
    """Phase -> id of the version that its result here comes from; after a restore not the newest of that phase."""


class PanelTask(TypedDict):
    """What one `Send` carries to the panel node: what the picture is drawn from, its digest, the number of its page
    (works of before 2026-11-26 have tasks without), how many panels the book has, and what it is drawn after beside the
    sheets of those who are seen; left out where there is nothing."""

    panel: Annotated[Json, SchemaOf(PanelBrief)]
    digest: str
    page: NotRequired[int]
    total: int
    after: NotRequired[Annotated[Json, SchemaOf(PictureReferences)]]
