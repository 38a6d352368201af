"""Wishes that a hand could carry out as well: which way type runs, the ink of a sound, where a tail ends, a border, the
order of scenes. A clause in, the edit that says the same out; None where a model has to find out more.
"""

import re
from collections.abc import Sequence

from manga.feedback import BookView, LineView, WishedEdit
from manga.phases import Phase
from offline.wishes.load_wish_patterns import Words
from offline.wishes.phase_and_scope import Wish
from offline.wishes.resolve_mentions import Target

STEP_MM = 5.0
"""How far a border goes where no length is said."""
_MOST_MM = 60.0
_OUTWARDS = {"top": "up", "right": "right", "bottom": "down", "left": "left"}
_OPPOSITE = {"up": "down", "down": "up", "left": "right", "right": "left", "out": "in", "in": "out"}
_TIPS: dict[tuple[str, ...], tuple[float, float]] = {
    ("up",): (0.5, 0.12),
    ("down",): (0.5, 0.88),
    ("left",): (0.1, 0.6),
    ("right",): (0.9, 0.6),
    ("left", "up"): (0.12, 0.15),
    ("right", "up"): (0.88, 0.15),
    ("down", "left"): (0.12, 0.85),
    ("down", "right"): (0.88, 0.85),
}
"""Where in its panel a tail ends that is to point there, in shares of the panel."""


def letters_edit(text: str, target: Target, line: LineView, words: Words) -> WishedEdit | None:
    """Of one balloon or sound."""
    if line.kind == "sfx":
        ink = _last(text, words, "inks")
        return _edit("selection", Phase.LETTERING, line.key, {"ink": ink}) if ink else None
    if words.single["tail"].search(text):
        return _tail(text, target, line, words)
    runs = _last(text, words, "runs")
    return _edit("selection", Phase.LETTERING, line.key, {"runs": runs}) if runs else None


def is_edit(wish: Wish, text: str, words: Words) -> bool:
    """Whether each of several balloons or sounds gets the same edit."""
    if wish.phase is not Phase.LETTERING or words.single["tail"].search(text):
        return False
    return bool(_last(text, words, "inks" if wish.thing == "sound" else "runs"))


def takes_the_tail_off(wish: Wish, text: str, words: Words) -> bool:
    """Not the balloon: only its tail. What has no tail is another kind of text, and which one is to be said."""
    return wish.phase is Phase.LETTERING and "remove" in wish.verbs and bool(words.single["tail"].search(text))


def _tail(text: str, target: Target, line: LineView, words: Words) -> WishedEdit | None:
    """To somebody: he says it. Out of the panel: he who says it is not seen. Else a place in the panel."""
    if len(target.people) == 1 and target.people[0] != line.speaker:
        change: dict[str, object] = {"speaker": target.people[0], "off_panel": False}
        return _edit("selection", Phase.STORYBOARD, line.key, change)
    if words.single["outside"].search(text):
        return _edit("selection", Phase.STORYBOARD, line.key, {"off_panel": True})
    tip = _TIPS.get(tuple(sorted(_ways(text, words))[:2]))
    if tip is None:
        return None
    return _edit("drag_drop", Phase.LETTERING, line.key, {"tail_at": {"x": tip[0], "y": tip[1]}})


def border_edit(text: str, scope: Sequence[str], view: BookView, words: Words) -> WishedEdit | None:
    """One side of one panel, by so many millimetres or a step."""
    panels = [panel.key for panel in view.panels if panel.key in scope]
    sides = [side for side, pattern in words.sides.items() if pattern.search(text)]
    if len(panels) != 1 or len(sides) != 1 or not words.single["border"].search(text):
        return None
    way = _way(words.sides[sides[0]].sub(" ", text), sides[0], words)
    if way is None:
        return None
    by = way * min(_MOST_MM, _millimetres(text, words) or STEP_MM)
    return _edit("drag_drop", Phase.STORYBOARD, panels[0], {"border": {"side": sides[0], "by_mm": by}})


def _way(text: str, side: str, words: Words) -> int | None:
    """1: out of the panel, -1: into it."""
    ways = _ways(text, words)
    outwards = {_OUTWARDS[side], "out"}
    if ways & outwards:
        return 1
    return -1 if ways & {_OPPOSITE[way] for way in outwards} else None


def _ways(text: str, words: Words) -> set[str]:
    return {way for way, pattern in words.ways.items() if pattern.search(text)}


def _millimetres(text: str, words: Words) -> float | None:
    found = words.single["millimetres"].search(text)
    if found is None:
        return None
    return float(found["n"]) * (10 if found["unit"].lower().startswith(("c", "セ")) else 1)


def order_edit(wish: Wish, text: str, target: Target, view: BookView, words: Words) -> WishedEdit | None:
    """One scene before or after another one; neighbours that change places."""
    keys = [scene.key for scene in view.scenes]
    if wish.phase is not Phase.PLOT or "order" not in wish.verbs or target.any_scene:
        return None
    if len(target.scenes) != 2:
        return None
    first, second = target.scenes
    if words.single["swaps"].search(text):
        low, high = sorted((keys.index(first), keys.index(second)))
        return _before(keys[high], keys[low]) if high == low + 1 else None
    if words.single["goes_after"].search(text):
        return _before(first, (*keys, "")[keys.index(second) + 1])
    return _before(first, second) if words.single["goes_before"].search(text) else None


def _before(key: str, other: str) -> WishedEdit | None:
    if key == other:
        return None
    return _edit("drag_drop", Phase.PLOT, key, {"position": {"before": other}})


def _last(text: str, words: Words, table: str) -> str | None:
    """The one that is said last: not in columns but in rows."""
    patterns: dict[str, re.Pattern[str]] = dict(getattr(words, table))
    found = [(match.start(), name) for name, pattern in patterns.items() for match in pattern.finditer(text)]
    return max(found)[1] if found else None


def _edit(change_type: str, phase: Phase, key: str, data: dict[str, object]) -> WishedEdit:
    return WishedEdit.of({"change_type": change_type, "phase": phase, "element_key": key, "change_data": data})
