"""Remembers who stands on which side of each scene as planned: pages that are drawn anew are told the same.

In: a plan, the plot that it is of. Out: the plan of a storyboard that is there, with the sides of the first one.
"""

from dataclasses import dataclass

from agents.result_cache import Shelf, found, keep, name_of
from manga.plot import Plot
from manga.storyboard_plan import BookPlan, Sides
from manga.values import Value


class PlannedSides(Value):
    """As a model has answered."""

    sides: tuple[Sides, ...] = ()


@dataclass(frozen=True, slots=True)
class SidesOnShelf:
    """Those of the scenes of one plot, whatever of them is cut."""

    shelf: Shelf | None
    plot: Plot

    async def keep(self, plan: BookPlan) -> None:
        if self.shelf is not None:
            await keep(self.shelf, self._name, PlannedSides(sides=plan.sides))

    async def in_plan(self, plan: BookPlan) -> BookPlan:
        """The plan of a storyboard, whose sides are read from its panels, with those that were planned: but for scenes
        in which people have changed sides since."""
        known = await found(self.shelf, self._name, PlannedSides)
        if known is None:
            return plan
        seen = {one.scene: one for one in plan.sides}
        kept = {one.scene: one for one in known.sides if not _crossed(one, seen.get(one.scene, one))}
        return plan.model_copy(update={"sides": tuple((seen | kept).values())})

    @property
    def _name(self) -> str:
        return name_of("sides", [[scene.key, [beat.key for beat in scene.beats]] for scene in self.plot.scenes])


def _crossed(one: Sides, other: Sides) -> bool:
    return bool(set(one.read_first) & set(other.read_last) and set(one.read_last) & set(other.read_first))
