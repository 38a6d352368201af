"""Phase 4: plot, cast and concept in, the storyboard out: what the model drafts, checked, with every page laid out.

The model answers with roles, directions and words; `drawing.layout` alone makes geometry.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict

from agents.appearance_timeline import beats_in, make_bible, with_hands, with_hands_emptied
from agents.notes_that_stand import standing_by_page
from agents.prompt_facts import held_to, looks_in
from agents.result_cache import Shelf
from agents.storyboard.draft_in_batches import Wanted, drafted_in_batches
from agents.storyboard.follow_plot import cut_before, followed, keep_read, keep_read_of
from agents.storyboard.page_losses import lost_to_hands
from agents.storyboard.page_plan import in_strips, limits_of
from agents.storyboard.restore_cut_moments import as_shown
from agents.storyboard.revise_pages import revised
from drawing.layout.lay_out_pages import lay_out_book
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.comic_strips import LayoutName
from manga.concept import Concept
from manga.errors import AnswerInvalid
from manga.fit_story_to_pages import as_told
from manga.paper import PAPERS, Direction, Paper, Side
from manga.phases import Phase
from manga.plot import Line, LineKind, Plot
from manga.revision import UNREVISED, Revision
from manga.storyboard import PageDraft, PanelDraft, Storyboard, StoryboardDraft, StoryPage, words_said
from providers.base import Ask, Offload, TextModel

PROMPT = "storyboard"


async def make_storyboard(
    *,
    plot: Plot,
    cast: Cast,
    concept: Concept,
    settings: Settings,
    text: TextModel,
    revision: Revision[Storyboard] = UNREVISED,
    shelf: Shelf | None = None,
    offload: Offload | None = None,
    looks: Mapping[str, str] | None = None,
    made_before: Storyboard | None = None,
    by_editor: bool = False,
) -> Storyboard:
    """Raises AnswerInvalid that names the page, panel or line at fault, WishRefused.

    A model whose questions have a limited room is asked for a plan and batches of pages, remembered on the `shelf`;
    rules draft the whole book. With a
    previous storyboard pages whose panels keep their weight and words keep their frames. A plot of more pages
    than the settings allow was wished for, and is the limit then. `looks` is one line of everybody, by key; None: as
    the sheets have it. `made_before` is a storyboard of the same story from another plot: pages that tell the same
    stay. Wishes `by_editor` are no person's: a storyboard of another plot need not have them carried out.
    """
    if isinstance(settings.pages, int) and len(plot.pages) > settings.pages:
        settings = settings.model_copy(update={"pages": len(plot.pages)})
    wanted = None
    if text.room(PROMPT) is None:
        draft, previous = await _whole(plot, cast, concept, settings, text, revision), revision.previous
    else:
        held = held_to(settings, sum(b.span.end - b.span.start for b in plot.beats()), concept.language)
        people = looks_in(cast) if looks is None else looks
        wanted = Wanted(as_told(plot), cast, concept, held, revision.wishes, plot, people, by_editor)
        if (there := revision.previous or made_before) is not None:
            known = await cut_before(draft_of(there), shelf)
            told = as_shown(plot, wanted.plot, draft_of(there), known)
            wanted = replace(wanted, plot=told, standing=standing_by_page(there))
        draft, previous = await _in_parts(wanted, revision, made_before, text, shelf)
        settings = _limited(wanted)
    losses = draft.losses
    if revision.previous is not None and revision.scope:
        draft = kept_outside(draft_of(revision.previous), draft, revision.scope)
    draft = in_strips(draft, settings.layout)
    check(draft, plot, cast, settings)
    made = (
        laid_out(draft, concept, settings)
        if offload is None
        else await offload.run(lay_out_book, draft, **_frame(concept, settings))
    )
    made = made.model_copy(update={"losses": losses}) if losses else made
    made = as_framed(previous, made) if previous is not None else made
    if wanted is not None:
        told = as_shown(plot, as_told(plot), draft_of(made), plot.marked())
        obeyed = () if by_editor else revision.wishes
        await keep_read(replace(wanted, plot=told, wishes=obeyed), draft_of(made), shelf)
    return made


async def keep_read_with_locks(made: Storyboard, held: Storyboard, shelf: Shelf) -> None:
    """A storyboard of which locks hold something follows its plot as the one that was made would."""
    await keep_read_of(draft_of(made), draft_of(held), shelf)


async def _whole(
    plot: Plot, cast: Cast, concept: Concept, settings: Settings, text: TextModel, revision: Revision[Storyboard]
) -> StoryboardDraft:
    """From rules, all pages at once."""
    before = draft_of(revision.previous) if revision.previous is not None else None
    ask = Ask(
        prompt_id=PROMPT,
        inputs={"plot": plot, "cast": cast, "concept": concept, "settings": settings},
        output_type=StoryboardDraft,
        revision=Revision(revision.wishes, before),
    )
    return with_hands(await text.answer(ask), make_bible(plot), cast)


async def _in_parts(
    wanted: Wanted, revision: Revision[Storyboard], made_before: Storyboard | None, text: TextModel, shelf: Shelf | None
) -> tuple[StoryboardDraft, Storyboard | None]:
    """From a model that is asked for some pages at once, with the storyboard whose pages it goes on from."""
    if revision.previous is not None:
        draft = await revised(wanted, draft_of(revision.previous), revision.done, text, shelf)
        return draft, revision.previous
    if made_before is not None:
        draft_now = await followed(wanted, draft_of(made_before), text, shelf)
        if draft_now is not None:
            return draft_now, made_before
    draft = await drafted_in_batches(wanted, text, shelf)
    bible = make_bible(wanted.plot, beats_in(draft))
    handed = with_hands(with_hands_emptied(draft, bible), bible, wanted.cast)
    return handed.model_copy(update={"losses": (*draft.losses, *lost_to_hands(draft, handed))}), None


def _limited(wanted: Wanted) -> Settings:
    """The settings that a draft can be held to: a limit of pictures wins over faithfulness."""
    if limits_of(wanted.plot, wanted.settings).panels is None:
        return wanted.settings
    return wanted.settings.model_copy(update={"fidelity": "adapted"})


def laid_out(draft: StoryboardDraft, concept: Concept, settings: Settings) -> Storyboard:
    """Geometry for a draft, on the paper and in the direction of the book."""
    return lay_out_book(draft, **_frame(concept, settings))


class _Frame(TypedDict):
    paper: Paper
    start_side: Side
    direction: Direction
    vertical: bool
    seed: int
    layout: LayoutName


def _frame(concept: Concept, settings: Settings) -> _Frame:
    return {
        "paper": PAPERS[settings.paper],
        "start_side": concept.start_side,
        "direction": concept.direction,
        "vertical": concept.language is Language.JA,
        "seed": settings.seed,
        "layout": settings.layout,
    }


def as_framed(previous: Storyboard, made: Storyboard) -> Storyboard:
    """The new storyboard, with the old frames on every page of the same side whose panels weigh and say the same."""
    old = {page.key: page for page in previous.pages}
    pages = (
        page.model_copy(update={"layout": before.layout})
        if (before := old.get(page.key)) and (before.side, _weights(before)) == (page.side, _weights(page))
        else page
        for page in made.pages
    )
    return Storyboard(pages=tuple(pages), losses=made.losses)


def _weights(page: StoryPage) -> tuple[object, ...]:
    return tuple((panel.key, panel.role, panel.importance, panel.dialogue) for panel in page.panels)


def draft_of(storyboard: Storyboard) -> StoryboardDraft:
    """A storyboard without its geometry; what is one panel over two pages is one page of a draft."""
    pages = (page for page in storyboard.pages if page.spread != "second")
    return StoryboardDraft(
        pages=tuple(
            PageDraft(
                key=page.key,
                number=n,
                panels=page.panels,
                strips=page.strips,
                spread=page.spread == "first",
                hook=page.hook,
                pace=page.pace,
            )
            for n, page in enumerate(pages, start=1)
        ),
        losses=storyboard.losses,
    )


def kept_outside(before: StoryboardDraft, draft: StoryboardDraft, scope: Iterable[str]) -> StoryboardDraft:
    """The new draft, with every page and panel outside the scope as it was. Keys name pages, panels, scenes, lines, and
    beats that no panel is called after."""
    wanted = frozenset(scope)
    beats = wanted - {panel.key for page in (*before.pages, *draft.pages) for panel in page.panels}
    open_panels = {panel.key for page in before.pages for panel in page.panels if _touched(panel, wanted, beats)}
    old = {page.key: page for page in before.pages}
    pages = (
        page if page.key in wanted else _merged(old.get(page.key), page, frozenset(open_panels)) for page in draft.pages
    )
    return StoryboardDraft(pages=tuple(pages))


def _merged(old: PageDraft | None, new: PageDraft, touched: frozenset[str]) -> PageDraft:
    if old is None:
        return new
    panels = {panel.key: panel for panel in old.panels if panel.key not in touched}
    if len(panels) == len(old.panels):
        return old.model_copy(update={"number": new.number})
    kept = (_kept(panels[panel.key], panel) if panel.key in panels else panel for panel in new.panels)
    return new.model_copy(update={"panels": tuple(kept)})


def _kept(old: PanelDraft, new: PanelDraft) -> PanelDraft:
    """As it was; where a neighbour's words have come to it or gone from it, with the new words."""
    same = {part.key for part in old.dialogue.parts} == {part.key for part in new.dialogue.parts}
    return old if same else old.model_copy(update={"dialogue": new.dialogue, "beats": new.beats})


