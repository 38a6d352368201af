"""The page plan of a storyboard: what is asked for, what must hold of the answer, and what code mends in it.

Pure. Where a model gives no plan that holds, the plot's own pages are one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from agents.checked_answers import Fault
from agents.storyboard.page_losses import lost
from agents.storyboard.page_words import may_go_on, must_of
from manga.brief import MAX_PAGES, Settings
from manga.characters import Cast
from manga.comic_strips import LayoutName, strips_of
from manga.fit_story_to_pages import KEY_EVENT
from manga.losses import LossKind, Reason, shortened
from manga.page_planning import ADAPTED_PANELS, PANELS_A_PAGE
from manga.paper import Direction
from manga.plot import Beat, Line, Plot, needs_of, spoken_in
from manga.storyboard import FigureDirection, PanelDraft, StoryboardDraft
from manga.storyboard_plan import (
    MOST_PANELS,
    BookPlan,
    Limits,
    Outline,
    OutlineBeat,
    OutlineLine,
    OutlineScene,
    PlannedPage,
    Sides,
)

WEIGHTS: Mapping[LayoutName, tuple[int, ...]] = {
    "yonkoma": (2, 2, 3, 4, 2, 2, 3, 4),
    "strip": (2, 3, 4, 2, 3, 4, 2, 3, 4),
}
"""Of the panels of a page: a strip rises to its point."""
PANEL_LINES = 3
"""Lines that a panel carries when it has to."""
USUAL_PANELS = 5
FULLEST = 7
NEAREST = 0.1
"""Share of a panel's width that two figures at the same depth stand apart at least."""
_MIRRORED = {"left": "right", "right": "left"}
TOLD_LETTERS = 160
LEFT_OUT_LETTERS = 60
SAID_LETTERS = 80
"""So much of a line tells what it says; a speech need not be read to its end to be given its pages."""


def in_strips(draft: StoryboardDraft, layout: LayoutName) -> StoryboardDraft:
    """Every page with the strips that its panels fall into; a free layout has none, whatever the model says."""
    if layout == "free" and not any(page.strips for page in draft.pages):
        return draft
    pages = (
        page.model_copy(update={"strips": strips_of(len(page.panels), page.strips, layout)}) for page in draft.pages
    )
    return StoryboardDraft(pages=tuple(pages))


def planned_in_strips(plan: BookPlan, layout: LayoutName, most: int | None) -> BookPlan:
    """A plan whose pages have as many panels as their strips; where panels are counted (`most`), on as many pages as
    have so many, the others as light as they were."""
    weights = WEIGHTS.get(layout)
    if weights is None:
        return plan
    pages: list[PlannedPage] = []
    left = most
    for page, after in zip(plan.pages, _sizes(plan), strict=True):
        full = left is None or left - len(weights) >= after
        pages.append(page.model_copy(update={"weights": weights}) if full else page)
        left = None if left is None else left - len(pages[-1].weights)
    return plan.model_copy(update={"pages": tuple(pages)})


def _sizes(plan: BookPlan) -> Sequence[int]:
    """How many panels the pages after each page have."""
    counts = [len(page.weights) for page in plan.pages]
    return [sum(counts[n + 1 :]) for n in range(len(counts))]


def limits_of(plot: Plot, settings: Settings) -> Limits:
    """The page limit, and how many pictures the book may have. Without any picture to pay for, panels cost nothing."""
    pages = MAX_PAGES if settings.pages == "auto" else max(settings.pages, len(plot.pages))
    panels = settings.max_images or None
    if panels is None and settings.max_images is None and settings.fidelity == "adapted" and settings.pages == "auto":
        panels = max(ADAPTED_PANELS, PANELS_A_PAGE * len(plot.pages))
    return Limits(pages=pages, panels=panels)


def outline_of(plot: Plot) -> Outline:
    """The plot as a page plan needs it: every planned beat, with the words that are spoken in it."""
    planned, premises = beats_planned(plot), needs_of(plot.beats())
    scenes = (
        OutlineScene(
            key=scene.key,
            place=scene.place,
            time_of_day=scene.time_of_day,
            importance=scene.importance,
            emotion=scene.emotion,
            flashback=scene.flashback,
            what_happens=scene.what_happens if all(beat.key in planned for beat in scene.beats) else "",
            beats=tuple(_outlined(beat, premises) for beat in scene.beats if beat.key in planned),
            left_out=tuple(shortened(b.words, LEFT_OUT_LETTERS) for b in scene.beats if b.key not in planned),
            room=scene.room,
        )
        for scene in plot.scenes
    )
    return Outline(scenes=tuple(scene for scene in scenes if scene.beats), pages=plot.pages)


