"""Groups moments into panels: for each page the cheapest way.

In: moments of every page. Out: groups (panels) of neighbouring moments. Costs say what an editor would mark: too many
balloons, two events in one picture, a line torn apart, no picture without words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from offline.directing.added_panels import KEY_EVENT
from offline.directing.deeds_to_show import HANDS_ON, QUIET, WEIGHTY, strong_doers
from offline.directing.page_moments import Moment, balloons_of

MOST_PANELS = 8
MOST_PARTS = 6
MOST_SILENT = 5
MOST_MOMENTS = 7
TORN = 9.0
"""Two people's strong deeds in one picture; a place and a thing."""
SWALLOWED = 2.5
"""A key event that has no picture of its own."""


UNSEEN = 3.0
"""A beat of middling weight that nothing in its panel tells."""
HIDDEN_DEED = 1.4
"""How much more that is where somebody does something that wants a picture."""
UNSHOWN = 5.0
"""Each moment that shares the picture of a thing."""
WEIGHTY_BEAT = 3
FIRM = 2.5
"""How much more than usual a firm wish counts."""
GOING, LYING = frozenset(["run", "walk", "jump", "climb"]), frozenset(["lie", "sleep", "fall"])
MOST_BEATS = 3
FROM_AFAR = 4.0
"""A hand on somebody in the first view of a place, which is too far off to show it."""
CROWDED = 1.5
"""Each further beat that is told in the same picture."""


@dataclass(frozen=True, slots=True)
class PageWish:
    """How many panels, and how many of them without words, the rhythm of the book asks for here."""

    panels: int
    silent: int
    most: int = MOST_PANELS
    great: bool = False
    """Whether the page has one of the story's greatest moments."""
    spread: bool = False
    """Whether two texts in one panel are to be avoided."""
    firm: bool = False
    """Whether the book needs it so, and the page gives way."""
    exact: bool = False
    """Whether there must be just so many panels, if it can be done at all."""


def break_down(page: Sequence[Moment], wish: PageWish, balloon_letters: int) -> list[Sequence[Moment]]:
    """The groups of one page."""
    most = max(1, min(wish.most, len(page)))
    table = _table(page, most, balloon_letters, 1.2 if wish.spread else 0.0)
    ways = [
        (cost + _rhythm(panels, silent, wish, most), panels, silent)
        for (panels, silent), (cost, _, _) in table[-1].items()
    ]
    if not ways:
        return _even(page, most)
    ways = [way for way in ways if way[1] == wish.panels or not wish.exact] or ways
    _, panels, silent = min(ways)
    return _traced(page, table, panels, silent)


def _rhythm(panels: int, silent: int, wish: PageWish, most: int) -> float:
    away = abs(panels - min(wish.panels, most))
    return (FIRM if wish.firm else 1.0) * float(0.8 * away**1.5 + 2.0 * abs(silent - wish.silent) ** 1.5)


Ways = dict[tuple[int, int], tuple[float, int, int]]
"""By panels and silent panels: the cost, the silent panels before the last one, the moments of the last one."""


def _table(page: Sequence[Moment], most: int, balloon_letters: int, spread: float) -> list[Ways]:
    """The cheapest ways to tell no moment, the first, the first two, and so on."""
    table: list[Ways] = [{(0, 0): (0.0, 0, 0)}]
    for end in range(1, len(page) + 1):
        ways: Ways = {}
        after = _break_cost(page, end)
        for start in range(max(0, end - MOST_MOMENTS), end):
            cost = group_cost(page[start:end], balloon_letters) + after
            if cost == inf:
                continue
            texts = sum(len(moment.parts) for moment in page[start:end])
            cost += spread * max(0, texts - 1)
            for (panels, quiet), way in sorted(table[start].items()):
                if panels < most:
                    state = (panels + 1, min(MOST_SILENT, quiet + (not texts)))
                    _improve(ways, state, (way[0] + cost, quiet, end - start))
        table.append(ways)
    return table


def _improve(ways: Ways, state: tuple[int, int], way: tuple[float, int, int]) -> None:
    if state not in ways or way[0] < ways[state][0] - 1e-9:
        ways[state] = way


def _traced(page: Sequence[Moment], table: Sequence[Ways], panels: int, silent: int) -> list[Sequence[Moment]]:
    groups: list[Sequence[Moment]] = []
    end = len(page)
    while end:
        _, silent, size = table[end][panels, silent]
        groups.append(page[end - size : end])
        end, panels = end - size, panels - 1
    return groups[::-1]


