"""How the stub answers wishes with what is otherwise: the offline writer carries them out, the difference is told."""

from collections.abc import Iterable, Iterator
from typing import Any

from manga.brief import Settings
from manga.errors import WishRefused
from manga.feedback import BookView
from manga.proposed_changes import (
    ChangedDirection,
    ChangedFigure,
    ChangedPanel,
    ChangedPanels,
    ChangedPicture,
    ChangedPictures,
)
from manga.storyboard import DialogueLayout, LinePart, PageDraft, PanelDraft, SceneDirection, StoryboardDraft
from offline.wishes.revising.artwork import picture_changes
from offline.wishes.revising.lettering import letter_changes
from offline.wishes.revising.storyboard import revised_draft
from tests.gemini.plots import cast_of
from tests.gemini.wire import Json
from tests.gemini.wishes import refusal, wishes_in


def panel_of(told: Json) -> PanelDraft:
    """A panel of the block, as far as wishes about pictures read it."""
    return PanelDraft.of(
        {
            "key": told["key"],
            "beats": [told["key"].partition("+")[0]],
            "scene": "s01",
            "role": told["role"],
            "importance": told["importance"],
            "direction": told["direction"],
        }
    )


def pictures(inputs: Json) -> Json:
    """An answer of type `ChangedPictures`."""
    panels = {told["key"]: panel_of(told) for told in inputs["panels"]}
    people = cast_of([{**one, "looks": ""} for one in inputs["cast"]])
    try:
        changes = picture_changes(tuple(panels.values()), wishes_in(inputs), people).changes
    except WishRefused as error:
        return refusal(error)
    patches = (
        ChangedPicture(
            panel=one.panel,
            direction=change_between(panels[one.panel].direction, one.direction)
            if one.direction
            else ChangedDirection(),
            again=one.again,
        )
        for one in changes
    )
    return ChangedPictures(changes=tuple(patches)).model_dump(mode="json", exclude_defaults=True)


def change_between(old: SceneDirection, new: SceneDirection) -> ChangedDirection:
    """What makes the new direction of the old one."""
    names = ChangedDirection.model_fields.keys() - {"figures"}
    said = {name: getattr(new, name) for name in names if getattr(new, name) != getattr(old, name)}
    before = {figure.character: figure for figure in old.figures}
    figures = [
        ChangedFigure(
            character=figure.character,
            **{
                name: getattr(figure, name)
                for name in ChangedFigure.model_fields.keys() - {"character", "gone"}
                if figure.character not in before or getattr(figure, name) != getattr(before[figure.character], name)
            },
        )
        for figure in new.figures
        if figure != before.get(figure.character)
    ]
    there = {figure.character for figure in new.figures}
    gone = (ChangedFigure(character=key, gone=True) for key in before if key not in there)
    return ChangedDirection(**said, figures=(*figures, *gone))


def parts_in(told: Json) -> dict[str, DialogueLayout]:
    """The parts of each panel, with the places that the question leaves out."""
    return {key: DialogueLayout(parts=tuple(map(part_of, parts))) for key, parts in told.items()}


def part_of(told: Json) -> LinePart:
    line = told["key"].partition(".")[0]
    return LinePart.of({"line": line, "span": {"start": 0, "end": 0}, **told})


def letters(inputs: Json) -> Json:
    """An answer of type `LetteringChanges`."""
    people = cast_of([{**one, "looks": ""} for one in inputs["cast"]])
    try:
        found: Any = letter_changes(parts_in(inputs["parts"]), wishes_in(inputs), people)
    except WishRefused as error:
        return refusal(error)
    return dict(found.model_dump(mode="json", exclude_defaults=True))


def book_of(told: Any, asked_at: str) -> BookView:
    """The book of the block; one as agents have it serves too."""
    if "phase" in told:
        return BookView.of(told)
    pages, panels, lines = [], [], list(_planned(told.get("lines", ())))
    for number, (key, own) in enumerate(told["pages"].items(), start=1):
        pages.append({"key": key, "number": number, "panels": [panel["key"] for panel in own]})
        for place, panel in enumerate(own, start=1):
            address = f"p{number:02}.k{place}"
            panels.append(
                {
                    "key": panel["key"],
                    "address": address,
                    "page": number,
                    "scene": panel.get("scene", ""),
                    "people": panel.get("people", ()),
                }
            )
            lines += _placed(panel, address)
    return BookView.of(
        {
            "phase": asked_at,
            "language": told["language"],
            "title": told["title"],
            "people": [{"key": p["key"], "name": p["name"], "aliases": p["called"]} for p in told["people"]],
            "scenes": [{"key": key, "place": place} for key, place in told["scenes"].items()],
            "pages": pages,
            "panels": panels,
            "lines": lines,
        }
    )


def _planned(lines: Iterable[Json]) -> Iterator[Json]:
    return ({**line, "address": "", "panel": "", "line": line["key"]} for line in lines)


def _placed(panel: Json, address: str) -> Iterator[Json]:
    counts = {"b": 0, "s": 0}
    for line in panel.get("lines", ()):
        letter = "s" if line["kind"] == "sfx" else "b"
        counts[letter] += 1
        where = {"address": f"{address}.{letter}{counts[letter]}", "panel": panel["key"]}
        yield {**line, **where, "line": line["key"].partition(".")[0]}


def panels(inputs: Json) -> Json:
    """An answer of type `ChangedPanels`."""
    pages = tuple(_page(key, number, told) for number, (key, told) in enumerate(inputs["pages"].items(), start=1))
    people = cast_of([{**one, "looks": ""} for one in inputs["cast"]])
    try:
        made = revised_draft(StoryboardDraft(pages=pages), wishes_in(inputs), people, Settings())
    except WishRefused as error:
        return refusal(error)
    new = {page.key: page for page in made.pages}
    same = [page for page in pages if page.key in new and _keys(new[page.key]) == _keys(page)]
    changes = [
        ChangedPanel(
            panel=old.key,
            importance=now.importance if now.importance != old.importance else None,
            role=now.role if now.role != old.role else None,
            direction=change_between(old.direction, now.direction),
        )
        for page in same
        for old, now in zip(page.panels, new[page.key].panels, strict=True)
        if old != now
    ]
    anew = tuple(page.key for page in pages if page not in same)
    return ChangedPanels(changes=tuple(changes), anew=anew).model_dump(mode="json", exclude_defaults=True)


def _page(key: str, number: int, told: list[Json]) -> PageDraft:
    unseen = {"direction": {"shot": "medium", "setting": ""}}
    return PageDraft(
        key=key, number=number, panels=tuple(_with_words(panel_of({**unseen, **one}), one) for one in told)
    )


def _with_words(panel: PanelDraft, told: Json) -> PanelDraft:
    parts = []
    for text in told.get("texts", ()):
        (key, who), words = text.partition(": ")[0].split(" "), text.partition(": ")[2]
        parts.append(part_of({"key": key, "kind": who if who == "narration" else "speech", "text": words}))
    dialogue = DialogueLayout(parts=tuple(parts))
    return panel.model_copy(update={"dialogue": dialogue, "scene": told.get("scene", panel.scene)})


def _keys(page: PageDraft) -> list[object]:
    return [(panel.key, panel.dialogue) for panel in page.panels]


ANSWERS: dict[str, Any] = {"redrawing": pictures, "lettering": letters, "storyboard_revision": panels}
