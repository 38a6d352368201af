"""Which panels differ between two versions, with a picture of each before and after: what an answer to a wish shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from agents.result_cache import name_of, remembered
from drawing.raster.cut_out_panel import cut_out
from editing.phase_results import artwork_of, ground_of, result_json, result_of
from editing.previews.images import render_preview
from editing.work_blobs import WorkBlobs, blobs_of
from graph.state import State
from manga.geometry import Rect, bounds
from manga.phases import Phase
from manga.storyboard import Storyboard
from manga.values import Value
from providers.base import Offload
from storage.base import Version
from works.base import Json
from works.composition import House
from works.versions.compare_versions import Comparison

MOST_PANELS: Final = 12
"""With pictures; `panels_changed` counts all."""
_LEVEL: Final = 1
_STEP_MM: Final = 0.5


class _Kept(Value):
    """A cut-out on the shelf."""

    blob: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Panel:
    """A panel as one version has it. `drawn` is what its picture and letters are made of."""

    page: int
    address: str
    box: Rect
    drawn: object


async def changed_panels(house: House, found: Comparison, *, tenant: str) -> Json:
    """`{panels: [{panel, kind, before, after}], panels_changed}`; `before` and `after` are `{page, address, image}`,
    null where the panel is not there, `image` null where its page has no picture."""
    old, new = (dict(_panels(state)) for state in found.states)
    keys = [key for key in (*new, *(key for key in old if key not in new)) if _differs(old.get(key), new.get(key))]
    shelf = blobs_of(house.runner.blobs, tenant, str(found.old.work_id))
    sides = (
        _Side(old, found.states[0], found.old, shelf, house.offload),
        _Side(new, found.states[1], found.new, shelf, house.offload),
    )
    shown = sorted(keys, key=lambda key: _weight(old.get(key), new.get(key)))[:MOST_PANELS]
    pages = [await side.pages(shown) for side in sides]
    told = [
        {
            "panel": key,
            "kind": "added" if key not in old else "removed" if key not in new else "changed",
            "before": await sides[0].shown(key, pages[0]),
            "after": await sides[1].shown(key, pages[1]),
        }
        for key in sorted(shown, key=keys.index)
    ]
    return {"panels": told, "panels_changed": len(keys)}


def _panels(state: State) -> Iterator[tuple[str, _Panel]]:
    """In reading order, by key."""
    if not state.get(Phase.STORYBOARD.value):
        return
    pictures = {key: art.blob for key, art in artwork_of(state).items()} if state.get(Phase.ARTWORK.value) else {}
    letters = _letters(state)
    for page in result_of(state, Phase.STORYBOARD, Storyboard).pages:
        for place, panel in enumerate(page.panels, 1):
            parts = [part.key for part in panel.dialogue.parts]
            drawn = (pictures.get(panel.key), [letters.get(key, panel.dialogue.to_json()) for key in parts])
            box = bounds(page.frame(panel.key).polygon)
            yield panel.key, _Panel(page.number, f"p{page.number:02}.k{place}", box, drawn)


def _letters(state: State) -> Mapping[str, Json]:
    """Balloons and sounds by key."""
    pages: list[Any] = (result_json(state, Phase.LETTERING) if state.get(Phase.LETTERING.value) else {}).get(
        "pages", []
    )
    return {letters["key"]: letters for page in pages for letters in (*page["balloons"], *page["sfx"])}


def _differs(old: _Panel | None, new: _Panel | None) -> bool:
    return old is None or new is None or old.drawn != new.drawn or _moved(old.box, new.box)


def _moved(one: Rect, other: Rect) -> bool:
    pairs = ((getattr(one, side), getattr(other, side)) for side in ("x", "y", "width", "height"))
    return any(abs(a - b) >= _STEP_MM for a, b in pairs)


def _weight(old: _Panel | None, new: _Panel | None) -> int:
    """Panels that show something else come before those that only moved."""
    return 0 if old is None or new is None or old.drawn != new.drawn else 1


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two versions."""

    panels: Mapping[str, _Panel]
    state: State
    version: Version
    shelf: WorkBlobs
    offload: Offload

    async def pages(self, keys: list[str]) -> Mapping[int, str]:
        """Pictures of the pages: the book's own where the version is a finished one, else the phase's preview."""
        if not any(key in self.panels for key in keys):
            return {}
        if Phase(self.version.phase) is Phase.FINISHING:
            return {page["number"]: page["image"] for page in cast("Json", self.state)["finishing"]["pages"]}
        images = await render_preview(self.state, Phase(self.version.phase), _LEVEL, self.shelf, self.offload)
        return {image.page: image.blob for image in images if image.page is not None}

    async def shown(self, key: str, pages: Mapping[int, str]) -> Json | None:
        panel = self.panels.get(key)
        if panel is None:
            return None
        told: Json = {"page": panel.page, "address": panel.address, "image": None}
        return told if (name := pages.get(panel.page)) is None else told | {"image": await self._cut(name, panel.box)}

    async def _cut(self, page: str, box: Rect) -> Json:
        trim = ground_of(self.state).paper.trim
        share = (
            (box.x - trim.x) / trim.width,
            (box.y - trim.y) / trim.height,
            (box.x + box.width - trim.x) / trim.width,
            (box.y + box.height - trim.y) / trim.height,
        )

        async def make() -> _Kept:
            made = await self.offload.run(cut_out, await self.shelf.get(page), share)
            blob = await self.shelf.keep(made.data, content_type="image/jpeg")
            return _Kept(blob=blob, width=made.width, height=made.height)

        return (await remembered(self.shelf, name_of("cut_outs", {"page": page, "box": share}), _Kept, make)).to_json()
