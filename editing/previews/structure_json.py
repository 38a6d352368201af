"""The structure of a phase's result as JSON for its preview, with the elements that can be pointed at.

Results as JSON in, JSON out: `{phase, summary, elements, fields, page, edits}`. An element is `{id, address, kind,
label, edits, bounds}`: its lasting key, where it stands, the changes that it takes, and its box on the page in
millimetres. `fields` says by kind what may be edited within which bounds, `page` is the box that everything stays on,
and `edits` say what has become of the edits so far. The phase node adds `images` (`editing.previews.images`) and what
the editor marks (`marked`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from agents.appearance_timeline import entries
from agents.editor_remarks.mark_storyboard import red_pen
from drawing.art.things.draw_own_shape import outlines_of
from editing.edit_registry import changes_of, described
from editing.list_losses import losses_told
from editing.phase_results import result_of
from editing.state_as_json import Json, WorkState
from manga.characters import Cast
from manga.concept import Concept
from manga.edits import Standing
from manga.element_addresses import AddressBook, ElementKind, address_book
from manga.geometry import Rect, bounds
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard
from manga.thing_shapes import ThingShape

Processor = Callable[[Json], Json]


def preview_of(
    phase: Phase,
    result: Json,
    book: AddressBook | None = None,
    standings: Iterable[Standing] = (),
    page: Rect | None = None,
) -> Json:
    """The structured preview of a phase's result. `book` knows where panels and texts stand."""
    book = book or address_book(None)
    shown = _PROCESSORS[phase](result)
    elements = [_allowed(element, phase, book) for element in shown["elements"]]
    kinds = dict.fromkeys(element["kind"] for element in elements)
    return {
        "phase": phase.value,
        **shown,
        "elements": elements,
        "fields": {kind: described(_EDITED_AS[kind], phase) for kind in kinds if kind in _EDITED_AS},
        "edits": [standing.to_json() for standing in standings],
        "page": page.to_json() if page is not None else None,
    }


def marked(phase: Phase, state: WorkState) -> Json:
    """`{bible: [Entry]}` for the plot, `{bible, red_pen: [Remark]}` for the storyboard; for every phase `losses`, what
    was said and is not in its result as it was said, where there is something."""
    lost = {"losses": found} if (found := losses_told(state, (phase,))) else {}
    if phase not in (Phase.PLOT, Phase.STORYBOARD):
        return lost
    cast, concept = result_of(state, Phase.CHARACTERS, Cast), result_of(state, Phase.CONCEPT, Concept)
    plot = result_of(state, Phase.PLOT, Plot)
    bible: Json = {"bible": [entry.to_json() for entry in entries(plot, cast, concept.language)], **lost}
    if phase is Phase.PLOT:
        return bible
    storyboard = result_of(state, phase, Storyboard)
    return bible | {"red_pen": [remark.to_json() for remark in red_pen(storyboard, cast, concept, plot)]}


_EDITED_AS: Mapping[str, ElementKind] = {
    "concept": "concept",
    "character": "character",
    "scene": "scene",
    "line": "line",
    "thing": "thing",
    "storyboard": "storyboard",
    "page": "page",
    "panel": "panel",
    "picture": "panel",
    "balloon": "balloon",
    "sfx": "sfx",
}
"""Kinds of elements by the kind whose fields they have; others cannot be edited."""


def _allowed(element: Json, phase: Phase, book: AddressBook) -> Json:
    kind = element["kind"]
    changes = changes_of(_EDITED_AS[kind], phase) if kind in _EDITED_AS else []
    return {**element, "address": book.address_of(element["id"]), "edits": changes}


def _element(key: str, kind: str, label: object, polygon: Any = None) -> Json:
    box = bounds(tuple((x, y) for x, y in polygon)).to_json() if polygon else None
    return {"id": key, "kind": kind, "label": str(label)[:120], "bounds": box}


def _concept(result: Json) -> Json:
    shown = ("title", "logline", "theme", "genres", "mood", "art_style", "direction", "language")
    return {
        "summary": {name: result.get(name) for name in shown} | {"world": result.get("world")},
        "elements": [_element("concept", "concept", result.get("title", ""))],
    }


