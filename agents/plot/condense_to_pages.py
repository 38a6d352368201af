"""Makes the page plan from the scenes of a whole story, and decides what an adaptation leaves out.

By rule, so that the same answers make the same book (`manga.fit_story_to_pages`): the first and the last moment stay,
then the weightiest moment of each scene, then whatever weighs most, as long as pages and panels last. Scenery goes
first, a question goes with its answer, and a long speech costs what its short form takes.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import ceil

from manga.abridge_speeches import in_brief
from manga.brief import MAX_PAGES, Language, Settings
from manga.continuity import OFF, Aspect
from manga.fit_story_to_pages import KEY_EVENT, Planned, as_told, condensed, cut_spans, told_of
from manga.page_planning import CLOSING_MARKS, PANELS_A_PAGE, adapted_panels, beat_load, page_budget, pages_of
from manga.plot import Beat, Line, Plot, Scene, counted_on, happens_in, needed_in, needs_of, spoken_in
from manga.plot_draft import BookShare
from manga.text_capacity import MEASURES


@dataclass(frozen=True, slots=True)
class Room:
    """What a book can hold. `panels` None: as many as its pages take."""

    pages: int
    panels: int | None = None


def paged(
    scenes: Sequence[Scene],
    language: Language,
    settings: Settings,
    *,
    wished: int = 0,
    previous: Plot | None = None,
    cut: Set[str] = frozenset(),
    hooks: Mapping[str, str] | None = None,
    wanted: Set[str] = frozenset(),
) -> Planned:
    """`wished` pages (0: nobody said), else as many as the `previous` book had, as full as it was, else as many as the
    story fills. `cut` are the beats that an editor would leave out; a wish for more pages brings them back, but no
    scene of which nothing was shown. Where nobody wishes for another length than before, nothing makes room for what
    comes back: only what is cut now is left out. What is `wanted` comes before all but the greatest."""
    chosen = frozenset(beat.key for scene in scenes for beat in scene.beats if beat.key not in cut)
    own = chosen = chosen or frozenset(cut)
    if wished > (len(previous.pages) if previous is not None else _budget(scenes, chosen, language)):
        chosen = frozenset(beat.key for scene in scenes if _has(scene, chosen) for beat in scene.beats)
    able = [_only(scene, chosen) for scene in scenes if _has(scene, chosen)]
    if previous is not None and not wished:
        room = Room(min(MAX_PAGES, length_after(previous, scenes, cut, language)))
        kept = _as_before(previous, able, language)
    else:
        room = room_for(settings, _budget(scenes, chosen, language), wished)
        kept = condensed(
            able,
            MEASURES[language],
            room.pages,
            room.panels,
            sure=own if own != chosen else frozenset(),
            wanted=wanted,
            bonds=bonds_of(able),
            scenery=frozenset(beat.key for scene in able for beat in scene.beats if is_scenery(beat)),
            needed=needed_in([beat for scene in able for beat in scene.beats]),
        )
    pages = pages_of(told_of(scenes, kept), language, frozenset(kept), room.pages, hooks=hooks or {})
    return Planned(pages, tuple(cut_spans(scenes, pages, kept)))


def _as_before(previous: Plot, able: Sequence[Scene], language: Language) -> dict[str, Beat]:
    """What was shown, told as it was; what comes back, in brief where long speeches are."""
    shown = previous.shown()
    whole = {beat.key: beat for beat in previous.beats()}
    told = {beat.key: beat for beat in as_told(previous).beats()}
    briefly = any(told[key] != whole[key] for key in shown & told.keys())
    needed = needed_in([beat for scene in able for beat in scene.beats])
    kept = {}
    for beat in (beat for scene in able for beat in scene.beats):
        if beat.key in shown and beat == whole.get(beat.key):
            kept[beat.key] = told[beat.key]
        else:
            kept[beat.key] = in_brief(beat, MEASURES[language], needed=beat.key in needed) if briefly else beat
    return kept


def length_after(previous: Plot, scenes: Sequence[Scene], cut: Set[str], language: Language) -> int:
    """Pages of a book in which some beats have come or gone: as full as it was before."""
    shown = previous.shown()
    measure = MEASURES[language]
    before = sum(beat_load(beat, measure) for beat in previous.beats() if beat.key in shown)
    now = sum(beat_load(beat, measure) for scene in scenes for beat in scene.beats if beat.key not in cut)
    return max(1, round(len(previous.pages) * now / before)) if before else len(previous.pages)


def _budget(scenes: Sequence[Scene], chosen: Set[str], language: Language) -> int:
    left = [_only(scene, chosen) for scene in scenes if _has(scene, chosen)]
    return page_budget(left, language, sum(b.span.end - b.span.start for scene in left for b in scene.beats))


def _has(scene: Scene, keys: Set[str]) -> bool:
    return any(beat.key in keys for beat in scene.beats)


def _only(scene: Scene, keys: Set[str]) -> Scene:
    return scene.model_copy(update={"beats": tuple(beat for beat in scene.beats if beat.key in keys)})


def room_for(settings: Settings, budget: int, wished: int = 0) -> Room:
    """A wish stands over the settings, and these over the story's own length."""
    pages = wished or (settings.pages if isinstance(settings.pages, int) else 0)
    panels = settings.max_images or None  # without any picture to pay for, panels cost nothing
    if settings.max_images is None and not pages and settings.fidelity == "adapted":
        panels = adapted_panels(budget)
    most = pages or budget
    if panels is not None:
        most = min(most, max(1, ceil(panels / PANELS_A_PAGE)))
    return Room(max(1, min(MAX_PAGES, most)), panels)


