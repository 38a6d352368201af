"""Chooses who stands before his panel's border: at most one figure a page, with the room that he has.

A page is chosen for its climax: a shout, a leap, a fall, a payoff, the first sight of somebody who matters. Two pages
that follow one another never both have one. He may lean into gutters, into the page's margin and a little into the
panel that is read next, never into one that was read before. Millimetres of the page.

Directions and frames decide, not words: a line that is worded or spoken otherwise is lettered again, and no picture is
drawn again for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from drawing.layout.character_entrances import NEAR, entrances
from drawing.layout.choose_page_cuts import is_tall
from drawing.layout.spreads import FOLD_MM
from manga.geometry import Point, Polygon, Rect, area, bounds, intersection, signed_area
from manga.paper import Paper
from manga.storyboard import (
    LEAPS,
    BreakoutRoom,
    Expression,
    FigureDirection,
    PanelDraft,
    PanelFrame,
    Pose,
    Role,
    Shot,
    Storyboard,
    StoryPage,
)

APART = 2
"""From a page that may have such a figure to the next one, at least."""
ENOUGH = 3.0
"""What a panel must be worth."""
STANDS = 2.0
"""What it is worth more that somebody who enters can stand over two tiers."""
CLEAR_MM = 1.0
"""So far such a figure stays off panels that it must not touch."""
LEAN_MM = 7.0
"""How far it may reach into the panel that is read next."""
EDGE_MM = 3.0
"""So far it stays off the trim."""
ROOMS_MM = (14.0, 12.0, 10.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0)
"""Rooms that are tried, the widest first."""
LEAST_MM = 3.0
"""Over the upper border; with less nothing can be seen to stand out."""
TEXTS = 2
"""More of them leave no room for a figure that is larger than its panel."""

_LOW = frozenset({Pose.LIE, Pose.SIT, Pose.KNEEL, Pose.BOW, Pose.CROUCH, Pose.CRAWL, Pose.WRITE, Pose.HUG})
_RACING = frozenset({"focus_lines", "speed_lines", "flash", "beta_flash", "impact"})


@dataclass(frozen=True, slots=True)
class _Chance:
    """A panel that could have one."""

    panel: str
    worth: float
    room: BreakoutRoom


def breakouts(storyboard: Storyboard, paper: Paper) -> dict[str, BreakoutRoom]:
    """By panel key. Pages that are cut into strips, or show what is remembered, have none.

    Which pages have a turn hangs on what they tell alone: a page that is cut otherwise changes its own figures and no
    other page's.
    """
    first = entrances(storyboard.panels())
    merits = [_merit(page, first) for page in storyboard.pages]
    turns: list[int] = []
    for n in sorted(range(len(merits)), key=lambda n: (-merits[n], n)):
        if merits[n] > 0 and all(abs(n - other) >= APART for other in turns):
            turns.append(n)
    best = (max(_chances(storyboard.pages[n], paper, first), key=_by_worth, default=None) for n in sorted(turns))
    return {chance.panel: chance.room for chance in best if chance is not None}


def _by_worth(chance: _Chance) -> tuple[float, str]:
    return chance.worth, chance.panel


def _merit(page: StoryPage, first: Mapping[str, str]) -> float:
    """Of a page's best panel, whatever its size and place."""
    if not _free(page):
        return 0.0
    heroes = ((panel, hero) for panel in page.panels if (hero := _hero(panel)) and _near(panel))
    return max((_told(panel, hero, enters=first.get(panel.key) == hero.character) for panel, hero in heroes), default=0)


def _chances(page: StoryPage, paper: Paper, first: Mapping[str, str]) -> Iterator[_Chance]:
    if not _free(page):
        return
    for i, panel in enumerate(page.panels):
        frame = page.frame(panel.key)
        hero = _hero(panel)
        if hero is None or not _able(panel, frame):
            continue
        enters = first.get(panel.key) == hero.character
        worth = _worth(panel, hero, enters=enters)
        room = _room(i, page, paper, hero.character) if worth >= ENOUGH else None
        if room is not None and (room.top >= LEAST_MM or _steps_down(panel, frame, room)):
            standing = enters and panel.direction.shot is Shot.FULL and is_tall(bounds(frame.polygon), paper.live)
            yield _Chance(
                panel.key,
                worth + 0.05 * room.top + STANDS * standing,
                room.model_copy(update={"standing": standing}),
            )


