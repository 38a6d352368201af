"""A review as a page for a browser: spreads as they will lie open, each element with its address, the red pen.

Everything that comes from a story or a mind is escaped; nothing is loaded from elsewhere.
"""

import asyncio
import base64
from collections.abc import Iterator, Mapping
from html import escape
from string import Template

from agents.finishing import facts_of
from drawing.lettering.fonts import standard_folders
from drawing.pages.files import page_files
from drawing.pages.scene import body_page
from graph.blobs import blobs_of
from graph.results import artwork_of, result_of, settings_of
from graph.state import State
from manga.artwork import PanelArt
from manga.book import PageGraph
from manga.concept import Concept
from manga.geometry import Polygon, Rect, bounds
from manga.lettering import Lettering, PageLettering
from manga.paper import PAPERS, Direction, Side
from manga.phases import Phase
from manga.storyboard import Storyboard, StoryPage
from providers.base import Offload
from storage.base import BlobStore
from works.base import Json
from works.reviews import Review

WIDTH_PX = 800

_PAGE = Template("""<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><title>$title</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #222 }
.spread { display: flex; gap: 2px; margin: 1.5rem 0; justify-content: center; direction: $direction }
figure { margin: 0; flex: 0 1 36rem; direction: ltr }
figure img, figure svg { width: 100%; border: 1px solid #999; background: #fff; display: block }
figcaption { font-size: 12px; color: #666 }
svg polygon { fill: #fafafa; stroke: #222; stroke-width: .8 }
svg text { font-size: 4px; fill: #222 } svg .at { font-weight: bold; fill: #b00 } svg .seen { fill: #777 }
table { border-collapse: collapse } td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top }
.pen { color: #b00 } code { background: #f2f2f2; padding: 0 .3em }
</style></head><body>
<h1>$title</h1><p>$phase, version <code>$version</code></p>
$marks
$bible
$spreads
</body></html>
""")


async def review_page(review: Review, blobs: BlobStore, offload: Offload) -> str:
    """The whole page; pictures lie in it."""
    state: State = review.values  # type: ignore[assignment]
    concept = result_of(state, Phase.CONCEPT, Concept)
    pictures = await _pictures(review, state, blobs, offload)
    return _PAGE.substitute(
        language=escape(concept.language.value),
        title=escape(concept.title),
        phase=escape(review.phase.value),
        version=escape(review.version_id),
        direction=concept.direction.value,
        marks=_marks(review.preview.get("red_pen", ())),
        bible=_bible(review.preview.get("bible", ())),
        spreads="\n".join(_spreads(state, pictures, concept.direction)),
    )


def _marks(remarks: list[Json]) -> str:
    if not remarks:
        return ""
    rows = "".join(
        f"<tr><td>p{remark['page']:02}</td><td><code>{escape(remark['element'])}</code></td>"
        f"<td class=pen>{escape(remark['rule'].replace('_', ' '))}</td><td>{escape(remark['reason'])}</td>"
        f"<td>{escape((remark['fix'] or {}).get('label', ''))}</td></tr>"
        for remark in remarks
    )
    return f"<h2 class=pen>Red pen</h2><table>{rows}</table>"


def _bible(entries: list[Json]) -> str:
    """Scene by scene how people look and what befalls them."""
    rows = "".join(
        f"<tr><td>{escape(entry['scene'])} {escape(entry['place'])}</td><td>{escape(entry['name'])}</td>"
        f"<td>{escape(entry['costume'])}</td><td>{escape(entry['begins'])}</td>"
        f"<td>{'<br>'.join(f'<code>{escape(beat)}</code> {escape(words)}' for beat, words in entry['changes'])}"
        "</td></tr>"
        for entry in entries
    )
    return f"<details><summary>Continuity</summary><table>{rows}</table></details>" if rows else ""


def _spreads(state: State, pictures: Mapping[int, bytes], direction: Direction) -> Iterator[str]:
    """Two pages that face each other stand together."""
    if "storyboard" not in state:
        return
    first = Side.RIGHT if direction is Direction.RTL else Side.LEFT
    spread: list[str] = []
    for page in result_of(state, Phase.STORYBOARD, Storyboard).pages:
        if spread and page.side is first:
            yield f"<div class=spread>{''.join(spread)}</div>"
            spread = []
        spread.append(_figure(page, pictures.get(page.number), PAPERS[settings_of(state).paper].trim))
    yield f"<div class=spread>{''.join(spread)}</div>"


def _figure(page: StoryPage, picture: bytes | None, trim: Rect) -> str:
    if picture is not None:
        data = base64.b64encode(picture).decode()
        shown = f'<img alt="page {page.number}" src="data:image/png;base64,{data}">'
    else:
        panels = "".join(_panel(page, n) for n in range(len(page.panels)))
        shown = f'<svg viewBox="0 0 {trim.width:g} {trim.height:g}">{panels}</svg>'
    names = " ".join(f"p{page.number:02}.k{n}={escape(panel.key)}" for n, panel in enumerate(page.panels, 1))
    return f"<figure>{shown}<figcaption>p{page.number:02} ({escape(page.key)}) {names}</figcaption></figure>"


def _panel(page: StoryPage, index: int) -> str:
    panel = page.panels[index]
    polygon = page.frame(panel.key).polygon
    box = bounds(polygon)
    direction = panel.direction
    rows = [
        ("at", f"p{page.number:02}.k{index + 1} {direction.shot.value} {direction.angle.value}"),
        ("seen", direction.seen or direction.setting),
        *(("line", f"b{n} {part.text}") for n, part in enumerate(panel.dialogue.parts, 1)),
    ]
    room = max(6, int(box.width / 2.4))
    lines = [(kind, text[at : at + room]) for kind, text in rows for at in range(0, min(len(text), room * 3), room)]
    texts = "".join(
        f'<text class="{kind}" x="{box.x + 2:.1f}" y="{box.y + 5 + 4.6 * n:.1f}">{escape(text)}</text>'
        for n, (kind, text) in enumerate(lines)
        if 5 + 4.6 * n < box.height
    )
    return f'<polygon points="{_points(polygon)}"/>{texts}'


def _points(polygon: Polygon) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in polygon)


async def _pictures(review: Review, state: State, blobs: BlobStore, offload: Offload) -> dict[int, bytes]:
    """Pages as they stand, from the artwork on: with letters where there are any yet."""
    if review.phase.number < Phase.ARTWORK.number:
        return {}
    kept = blobs_of(blobs, review.work.tenant, str(review.work.id))
    art = artwork_of(state)

    async def drawn(graph: PageGraph) -> bytes:
        names = sorted({panel.picture for panel in graph.panels if panel.picture})
        found = dict(zip(names, await asyncio.gather(*map(kept.get, names)), strict=True))
        return (await offload.run(page_files, graph, found, standard_folders(), WIDTH_PX)).png

    graphs = list(_graphs(state, art))
    return dict(zip((g.number for g in graphs), await asyncio.gather(*map(drawn, graphs)), strict=True))


def _graphs(state: State, art: Mapping[str, PanelArt]) -> Iterator[PageGraph]:
    facts = facts_of(result_of(state, Phase.CONCEPT, Concept), settings_of(state))
    done = result_of(state, Phase.LETTERING, Lettering).pages if state.get("lettering") else ()
    letters = {page.page: page for page in done}
    for page in result_of(state, Phase.STORYBOARD, Storyboard).pages:
        yield body_page(page, art, letters.get(page.key, PageLettering(page=page.key)), facts, page.number)