def _characters(result: Json) -> Json:
    cast = result.get("characters", ())
    return {
        "summary": {"characters": len(cast), "names": [person["name"] for person in cast]},
        "elements": [_element(p["key"], "character", p["name"]) for p in cast],
        "sheets": [
            {name: p[name] for name in ("key", "name", "role", "description", "costume")}
            | ({"picture": p["reference_images"][0]} if p.get("reference_images") else {})
            | ({"other": p["other"]} if p.get("other") else {})
            for p in cast
        ],
    }


def _plot(result: Json) -> Json:
    scenes = result.get("scenes", ())
    beats = sum(len(scene["beats"]) for scene in scenes)
    return {
        "summary": {"scenes": len(scenes), "beats": beats, "pages": len(result.get("pages", ()))},
        "elements": [
            *(_element(s["key"], "scene", s["heading"] or s["place"]) for s in scenes),
            *(_element(x["key"], "line", x["text"]) for s in scenes for beat in s["beats"] for x in beat["lines"]),
            *(_element(thing["key"], "thing", thing["word"]) for thing in result.get("things", ())),
        ],
        "scenes": [
            {name: s[name] for name in ("key", "place", "time_of_day", "what_happens", "emotion")} for s in scenes
        ],
        "things": [{**thing, "outlines": outlines_of(ThingShape.of(thing))} for thing in result.get("things", ())],
    }


def _storyboard(result: Json) -> Json:
    pages = result.get("pages", ())
    return {
        "summary": {"pages": len(pages), "panels": sum(len(page["panels"]) for page in pages)},
        "elements": [_element("storyboard", "storyboard", ""), *(e for page in pages for e in _on_page(page))],
        "pages": [
            {"key": page["key"], "number": page["number"], "side": page["side"], "layout": page["layout"]}
            for page in pages
        ],
    }


def _on_page(page: Json) -> Iterator[Json]:
    """A page, its panels, and their texts, which have no place of their own yet."""
    frames = {frame["key"]: frame["polygon"] for frame in page["layout"]["frames"]}
    yield _element(page["key"], "page", page["number"])
    for panel in page["panels"]:
        yield _element(panel["key"], "panel", panel["direction"]["seen"], frames[panel["key"]])
        for part in panel["dialogue"]["parts"]:
            yield _element(part["key"], "sfx" if part["kind"] == "sfx" else "balloon", part["text"])


def _artwork(result: Json) -> Json:
    by_status: dict[str, int] = {}
    for art in result.values():
        by_status[art["status"]] = by_status.get(art["status"], 0) + 1
    return {
        "summary": {"panels": len(result), **by_status},
        "elements": [_element(key, "picture", art["status"]) for key, art in result.items()],
        "pictures": {key: art["blob"] for key, art in result.items()},
    }


def _lettered(result: Json) -> Iterator[Json]:
    for page in result.get("pages", ()):
        for balloon in page["balloons"]:
            yield _element(balloon["key"], "balloon", balloon["text"]["source"], balloon["polygon"])
        for sfx in page["sfx"]:
            yield _element(sfx["key"], "sfx", sfx["text"], sfx["polygon"])


def _lettering(result: Json) -> Json:
    texts = list(_lettered(result))
    return {"summary": {"pages": len(result.get("pages", ())), "texts": len(texts)}, "elements": texts}


def _finishing(result: Json) -> Json:
    report = result.get("report", {})
    return {
        "summary": {
            "title": result.get("title"),
            "pages": len(result.get("pages", ())),
            "degraded": result.get("degraded"),
        },
        "elements": [_element(f"page{p['number']}", "finished_page", p["number"]) for p in result.get("pages", ())],
        "gates": report.get("gates", []),
        "pictures": {str(page["number"]): page["image"] for page in result.get("pages", ())},
    }


_PROCESSORS: Mapping[Phase, Processor] = {
    Phase.CONCEPT: _concept,
    Phase.CHARACTERS: _characters,
    Phase.PLOT: _plot,
    Phase.STORYBOARD: _storyboard,
    Phase.ARTWORK: _artwork,
    Phase.LETTERING: _lettering,
    Phase.FINISHING: _finishing,
}
