"""Phase 3: story, concept and cast in, scenes, beats, lines and the page plan out.

Chat models answer with a draft that names no places, of a long story in parts; `agents.plot.draft_in_parts` makes the
plot from it. Rules read the whole story at once and answer with the plot itself. A model need not count letters: a line
whose span does not hold its text is looked for in the story and set in place.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agents.plot.draft_in_parts import PROMPT, Drafting
from agents.prompt_facts import held_to, looks_in, people_told
from agents.result_cache import Shelf
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import AnswerInvalid
from manga.phases import Phase
from manga.plot import Beat, Line, Plot
from manga.revision import UNREVISED, Revision
from manga.story_source import Source, read_source
from manga.values import Span
from providers.base import Ask, TextModel


async def make_plot(
    *,
    story: str,
    concept: Concept,
    cast: Cast,
    settings: Settings,
    text: TextModel,
    revision: Revision[Plot] = UNREVISED,
    shelf: Shelf | None = None,
    looks: Mapping[str, str] | None = None,
    remarks: Mapping[str, Sequence[str]] | None = None,
    book_pages: int = 0,
) -> Plot:
    """Raises AnswerInvalid that names the scene, beat or line at fault, WishRefused. The answers to parts of a long
    story are kept on the shelf, so that each is asked for once. `looks` is one line of everybody, by key; None: as the
    sheets have it. `remarks` are by beat what an editor has found in the book that the previous plot made, which
    has `book_pages`."""
    source = read_source(story, concept.language.value)
    if text.room(PROMPT) is not None:
        held = held_to(settings, len(source.text), concept.language)
        people = people_told(cast, looks_in(cast) if looks is None else looks)
        drafting = Drafting(source, concept, cast, held, text, people, revision, shelf, remarks or {}, book_pages)
        plot = await drafting.plot()
    else:
        inputs = {"story": story, "concept": concept, "cast": cast, "settings": settings}
        plot = placed(await text.answer(Ask(PROMPT, inputs, Plot, revision)), source)
    check(plot, source, cast)
    return plot


def placed(plot: Plot, source: Source) -> Plot:
    """Every line at the place where the story says it, in the order of telling."""
    done = 0
    scenes = []
    for scene in plot.scenes:
        beats = []
        for beat in scene.beats:
            lines = []
            for line in beat.lines:
                at_home = line if holds(line, source) else found(line, source, done)
                done = at_home.span.end if holds(at_home, source) else done
                lines.append(at_home)
            beats.append(with_changes_in_place(spanned(beat, tuple(lines))))
        scenes.append(scene.model_copy(update={"beats": tuple(beats)}))
    return plot.model_copy(update={"scenes": tuple(scenes)})


def holds(line: Line, source: Source) -> bool:
    return source.text[line.span.start : line.span.end] == line.text


def found(line: Line, source: Source, after: int) -> Line:
    """The next place of its words, else the first; unchanged when the story never says them."""
    start = source.text.find(line.text, after)
    start = source.text.find(line.text) if start < 0 else start
    if start < 0:
        return line
    span = Span(start=start, end=start + len(line.text))
    return line.model_copy(update={"span": span, "ruby": source.rubies_in(span)})


def spanned(beat: Beat, lines: tuple[Line, ...]) -> Beat:
    """A beat reaches over its lines."""
    changes: dict[str, Any] = {"lines": lines}
    if lines:
        start = min(line.span.start for line in lines)
        end = max(line.span.end for line in lines)
        if start < beat.span.start or end > beat.span.end:
            changes["span"] = Span(start=min(start, beat.span.start), end=max(end, beat.span.end))
    return beat.model_copy(update=changes)


def with_changes_in_place(beat: Beat) -> Beat:
    """A model need not say where in its beat somebody changes; then the whole beat tells it."""
    changes = tuple(
        change
        if beat.span.start <= change.span.start < beat.span.end
        else change.model_copy(update={"span": beat.span})
        for change in beat.changes
    )
    return beat.model_copy(update={"changes": changes}) if changes != beat.changes else beat


def check(plot: Plot, source: Source, cast: Cast) -> None:
    """Lines are the story's own, keys are unique, and nobody speaks or is seen who is not in the cast."""
    beats = plot.beats()
    lines = [line for beat in beats for line in beat.lines]
    _once("scene", (scene.key for scene in plot.scenes))
    _once("beat", (beat.key for beat in beats))
    _once("line", (line.key for line in lines))
    people = {c.key for c in cast.characters}
    for line in lines:
        if not holds(line, source):
            raise _invalid(f"Line {line.key} is not in the story: {line.text[:40]}", line.key)
        if line.speaker is not None and line.speaker not in people:
            raise _invalid(f"Line {line.key} is spoken by {line.speaker}, who is not in the cast.", line.key)
    for beat in beats:
        if strangers := sorted(set(beat.present) - people):
            raise _invalid(f"Beat {beat.key} shows {strangers[0]}, who is not in the cast.", beat.key)
        if strangers := sorted({change.who for change in beat.changes} - people):
            raise _invalid(f"In beat {beat.key} {strangers[0]} changes, who is not in the cast.", beat.key)
    _check_plan(plot)


def _check_plan(plot: Plot) -> None:
    """Pages and acts name only what there is, and pages are numbered from 1."""
    beats = {beat.key for beat in plot.beats()}
    scenes = {scene.key for scene in plot.scenes}
    if [page.number for page in plot.pages] != list(range(1, len(plot.pages) + 1)):
        raise _invalid("Pages are not numbered from 1 without a gap.", None)
    for page in plot.pages:
        if strange := sorted(set(page.beats) - beats):
            raise _invalid(f"Page {page.number} carries {strange[0]}, which is no beat.", strange[0])
    for act in plot.acts:
        if strange := sorted(set(act.scenes) - scenes):
            raise _invalid(f"The act {act.name} holds {strange[0]}, which is no scene.", strange[0])


def _once(what: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise _invalid(f"The {what} {key} is there twice.", key)
        seen.add(key)


def _invalid(message: str, element: str | None) -> AnswerInvalid:
    return AnswerInvalid(message, phase=Phase.PLOT.value, element=element)