def share_of(settings: Settings, language: Language, characters: int, whole: int) -> BookShare:
    """What a stretch of `characters` gets of the book of a story of `whole`, before anybody has read it."""
    measure = MEASURES[language]
    full = whole / measure.source_per_page
    room = room_for(settings, max(1, min(MAX_PAGES, ceil(full))))
    part = characters / whole if whole else 1.0
    limited = room.pages < full
    return BookShare(
        pages=round(max(0.1, room.pages * part), 1),
        panels=max(1, round((room.panels or room.pages * PANELS_A_PAGE) * part)),
        letters=round(room.pages * measure.page_letters * part),
        stays=round(min(1.0, room.pages / full), 2) if limited else 1.0,
    )


def is_scenery(beat: Beat) -> bool:
    """Whether nothing happens in it, and no great moment is seen."""
    return not happens_in(beat) and beat.importance < KEY_EVENT


def bonds_of(scenes: Sequence[Scene]) -> dict[str, tuple[str, ...]]:
    """What a beat makes no sense without, by key: a question and its answer each other, what is done with a thing the
    moment in which it came into that hand, and all that these and the beat itself say they count on, with what that
    counts on."""
    premises = needs_of([beat for scene in scenes for beat in scene.beats])
    found: dict[str, dict[str, None]] = {}
    for one, other in (*_answers(scenes), *_hands(scenes)):
        found.setdefault(one, {})[other] = None
    whole = {key: (*bound, *counted_on((key, *bound), premises)) for key, bound in found.items()}
    alone = {key: counted_on((key,), premises) for key in premises if key not in found}
    return {key: tuple(dict.fromkeys(one for one in keys if one != key)) for key, keys in (whole | alone).items()}


def kept_for_others(scenes: Sequence[Scene], cut: Set[str]) -> frozenset[str]:
    """What is left of the beats to be cut: not those that another beat, which stays, counts on."""
    beats = [beat for scene in scenes for beat in scene.beats]
    stays = (beat.key for beat in beats if beat.key not in cut)
    return frozenset(cut).difference(counted_on(stays, needs_of(beats)))


def _answers(scenes: Sequence[Scene]) -> Iterator[tuple[str, str]]:
    for scene in scenes:
        asked: tuple[str, Line] | None = None
        for beat in scene.beats:
            if not (spoken := spoken_in(beat)):
                continue
            if asked and spoken[0].speaker != asked[1].speaker:
                yield from ((asked[0], beat.key), (beat.key, asked[0]))
            asks = spoken[-1].text.rstrip(CLOSING_MARKS).endswith(("?", "？"))
            asked = (beat.key, spoken[-1]) if asks else None


def _hands(scenes: Sequence[Scene]) -> Iterator[tuple[str, str]]:
    came: dict[tuple[str, str], str] = {}
    for beat in (beat for scene in scenes for beat in scene.beats):
        held = ((c.who, c.to) for c in beat.changes if c.aspect is Aspect.HOLDS and c.to != OFF)
        for used in (*held, *((deed.who, deed.thing) for deed in beat.deeds if deed.thing)):
            if came.setdefault(used, beat.key) != beat.key:
                yield beat.key, came[used]
