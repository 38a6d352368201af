"""Compares two versions field by field: two states in, their differences out.

Results are compared as people see them, with edits laid over. Elements are matched by their lasting keys: a page put in
at the front moves nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from editing.phase_results import result_json
from editing.state_as_json import Json, WorkState
from editing.version_changes import Change, Matched, Subject
from manga.phases import Phase

_PANEL = ("role", "importance")
_DIRECTION = (
    "shot", "angle", "place", "setting", "background", "props", "time_of_day", "weather", "ground", "emotion",
    "effects",
    "lighting", "flashback",
)  # fmt: skip
_FIGURE = ("depth", "facing", "expression", "pose", "holds", "shape")
_PART = ("text", "kind", "speaker", "off_panel", "place")
_SIZE_MM = 1.0
"""Frames and balloons that differ less are alike for the eye."""
_RESIZED = 0.04
"""Letters whose size differs by less, as a share, are alike."""
_STEP = 0.08
"""Figures that stand nearer, as a share of the panel's width, have not moved."""
_SHEET = (
    "name", "aliases", "role", "age_text", "personality", "speech", "look", "description", "costume", "other",
)  # fmt: skip
_SCENE = (
    "heading", "place", "setting", "time_of_day", "weather", "ground", "present", "what_happens", "emotion",
    "importance", "flashback", "room",
)  # fmt: skip
_THING = ("word", "kind", "cm", "grip", "view", "grip_x", "grip_y", "marks")
_LINE = ("text", "kind", "speaker")


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
        if before.boxes.get(panel) != after.boxes.get(panel):
            continue
        (size, _), (now, unit) = _size(one), _size(other)
        if abs(size - now) > _RESIZED * size:
            yield told.change("changed", f"{size:.0f} {unit}", f"{now:.0f} {unit}", "size")
        if (step := _step(one["polygon"], other["polygon"])) >= _SIZE_MM:
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


def _size(letter: Mapping[str, Any]) -> tuple[float, str]:
    """Of a balloon's letters, in Q (0.25 mm); of a sound the longer side of all of it."""
    text = letter["text"]
    if isinstance(text, dict) and text.get("size_q"):
        return float(text["size_q"]), "Q"
    return float(max(_box(letter["polygon"])[2:])), "mm"


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


@dataclass(frozen=True, slots=True)
class Difference:
    """`pages` are the numbers of the finished pages whose picture is another one (0: the title page), `only_old` and
    `only_new` those that one of the two does not have. `locked` and `unlocked` are element keys."""

    changes: tuple[Change, ...] = ()
    pages: tuple[int, ...] = ()
    only_old: tuple[int, ...] = ()
    only_new: tuple[int, ...] = ()
    locked: tuple[str, ...] = ()
    unlocked: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.changes, self.pages, self.only_old, self.only_new, self.locked, self.unlocked))

    def of(self, phase: Phase) -> tuple[Change, ...]:
        """The changes of one phase's result."""
        return tuple(change for change in self.changes if change.phase is phase)

    def to_json(self) -> Json:
        """Plain JSON, changes with their words."""
        names = ("pages", "only_old", "only_new", "locked", "unlocked")
        return {"changes": [change.to_json() for change in self.changes], **{n: list(getattr(self, n)) for n in names}}


def difference(old: WorkState, new: WorkState) -> Difference:
    """From the one to the other. A phase that only one of the two has come to is one change."""
    before, after = _book(old), _book(new)
    locks, unlocks = set(old.get("locks") or {}), set(new.get("locks") or {})
    return Difference(
        tuple(_named(change, old, new) for phase in Phase for change in changes_of(phase, old, new)),
        tuple(number for number, image in after.items() if before.get(number, image) != image),
        tuple(number for number in before if number not in after),
        tuple(number for number in after if number not in before),
        tuple(sorted(unlocks - locks)),
        tuple(sorted(locks - unlocks)),
    )


def _book(state: WorkState) -> Mapping[int, str]:
    """Page number -> name of its picture."""
    return {page["number"]: page["image"] for page in (state.get("finishing") or {}).get("pages", ())}


def changes_of(phase: Phase, old: WorkState, new: WorkState) -> Iterator[Change]:
    before, after = (result_json(state, phase) for state in (old, new))
    if before == after:
        return
    if not before or not after:
        yield Subject(phase, phase.value, phase.value).change("added" if after else "removed")
        return
    match phase:
        case Phase.CONCEPT:
            yield from Subject(phase, "concept", "concept").fields(before, after)
        case Phase.CHARACTERS:
            yield from _cast(before, after)
        case Phase.PLOT:
            yield from _plot(before, after)
        case Phase.STORYBOARD:
            yield from storyboard_changes(before, after)
        case Phase.ARTWORK:
            yield from _pictures(before, after)
        case Phase.LETTERING:
            boards = (result_json(state, Phase.STORYBOARD) for state in (old, new))
            yield from letter_changes(before, after, *boards)
        case Phase.FINISHING:
            names = ("title", "author", "direction", "degraded")
            yield from Subject(phase, "finishing", "book").fields(before, after, names)


