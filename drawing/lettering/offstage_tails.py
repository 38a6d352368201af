"""Leads tails of voices from outside the picture out of the panel, to the speaker's side.

Where he is, is known from another panel of the page: he stands there on one side of somebody who is seen here too.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from math import atan2, cos, sin

from drawing.lettering.beam_search import tail_meets
from drawing.lettering.figure_anchors import find_speaker
from drawing.lettering.free_space import PageSpace, PanelSpace
from drawing.lettering.placed_pieces import BalloonSpot
from drawing.lettering.tails import LONGEST_EM, SHORTEST_EM, Tail, crosses
from manga.geometry import bounds, inside
from manga.lettering import BalloonKind

TURNS = (0.0, 0.4, -0.4)
"""How far a tail may slope, radians."""
SHORT_MM = 0.3
"""How far short of the panel's border such a tail ends."""


def led_out(spots: Sequence[BalloonSpot], page: PageSpace, doubtful: Collection[str]) -> tuple[BalloonSpot, ...]:
    """The balloons of a page, those of voices whose side is known with a tail to that side of their panel.

    `doubtful` are the keys of texts whose speaker is a guess: they point nowhere.
    """
    found = list(spots)
    for i, spot in enumerate(found):
        side = 0 if spot.piece.key in doubtful else _side(spot, page)
        tails = _tails(spot, side) if side else iter(())
        rest = [*found[:i], *found[i + 1 :]]
        led = (replace(spot, tail=tail) for tail in tails)
        found[i] = next((one for one in led if not any(tail_meets(one, other) for other in rest)), spot)
    return tuple(found)


def _tails(spot: BalloonSpot, side: int) -> Iterator[Tail]:
    """Tails to a side, level ones first, that lead over nobody and end at the panel's border; none from farther off."""
    panel, (cx, cy), em = spot.piece.panel, spot.centre, spot.variant.em
    edge = panel.box.right if side > 0 else panel.box.x
    for turn in TURNS:
        slope = (side * cos(turn), sin(turn))
        x, y = spot.variant.body.at(atan2(slope[1], slope[0]))
        root = (cx + x, cy + y)
        length = (edge - root[0]) / slope[0] - SHORT_MM
        tip = (root[0] + slope[0] * length, root[1] + slope[1] * length)
        out = (root[0] + slope[0] * (length + em), root[1] + slope[1] * (length + em))
        tail = Tail(root, tip, out, bounds((root, tip)))
        if (
            SHORTEST_EM * em <= length <= LONGEST_EM * em
            and inside(tip, panel.polygon)
            and not crosses(tail, panel.heads)
        ):
            yield tail


def _side(spot: BalloonSpot, page: PageSpace) -> int:
    """The side to which a balloon's tail leads; 0: it has none."""
    piece = spot.piece
    whole = spot.joins is None and not spot.cut
    if piece.kind is not BalloonKind.OFF_PANEL or piece.talker is None or not whole:
        return 0
    return voice_side(piece.talker, piece.panel, page)


def voice_side(talker: str, here: PanelSpace, page: PageSpace) -> int:
    """1 where the speaker stands to the right of the panel, -1 to the left, 0 unknown; the nearest panel tells."""
    near = sorted(page.panels, key=lambda panel: (abs(panel.index - here.index), panel.index))
    return next((side for panel in near if panel is not here and (side := _beside(talker, panel, here))), 0)


def _beside(talker: str, there: PanelSpace, here: PanelSpace) -> int:
    speaker = find_speaker(there.figures, talker, there.box)
    others = (find_speaker(there.figures, figure.character, there.box) for figure in here.figures)
    seen = [other.mouth[0] for other in others if other is not None and other.character != talker]
    if speaker is None or not seen:
        return 0
    x = speaker.mouth[0]
    return 1 if x > max(seen) else -1 if x < min(seen) else 0
