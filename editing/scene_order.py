"""A scene at another place of the plot: JSON in, JSON out. Acts and pages follow; beats and lines stay."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from editing.work_state import Json


def with_scene_moved(raw: Json, key: str, before: str) -> Json:
    """The plot with a scene before another one (the last when `before` is empty); the very same when one is gone."""
    scenes: list[Json] = list(raw.get("scenes", ()))
    own = next((scene for scene in scenes if scene["key"] == key), None)
    rest = [scene for scene in scenes if scene["key"] != key]
    at = next((i for i, scene in enumerate(rest) if scene["key"] == before), len(rest) if not before else None)
    if own is None or at is None or before == key:
        return raw
    moved = [*rest[:at], own, *rest[at:]]
    acts = _acts(raw.get("acts", ()), key, before)
    return {**raw, "scenes": moved, "acts": acts, "pages": list(_pages(raw.get("pages", ()), moved))}


def _acts(acts: Sequence[Json], key: str, before: str) -> list[Json]:
    """The scene belongs to the act that it stands in now; an act that has lost its last scene is gone."""
    found = []
    for number, act in enumerate(acts, start=1):
        scenes = [scene for scene in act["scenes"] if scene != key]
        if before in scenes:
            scenes.insert(scenes.index(before), key)
        elif not before and number == len(acts):
            scenes.append(key)
        found.append({**act, "scenes": scenes})
    return [act for act in found if act["scenes"]]


def _pages(pages: Sequence[Json], scenes: Sequence[Json]) -> Iterator[Json]:
    """Beats in their new order. A page ends where one did, and where a scene begins that began a page."""
    page_of = {beat: page for page in pages for beat in page["beats"]}
    order = [beat["key"] for scene in scenes for beat in scene["beats"] if beat["key"] in page_of]
    last = {page["beats"][-1] for page in pages}
    first = {page["beats"][0] for page in pages}
    groups: list[list[str]] = [order[:1]] if order else []
    for one, two in pairwise(order):
        together = page_of[one] is page_of[two] or not (one in last or two in first)
        if together:
            groups[-1].append(two)
        else:
            groups.append([two])
    for number, beats in enumerate(groups, start=1):
        page: dict[str, Any] = {**page_of[beats[-1]], "number": number, "beats": beats}
        yield page if beats[-1] in last else {**page, "hook": ""}
