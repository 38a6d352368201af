"""Pages of books whose panels are somebody else's pictures, lettered by the product's own code."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin
from random import Random
from typing import Final, Literal

from drawing.lettering.letter_page import letter_page
from drawing.raster.panel_from_picture import RasterPanel, make_panel
from evals.faces.others_pictures import STRAYS, OthersPicture, SeenFigure, strayed
from evals.told_boards import Board
from manga.artwork import Made, PanelArt
from manga.geometry import Rect
from manga.lettering import PageLettering
from manga.panel_brief import PanelBrief
from manga.storyboard import StoryPage

Told = Literal["none", "right", "off"]
"""What a model says of faces: nothing, what is right, or boxes that lie up to two heads beside them."""
TOLD: Final[tuple[Told, ...]] = ("none", "right", "off")
LEAST_OFF, MOST_OFF = 0.5, 2.0
"""How far a wrong box lies beside its face, in heights of the head."""


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture in its panel: what was made of it, and where its people are, as shares of what is shown."""

    picture: OthersPicture
    panel: RasterPanel
    people: tuple[SeenFigure, ...]
    told: int = 0
    """How many faces were told."""


@dataclass(frozen=True, slots=True)
class LetteredPage:
    """A page with other people's pictures, by panel key, and its letters."""

    story: str
    page: StoryPage
    hung: Mapping[str, Hung]
    letters: PageLettering


def own_pictures(board: Board) -> dict[str, OthersPicture]:
    """By panel key: our artist's, astray in turn."""
    return {key: strayed(brief, STRAYS[i % len(STRAYS)]) for i, (key, brief) in enumerate(board.briefs.items())}


def dealt(board: Board, pictures: Sequence[OthersPicture]) -> dict[str, OthersPicture]:
    """By panel key: a picture with as many people as were directed and nearly the panel's shape, each before any
    serves again. Panels without people, and those that no picture fits, are drawn by our artist."""
    used = dict.fromkeys((picture.name for picture in pictures), 0)
    found: dict[str, OthersPicture] = {}
    for key, brief in board.briefs.items():
        people = len(brief.direction.figures)
        shape = brief.width_mm / brief.height_mm
        fitting = [one for one in pictures if len(one.figures) == people or (people > 2 < len(one.figures))]
        if not people or not fitting or brief.direction.shot == "insert":
            found[key] = strayed(brief, STRAYS[0])
            continue
        best = min(fitting, key=lambda one: (used[one.name], max(one.aspect / shape, shape / one.aspect), one.name))
        used[best.name] += 1
        found[key] = _named(best, brief)
    return found


def _named(picture: OthersPicture, brief: PanelBrief) -> OthersPicture:
    """Its people are those who were directed, from left to right; whoever is left over is nobody of the cast."""
    names = [one.character for one in sorted(brief.direction.figures, key=lambda one: one.x)]
    names += [f"nobody {i}" for i in range(len(picture.figures))]
    named = (replace(one, character=name) for one, name in zip(picture.figures, names, strict=False))
    return replace(picture, figures=tuple(named))


def lettered(board: Board, pictures: Mapping[str, OthersPicture], told: Told) -> Iterator[LetteredPage]:
    """Every page of a story as it is lettered when that is told of faces."""
    for page in board.pages:
        hung = {panel.key: hang(board.briefs[panel.key], pictures[panel.key], told) for panel in page.panels}
        art = {key: art_of(key, one) for key, one in hung.items()}
        yield LetteredPage(board.story, page, hung, letter_page(page, art, board.manner).page)


def hang(brief: PanelBrief, picture: OthersPicture, told: Told) -> Hung:
    """The picture made ready for its panel."""
    boxes = _boxes(picture, told)
    panel = make_panel(
        picture.data,
        width_mm=brief.width_mm,
        height_mm=brief.height_mm,
        outline=brief.outline,
        direction=brief.direction,
        boxes=boxes,
        hands=_hands(picture, told),
        looks=brief.looks,
        period=brief.period,
        culture=brief.culture,
    )
    people = (_through(figure, panel.shown) for figure in picture.figures)
    return Hung(picture, panel, tuple(one for one in people if one is not None), len(boxes))


def art_of(key: str, hung: Hung) -> PanelArt:
    panel = hung.panel
    made = Made(model="somebody else", found_by=panel.found_by)
    return PanelArt(
        panel=key,
        blob=key,
        media_type=panel.media_type,
        width=panel.width,
        height=panel.height,
        figures=panel.figures,
        ink=panel.ink,
        where=panel.where,
        made=made,
    )


def _boxes(picture: OthersPicture, told: Told) -> tuple[tuple[str, Rect], ...]:
    if told == "none":
        return ()
    seen = [(one, one.face) for one in picture.figures if one.face is not None]
    if told == "right":
        return tuple((one.character, face) for one, face in seen)
    rng = Random(picture.name)
    return tuple((one.character, _beside(face, one.head, picture.aspect, rng)) for one, face in seen)


def _hands(picture: OthersPicture, told: Told) -> tuple[Rect, ...]:
    """Hands in contact, as they are told: as far off as faces are."""
    if told == "none":
        return ()
    rng = Random(f"hands of {picture.name}")
    seen = [(hand, one.head) for one in picture.figures for hand in one.contact]
    return tuple(hand if told == "right" else _beside(hand, head, picture.aspect, rng) for hand, head in seen)


def _beside(face: Rect, head: Rect, aspect: float, rng: Random) -> Rect:
    """A box that lies beside its face, in the picture."""
    far, angle = rng.uniform(LEAST_OFF, MOST_OFF) * head.height, rng.uniform(0, 2 * pi)
    x = min(max(0.0, face.x + far * cos(angle) / aspect), 1 - face.width)
    y = min(max(0.0, face.y + far * sin(angle)), 1 - face.height)
    return Rect(x=max(0.0, x), y=max(0.0, y), width=face.width, height=face.height)


def _through(figure: SeenFigure, shown: Rect) -> SeenFigure | None:
    """Somebody in shares of what is shown; None where less than half of the face, or else the head, is."""
    main = figure.face or figure.head
    if main.overlap(shown) < 0.5 * main.area:
        return None
    face = figure.face.in_shares_of(shown) if figure.face is not None else None
    contact = tuple(hand.in_shares_of(shown) for hand in figure.contact)
    return SeenFigure(figure.character, figure.head.in_shares_of(shown), face, contact)
