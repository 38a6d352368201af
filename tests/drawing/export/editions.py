"""A small edition whose pages are made by hand: a title page's worth of words, pictures drawn from plain calls."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from drawing.export.book_edition import Edition, Leaf
from drawing.ink.canvas import Canvas
from drawing.ink.paths import rect
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.colophon import Imprint, colophon
from drawing.pages.scene_graph import BookFacts
from manga.book import PageGraph
from manga.paper import PAPERS, Direction, PaperName
from tests.drawing.pages.made import page

HOSTILE = "</title><script>alert(1)</script>&\"'()\\ ]]>\x00\u202e"
WORK = "0b8f6ac2-8c1e-5f0b-9a37-3f0a4f9f2c11"


@cache
def picture() -> bytes:
    """Art with black, white over tone, and two tones."""
    canvas = Canvas(95, 70)
    canvas.tone(rect(0, 0, 95, 70), 0.2)
    canvas.graded_tone(rect(0, 0, 95, 30), ((0, 0), 0.6), ((0, 30), 0.0))
    canvas.fill(rect(20, 20, 30, 40), 255)
    canvas.fill(rect(25, 25, 10, 30), 0)
    canvas.stroke(rect(20, 20, 30, 40), 0.5)
    return json.dumps(canvas.finish().to_json()).encode()


def leaf(graph: PageGraph, options: Mapping[str, int] | None = None) -> Leaf:
    pictures = {panel.picture: picture() for panel in graph.panels}
    return Leaf(graph, pictures, standard_folders(), options=options or {})


def edition(title: str = "星の鍵", author: str | None = "山田", pages: int = 2, rtl: bool = True) -> Edition:
    """Pages of a story and the colophon behind them."""
    direction = Direction.RTL if rtl else Direction.LTR
    facts = BookFacts(title, author, "ja", direction, PAPERS[PaperName.B5])
    story = [page(n).model_copy(update={"direction": direction, "title": title}) for n in range(1, pages + 1)]
    story[0] = story[0].model_copy(update={"kind": "title"})
    imprint = Imprint(hands=("rig/1",), placeholders=("p01.k2",))
    end = colophon(facts, imprint, pages + 1, story[-1].side.other, faces(standard_folders()))
    return Edition(facts, (*story, end), WORK, datetime(2026, 11, 26, 8, 30, tzinfo=UTC))


def leaves(found: Edition, options: Mapping[str, int] | None = None) -> list[Leaf]:
    return [replace(leaf(graph), options=options or {}) for graph in found.pages]
