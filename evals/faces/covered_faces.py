"""Counts what letters cover on pages of other people's pictures: faces, features, hair, hands that hold something."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from drawing.lettering.figure_anchors import picture_box
from evals.addable_counts import Tally
from evals.faces.lettered_pages import Hung, LetteredPage
from evals.faces.others_pictures import SeenFigure
from manga.geometry import Polygon, Rect, bounds, overlap_area
from manga.lettering import PageLettering

COVERED = 0.02
"""The share of a face, or of a hand, that is covered when more of it is under letters; the audit's own bound."""
HAIR = 0.10
FEATURES = Rect(x=0.12, y=0.2, width=0.76, height=0.72)
"""Eyes, nose and mouth, in widths and heights of a face."""


@dataclass(frozen=True, slots=True)
class Cover(Tally):
    """How many there are, and how many are covered."""

    pictures: int = 0
    faces: int = 0
    covered: int = 0
    features: int = 0
    heads: int = 0
    hair: int = 0
    hands: int = 0
    hidden: int = 0
    told: int = 0
    vetoed: int = 0

    @property
    def share(self) -> float:
        """Of faces, that are covered."""
        return self.covered / self.faces if self.faces else 0.0


def cover_of(pages: Iterable[LetteredPage]) -> Cover:
    return sum((_on_page(page) for page in pages), Cover())


def _on_page(page: LetteredPage) -> Cover:
    shapes = shapes_of(page.letters)
    found = Cover()
    for key, hung in page.hung.items():
        found += cover_in(hung, page.page.frame(key).polygon, shapes)
    return found


def shapes_of(letters: PageLettering) -> list[Polygon]:
    """All that lies over pictures."""
    before = (sound.polygon for sound in letters.sfx if sound.layer == "before")
    return [shape for shape in (*(balloon.polygon for balloon in letters.balloons), *before) if len(shape) > 2]


def cover_in(hung: Hung, frame: Polygon, shapes: Sequence[Polygon]) -> Cover:
    """Of one panel."""
    box = picture_box(frame, hung.panel.width, hung.panel.height)
    whole = Cover(pictures=bool(hung.people), told=hung.told, vetoed=len(hung.panel.vetoed))
    return sum((_of_figure(one, box, frame, shapes) for one in hung.people), whole)


def _of_figure(one: SeenFigure, box: Rect, frame: Polygon, shapes: Sequence[Polygon]) -> Cover:
    hands = [hand for hand in one.contact if _in_panel(hand.placed_in(box), frame)]
    head = one.head.placed_in(box)
    hidden = sum(under(hand.placed_in(box), shapes) > COVERED for hand in hands)
    if one.face is None:
        return Cover(heads=1, hair=under(head, shapes) > HAIR, hands=len(hands), hidden=hidden)
    face = one.face.placed_in(box)
    hair_area = max(1e-6, head.area - face.overlap(head))
    hair = (under(head, shapes) * head.area - under(face, shapes) * face.overlap(head)) / hair_area
    features = FEATURES.placed_in(face)
    return Cover(
        faces=1,
        covered=under(face, shapes) > COVERED,
        features=under(features, shapes) > 0.001,
        heads=1,
        hair=hair > HAIR,
        hands=len(hands),
        hidden=hidden,
    )


def _in_panel(box: Rect, frame: Polygon) -> bool:
    return box.area > 0 and overlap_area(frame, box.polygon()) > 0.5 * box.area


def under(box: Rect, shapes: Sequence[Polygon]) -> float:
    """The share of a box that lies under letters, which do not overlap each other."""
    if not box.area:
        return 0.0
    near: Iterator[Polygon] = (shape for shape in shapes if bounds(shape).overlap(box))
    return min(1.0, sum(overlap_area(shape, box.polygon()) for shape in near) / box.area)