def _outlined(beat: Beat, premises: Mapping[str, tuple[str, ...]]) -> OutlineBeat:
    return OutlineBeat(
        key=beat.key,
        told=beat.told[:TOLD_LETTERS],
        present=beat.present,
        emotion=beat.emotion,
        importance=beat.importance,
        reveal=beat.reveal,
        lines=tuple(map(_said, spoken_in(beat))),
        must=" … ".join(filter(None, (must_of(line, beat) for line in beat.lines))),
        needs=premises.get(beat.key, ()),
        place=(beat.place or beat.setting) if beat.elsewhere else "",
    )


def _said(line: Line) -> OutlineLine:
    cut = len(line.text) > SAID_LETTERS
    return OutlineLine(speaker=line.speaker, text=line.text[:SAID_LETTERS], letters=len(line.text) if cut else 0)


def beats_planned(plot: Plot) -> dict[str, Beat]:
    """The beats that the plot puts on pages, in the order of telling; the others were cut."""
    shown = plot.shown()
    return {beat.key: beat for beat in plot.beats() if beat.key in shown}


def faults_of(plan: BookPlan, plot: Plot, limits: Limits, *, faithful: bool) -> list[Fault]:
    """What no code can mend without making the plan anew."""
    beats = beats_planned(plot)
    found = [*_miscounted(plan, limits), *_misplaced(plan, beats)]
    shown = {key for page in plan.pages for key in page.beats}
    for key, beat in beats.items():
        if key not in shown and (faithful or beat.importance >= KEY_EVENT or beat.reveal):
            why = "with fidelity faithful every beat is shown" if faithful else "it is too important to be cut"
            found.append(Fault(f"Beat {key} is on no page; {why}.", key))
    premises = needs_of(plot.beats())
    for key in (key for key in premises if key in shown):
        lost = (needed for needed in premises[key] if needed in beats and needed not in shown)
        found += [Fault(f"Beat {needed} is on no page; {key} needs it.", needed) for needed in lost]
    return found


def _miscounted(plan: BookPlan, limits: Limits) -> Iterator[Fault]:
    if [page.number for page in plan.pages] != list(range(1, len(plan.pages) + 1)):
        yield Fault("Pages are not numbered from 1 without a gap.")
    if len(plan.pages) > limits.pages:
        yield Fault(f"There are {len(plan.pages)} pages; {limits.pages} are allowed.")


def _misplaced(plan: BookPlan, beats: Mapping[str, Beat]) -> Iterator[Fault]:
    """Beats that are unknown, come twice, or before their time. One of many words may go on over the leaf."""
    order = {key: place for place, key in enumerate(beats)}
    last = -1
    for page in plan.pages:
        for n, key in enumerate(page.beats):
            if key not in order:
                yield Fault(f"Page {page.number} carries {key}, which is no beat of the outline.", key)
                continue
            goes_on = n == 0 and page.number > 1 and order[key] == last and may_go_on(beats[key])
            if order[key] <= last and not goes_on:
                again = "is there twice" if order[key] == last else "comes after later beats"
                yield Fault(f"Beat {key} on page {page.number} {again}.", key)
            last = max(last, order[key])


def plan_of(plot: Plot) -> BookPlan:
    """The plot's own pages as a plan, weighed by their beats."""
    beats = beats_planned(plot)
    pages: list[PlannedPage] = []
    for page in plot.pages:
        keys = tuple(dict.fromkeys(key for key in page.beats if key in beats))
        if keys:
            weights = _weights([beats[key] for key in keys])
            pages.append(PlannedPage(number=len(pages) + 1, beats=keys, weights=weights, hook=page.hook))
    return BookPlan(pages=tuple(pages))


