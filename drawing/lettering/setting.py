"""How a part is set: its words and the book's manner in; its settings, best first, and pieces to be placed out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from drawing.lettering.across import set_across
from drawing.lettering.anchors import find_speaker
from drawing.lettering.balloons import BOXED, DOUBT, TAILED, body_for, hand_of, hull, kind_of
from drawing.lettering.breaking import ways
from drawing.lettering.cells import cells
from drawing.lettering.fonts import Faces
from drawing.lettering.halving import first_half
from drawing.lettering.horizontal import line_ways, set_level
from drawing.lettering.joints import unwrapped
from drawing.lettering.moved import Runs
from drawing.lettering.offstage import voice_side
from drawing.lettering.pieces import TextPiece, Variant
from drawing.lettering.punctuation import Style, Words, letters, punctuated, unpaused
from drawing.lettering.space import PageSpace, PanelSpace
from drawing.lettering.vertical import set_vertically
from manga.brief import Language
from manga.lettering import BalloonKind, TextRun
from manga.paper import Direction, Paper
from manga.plot import LineKind
from manga.storyboard import LinePart, StoryPage
from manga.strips import LayoutName

BASE_Q: Mapping[Language, float] = {Language.JA: 20.0, Language.EN: 17.2}
"""Size of the body type on a B4 manuscript; other papers in proportion."""
IN_STRIPS_Q: Mapping[Language, float] = {Language.JA: 18.0, Language.EN: 17.2}
"""The same on pages of strips, whose panels are small: the lesser of the trade's two sizes. Latin type has none."""
Q_MM = 0.25
MOST_VARIANTS = 7


@dataclass(frozen=True, slots=True)
class Manner:
    """How a book is lettered. `folders` hold the faces; `runs` are the texts that a person has set another way."""

    paper: Paper
    direction: Direction
    language: Language
    punctuation: Style
    with_ruby: bool
    seed: int
    folders: tuple[str, ...]
    runs: Mapping[str, Runs] = field(default_factory=dict, hash=False)

    @property
    def size_mm(self) -> float:
        return self.size_on("free")

    def size_on(self, layout: LayoutName) -> float:
        """Of the body type, millimetres."""
        sizes = BASE_Q if layout == "free" else IN_STRIPS_Q
        return sizes[self.language] * Q_MM * self.paper.scale


def pieces_of(page: StoryPage, space: PageSpace, manner: Manner, size_mm: float, found: Faces) -> list[TextPiece]:
    pieces: list[TextPiece] = []
    for panel, room in zip(page.panels, space.panels, strict=True):
        parts = [part for part in panel.dialogue.parts if part.kind != "sfx" and letters(part.text)]
        own = (_piece(part, room, rank, len(parts), manner, size_mm, found) for rank, part in enumerate(parts))
        pieces += [_with_side(piece, part, space) for piece, part in zip(own, parts, strict=True)]
    return pieces


def _piece(
    part: LinePart, room: PanelSpace, rank: int, count: int, manner: Manner, size_mm: float, found: Faces
) -> TextPiece:
    seen = None if part.off_panel or part.confidence < DOUBT else find_speaker(room.figures, part.speaker, room.box)
    kind = kind_of(LineKind(part.kind), off_panel=seen is None)
    runs = runs_of(part, kind, manner, size_mm, found)
    return TextPiece(
        key=part.key,
        panel=room,
        kind=kind,
        variants=tuple(variants_of(runs, kind)),
        speaker=seen if kind in TAILED else None,
        rank=rank,
        count=count,
        talker=part.speaker,
        place=part.place,
        follows=first_half(part.key),
    )


def _with_side(piece: TextPiece, part: LinePart, space: PageSpace) -> TextPiece:
    """A voice from outside comes from where its speaker was seen last, if that is no guess."""
    heard = piece.kind is BalloonKind.OFF_PANEL and part.speaker is not None and part.confidence >= DOUBT
    side = voice_side(part.speaker, piece.panel, space) if heard and part.speaker else 0
    return replace(piece, side=side) if side else piece


def variants_of(runs: Sequence[tuple[TextRun, float]], kind: BalloonKind) -> Iterator[Variant]:
    """Every setting in its usual body, then in a compact one, for panels with little room."""
    for compact in (False,) if kind in BOXED else (False, True):
        for run, cost in runs:
            body = body_for(run, kind, compact=compact)
            yield Variant(run, body, cost + 1.2 * compact, tuple(body.rim()), hull(body, (0.0, 0.0), kind))


def runs_of(
    part: LinePart, kind: BalloonKind, manner: Manner, size_mm: float, found: Faces
) -> list[tuple[TextRun, float]]:
    """The part set in every sensible way, best first, each with its cost against the best."""
    wanted = manner.runs.get(part.key, "auto")
    if manner.language is Language.EN and wanted != "vertical":
        said = unpaused(part.text) if manner.punctuation == "magazine" else part.text
        lines = line_ways(said, "comic", found)[:MOST_VARIANTS]
        return [
            (set_level(way, part.text, part.span, "comic", size_mm, found), 0.25 * i) for i, way in enumerate(lines)
        ]
    flat = unwrapped(Words(part.text, tuple(ruby for ruby in part.ruby if manner.with_ruby or ruby.is_dot)))
    words = punctuated(flat, manner.punctuation)
    hand = hand_of(kind, size_mm)
    broken = ways(cells(words), words.text)[:MOST_VARIANTS]
    setter = set_across if wanted == "level" else set_vertically
    return [
        (setter(way.columns, part.text, part.span, hand, found), 0.5 * (way.cost - broken[0].cost)) for way in broken
    ]
