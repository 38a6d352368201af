"""Anchors of a figure (body, head, face, mouth, hands): a figure on its stage in, shares of the picture out."""

from drawing.art.figure import Figure
from drawing.art.frame_shot import Standing
from drawing.ink.paths import box
from manga.artwork import FigureAnchors
from manga.geometry import Point, Rect, bounds, inside

CROWN = 0.4
"""How far hats, ears and hair stand off a head at most, by its width."""


def anchors_of(s: Standing, width: float, height: float) -> FigureAnchors:
    """What may be pointed to, and what words keep off."""
    marks = s.figure.marks

    def at(p: Point) -> Point:
        return ((s.x + p[0] * s.size) / width, (s.y + p[1] * s.size) / height)

    def share(r: Rect | None) -> Rect | None:
        if r is None:
            return None
        (x0, y0), (x1, y1) = at((r.x, r.y)), at((r.right, r.bottom))
        x0, x1 = (max(0.0, min(1.0, v)) for v in (x0, x1))
        y0, y1 = (max(0.0, min(1.0, v)) for v in (y0, y1))
        seen = x1 - x0 > 0.004 and y1 - y0 > 0.004
        return Rect(x=round(x0, 4), y=round(y0, 4), width=round(x1 - x0, 4), height=round(y1 - y0, 4)) if seen else None

    mouth = at(marks.mouth) if marks.mouth else None
    shown = mouth is not None and 0 <= mouth[0] <= 1 and 0 <= mouth[1] <= 1
    return FigureAnchors(
        character=s.direction.character,
        body=share(marks.body) or Rect(x=0, y=0, width=0, height=0),
        head=share(_with_crown(s.figure)),
        face=share(marks.face),
        mouth=(round(mouth[0], 4), round(mouth[1], 4)) if mouth and shown else None,
        hands=tuple(b for b in (share(h) for h in marks.hands) if b),
    )


def _with_crown(figure: Figure) -> Rect:
    """The head with all that stands up from it: a hat and its brim, a crest, ears, hair on end. Whoever lies has
    nothing above him."""
    head, body = figure.marks.head, figure.marks.body
    if figure.human and body.width > body.height:
        return head
    beyond = head.width * CROWN
    reach = Rect(x=head.x - beyond, y=head.y - beyond, width=head.width + 2 * beyond, height=head.height + beyond)
    middle = Rect(x=head.x, y=reach.y, width=head.width, height=0.75 * head.height + beyond)
    boxes = [box(path) for path in figure.silhouette]
    tops = [b for b in boxes if b.y < head.y and b.width < reach.width and inside(b.centre, middle.polygon())]
    found = [corner for b in tops for corner in ((b.x, b.y), (b.right, b.y))]
    near = [(min(max(x, reach.x), reach.right), max(y, reach.y)) for x, y in found]
    return bounds([*head.polygon(), *near])