def _free(page: StoryPage) -> bool:
    whole = page.layout.name == "free" and not page.spread and len(page.panels) > 1
    return whole and not any(panel.direction.flashback for panel in page.panels)


def _near(panel: PanelDraft) -> bool:
    return _texts(panel) <= TEXTS and panel.direction.shot in NEAR and not panel.direction.in_frame


def _able(panel: PanelDraft, frame: PanelFrame) -> bool:
    if not _near(panel) or frame.borderless or len(frame.polygon) != 4:
        return False
    above = "top" not in frame.bleeds or panel.direction.shot is Shot.FULL
    return above and signed_area(frame.polygon) > 0


def _steps_down(panel: PanelDraft, frame: PanelFrame, room: BreakoutRoom) -> bool:
    """Whether a whole figure in a panel that runs off the paper above has room for its feet below."""
    return panel.direction.shot is Shot.FULL and "top" in frame.bleeds and room.bottom >= LEAST_MM


def _hero(panel: PanelDraft) -> FigureDirection | None:
    """Who shouts, else who leaps, else who is alone or in front; nobody who is low or turned away."""
    figures = panel.direction.figures

    def rank(figure: FigureDirection) -> tuple[bool, ...]:
        return (figure.expression is Expression.SHOUT, figure.pose in LEAPS, figure.depth == "foreground")

    best = max(figures, key=rank, default=None)
    if best is None or best.pose in _LOW or best.facing == "back" or len(figures) > 3:
        return None
    return best if len(figures) == 1 or any(rank(best)) else None


def _worth(panel: PanelDraft, hero: FigureDirection, *, enters: bool) -> float:
    return _told(panel, hero, enters=enters) + 1.0 * (panel.importance - 2)


def _told(panel: PanelDraft, hero: FigureDirection, *, enters: bool) -> float:
    """What a panel is worth by what happens in it."""
    great = panel.role in (Role.PAYOFF, Role.SPLASH)
    return (
        1.5 * great
        + 1.0 * (panel.role is Role.HOOK)
        + 2.0 * (hero.pose in LEAPS)
        + 2.0 * (hero.expression is Expression.SHOUT)
        + 1.0 * bool(_RACING & set(panel.direction.effects))
        + 3.0 * enters
        - 1.0 * max(0, _texts(panel) - 1)
    )


def _texts(panel: PanelDraft) -> int:
    return sum(part.kind != "sfx" for part in panel.dialogue.parts)


def _room(i: int, page: StoryPage, paper: Paper, who: str) -> BreakoutRoom:
    """How far beyond each side: gutters, the margin, a little of the panel that is read next."""
    polygons = [page.frame(panel.key).polygon for panel in page.panels]
    limits = _limits(paper)
    sides = zip(("top", "right", "bottom", "left"), pairwise((*polygons[i], polygons[i][0])), strict=True)
    return BreakoutRoom(character=who, **{side: _beyond(a, b, i, polygons, limits) for side, (a, b) in sides})


def _limits(paper: Paper) -> Rect:
    """The page without its edges, and without what the binding swallows. On both sides alike: when a page before is
    added or taken away, left pages become right ones, and none of their pictures is to be drawn again for that."""
    inner, more = paper.trim.inset(EDGE_MM), FOLD_MM - EDGE_MM
    return Rect(x=inner.x + more, y=inner.y, width=inner.width - 2 * more, height=inner.height)


def _beyond(a: Point, b: Point, i: int, polygons: Sequence[Polygon], limits: Rect) -> float:
    """The widest band beside a panel's side that lies on nothing that it must not lie on."""
    others = [polygon for j, polygon in enumerate(polygons) if j not in (i, i + 1)]
    after = polygons[i + 1 : i + 2]
    for room in ROOMS_MM:
        band = _band(a, b, room + CLEAR_MM)
        inner = _band(a, b, max(0.1, room - LEAN_MM))
        free = not any(_shared(other, band) for other in others) and not any(_shared(one, inner) for one in after)
        if free and all(limits.x <= x <= limits.right and limits.y <= y <= limits.bottom for x, y in _band(a, b, room)):
            return room
    return 0.0


def _band(a: Point, b: Point, wide: float) -> Polygon:
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    nx, ny = wide * (b[1] - a[1]) / length, -wide * (b[0] - a[0]) / length
    return (a, (a[0] + nx, a[1] + ny), (b[0] + nx, b[1] + ny), b)


def _shared(polygon: Polygon, band: Polygon) -> bool:
    shared = intersection(polygon, band)
    return len(shared) > 2 and area(shared) > 0.05
