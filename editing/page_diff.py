"""What differs in the pages of two storyboards, and in their letters. Results as JSON in, changes out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from editing.differences import Change, Matched, Subject
from editing.work_state import Json
from manga.phases import Phase

_PANEL = ("role", "importance")
_DIRECTION = (
    "shot", "angle", "place", "setting", "background", "props", "time_of_day", "weather", "ground", "emotion",
    "effects", "lighting", "flashback",
)  # fmt: skip
_FIGURE = ("depth", "facing", "expression", "pose", "holds")
_PART = ("text", "kind", "speaker", "off_panel", "place")
_SIZE_MM = 1.0
"""Frames and balloons that differ less are alike for the eye."""
_STEP = 0.08
"""Figures that stand nearer, as a share of the panel's width, have not moved."""


@dataclass(frozen=True)
class _Board:
    """One storyboard with its panels found by key."""

    pages: tuple[Json, ...]

    @cached_property
    def panels(self) -> dict[str, Json]:
        return {panel["key"]: panel for page in self.pages for panel in page["panels"]}

    @cached_property
    def home(self) -> dict[str, int]:
        """Panel key -> index of its page."""
        return {panel["key"]: at for at, page in enumerate(self.pages) for panel in page["panels"]}

    @cached_property
    def address(self) -> dict[str, str]:
        return {
            panel["key"]: f"p{page['number']:02}.k{place}"
            for page in self.pages
            for place, panel in enumerate(page["panels"], start=1)
        }

    @cached_property
    def boxes(self) -> dict[str, tuple[float, float, float, float]]:
        """Panel key -> left, top, width, height of its frame, in millimetres."""
        return {frame["key"]: _box(frame["polygon"]) for page in self.pages for frame in page["layout"]["frames"]}

    @cached_property
    def parts(self) -> dict[str, tuple[str, Json]]:
        """Part key -> the panel it is in, and the part."""
        return {part["key"]: (key, part) for key, panel in self.panels.items() for part in panel["dialogue"]["parts"]}


def storyboard_changes(old: Json, new: Json) -> Iterator[Change]:
    """Panels that came, went, moved; what they show, how large they are; what is said in them."""
    before, after = _Board(tuple(old["pages"])), _Board(tuple(new["pages"]))
    panels = Matched.of(before.panels.values(), after.panels.values())
    subject = partial(Subject, Phase.STORYBOARD)
    if len(before.pages) != len(after.pages):
        yield subject("storyboard", "book").change("changed", len(before.pages), len(after.pages), "pages")
    for key in panels.gone:
        yield subject(key, f"{before.address[key]} ({key})").change("removed", panels.old[key]["direction"]["seen"])
    for key in panels.come:
        yield subject(key, f"{after.address[key]} ({key})").change("added", after=panels.new[key]["direction"]["seen"])
    elsewhere = _changed_page(before, after, panels.both) | panels.moved
    for key in panels.both:
        told = subject(key, after.address[key])
        if key in elsewhere:
            yield told.change("moved", before.address[key], after.address[key])
        yield from told.fields(panels.old[key], panels.new[key], _PANEL)
        yield from _frames(told, before.boxes[key], after.boxes[key], placed=key not in elsewhere)
        yield from told.fields(panels.old[key]["direction"], panels.new[key]["direction"], _DIRECTION)
        yield from _figures(told, panels.old[key]["direction"]["figures"], panels.new[key]["direction"]["figures"])
    yield from _parts(before, after)


def _changed_page(before: _Board, after: _Board, both: list[str]) -> frozenset[str]:
    """Panels that left their page. A page is found again as the one where most of its panels are now."""
    votes: dict[int, Counter[int]] = {}
    for key in both:
        votes.setdefault(before.home[key], Counter())[after.home[key]] += 1
    same = {page: counted.most_common(1)[0][0] for page, counted in votes.items()}
    return frozenset(key for key in both if same[before.home[key]] != after.home[key])


