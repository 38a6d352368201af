"""A plot that one question for a page plan does not hold, in stretches of whole scenes; and their plans as one."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from agents.storyboard.page_plan import beats_planned
from manga.brief import MAX_PAGES
from manga.plot import PagePlan, Plot, Scene
from manga.storyboard_plan import BookPlan, Limits


def scenes_shown(plot: Plot) -> tuple[Scene, ...]:
    """The scenes of which some page carries a beat."""
    planned = beats_planned(plot)
    return tuple(scene for scene in plot.scenes if any(beat.key in planned for beat in scene.beats))


def stretch_of(plot: Plot, scenes: Sequence[Scene]) -> Plot:
    """These scenes with their pages, counted from 1. A page that they share with the scenes before is those scenes':
    its beats of these come onto the first page here."""
    own = {beat.key for scene in scenes for beat in scene.beats}
    pages: list[PagePlan] = []
    early: tuple[str, ...] = ()
    for page in plot.pages:
        beats = tuple(key for key in page.beats if key in own)
        if beats and page.beats[0] not in own:
            early = (*early, *beats)
        elif beats:
            pages.append(page.model_copy(update={"number": len(pages) + 1, "beats": (*early, *beats)}))
            early = ()
    if early:
        pages.append(PagePlan(number=len(pages) + 1, beats=early))
    return plot.model_copy(update={"acts": (), "scenes": tuple(scenes), "pages": tuple(pages)})


def shares_of(limits: Limits, stretches: Sequence[Plot]) -> list[Limits]:
    """What the plan of each stretch must keep to, so that all together keep to the limits."""
    counts = [len(plot.pages) for plot in stretches]
    pages = [limits.pages] * len(counts) if limits.pages == MAX_PAGES else _shared(limits.pages, counts)
    panels = [None] * len(counts) if limits.panels is None else _shared(limits.panels, counts)
    return [Limits(pages=most, panels=drawn) for most, drawn in zip(pages, panels, strict=True)]


def _shared(whole: int, counts: Sequence[int]) -> list[int]:
    """At least one each; they come to the whole where it is no less than their number."""
    ends = [round(whole * done / sum(counts)) for done in accumulate(counts, initial=0)]
    return [max(1, after - before) for before, after in pairwise(ends)]


def as_one(plans: Sequence[BookPlan]) -> BookPlan:
    """Their pages one after the other, counted anew."""
    pages = (page for plan in plans for page in plan.pages)
    return BookPlan(
        pages=tuple(page.model_copy(update={"number": number}) for number, page in enumerate(pages, start=1)),
        sides=tuple(side for plan in plans for side in plan.sides),
        losses=tuple(loss for plan in plans for loss in plan.losses),
    )
