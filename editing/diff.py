"""What differs between two versions. Two states in, differences out: sheets, scenes and storyboard field by field, the
pictures and pages that are other ones.

Results are compared as people see them, with edits laid over. Elements are matched by their lasting keys: a page put in
at the front moves nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from editing.differences import Change, Matched, Subject
from editing.page_diff import letter_changes, storyboard_changes
from editing.results import result_json
from editing.work_state import Json, WorkState
from manga.phases import Phase

_SHEET = (
    "name", "aliases", "role", "age_text", "personality", "speech", "look", "description", "costume",
)  # fmt: skip
_SCENE = (
    "heading", "place", "setting", "time_of_day", "weather", "ground", "present", "what_happens", "emotion",
    "importance", "flashback",
)  # fmt: skip
_LINE = ("text", "kind", "speaker")


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
        tuple(_named(change, old, new) for phase in Phase for change in _of_phase(phase, old, new)),
        tuple(number for number, image in after.items() if before.get(number, image) != image),
        tuple(number for number in before if number not in after),
        tuple(number for number in after if number not in before),
        tuple(sorted(unlocks - locks)),
        tuple(sorted(locks - unlocks)),
    )


def _book(state: WorkState) -> Mapping[int, str]:
    """Page number -> name of its picture."""
    return {page["number"]: page["image"] for page in (state.get("finishing") or {}).get("pages", ())}


def _of_phase(phase: Phase, old: WorkState, new: WorkState) -> Iterator[Change]:
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
    return {**person, "look": {**person["look"], "seed": 0}}


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
    yield from _lines(old, new)
    if len(old["pages"]) != len(new["pages"]):
        yield subject("plot", "book").change("changed", len(old["pages"]), len(new["pages"]), "pages")


def _scene(scene: Json) -> str:
    return f"{scene['key']} {scene['heading'] or scene['place']}".strip()


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