def _frames(
    told: Subject, old: tuple[float, float, float, float], new: tuple[float, float, float, float], *, placed: bool
) -> Iterator[Change]:
    if max(abs(old[i] - new[i]) for i in (2, 3)) >= _SIZE_MM:
        yield told.change("changed", f"{old[2]:.0f}×{old[3]:.0f} mm", f"{new[2]:.0f}×{new[3]:.0f} mm", "size")
    elif placed and max(abs(old[i] - new[i]) for i in (0, 1)) >= _SIZE_MM:
        before, after = (f"{box[0]:.0f},{box[1]:.0f} mm" for box in (old, new))
        yield told.change("changed", before, after, "frame_at")


def _figures(told: Subject, old: list[Json], new: list[Json]) -> Iterator[Change]:
    there, here = ({figure["character"]: figure for figure in figures} for figures in (old, new))
    if there.keys() != here.keys():
        yield told.change("changed", list(there), list(here), "figures.present")
    for who in (character for character in here if character in there):
        one, other = there[who], here[who]
        for change in told.fields(one, other, _FIGURE):
            yield told.change("changed", change.before, change.after, f"figures.{who}.{change.field}")
        if abs(one["x"] - other["x"]) >= _STEP:
            before, after = (f"{figure['x']:.0%}" for figure in (one, other))
            yield told.change("changed", before, after, f"figures.{who}.from_left")


def _parts(before: _Board, after: _Board) -> Iterator[Change]:
    for key, (panel, part) in before.parts.items():
        if key not in after.parts:
            yield Subject(Phase.STORYBOARD, key, f"{before.address[panel]} line").change("removed", part["text"])
    for key, (panel, part) in after.parts.items():
        told = Subject(Phase.STORYBOARD, key, f"{after.address[panel]} line")
        if key not in before.parts:
            yield told.change("added", after=part["text"])
            continue
        home, old = before.parts[key]
        if home != panel:
            yield told.change("moved", before.address.get(home, home), after.address[panel])
        yield from told.fields(old, part, _PART)


def letter_changes(old: Json, new: Json, old_board: Json, new_board: Json) -> Iterator[Change]:
    """Words and places of balloons and sounds, as far as the storyboard does not tell of them already."""
    before, after = _Board(tuple(old_board.get("pages", ()))), _Board(tuple(new_board.get("pages", ())))
    letters = Matched.of(_letters(old), _letters(new))
    for key in letters.both:
        one, other = letters.old[key], letters.new[key]
        panel = other["panel"]
        told = Subject(Phase.LETTERING, key, f"{after.address.get(panel, panel)} {_sort(other)}")
        if _words(one) != _words(other) and _told(before, key) == _told(after, key):
            yield told.change("changed", _words(one), _words(other), "text")
        if "kind" in other and one.get("kind") != other["kind"] and _told(before, key) == _told(after, key):
            yield told.change("changed", one.get("kind"), other["kind"], "kind")
        step = _step(one["polygon"], other["polygon"])
        if step >= _SIZE_MM and before.boxes.get(panel) == after.boxes.get(panel):
            yield told.change("moved", None, f"{step:.0f} mm")
    for key in letters.gone if before.parts.keys() == after.parts.keys() else ():
        yield Subject(Phase.LETTERING, key, _sort(letters.old[key])).change("removed", _words(letters.old[key]))
    for key in letters.come if before.parts.keys() == after.parts.keys() else ():
        yield Subject(Phase.LETTERING, key, _sort(letters.new[key])).change("added", after=_words(letters.new[key]))


def _letters(lettering: Json) -> list[Json]:
    return [letter for page in lettering["pages"] for letter in (*page["balloons"], *page["sfx"])]


def _words(letter: Mapping[str, Any]) -> str:
    text = letter["text"]
    return str(text["source"] if isinstance(text, dict) else text)


def _sort(letter: Json) -> str:
    return "balloon" if "line" in letter else "sound"


def _told(board: _Board, key: str) -> object:
    part = board.parts.get(key)
    return part and (part[1]["text"], part[1]["kind"])


def _step(old: Any, new: Any) -> float:
    """How far the middle of a shape went, in millimetres."""
    (x, y, w, h), (u, v, s, t) = _box(old), _box(new)
    return float(max(abs(x + w / 2 - u - s / 2), abs(y + h / 2 - v - t / 2)))


def _box(polygon: Any) -> tuple[float, float, float, float]:
    xs, ys = zip(*polygon, strict=True)
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
