"""Who is a thing (an umbrella that speaks) is seen as himself, and not once more as a thing beside himself. Pure."""

from collections.abc import Sequence

from agents.storyboard.page_losses import lost
from drawing.art.living_objects import object_of
from manga.characters import Cast
from manga.losses import Loss, LossKind, Reason
from manga.storyboard import PanelDraft


def without_people_as_props(panels: Sequence[PanelDraft], cast: Cast, losses: list[Loss]) -> tuple[PanelDraft, ...]:
    """The panels without props of the very word for what one of their figures is, in either shape; `losses` grow by
    them. What is in a hand stays: it is drawn as whoever it is."""
    return tuple(_without(panel, cast, losses) for panel in panels)


def _without(panel: PanelDraft, cast: Cast, losses: list[Loss]) -> PanelDraft:
    there = [person for figure in panel.direction.figures if (person := cast.get(figure.character)) is not None]
    words = {object_of(shape.look).casefold() for person in there for shape in person.shapes}
    gone = [prop for prop in panel.direction.props if prop.casefold() in words]
    if not gone:
        return panel
    losses += (lost(LossKind.REFUSED, Reason.IS_SOMEBODY, panel.beats[0], "prop", prop) for prop in gone)
    props = tuple(prop for prop in panel.direction.props if prop not in gone)
    return panel.model_copy(update={"direction": panel.direction.model_copy(update={"props": props})})
