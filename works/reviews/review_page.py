"""A review as a page for a browser: its pictures, pages as spreads as they will lie open, addresses, the red pen.

Everything that comes from a story or a model is escaped; nothing is loaded from elsewhere.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from string import Template
from typing import TypeAlias

from editing.phase_results import result_of
from editing.previews.images import render_preview
from editing.wish_outcomes import outcome_lines
from editing.work_blobs import blobs_of
from graph.state import State
from manga.concept import Concept
from manga.paper import Direction, Side
from manga.phases import Phase
from manga.storyboard import Storyboard, StoryPage
from providers.base import Offload
from storage.base import Work
from storage.objects import BlobStore
from works.base import Json, Story

LEVEL = 4
"""The page is looked at on the machine that made it, not over a thin line."""
Shown: TypeAlias = Mapping[int | None, str]
"""Pictures as data URLs by page number; None for a sheet that is no page."""
_PAGE = Template("""<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><title>$title</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #222 }
.spread { display: flex; gap: 2px; margin: 1.5rem 0; justify-content: center; direction: $direction }
figure { margin: 0; flex: 0 1 36rem; direction: ltr }
figure img { width: 100%; border: 1px solid #999; background: #fff; display: block }
.sheet { max-width: 60rem; margin: 1.5rem auto }
figcaption { font-size: 12px; color: #666 }
table { border-collapse: collapse } td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top }
.things { display: flex; flex-wrap: wrap; gap: 1rem } .thing { flex: 0 0 9rem } .thing svg { border: 1px solid #ccc }
.thing path { stroke: #111; stroke-width: 1.4; stroke-linejoin: round } .white { fill: #fff } .light { fill: #ddd }
.mid { fill: #bbb } .dark { fill: #888 } .black { fill: #111 } .line { fill: none }
.pen { color: #b00 } code { background: #f2f2f2; padding: 0 .3em }
</style></head><body>
<h1>$title</h1><p>$phase, version <code>$version</code></p>
$outcomes
$missing
$marks
$losses
$things
$bible
$spreads
</body></html>
""")


@dataclass(frozen=True, slots=True)
class Review:
    """`preview` is the phase's preview, `values` the graph's channels. With a `question` the sentence that was sent is
    asked back; with a `plan` it waits for a yes. `refused` are wishes that were not carried out:
    `{phase, instruction, reason}`, `outcomes` what became of each wish (`editing.wish_outcomes`); `missing_sheets` are
    character sheets that could not be drawn:
    `{character, name, reason}`. `bill` is what pictures will cost (`calls.money`)."""

    work: Work
    phase: Phase
    version_id: str
    preview: Json
    values: Json
    question: str = ""
    plan: Json | None = None
    refused: tuple[Json, ...] = ()
    outcomes: tuple[Json, ...] = ()
    missing_sheets: tuple[Json, ...] = ()
    bill: Json | None = None

    @property
    def confirming(self) -> bool:
        """Whether a plan is looked at, not a phase."""
        return bool(self.question or self.plan)


async def read_review(story: Story, blobs: BlobStore, work: Work) -> Review | None:
    """None when the work waits for nobody."""
    pending = work.pending_review
    if pending is None:
        return None
    values = await story.values(work.id)
    phase = Phase(pending["phase"])
    name = (values.get("previews") or {}).get(phase.value)
    preview = json.loads(await blobs_of(blobs, work.tenant, str(work.id)).get(name)) if name else {}
    question, plan = str(pending.get("question") or ""), pending.get("plan")
    refused, missing = (tuple(pending.get(name) or ()) for name in ("refused", "missing_sheets"))
    outcomes = tuple(pending.get("outcomes") or pending.get("answered") or ())
    version, cost = pending["version_id"], pending.get("bill")
    return Review(work, phase, version, preview, values, question, plan, refused, outcomes, missing, cost)


async def review_page(review: Review, blobs: BlobStore, offload: Offload) -> str:
    """The whole page; pictures lie in it."""
    state: State = review.values  # type: ignore[assignment]
    concept = result_of(state, Phase.CONCEPT, Concept)
    kept = blobs_of(blobs, review.work.tenant, str(review.work.id))
    images = await render_preview(state, review.phase, LEVEL, kept, offload)
    sources = [_source(await kept.get(image.blob)) for image in images]
    shown = {image.page: source for image, source in zip(images, sources, strict=True)}
    return _PAGE.substitute(
        language=escape(concept.language.value),
        title=escape(concept.title),
        phase=escape(review.phase.value),
        version=escape(review.version_id),
        direction=concept.direction.value,
        outcomes=_outcomes(outcome_lines(review.outcomes, review.refused)),
        missing=_missing(review.missing_sheets),
        marks=_marks(review.preview.get("red_pen", ())),
        losses=_losses(review.preview.get("losses", ())),
        things=_things(review.preview.get("things", ())),
        bible=_bible(review.preview.get("bible", ())),
        spreads="\n".join((*_sheet(review.phase, shown), *_spreads(state, shown, concept.direction))),
    )


def _source(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def _sheet(phase: Phase, shown: Shown) -> Iterator[str]:
    """A picture that is no page."""
    if None in shown:
        yield _framed(shown[None], phase.value, "", "sheet")


def _outcomes(lines: Sequence[str]) -> str:
    """What became of the wishes."""
    rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>Your wishes</h2><ul>{rows}</ul>" if rows else ""


def _missing(sheets: Sequence[Json]) -> str:
    """Who has no character sheet, and why."""
    rows = "".join(
        f"<tr><td><code>{escape(one['character'])}</code></td><td>{escape(one['name'])}</td>"
        f"<td>{escape(one['reason'])}</td></tr>"
        for one in sheets
    )
    return f"<h2 class=pen>No character sheet</h2><table>{rows}</table>" if rows else ""


def _losses(losses: Sequence[Json]) -> str:
    """What was said and is not in the result as it was said."""
    rows = "".join(
        f"<tr><td>{escape(one['address'])}</td><td><code>{escape(one['element'])}</code></td>"
        f"<td>{escape(one['kind'].replace('_', ' '))}</td><td>{escape(one['told'])}</td></tr>"
        for one in losses
    )
    return f"<h2>Not as it was said</h2><table>{rows}</table>" if rows else ""


def _things(things: Sequence[Json]) -> str:
    """What is drawn in a shape of this work's own."""
    figures = "".join(
        f"<figure class=thing><svg viewBox='-4 -4 108 108' role=img aria-label='{escape(one['word'])}'>"
        + "".join(f"<path class={escape(mark['surface'])} d='{escape(mark['path'])}'/>" for mark in one["outlines"])
        + f"</svg><figcaption>{escape(one['key'])} {escape(one['word'])}, {one['cm']:g} cm</figcaption></figure>"
        for one in things
    )
    return f"<h2>Drawn for this work</h2><div class=things>{figures}</div>" if figures else ""


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


def _spreads(state: State, shown: Shown, direction: Direction) -> Iterator[str]:
    """Two pages that face each other stand together; the title page faces page 1."""
    pages = result_of(state, Phase.STORYBOARD, Storyboard).pages if "storyboard" in state else ()
    figures = [(page.side, _figure(page, shown[page.number])) for page in pages if page.number in shown]
    if figures and 0 in shown:
        figures.insert(0, (figures[0][0].other, _framed(shown[0], "title page", "p00")))
    first = Side.RIGHT if direction is Direction.RTL else Side.LEFT
    spread = ""
    for side, figure in figures:
        if spread and side is first:
            yield f"<div class=spread>{spread}</div>"
            spread = ""
        spread += figure
    if spread:
        yield f"<div class=spread>{spread}</div>"


def _figure(page: StoryPage, source: str) -> str:
    """The page's words stand in the picture's other text, so that they can be read aloud and searched for."""
    words = " / ".join(part.text for panel in page.panels for part in panel.dialogue.parts)
    names = " ".join(f"p{page.number:02}.k{n}={panel.key}" for n, panel in enumerate(page.panels, 1))
    return _framed(source, f"page {page.number}: {words}", f"p{page.number:02} ({page.key}) {names}")


def _framed(source: str, words: str, caption: str, kind: str = "page") -> str:
    picture = f'<img alt="{escape(words)}" src="{source}">'
    return f"<figure class={kind}>{picture}<figcaption>{escape(caption)}</figcaption></figure>"
