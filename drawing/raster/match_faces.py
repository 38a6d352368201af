"""Finds whose face is where in a picture that somebody else drew.

In: what a model said of its own picture, faces that are seen in it, and where the figures were sent. Out: anchors. What
is told is believed only where it can be true; everybody else has the face that is seen nearest to where they were
directed, or stands as directed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from drawing.raster.crop_to_panel import clipped
from manga.artwork import FigureAnchors, FoundBy
from manga.geometry import Point, Rect, distance

LEAST_AREA, MOST_AREA = 0.0006, 0.8
"""Shares of the panel that a face can cover."""
NARROWEST, WIDEST = 0.4, 2.2
"""Width by height, in millimetres, of what can be a face."""
SHARED = 0.5
"""Two faces do not share more than this of the smaller one: then one of them is a mistake."""
MOUTH = 0.78
"""How far down a face, from brow to chin, its mouth is."""
_HAIR = Rect(x=-0.25, y=-0.6, width=1.5, height=1.65)
"""A head, in widths and heights of its face."""
_TRUNK = Rect(x=-0.9, y=-0.55, width=2.8, height=7.0)
"""A body, in widths and heights of its face; what is outside the panel is cut off."""


@dataclass(frozen=True, slots=True)
class Found:
    """Everybody in the picture, from left to right, who says so, and faces that are seen and are nobody's."""

    figures: tuple[FigureAnchors, ...]
    found_by: FoundBy
    strangers: tuple[Rect, ...] = ()


def matched(
    told: Sequence[tuple[str, Rect]],
    expected: Sequence[FigureAnchors],
    aspect: float,
    seen: Sequence[Rect] = (),
    vetoed: Collection[str] = (),
) -> Found:
    """`told` are faces by character, shares of the panel; `aspect` is the panel's width by height. `seen` are faces
    that nobody has told, `vetoed` those whose told face was struck out.

    Each character's face is the one that was told for it. Faces of somebody who was not directed go, from left to
    right, to those whose face is expected and was not told; more than there are figures are nobody's. Faces that are
    seen go to whoever is left then, but never to somebody whose told face was struck out.
    """
    plausible = _plausible(told, aspect)
    faces, more = plausible[: len(expected)], tuple(box for _, box in plausible[len(expected) :])
    left = [name for name in _left(faces, expected) if name not in vetoed]
    own = _shared_out(left, expected, sorted(seen, key=lambda box: box.centre[0]))
    strangers = (*more, *(box for box in seen if box not in own.values()))
    if not faces and not own:
        return Found(tuple(_unseen(figure, strangers) for figure in expected), "direction", strangers)
    return Found(_matched([*faces, *own.items()], expected, strangers), "model" if faces else "detector", strangers)


def _shared_out(left: Sequence[str], expected: Sequence[FigureAnchors], seen: Sequence[Rect]) -> dict[str, Rect]:
    """Faces that are seen to those who are left: in their order where they are as many, else to the nearest."""
    if len(seen) == len(left):
        return dict(zip(left, seen, strict=True))
    places = {figure.character: _middle(figure) for figure in expected if figure.character in left}
    pairs = sorted((distance(at, box.centre), name, i) for name, at in places.items() for i, box in enumerate(seen))
    found: dict[str, int] = {}
    for _, name, i in pairs:
        if name not in found and i not in found.values():
            found[name] = i
    return {name: seen[i] for name, i in found.items()}


def _left(faces: Sequence[tuple[str, Rect]], expected: Sequence[FigureAnchors]) -> list[str]:
    """From left to right, those whose face is expected and whom no told face is for."""
    known = {figure.character for figure in expected}
    own = {name for name, _ in faces}
    faceless = [figure.character for figure in expected if figure.character not in own and figure.face is not None]
    return faceless[sum(name not in known for name, _ in faces) :]


def _matched(
    faces: Sequence[tuple[str, Rect]], expected: Sequence[FigureAnchors], strangers: Sequence[Rect] = ()
) -> tuple[FigureAnchors, ...]:
    known = {figure.character for figure in expected}
    own = {name: box for name, box in faces if name in known}
    nameless = sorted((box for name, box in faces if name not in known), key=lambda box: box.centre[0])
    faceless = [figure.character for figure in expected if figure.character not in own and figure.face is not None]
    own |= dict(zip(faceless, nameless, strict=False))
    figures = (
        moved_to(figure, own[figure.character])
        if figure.character in own
        else _unseen(figure, (*own.values(), *strangers))
        for figure in expected
    )
    return tuple(sorted(figures, key=lambda f: _middle(f)[0]))


def _plausible(told: Sequence[tuple[str, Rect]], aspect: float) -> list[tuple[str, Rect]]:
    """What can be a face, no character and no place twice."""
    kept: list[tuple[str, Rect]] = []
    for name, box in told:
        shape = box.width * aspect / max(1e-6, box.height)
        possible = LEAST_AREA <= box.area <= MOST_AREA and NARROWEST <= shape <= WIDEST
        again = any(name == other or box.overlap(there) > SHARED * min(box.area, there.area) for other, there in kept)
        if possible and not again:
            kept.append((name, box))
    return kept


def moved_to(figure: FigureAnchors, face: Rect) -> FigureAnchors:
    """A figure as it was directed, moved and sized so that its face lies where it was seen."""
    if figure.face is None or figure.face.area <= 0:
        return FigureAnchors(
            character=figure.character,
            body=_placed(_TRUNK, face) or face,
            head=_placed(_HAIR, face),
            face=face,
            mouth=mouth_of(face),
        )
    return FigureAnchors(
        character=figure.character,
        body=_placed(figure.body.in_shares_of(figure.face), face) or face,
        head=_placed(figure.head.in_shares_of(figure.face), face) if figure.head else _placed(_HAIR, face),
        face=face,
        mouth=mouth_of(face),
        hands=tuple(box for hand in figure.hands if (box := _placed(hand.in_shares_of(figure.face), face))),
    )


def mouth_of(face: Rect) -> Point:
    """In the lower third of a face."""
    return (round(face.centre[0], 4), round(face.y + MOUTH * face.height, 4))


def _placed(part: Rect, face: Rect) -> Rect | None:
    """A part of a face where that face lies; None outside the panel."""
    box = part.placed_in(face)
    return clipped(box.x, box.y, box.right, box.bottom)


def _unseen(figure: FigureAnchors, others: Sequence[Rect]) -> FigureAnchors:
    """Somebody whose face nobody told of: it is believed in where no other face lies."""
    face = figure.face
    if face is None or all(face.overlap(other) <= SHARED * min(face.area, other.area) for other in others):
        return figure
    return figure.model_copy(update={"face": None, "mouth": None, "head": None})


def _middle(figure: FigureAnchors) -> Point:
    return (figure.face or figure.head or figure.body).centre
