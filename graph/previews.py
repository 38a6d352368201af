"""A preview a phase: what a person needs to judge a result, with the elements that can be pointed at.

Results as JSON in, JSON out: `{phase, summary, elements: [{id, kind, label, edits}]}`. One processor a phase.
"""

from collections.abc import Callable, Iterator, Mapping

from graph.state import Json
from manga.phases import Phase

Processor = Callable[[Json], Json]


def preview_of(phase: Phase, result: Json) -> Json:
    """The structured preview of a phase's result."""
    return {"phase": phase.value, **_PROCESSORS[phase](result)}


def _element(key: str, kind: str, label: object, *edits: str) -> Json:
    return {"id": key, "kind": kind, "label": str(label)[:120], "edits": list(edits)}


def _concept(result: Json) -> Json:
    shown = ("title", "logline", "theme", "genres", "mood", "art_style", "direction", "language")
    return {
        "summary": {name: result.get(name) for name in shown} | {"world": result.get("world")},
        "elements": [_element("concept", "concept", result.get("title", ""), "text_edit", "selection")],
    }


def _characters(result: Json) -> Json:
    cast = result.get("characters", ())
    return {
        "summary": {"characters": len(cast), "names": [person["name"] for person in cast]},
        "elements": [_element(p["key"], "character", p["name"], "text_edit", "style_adjust") for p in cast],
        "sheets": [{name: p[name] for name in ("key", "name", "role", "description", "costume")} for p in cast],
    }


def _plot(result: Json) -> Json:
    scenes = result.get("scenes", ())
    beats = sum(len(scene["beats"]) for scene in scenes)
    return {
        "summary": {"scenes": len(scenes), "beats": beats, "pages": len(result.get("pages", ()))},
        "elements": [_element(s["key"], "scene", s["heading"] or s["place"], "text_edit", "drag_drop") for s in scenes],
        "scenes": [
            {name: s[name] for name in ("key", "place", "time_of_day", "what_happens", "emotion")} for s in scenes
        ],
    }


def _storyboard(result: Json) -> Json:
    pages = result.get("pages", ())
    return {
        "summary": {"pages": len(pages), "panels": sum(len(page["panels"]) for page in pages)},
        "elements": [
            _element(panel["key"], "panel", panel["direction"]["seen"], "text_edit", "selection", "drag_drop")
            for page in pages
            for panel in page["panels"]
        ],
        "pages": [
            {"key": page["key"], "number": page["number"], "side": page["side"], "layout": page["layout"]}
            for page in pages
        ],
    }


def _artwork(result: Json) -> Json:
    by_status: dict[str, int] = {}
    for art in result.values():
        by_status[art["status"]] = by_status.get(art["status"], 0) + 1
    return {
        "summary": {"panels": len(result), **by_status},
        "elements": [
            _element(key, "picture", art["status"], "selection", "style_adjust") for key, art in result.items()
        ],
        "pictures": {key: art["blob"] for key, art in result.items()},
    }


def _lettered(result: Json) -> Iterator[tuple[Mapping[str, object], str]]:
    for page in result.get("pages", ()):
        for balloon in page["balloons"]:
            yield balloon, balloon["text"]["source"]
        for sfx in page["sfx"]:
            yield sfx, sfx["text"]


def _lettering(result: Json) -> Json:
    texts = list(_lettered(result))
    return {
        "summary": {"pages": len(result.get("pages", ())), "texts": len(texts)},
        "elements": [_element(str(node["key"]), "text", text, "text_edit", "drag_drop") for node, text in texts],
    }


def _finishing(result: Json) -> Json:
    report = result.get("report", {})
    return {
        "summary": {
            "title": result.get("title"),
            "pages": len(result.get("pages", ())),
            "degraded": result.get("degraded"),
        },
        "elements": [_element(f"page{p['number']}", "page", p["number"]) for p in result.get("pages", ())],
        "gates": report.get("gates", []),
        "images": [page["image"] for page in result.get("pages", ())],
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