def _weights(beats: Sequence[Beat]) -> tuple[int, ...]:
    """About five panels; many beats share some, few of them get several, of which the first counts most."""
    words = sum(len(spoken_in(beat)) for beat in beats)
    count = min(FULLEST, max(4, min(len(beats), USUAL_PANELS), round(words / 1.6)))
    if len(beats) >= count:
        ends = [n * len(beats) // count for n in range(count + 1)]
        return tuple(max(beat.importance for beat in beats[a:b]) for a, b in pairwise(ends))
    shown = [n * len(beats) // count for n in range(count)]
    again = [n > 0 and shown[n] == shown[n - 1] for n in range(count)]
    return tuple(max(1, beats[at].importance - seen) for at, seen in zip(shown, again, strict=True))


def plan_from(draft: StoryboardDraft, direction: Direction = Direction.RTL) -> BookPlan:
    """What a finished storyboard's pages carry and weigh, and who stands where in it: the plan of a revision."""
    pages = (
        PlannedPage(
            number=page.number,
            beats=tuple(dict.fromkeys(beat for panel in page.panels for beat in panel.beats)),
            weights=tuple(panel.importance for panel in page.panels),
            more=tuple(_beats_again(page.panels)),
            hook=page.hook,
            **({"pace": page.pace} if page.pace else {}),
        )
        for page in draft.pages
    )
    return BookPlan(pages=tuple(pages), sides=tuple(_sides_in(draft, direction)))


def _beats_again(panels: Sequence[PanelDraft]) -> Iterator[str]:
    """The first beat of each panel that another panel before it has shown."""
    shown: set[str] = set()
    for panel in panels:
        if panel.beats[0] in shown:
            yield panel.beats[0]
        shown.update(panel.beats)


def _sides_in(draft: StoryboardDraft, direction: Direction) -> Iterator[Sides]:
    """Where people stand most of the time in panels of a scene that have two or more of them."""
    places: dict[str, dict[str, list[float]]] = {}
    for panel in (panel for page in draft.pages for panel in page.panels):
        figures = panel.direction.figures
        for figure in figures if len(figures) > 1 else ():
            x = figure.x if direction is Direction.LTR else 1 - figure.x
            places.setdefault(panel.scene, {}).setdefault(figure.character, []).append(x)
    for scene, found in places.items():
        first = tuple(who for who, xs in found.items() if sum(xs) < len(xs) / 2)
        yield Sides(scene=scene, read_first=first, read_last=tuple(who for who in found if who not in first))


def mended(plan: BookPlan, plot: Plot, limits: Limits) -> BookPlan:
    """The plan within the limit of panels, its greatest moments known, no page weighing like the one before."""
    pages = _within(plan.pages, beats_planned(plot), limits.panels)
    pages = [of_its_beats(_sharing(_with_big(page, beats_planned(plot)))) for page in pages]
    for n in range(1, len(pages)):
        if len(pages[n].weights) > 1 and pages[n].weights == pages[n - 1].weights:
            pages[n] = pages[n].model_copy(update={"weights": otherwise(pages[n].weights)})
    return plan.model_copy(update={"pages": tuple(pages)})


def of_its_beats(page: PlannedPage) -> PlannedPage:
    """Further panels are those of its own beats, and no more than it has."""
    further = max(0, len(page.weights) - len(page.beats) + sum(len(row) - 1 for row in page.together))
    own = tuple(key for key in page.more if key in page.beats)[:further]
    return page if own == page.more else page.model_copy(update={"more": own})


def with_losses(said: BookPlan, plan: BookPlan, plot: Plot, cast: Cast) -> BookPlan:
    """The mended plan with what is not in it as it was said: panels and pages over a limit, sides of people and in
    scenes that there are not."""
    found = []
    panels = [sum(len(page.weights) for page in one.pages) for one in (said, plan)]
    if panels[0] != panels[1]:
        found.append(lost(LossKind.CUT, Reason.PANELS_COUNTED, "", "panels", *map(str, panels)))
    apart = ({row for page in one.pages for row in page.together} for one in (said, plan))
    found += [
        lost(LossKind.REFUSED, Reason.OTHER_PAGE, row[0] if row else "", "together", " ".join(row))
        for row in sorted(set.difference(*apart))
    ]
    scenes = {scene.key for scene in plot.scenes}
    named = ((side.scene, who) for side in said.sides for who in (*side.read_first, *side.read_last))
    found += [
        lost(LossKind.REFUSED, Reason.NOT_IN_CAST, scene, "side", who)
        for scene, who in named
        if scene not in scenes or cast.get(who) is None
    ]
    return plan.model_copy(update={"losses": (*plan.losses, *found)}) if found else plan


def otherwise(weights: Sequence[int]) -> tuple[int, ...]:
    """Another run of the same length: its heaviest panel stands out more, or less where it cannot."""
    heaviest = max(range(len(weights)), key=lambda n: weights[n])
    other = weights[heaviest] + (1 if weights[heaviest] < 5 else -1)
    return tuple(other if n == heaviest else weight for n, weight in enumerate(weights))


def _with_big(page: PlannedPage, beats: Mapping[str, Beat]) -> PlannedPage:
    if page.big in page.beats:
        return page
    known = [key for key in page.beats if key in beats]
    big = max(known, key=lambda key: (beats[key].importance, beats[key].reveal), default="")
    return page.model_copy(update={"big": big})


def _sharing(page: PlannedPage) -> PlannedPage:
    """Beats share a panel where they are neighbours on the page, each in one row."""
    taken: set[str] = set()
    rows = []
    for row in page.together:
        at = page.beats.index(row[0]) if row and row[0] in page.beats else len(page.beats)
        if len(row) > 1 and page.beats[at : at + len(row)] == row and not taken & set(row):
            rows.append(row)
            taken |= set(row)
    return page if tuple(rows) == page.together else page.model_copy(update={"together": tuple(rows)})


def _within(pages: Sequence[PlannedPage], beats: Mapping[str, Beat], most: int | None) -> list[PlannedPage]:
    """At most so many panels: the lightest ones share a frame with a neighbour, then the lightest pages one leaf."""
    found = list(pages)
    if most is None:
        return found
    while len(found) > most:
        first = min(range(len(found) - 1), key=lambda n: _load(found[n], beats) + _load(found[n + 1], beats))
        found[first : first + 2] = [_joined(found[first], found[first + 1])]
    found = [page.model_copy(update={"number": number}) for number, page in enumerate(found, start=1)]
    return _lightened(found, most)


def _load(page: PlannedPage, beats: Mapping[str, Beat]) -> int:
    return sum(beats[key].importance for key in page.beats if key in beats)


def _joined(page: PlannedPage, following: PlannedPage) -> PlannedPage:
    weights = (*page.weights, *following.weights)[:7]
    beats = tuple(dict.fromkeys((*page.beats, *following.beats)))
    together = (*page.together, *following.together)[:MOST_PANELS]
    joined = {"beats": beats, "weights": weights, "number": page.number, "together": together}
    return following.model_copy(update=joined)


def _lightened(pages: list[PlannedPage], most: int) -> list[PlannedPage]:
    surplus = sum(len(page.weights) for page in pages) - most
    for _ in range(max(0, surplus)):
        full = max(len(page.weights) for page in pages)
        n = min(
            (n for n, page in enumerate(pages) if len(page.weights) == full),
            key=lambda n: (max(pages[n].weights), sum(pages[n].weights), n),
        )
        weights = pages[n].weights
        lightest = min(range(len(weights)), key=lambda i: (weights[i], -i))
        pages[n] = pages[n].model_copy(update={"weights": weights[:lightest] + weights[lightest + 1 :]})
    return pages


def crowded(plan: BookPlan, plot: Plot) -> bool:
    """Do the lines not fit into the panels that a limit has left? A limit wins over faithfulness."""
    beats = beats_planned(plot)
    return any(
        sum(len(spoken_in(beats[key])) for key in page.beats if key in beats) > PANEL_LINES * len(page.weights)
        for page in plan.pages
    )


def on_their_sides(
    panels: Sequence[PanelDraft], sides: Sequence[Sides], direction: Direction
) -> tuple[PanelDraft, ...]:
    """People keep the sides that the plan gives them in their scene; nobody stands in another's place."""
    by_scene = {side.scene: side for side in sides}
    return tuple(_staged(panel, by_scene.get(panel.scene), direction) for panel in panels)


def _staged(panel: PanelDraft, sides: Sides | None, direction: Direction) -> PanelDraft:
    figures = panel.direction.figures
    if len(figures) < 2:
        return panel
    staged = figures if _apart(figures) else _spread(figures, sides, direction)
    if sides is not None and _crossed(staged, sides, direction):
        staged = tuple(_turned(figure) for figure in staged)
    if staged == figures:
        return panel
    return panel.model_copy(update={"direction": panel.direction.model_copy(update={"figures": staged})})


def _apart(figures: Sequence[FigureDirection]) -> bool:
    places = sorted((figure.depth, figure.x) for figure in figures)
    return all(a[0] != b[0] or b[1] - a[1] >= NEAREST for a, b in pairwise(places))


def _spread(
    figures: Sequence[FigureDirection], sides: Sides | None, direction: Direction
) -> tuple[FigureDirection, ...]:
    """Side by side in their order, those of the side that is read first before the others."""
    last = set(sides.read_last) if sides is not None else set()
    order = sorted(range(len(figures)), key=lambda n: (figures[n].character in last, n))
    share = {n: (place + 1) / (len(figures) + 1) for place, n in enumerate(order)}
    if direction is Direction.RTL:
        share = {n: 1 - x for n, x in share.items()}
    return tuple(figure.model_copy(update={"x": round(share[n], 3)}) for n, figure in enumerate(figures))


def _crossed(figures: Sequence[FigureDirection], sides: Sides, direction: Direction) -> bool:
    """Do all who have a side stand on the wrong one?"""
    first = [figure.x for figure in figures if figure.character in sides.read_first]
    last = [figure.x for figure in figures if figure.character in sides.read_last]
    if not first or not last:
        return False
    return max(first) < min(last) if direction is Direction.RTL else min(first) > max(last)


def _turned(figure: FigureDirection) -> FigureDirection:
    facing = _MIRRORED.get(figure.facing, figure.facing)
    return figure.model_copy(update={"x": round(1 - figure.x, 3), "facing": facing})
