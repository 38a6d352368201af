"""Losses of a plot: people, words and scenes of a draft that are not in it as they were said. Pure."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from manga.continuity import Aspect, Change
from manga.losses import Loss, LossKind, Reason
from manga.phases import Phase
from manga.plot_draft import ChangeDraft
from manga.vocabulary.clothes_and_hair import UNKNOWN_CLOTHES
from manga.vocabulary.places import places

SCENE, BEAT = "scene", "beat"
"""The element of a loss that is not known by its key yet: it has only a place in the source."""
PlacedLoss: TypeAlias = tuple[int, Loss]
"""What is lost of the scene or the beat that tells a place of the source."""


def refused_loss(what: str, said: str, reason: Reason, element: str = BEAT) -> Loss:
    return Loss(kind=LossKind.REFUSED, phase=Phase.PLOT, element=element, what=what, said=said, reason=reason)


def nearest_loss(element: str, what: str, said: str, instead: str) -> Loss:
    """A word of the register in place of another; one that the register has none for is kept, and refused."""
    known = not instead.startswith(UNKNOWN_CLOTHES)
    return Loss(
        kind=LossKind.REPLACED if known else LossKind.REFUSED,
        phase=Phase.PLOT,
        element=element,
        what=what,
        said=said,
        instead=instead if known else "",
        reason=Reason.NEAREST if known else Reason.UNKNOWN_WORD,
    )


def lost_setting(said: str, instead: str) -> Iterator[Loss]:
    """A place that the register does not have."""
    if instead != said and places().find(said) is None:
        yield nearest_loss(SCENE, "setting", said, instead)


def lost_changes(said: Iterable[ChangeDraft], instead: Iterable[Change]) -> Iterator[Loss]:
    """Words of changes that have become others of the register."""
    for told, change in zip(said, instead, strict=True):
        first = told.aspect is Aspect.SHAPE and not change.to
        if not first and told.to.replace(" ", "_") not in (change.to, change.to.replace(" ", "_")):
            yield nearest_loss(BEAT, told.aspect, told.to, change.to)