def _cast(old: Json, new: Json) -> Iterator[Change]:
    people = Matched.of(old["characters"], new["characters"])
    subject = partial(Subject, Phase.CHARACTERS)
    for key in people.gone:
        yield subject(key, people.old[key]["name"]).change("removed", people.old[key]["description"])
    for key in people.come:
        yield subject(key, people.new[key]["name"]).change("added", after=people.new[key]["description"])
    for key in people.both:
        before, after = (_seen(cast[key]) for cast in (people.old, people.new))
        yield from subject(key, people.new[key]["name"]).fields(before, after, _SHEET)


def _seen(person: Json) -> Json:
    """The sheet without what nobody sees by itself."""
    other = person.get("other")
    shapes = {"other": {**other, "reference_images": []}} if other else {}
    return {**person, "look": {**person["look"], "seed": 0}, **shapes}


def _plot(old: Json, new: Json) -> Iterator[Change]:
    scenes = Matched.of(old["scenes"], new["scenes"])
    subject = partial(Subject, Phase.PLOT)
    for key in scenes.gone:
        yield subject(key, _scene(scenes.old[key])).change("removed", scenes.old[key]["what_happens"])
    for key in scenes.come:
        yield subject(key, _scene(scenes.new[key])).change("added", after=scenes.new[key]["what_happens"])
    places = [list(found) for found in (scenes.old, scenes.new)]
    for key in scenes.both:
        told = subject(key, _scene(scenes.new[key]))
        if key in scenes.moved:
            before, after = (found.index(key) + 1 for found in places)
            yield told.change("moved", f"scene {before}", f"scene {after}")
        yield from told.fields(scenes.old[key], scenes.new[key], _SCENE)
    yield from _moments(old, new)
    yield from _lines(old, new)
    yield from _things(old, new)
    if len(old["pages"]) != len(new["pages"]):
        yield subject("plot", "book").change("changed", len(old["pages"]), len(new["pages"]), "pages")


def _things(old: Json, new: Json) -> Iterator[Change]:
    """Shapes that came, went, or are drawn otherwise."""
    things = Matched.of(*(plot.get("things", ()) for plot in (old, new)))
    subject = partial(Subject, Phase.PLOT)
    for key in things.gone:
        yield subject(key, things.old[key]["word"]).change("removed", things.old[key]["word"])
    for key in things.come:
        yield subject(key, things.new[key]["word"]).change("added", after=things.new[key]["word"])
    for key in things.both:
        yield from subject(key, things.new[key]["word"]).fields(things.old[key], things.new[key], _THING)


def _scene(scene: Json) -> str:
    return f"{scene['key']} {scene['heading'] or scene['place']}".strip()


def _moments(old: Json, new: Json) -> Iterator[Change]:
    """Those of both plots that only one of them shows: brought back, or left out."""
    before, after = ({key for page in plot["pages"] for key in page["beats"]} for plot in (old, new))
    known = {beat["key"] for scene in old["scenes"] for beat in scene["beats"]}
    for scene in new["scenes"]:
        for key in (beat["key"] for beat in scene["beats"] if beat["key"] in known):
            if (key in before) != (key in after):
                moment = Subject(Phase.PLOT, key, f"{scene['key']} {key}")
                yield moment.change("changed", key in before, key in after, "shown")


def _lines(old: Json, new: Json) -> Iterator[Change]:
    """What is said, and by whom; lines of narration too."""
    lines = Matched.of(*([line for s in p["scenes"] for b in s["beats"] for line in b["lines"]] for p in (old, new)))
    homes = {line["key"]: s["key"] for p in (old, new) for s in p["scenes"] for b in s["beats"] for line in b["lines"]}
    for key in lines.gone:
        yield Subject(Phase.PLOT, key, f"{homes[key]} {key}").change("removed", lines.old[key]["text"])
    for key in lines.come:
        yield Subject(Phase.PLOT, key, f"{homes[key]} {key}").change("added", after=lines.new[key]["text"])
    for key in lines.both:
        yield from Subject(Phase.PLOT, key, f"{homes[key]} {key}").fields(lines.old[key], lines.new[key], _LINE)


def _pictures(old: Json, new: Json) -> Iterator[Change]:
    """Only of panels that both have: the others came or went with their panels."""
    for key, art in new.items():
        if key in old and old[key]["blob"] != art["blob"]:
            yield Subject(Phase.ARTWORK, key, key).change("changed", old[key]["blob"], art["blob"], "picture")


def _named(change: Change, old: WorkState, new: WorkState) -> Change:
    """The same change in the words of the book: addresses of pictures, names of speakers."""
    if change.phase is Phase.ARTWORK:
        where = _addresses(new).get(change.element, change.element)
        return replace(change, where=where)
    names = {p["key"]: p["name"] for s in (old, new) for p in (s.get("characters") or {}).get("characters", ())}
    of_figure = change.field.split(".")[1:-1]  # figures.c01.pose
    if change.phase is Phase.STORYBOARD and of_figure:
        return replace(change, where=f"{change.where} {names.get(of_figure[0], of_figure[0])}")
    if change.field.rpartition(".")[2] not in ("speaker", "present"):
        return change
    return replace(change, before=_name(change.before, names), after=_name(change.after, names))


def _name(value: object, names: Mapping[str, str]) -> object:
    return [_name(v, names) for v in value] if isinstance(value, list) else names.get(str(value), value)


def _addresses(state: WorkState) -> Mapping[str, str]:
    pages = result_json(state, Phase.STORYBOARD).get("pages", ())
    return {p["key"]: f"p{page['number']:02}.k{k}" for page in pages for k, p in enumerate(page["panels"], start=1)}
