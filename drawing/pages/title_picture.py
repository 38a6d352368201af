"""Draws the picture of a title page (扉絵): the story's main people before its chief place. Pure.

Who and where come from the storyboard, how they look from the cast. Nobody's face lies under the title: the people
are placed after the words.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from drawing.art.draw_panel import LINE_MM, DrawnPanel, draw_panel
from drawing.art.frame_shot import DISTANT
from drawing.art.living_objects import object_of
from drawing.art.props.things_used_at_head import AT_EAR
from drawing.art.things.find_drawing import can_be_held, thing_named, thing_of
from drawing.ink.canvas import Canvas
from drawing.ink.paths import rect
from drawing.pages.title_picture_of_two_worlds import OtherWorld, draw_above, top_of
from drawing.pages.title_picture_people import Lead, anchors, arranged, draw_placed
from manga.artwork import FigureAnchors
from manga.characters import Cast, Character, Look
from manga.geometry import Rect
from manga.panel_brief import brief_for
from manga.storyboard import Expression, PanelDraft, SceneDirection, Shot, Storyboard
from manga.vocabulary.places import place_named

MOST_PEOPLE = 3
_RANKS = ("protagonist", "main", "supporting")
SELDOM = 0.3
"""Somebody seen less than this share of the one who is seen most does not stand on the title page."""
_LARGEST_THING = 1.3
"""In heads; what is larger hides its bearer, unless it is long and held upright."""
OUTSIDE = 2.2
"""How much more an open place is worth: a room behind people is a wall."""
PALE = 0.22
_POSED = (
    Expression.SMILE,
    Expression.SERIOUS,
    Expression.SAD,
    Expression.HAPPY,
    Expression.SMIRK,
    Expression.ANGRY,
    Expression.SHY,
)
"""What people show who look out of a picture; a cry or a gasp belongs to a moment of the story."""


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """What the picture depends on. `title` is the space of the words on the picture, in its millimetres."""

    width_mm: float
    height_mm: float
    title: Rect
    title_on_top: bool
    leads: tuple[Lead, ...]
    scene: SceneDirection
    looks: Mapping[str, Look]
    period: str
    seed: int = 0
    other: OtherWorld | None = None
    """Who never meets the hero, and where."""
    culture: str = ""


@dataclass(frozen=True, slots=True)
class CoverArt:
    """The picture as it is kept: drawing calls in canonical JSON, and where the people are (shares of the picture)."""

    data: bytes
    width: float
    height: float
    figures: tuple[FigureAnchors, ...]
    model: str = "cover/1"


def cover_files(plan: CoverPlan) -> CoverArt:
    """Draw and write a cover; for the process pool."""
    drawn = draw_cover(plan)
    data = json.dumps(drawn.drawing.to_json(), separators=(",", ":"), sort_keys=True, ensure_ascii=True).encode()
    return CoverArt(data, plan.width_mm, plan.height_mm, drawn.figures)


def draw_cover(plan: CoverPlan) -> DrawnPanel:
    """The place first, then the people, the nearest last."""
    canvas = Canvas(plan.width_mm, plan.height_mm, line=LINE_MM)
    on_top, other = plan.title_on_top, plan.other
    top = top_of(canvas.height, on_top=on_top) if other else 0.0
    size = (canvas.width, canvas.height - top)
    brief = brief_for(*size, plan.scene, plan.looks, plan.period, plan.seed, culture=plan.culture)
    place = draw_panel(brief)
    canvas.draw(place.drawing, 0.0, top)
    if place.ink < PALE and not other:
        _darken_top(canvas)
    found: tuple[FigureAnchors, ...] = ()
    if other:
        found = (draw_above(canvas, other, brief, plan.title, on_top=on_top),)
    parted = other is not None
    people = arranged(plan.leads, canvas.width, canvas.height, plan.title, on_top=on_top, parted=parted)
    for placed in people:
        draw_placed(canvas, placed)
    found += tuple(anchors(placed, canvas.width, canvas.height) for placed in people)
    return DrawnPanel(canvas.finish(), found, place.ink, place.missing)


def _darken_top(canvas: Canvas) -> None:
    """A pale place gets depth, and the title a ground to stand out from."""
    w, h = canvas.width, canvas.height
    canvas.graded_tone(rect(0, 0, w, h * 0.5), ((0, 0), 0.5), ((0, h * 0.5), 0.0))


def leads_of(storyboard: Storyboard, cast: Cast) -> tuple[Lead, ...]:
    """Up to three: those of rank, and the often seen, as they usually look in the story."""
    seen = Counter(figure.character for panel in storyboard.panels() for figure in panel.direction.figures)
    most = max(seen.values(), default=0)
    bodies = [person for person in cast.characters if not object_of(person.look)]
    known = [person for person in bodies if seen[person.key] >= max(1.0, SELDOM * most) and _ranked(person)]
    if not known:
        known = [person for person in bodies if seen[person.key] == most > 0]
    ordered = sorted(known, key=lambda person: (_RANKS.index(person.role) if _ranked(person) else 9, -seen[person.key]))
    return tuple(_lead(person, storyboard) for person in ordered[:MOST_PEOPLE])


def _ranked(person: Character) -> bool:
    return person.role in _RANKS


def _lead(person: Character, storyboard: Storyboard) -> Lead:
    directed = [f for panel in storyboard.panels() for f in panel.direction.figures if f.character == person.key]
    moods = Counter(f.expression for f in directed if f.expression in _POSED)
    things = Counter(f.holds for f in directed if _in_hand(f.holds))
    return Lead(
        character=person.key,
        look=person.look,
        expression=_commonest(moods) or Expression.SMILE,
        holds=_commonest(things) or "",
    )


def _in_hand(word: str) -> bool:
    name = thing_of(word)
    thing = thing_named(name) if name and name not in AT_EAR and can_be_held(name) else None
    return thing is not None and (thing.long or thing.size <= _LARGEST_THING)


T = TypeVar("T")


def _commonest(found: Counter[T]) -> T | None:
    return max(found, key=lambda key: found[key]) if found else None


def scene_of(storyboard: Storyboard, who: str = "") -> SceneDirection | None:
    """The place that the book shows most and best, of those where somebody (`who`) is seen, if that is asked; empty and
    from afar. None for a book without places."""
    shown = [panel for panel in storyboard.panels() if panel.direction.background == "full" and panel.direction.setting]
    own = {panel.direction.setting for panel in shown if any(f.character == who for f in panel.direction.figures)}
    shown = [panel for panel in shown if panel.direction.setting in own or not who]
    if not shown:
        return None
    merits: defaultdict[tuple[str, str], float] = defaultdict(float)
    for panel in shown:
        worth = panel.importance + (3 if panel.direction.shot in DISTANT else 0)
        merits[_place(panel)] += worth * (OUTSIDE if _open_air(panel.direction.setting) else 1)
    chief = max(merits, key=lambda place: merits[place])
    there = [panel for panel in shown if _place(panel) == chief]
    best = max(there, key=lambda panel: (panel.direction.shot in DISTANT, panel.importance)).direction
    return best.model_copy(
        update={"figures": (), "props": (), "effects": (), "shot": Shot.ESTABLISHING, "fixed_camera": False}
    )


def _open_air(setting: str) -> bool:
    place = place_named(setting)
    return place is None or not place.inside


def _place(panel: PanelDraft) -> tuple[str, str]:
    return (panel.direction.setting, panel.direction.place)
