"""Storyboards and lettered pages as small SVG pictures: from a run's raw answers, or as the baseline keeps them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

from evals.eval_runs import jobs_of, read_plan
from evals.raw_answers import Store
from evals.run_jobs import StoryJob
from evals.scorer_input import Sample, sample_of
from manga.book import PageGraph
from manga.paper import PAPERS
from manga.storyboard import StoryPage
from manga.values import Value

MOST_WORDS: Final = 24
FILE: Final = "storyboards.json"


class Frame(Value):
    """A panel: its corners in whole millimetres, `role shot importance`, where people stand (shares), what is said."""

    corners: tuple[tuple[int, int], ...]
    says: str
    people: tuple[float, ...] = ()
    words: tuple[str, ...] = ()


class Sketch(Value):
    """A page of the storyboard."""

    number: int
    size: tuple[int, int]
    frames: tuple[Frame, ...]


def samples(run: Path, *, rescored: bool = True) -> Iterator[tuple[str, Sample]]:
    """The told stories of a run, of the first repeat. Raises RunWrong."""
    store = Store(run)
    for job in jobs_of(read_plan(run)):
        if isinstance(job, StoryJob) and job.repeat == 0:
            yield job.id, sample_of(job.subject, store.of(job.id, 0))


def sketches(sample: Sample) -> tuple[Sketch, ...]:
    """Empty before there is a storyboard."""
    if sample.storyboard is None:
        return ()
    trim = PAPERS[sample.settings.paper].trim
    size = (round(trim.width), round(trim.height))
    return tuple(Sketch(number=p.number, size=size, frames=tuple(_frames(p))) for p in sample.storyboard.pages)


def _frames(page: StoryPage) -> Iterator[Frame]:
    for panel in page.panels:
        polygon = page.frame(panel.key).polygon
        yield Frame(
            corners=tuple((round(x), round(y)) for x, y in polygon),
            says=f"{panel.role.value} · {panel.direction.shot.value} · {panel.importance}",
            people=tuple(round(figure.x, 1) for figure in panel.direction.figures),
            words=tuple(_cut(part.text) for part in panel.dialogue.parts),
        )


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_WORDS else plain[: MOST_WORDS - 1] + "…"


def keep_storyboards(run: Path, folder: Path) -> None:
    """The baseline's storyboards, small enough to be committed."""
    kept = {case: [sketch.to_json() for sketch in sketches(sample)] for case, sample in samples(run)}
    lines = (f"{json.dumps(case)}: {_line(pages)}" for case, pages in sorted(kept.items()) if pages)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _line(pages: Sequence[object]) -> str:
    return json.dumps(pages, ensure_ascii=False, separators=(",", ":"))


def kept_storyboards(folder: Path) -> Mapping[str, tuple[Sketch, ...]]:
    """Empty where there are none."""
    file = folder / FILE
    told = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {case: tuple(Sketch.of(one) for one in pages) for case, pages in told.items()}


def sketch_svg(sketch: Sketch) -> str:
    """One page of a storyboard."""
    width, height = sketch.size
    inner = "".join(_frame_svg(frame) for frame in sketch.frames)
    return _svg(width, height, inner, f"page {sketch.number}")


def _frame_svg(frame: Frame) -> str:
    xs, ys = [x for x, _ in frame.corners], [y for _, y in frame.corners]
    left, top, wide = min(xs), min(ys), max(xs) - min(xs)
    points = " ".join(f"{x},{y}" for x, y in frame.corners)
    heads = "".join(
        f'<circle cx="{left + share * wide:.0f}" cy="{max(ys) - 9}" r="5" class="who"/>' for share in frame.people
    )
    lines = "".join(
        f'<text x="{left + 3}" y="{top + 11 + 5 * row}" class="said">{escape(words)}</text>'
        for row, words in enumerate(frame.words[:6])
    )
    note = f'<text x="{left + 3}" y="{top + 6}" class="note">{escape(frame.says)}</text>'
    return f'<polygon points="{points}" class="panel"/>{heads}{note}{lines}'


def page_svg(graph: PageGraph) -> str:
    """A lettered page: frames, heads, balloons with their real outlines, every glyph where it stands."""
    trim = graph.trim
    frames = "".join(f'<polygon points="{_points(panel.polygon)}" class="panel"/>' for panel in graph.panels)
    heads = "".join(
        f'<ellipse cx="{box.centre[0]:.1f}" cy="{box.centre[1]:.1f}" rx="{box.width / 2:.1f}" ry="{box.height / 2:.1f}"'
        ' class="who"/>'
        for panel in graph.panels
        for figure in panel.figures
        if (box := figure.head) is not None
    )
    balloons = "".join(f'<path d="{escape(balloon.outline)}" class="balloon"/>' for balloon in graph.balloons)
    glyphs = "".join(
        f'<text x="{glyph.box.centre[0]:.1f}" y="{glyph.box.y + glyph.box.height * 0.85:.1f}"'
        f' font-size="{glyph.size_mm:.1f}" class="glyph">{escape(glyph.text)}</text>'
        for balloon in graph.balloons
        for glyph in balloon.text.glyphs
    )
    return _svg(round(trim.width), round(trim.height), frames + heads + balloons + glyphs, f"page {graph.number}")


def _points(polygon: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in polygon)


def _svg(width: int, height: int, inner: str, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">'
        f'<rect width="{width}" height="{height}" class="paper"/>{inner}</svg>'
    )