def _touched(panel: PanelDraft, scope: frozenset[str], beats: frozenset[str]) -> bool:
    return bool({*panel.names(), panel.scene} & scope) or bool(beats & set(panel.beats))


def check(draft: StoryboardDraft, plot: Plot, cast: Cast, settings: Settings) -> None:
    """What must hold whichever model answered. Raises AnswerInvalid."""
    panels = [panel for page in draft.pages for panel in page.panels]
    parts = [part for panel in panels for part in panel.dialogue.parts]
    if [page.number for page in draft.pages] != list(range(1, len(draft.pages) + 1)):
        raise _invalid("Pages are not numbered from 1 without a gap.", None)
    if isinstance(settings.pages, int) and len(draft.pages) > settings.pages:
        raise _invalid(f"There are {len(draft.pages)} pages; {settings.pages} are allowed.", None)
    _once("page", (page.key for page in draft.pages))
    _once("panel", (panel.key for panel in panels))
    _once("part of a line", (part.key for part in parts))
    _check_panels(panels, plot, cast)
    _check_words(panels, plot, faithful=settings.fidelity == "faithful")


def _once(what: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise _invalid(f"The {what} {key} is there twice.", key)
        seen.add(key)


def _check_panels(panels: Iterable[PanelDraft], plot: Plot, cast: Cast) -> None:
    beats = {beat.key for beat in plot.beats()}
    scenes = {scene.key for scene in plot.scenes}
    for panel in panels:
        for beat in panel.beats:
            if beat not in beats:
                raise _invalid(f"Panel {panel.key} shows beat {beat}, which the plot does not have.", panel.key)
        if panel.scene not in scenes:
            raise _invalid(f"Panel {panel.key} plays in scene {panel.scene}, which the plot does not have.", panel.key)
        for figure in panel.direction.figures:
            if cast.get(figure.character) is None:
                raise _invalid(f"Panel {panel.key} shows {figure.character}, who is not in the cast.", panel.key)


def _check_words(panels: Sequence[PanelDraft], plot: Plot, *, faithful: bool) -> None:
    lines = {line.key: line for line in _lines(plot)}
    plot = as_told(plot)
    shown = words_said(panels)
    for part in (part for panel in panels for part in panel.dialogue.parts):
        if part.line not in lines and part.kind != "sfx":
            raise _invalid(f"{part.key} belongs to line {part.line}, which the plot does not have.", part.key)
    if not faithful:
        return
    planned = plot.shown()
    for beat in plot.beats():
        for line in beat.lines:
            due = beat.key in planned and line.kind is not LineKind.NARRATION
            if due and shown.get(line.key) not in (line.text, lines[line.key].text):
                raise _invalid(f"Line {line.key} is not shown in its own words.", line.key)


def _lines(plot: Plot) -> Iterator[Line]:
    return (line for beat in plot.beats() for line in beat.lines)


def _invalid(message: str, element: str | None) -> AnswerInvalid:
    return AnswerInvalid(message, phase=Phase.STORYBOARD.value, element=element)
