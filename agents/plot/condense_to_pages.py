"""Makes the page plan from the scenes of a whole story, and decides what an adaptation leaves out.

By rule, so that the same answers make the same book: the first and the last moment stay, then the weightiest moment of
each scene, then whatever weighs most, as long as pages and panels last.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import ceil, inf

from manga.brief import MAX_PAGES, Language, Settings
from manga.page_planning import CROWDED, PANELS_A_PAGE, beat_load, cuts, fill, lettered, page_budget, pages_of
from manga.plot import Beat, LineKind, PagePlan, Plot, Scene
from manga.text_capacity import MEASURES, Measure
from manga.values import Span

ADAPTED_PANELS = 50
GOLDEN = (5**0.5 - 1) / 2
"""Its multiples, modulo 1, fill a stretch evenly."""
ANCHORS = 0.5
"""The part of the room that goes to the weightiest moment of each scene."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a book can hold. `panels` None: as many as its pages take."""

    pages: int
    panels: int | None = None


@dataclass(frozen=True, slots=True)
class Paged:
    """The pages of a book, and the stretches of the story that none of them carries."""

    pages: tuple[PagePlan, ...]
    cuts: tuple[Span, ...]


def paged(
    scenes: Sequence[Scene],
    language: Language,
    settings: Settings,
    *,
    wished: int = 0,
    usual: int = 0,
    cut: Set[str] = frozenset(),
    hooks: Mapping[str, str] | None = None,
) -> Paged:
    """`wished` pages (0: nobody said), else the `usual` ones of a book that was there before, else as many as the
    story fills. `cut` are the beats that an editor would leave out; a wish for more pages brings them back, but no
    scene of which nothing was shown."""
    chosen = frozenset(beat.key for scene in scenes for beat in scene.beats if beat.key not in cut)
    sure = chosen = chosen or frozenset(cut)
    if wished > _budget(scenes, chosen, language):
        chosen = frozenset(beat.key for scene in scenes if _has(scene, chosen) for beat in scene.beats)
    room = room_for(settings, usual or _budget(scenes, chosen, language), wished)
    kept = condensed(scenes, MEASURES[language], room, chosen, sure if sure != chosen else frozenset())
    pages = pages_of(scenes, language, kept, room.pages, hooks=hooks or {})
    return Paged(pages, cuts(scenes, pages))


def length_after(previous: Plot, scenes: Sequence[Scene], cut: Set[str], language: Language) -> int:
    """Pages of a book in which some beats have come or gone: as full as it was before."""
    shown = {key for page in previous.pages for key in page.beats}
    measure = MEASURES[language]
    before = sum(beat_load(beat, measure) for beat in previous.beats() if beat.key in shown)
    now = sum(beat_load(beat, measure) for scene in scenes for beat in scene.beats if beat.key not in cut)
    return max(1, round(len(previous.pages) * now / before)) if before and now else 0


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
        panels = ADAPTED_PANELS
    most = pages or budget
    if panels is not None:
        most = min(most, max(1, ceil(panels / PANELS_A_PAGE)))
    return Room(max(1, min(MAX_PAGES, most)), panels)


@dataclass(slots=True)
class _Shelf:
    """Takes beats as long as there is room."""

    room: tuple[float, float]
    sizes: Mapping[str, tuple[float, float]]
    kept: dict[str, None] = field(default_factory=dict)
    load: float = 0.0
    panels: float = 0.0

    def take(self, key: str, share: float = 1.0) -> None:
        """Only if it fits into this share of the room, and is not there yet. The first one always fits."""
        load, panels = self.sizes[key]
        fits = self.load + load <= self.room[0] * share and self.panels + panels <= self.room[1] * share
        if key not in self.kept and (fits or not self.kept):
            self.kept[key] = None
            self.load, self.panels = self.load + load, self.panels + panels


def condensed(
    scenes: Sequence[Scene], measure: Measure, room: Room, able: Set[str], sure: Set[str] = frozenset()
) -> frozenset[str]:
    """Keys of the beats that the book shows; all that are able to be shown where there is room for them, those that
    are sure before any other."""
    shown = [(scene, beat) for scene in scenes for beat in scene.beats if beat.key in able]
    beats = [beat for _, beat in shown]
    most = (_most_load(beats, measure, room), float(room.panels or inf))
    load = beat_load if room.panels is None else lettered
    sizes = {beat.key: (load(beat, measure), float(_panels(beat, measure))) for beat in beats}
    if sum(size for size, _ in sizes.values()) <= most[0] and sum(count for _, count in sizes.values()) <= most[1]:
        return frozenset(sizes)
    shelf = _Shelf(most, sizes)
    for _, beat in (shown[-1], shown[0], *(pair for pair in shown if pair[1].key in sure)):
        shelf.take(beat.key)
    for _, beat in _spread(_anchors(shown), lambda scene, beat: scene.importance):
        shelf.take(beat.key, ANCHORS)
    for _, beat in _spread(shown, _weight):
        shelf.take(beat.key)
    return frozenset(shelf.kept)


def _most_load(beats: Sequence[Beat], measure: Measure, room: Room) -> float:
    """Where pictures are counted, what is told is told by them, and only words fill pages."""
    if room.panels is not None:
        return room.pages
    told = sum(beat.span.end - beat.span.start for beat in beats)
    share = room.pages * CROWDED / fill(beats, measure, told)
    return share * sum(beat_load(beat, measure) for beat in beats)


def _spread(shown: Sequence[tuple[Scene, Beat]], weight: Callable[[Scene, Beat], float]) -> list[tuple[Scene, Beat]]:
    """The weightiest first; of those that weigh the same, ones from all over the story."""
    order = sorted(range(len(shown)), key=lambda at: (-weight(*shown[at]), at * GOLDEN % 1.0))
    return [shown[at] for at in order]


def _anchors(shown: Sequence[tuple[Scene, Beat]]) -> list[tuple[Scene, Beat]]:
    """The weightiest beat of each scene, in the order of the story."""
    best: dict[str, tuple[Scene, Beat]] = {}
    for scene, beat in shown:
        if scene.key not in best or _weight(scene, beat) > _weight(*best[scene.key]):
            best[scene.key] = (scene, beat)
    return list(best.values())


def _weight(scene: Scene, beat: Beat) -> float:
    spoken = any(line.kind is not LineKind.NARRATION for line in beat.lines)
    return beat.importance + 0.5 * (scene.importance - 3) + 0.8 * beat.reveal + 0.3 * spoken


def _panels(beat: Beat, measure: Measure) -> int:
    """At most two balloons stand in a panel."""
    spoken = [line for line in beat.lines if line.kind is not LineKind.NARRATION]
    return max(1, ceil(sum(ceil(len(line.text) / measure.comfortable) for line in spoken) / 2))
