"""What is to be drawn: the storyboard with the wishes about its pictures carried out. State in, directions out."""

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from agents.redrawing import ToDraw, redirected
from agents.retry import TEXT, retried
from editing.results import result_of
from editing.work_blobs import blobs_of
from editing.work_state import Json
from graph.nodes.agent_phase import work_of
from graph.options import RunOptions, options_of
from graph.refusals import carry_out, revision_of, wishes_of
from graph.services import Services
from graph.state import State
from manga.characters import Cast
from manga.phases import Phase
from manga.proposed_changes import PictureChanges
from manga.revision import Revision
from manga.storyboard import Storyboard


async def to_draw(
    state: State, services: Services, config: RunnableConfig, runtime: Runtime[RunOptions]
) -> tuple[ToDraw, Json]:
    """With the change of the state when a wish is refused. The model's answer is remembered by what it was asked."""
    work = work_of(config)
    board, cast = result_of(state, Phase.STORYBOARD, Storyboard), result_of(state, Phase.CHARACTERS, Cast).from_words()
    text = services.asked_by(Phase.ARTWORK, work)
    shelf = blobs_of(services.blobs, options_of(runtime).tenant, work)

    async def make(wishes: list[Json]) -> ToDraw:
        revision: Revision[PictureChanges] = revision_of(wishes)
        return await retried(
            lambda: redirected(storyboard=board, cast=cast, text=text, revision=revision, shelf=shelf),
            TEXT,
            services.clock,
        )

    made = await carry_out(Phase.ARTWORK, wishes_of(state, Phase.ARTWORK), make)
    return made.result, made.change(state)
