"""Edits of pictures and of places of letters: state in, values by panel and by part out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from drawing.lettering.moved_letters import Placing
from drawing.lettering.split_text import first_half
from editing.edit_values import At, Picture
from editing.state_as_json import Json
from manga.artwork import Made, PanelArt
from manga.edits import Edit
from manga.element_addresses import kind_of_key

AUTHOR = "author"
"""Who draws, where a picture is the author's own."""
LETTERS = frozenset({"at", "tail_at", "scale", "turn_deg", "runs", "face", "ink"})


def whole_key(key: str) -> str:
    """The key of the text that a balloon belongs to: its own, or that of the half before it."""
    return (first_half(key) or key) if kind_of_key(key) == "balloon" else key


def own_pictures(edits: Iterable[Edit], panels: Iterable[str]) -> Json:
    """Panel key -> the author's picture as `PanelArt`. A later edit may give the panel back to the artist (None)."""
    there = frozenset(panels)
    found: dict[str, Any] = {}
    for edit in edits:
        if "picture" in edit.changes and edit.element_key in there:
            found[edit.element_key] = edit.changes["picture"]
    return {key: _art(key, Picture.of(value)).to_json() for key, value in found.items() if value is not None}


def _art(panel: str, picture: Picture) -> PanelArt:
    return PanelArt(
        panel=panel,
        blob=picture.blob,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        ink=picture.ink,
        made=Made(model=AUTHOR),
        digest=f"{AUTHOR}:{picture.blob}",
    )


def takes(edits: Iterable[Edit]) -> Mapping[str, int]:
    """Panel key -> which of its pictures is wanted; 0 is the first."""
    found = ((edit.element_key, edit.changes.get("take")) for edit in edits)
    return {key: take for key, take in found if isinstance(take, int) and kind_of_key(key) == "panel"}


def placings(edits: Iterable[Edit]) -> Mapping[str, Placing]:
    """Part key -> where and how large a person wants its letters."""
    found: dict[str, dict[str, Any]] = {}
    for edit in edits:
        for name, value in _of_letters(edit):
            own = found.setdefault(edit.element_key, {})
            if name == "at":
                at = At.of(value)
                own |= {"x": at.x, "y": at.y}
            elif name == "tail_at":
                at = At.of(value)
                own["tip"] = (at.x, at.y)
            else:
                own[name] = value
    return {key: Placing(**values) for key, values in found.items()}


def _of_letters(edit: Edit) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in edit.changes.items() if name in LETTERS)


def last_word(edits: Iterable[Edit], wishes: int) -> frozenset[str]:
    """Parts whose words were edited after the last instruction about letters was given: they stay as they are."""
    if not wishes:
        return frozenset()
    late = [edit for edit in edits if edit.wishes >= wishes]
    rows = (row for edit in late for row in _rows(edit))
    own = (edit.element_key for edit in late if {"text", "kind", "place", "off_panel"} & edit.changes.keys())
    return frozenset((*own, *(row["key"] for row in rows)))


def last_place(edits: Iterable[Edit], wishes: int) -> frozenset[str]:
    """Parts that a person placed after the last instruction about letters: no instruction moves them now."""
    late = (edit for edit in edits if wishes and edit.wishes >= wishes)
    return frozenset(edit.element_key for edit in late if LETTERS & edit.changes.keys())


def _rows(edit: Edit) -> list[Any]:
    rows = edit.changes.get("lines")
    return rows if isinstance(rows, list) else []
