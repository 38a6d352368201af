"""The storyboard's node: plot, names and concept in, pages and panels out."""

from functools import partial

from agents.proofreading import PROMPT as PROOFREADING
from agents.proofreading import Reader, mended, with_notes_of
from agents.storyboard.agent import keep_read_with_locks, make_storyboard
from agents.thing_shapes import with_shapes
from editing.phase_results import read_concept, read_names, read_people, read_settings_for_panels, result_of
from editing.state_as_json import Json
from editing.work_blobs import WorkBlobs
from graph.nodes.agent_phase import Bench, Step
from graph.state import State
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.continuity import Aspect, Change
from manga.phases import Phase
from manga.plot import Beat, Plot
from manga.storyboard import Storyboard


def _plot_without_looks(state: State) -> Json:
    """The plot with those changes alone that put things into hands: a wound or wet hair moves no panel, and no shape of
    a thing does."""
    plot = with_shapes(result_of(state, Phase.PLOT, Plot), ()).to_json()
    for beat in (beat for scene in plot["scenes"] for beat in scene["beats"]):  # type: ignore[attr-defined]
        handed = [change for change in beat.pop("changes") if change["aspect"] == Aspect.HOLDS.value]
        beat.update({"changes": handed} if handed else {})
    return plot


def read(state: State) -> Json:
    return {
        "plot": _plot_without_looks(state),
        "cast": read_names(state),
        "concept": read_concept(state).model_copy(update={"author": None}).to_json(),
        "settings": read_settings_for_panels(state, "pages", "fidelity", "paper", "layout", "max_images", "seed"),
    }


def told(state: State) -> Json:
    """What people are, and how they change on the way."""
    beats = result_of(state, Phase.PLOT, Plot).beats()
    changes = {beat.key: [change.to_json() for change in beat.changes] for beat in beats if beat.changes}
    return {"looks": read_people(state), **({"changes": changes} if changes else {})}


def _plot(reads: Json) -> Plot:
    """The plot, with all changes where they are read."""
    plot = Plot.of(reads["plot"])
    changes = {key: tuple(map(Change.of, told)) for key, told in reads.get("changes", {}).items()}
    if not changes:
        return plot
    scenes = (
        scene.model_copy(update={"beats": tuple(_with(beat, changes.get(beat.key, ())) for beat in scene.beats)})
        for scene in plot.scenes
    )
    return plot.model_copy(update={"scenes": tuple(scenes)})


def _with(beat: Beat, changes: tuple[Change, ...]) -> Beat:
    return beat.model_copy(update={"changes": changes}) if changes else beat


async def make(reads: Json, bench: Bench) -> Storyboard:
    """A model's storyboard is proof-read and mended once, before anybody looks at it. One that is changed by a wish is
    not read again: the notes on its other pages stay."""
    concept, revision = Concept.of(reads["concept"]), bench.revised(Storyboard)
    before = Storyboard.of(bench.before) if bench.before else None
    draft = partial(
        make_storyboard,
        plot=_plot(reads),
        cast=Cast.of(reads["cast"]),
        concept=concept,
        settings=Settings.of(reads["settings"]),
        text=bench.text,
        shelf=bench.blobs,
        looks=reads.get("looks"),
        offload=bench.offload,
    )
    made = await draft(revision=revision, made_before=before)
    plot = _plot(reads)
    if (old := revision.previous or before) is not None:
        return with_notes_of(old, made, plot)
    if not bench.text.answers(PROOFREADING):
        return made
    notes = await Reader(bench.text, bench.clock).of_storyboard(made, concept, bench.blobs, plot)
    return await mended(made, notes, lambda again: draft(revision=again, by_editor=True), plot)


async def note_locked(made: Json, held: Json, blobs: WorkBlobs) -> None:
    """So that a change of the plot asks for the pages that tell something else, with locks as without."""
    await keep_read_with_locks(Storyboard.of(made), Storyboard.of(held), blobs)


STEP = Step(read, make, told=told, held=note_locked)
