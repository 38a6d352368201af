"""Drawn sounds on our own artist's pictures: a word is put into every panel with people, and what it covers is counted.

Books have few sounds, so that a count of those alone would say nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, cycle

from drawing.art.draw_panel import draw_panel
from drawing.lettering.figure_anchors import figures_on_page, seen_on_page
from drawing.lettering.letter_page import letter_page
from drawing.lettering.sound_words import meanings, sound_word
from evals.addable_counts import Tally
from evals.faces.covered_faces import COVERED, HAIR, under
from evals.told_boards import Board
from manga.artwork import Made, PanelArt, PictureMap
from manga.geometry import Polygon, Rect, area
from manga.lettering import Sfx
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Role, StoryPage
from manga.values import Span

MOST, MOST_OF_SPLASH = 0.15, 0.25
"""The share of a panel that a sound may take."""
SFX_NUMBER, FIRST_LINE = 98, 90_000
_SLACK = 1.01


@dataclass(frozen=True, slots=True)
class SoundCover(Tally):
    """How many sounds there are, and how many are too large or lie over something."""

    sounds: int = 0
    too_large: int = 0
    faces: int = 0
    hair: int = 0
    hands: int = 0
    things: int = 0
    neighbours: int = 0


def sound_cover(board: Board) -> SoundCover:
    words = zip(cycle(meanings()), count(FIRST_LINE), strict=False)
    art = {key: _drawn(board, key) for key in board.briefs}
    found = SoundCover()
    for page in board.pages:
        panels = tuple(_sounding(panel, *next(words), board) for panel in page.panels)
        loud = page.model_copy(update={"panels": panels})
        letters = letter_page(loud, {panel.key: art[panel.key] for panel in panels}, board.manner).page
        for sound in letters.sfx:
            found += cover_of_sound(sound, loud, art)
    return found


def _drawn(board: Board, key: str) -> PanelArt:
    brief = board.briefs[key]
    drawn = draw_panel(brief)
    where = PictureMap(things=drawn.things) if drawn.things else None
    return PanelArt(
        panel=key,
        blob=key,
        media_type="application/x-manga-art+json",
        width=brief.width_mm,
        height=brief.height_mm,
        figures=drawn.figures,
        ink=drawn.ink,
        where=where,
        made=Made(model="our artist"),
    )


def _sounding(panel: PanelDraft, meaning: str, number: int, board: Board) -> PanelDraft:
    """The panel with a sound; one that has six texts, a sound or nobody in it stays as it is."""
    parts = panel.dialogue.parts
    if len(parts) > 5 or not panel.direction.figures or any(part.kind == "sfx" for part in parts):
        return panel
    word = sound_word(meaning, panel.importance, board.manner.language)
    line = f"l{number}"
    sound = LinePart(key=f"{line}.{SFX_NUMBER}", line=line, kind="sfx", text=word, span=Span(start=0, end=0))
    return panel.model_copy(update={"dialogue": DialogueLayout(parts=(*parts, sound))})


def cover_of_sound(sound: Sfx, page: StoryPage, art: dict[str, PanelArt]) -> SoundCover:
    """What lies behind people covers nobody."""
    panel = next(one for one in page.panels if one.key == sound.panel)
    most = MOST_OF_SPLASH if panel.role is Role.SPLASH else MOST
    size = area(sound.polygon) / area(page.frame(panel.key).polygon)
    found = SoundCover(sounds=1, too_large=size > most * _SLACK)
    if sound.layer == "behind":
        return found
    boxes = list(_boxes(panel.key, page, art))
    others = [box for one in page.panels if one.key != panel.key for _, box in _boxes(one.key, page, art)]
    return replace(
        found,
        faces=_any(boxes, "face", sound.polygon, COVERED),
        hair=_any(boxes, "head", sound.polygon, HAIR),
        hands=_any(boxes, "hand", sound.polygon, COVERED),
        things=_any(boxes, "thing", sound.polygon, COVERED),
        neighbours=any(under(box, [sound.polygon]) > COVERED for box in others),
    )


def _any(boxes: list[tuple[str, Rect]], kind: str, shape: Polygon, most: float) -> bool:
    return any(under(box, [shape]) > most for name, box in boxes if name == kind)


def _boxes(key: str, page: StoryPage, art: dict[str, PanelArt]) -> Iterator[tuple[str, Rect]]:
    """Everything that words keep off, in millimetres of the page."""
    frame = page.frame(key).polygon
    for figure in figures_on_page(art[key], frame):
        yield from (("hand", hand) for hand in figure.hands)
        yield from (("head", box) for box in (figure.head,) if box)
        yield from (("face", box) for box in (figure.face,) if box)
    seen = seen_on_page(art[key], frame)
    yield from (("thing", thing) for thing in (seen.things if seen else ()))