def _even(page: Sequence[Moment], most: int) -> list[Sequence[Moment]]:
    """A page nothing can be done about: equal shares."""
    size = -(-len(page) // most)
    return [page[i : i + size] for i in range(0, len(page), size)]


def group_cost(group: Sequence[Moment], balloon_letters: int) -> float:
    """What is wrong with these moments in one panel; `inf` when they cannot be in one."""
    if len({moment.scene.key for moment in group}) > 1 or sum(len(m.parts) for m in group) > MOST_PARTS:
        return inf
    return _words_cost(group, balloon_letters) + _sight_cost(group)


def _words_cost(group: Sequence[Moment], balloon_letters: int) -> float:
    balloons = balloons_of(group)
    captions = sum(1 for moment in group if moment.purpose == "told" and moment.parts)
    letters = sum(moment.letters for moment in group)
    cost = (0.0, 0.0, 0.0, 3.5)[balloons] if balloons < 4 else 14.0 * (balloons - 3)
    cost += 3.5 * max(0, captions - 1) + 4.0 * max(0, balloons + captions - 3) + 0.3 * (captions and balloons > 0)
    cost += 0.12 * max(0.0, letters - 1.9 * balloon_letters) * 32 / balloon_letters
    voices = [moment.speaker for moment in group if moment.balloons]
    turns = [voice for i, voice in enumerate(voices) if i == 0 or voices[i - 1] != voice]
    return cost + 5.0 * max(0, len(set(turns)) - 2) + 3.0 * (len(turns) > len(set(turns)))


def _sight_cost(group: Sequence[Moment]) -> float:
    beats = {moment.beat.key for moment in group}
    looks = sum(1 for moment in group if moment.purpose == "told" and not moment.parts)
    cost = 0.3 * (len(beats) - 1) + 0.45 * max(0, looks - 1) + UNSEEN * _unseen(group)
    if len(beats) > 1 and any(moment.beat.importance >= KEY_EVENT for moment in group):
        cost += 1.0
    places = any(moment.purpose == "establish" for moment in group)
    cost += TORN * (places and any(moment.thing for moment in group))
    cost += TORN * (len({who for moment in group for who in strong_doers(moment.deeds)}) > 1)
    cost += TORN * _both_up_and_down(group)
    keyed = _key_deeds(group)
    cost += SWALLOWED * max(0, len(keyed) + (len(beats) > 1 and bool(keyed)) - 1)
    weighty = {moment.beat.key for moment in group if moment.beat.importance >= WEIGHTY_BEAT}
    cost += 0.6 * max(0, len(weighty) - 1) + CROWDED * max(0, len(beats) - MOST_BEATS)
    return cost + sum(_merged_cost(moment, group, place) for place, moment in enumerate(group) if len(group) > 1)


def _both_up_and_down(group: Sequence[Moment]) -> bool:
    """Whether somebody runs in one moment and lies in another."""
    up = {(place, deed.who) for place, m in enumerate(group) for deed in m.deeds if deed.action in GOING}
    down = {(place, deed.who) for place, m in enumerate(group) for deed in m.deeds if deed.action in LYING}
    return any(who == other and at != place for at, who in up for place, other in down)


def _unseen(group: Sequence[Moment]) -> float:
    """Weight of the beats that neither lead the picture nor have words in it."""
    weights = {moment.beat.key: moment.beat.importance for moment in group}
    lead = max(weights, key=lambda key: weights[key])
    worded = {moment.beat.key for moment in group if moment.parts}
    unseen = [key for key in weights if key != lead and key not in worded]
    gone = {m.beat.key for m in group for deed in m.deeds if deed.action in WEIGHTY and m.beat.key in unseen}
    return sum((weights[key] / 3) ** 2 * (HIDDEN_DEED if key in gone else 1.0) for key in unseen)


def _key_deeds(group: Sequence[Moment]) -> set[tuple[str, str]]:
    """Great deeds of key events: each wants its own picture."""
    return {
        (moment.beat.key, deed.who)
        for moment in group
        for deed in moment.deeds
        if (deed.action not in QUIET and moment.beat.importance >= KEY_EVENT)
        or (deed.action in WEIGHTY and moment.closing)
    }


def _merged_cost(moment: Moment, group: Sequence[Moment], place: int) -> float:
    """What is lost when an added look shares its panel."""
    spoken = any(other.purpose == "spoken" for other in group)
    if moment.thing:
        return UNSHOWN * sum(not other.thing for other in group)
    if moment.purpose == "establish":
        of_two = any(deed.whom and deed.action in HANDS_ON for other in group for deed in other.deeds)
        return (1.1 if spoken else 0.0) + (0.5 * max(0, len(group) - 2)) + FROM_AFAR * of_two
    if moment.purpose in ("react", "insert"):
        return 1.2
    if moment.purpose == "afterbeat":
        return 0.8 if len(group) == 2 and not spoken and group[0].parts else 5.0
    if moment.purpose == "told" and not moment.parts and spoken and place == len(group) - 1:
        return 0.35
    return 0.0


def _break_cost(page: Sequence[Moment], end: int) -> float:
    """A gutter after this moment: bad inside a line, good between beats."""
    if end == len(page):
        return 0.0
    before, after = page[end - 1], page[end]
    if before.line is not None and before.line is after.line:
        pieces = sum(1 for moment in page if moment.line is before.line)
        return 0.9 if pieces == 2 and before.purpose == "spoken" else 0.2
    return 0.15 if before.beat.key == after.beat.key else -0.15
