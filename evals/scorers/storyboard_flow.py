"""Scores how the pages read: panels, cameras, places, hooks at the turn, and what an editor's red pen marks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from math import log2
from typing import Final

from agents.editor_remarks.mark_storyboard import red_pen
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit import SHORT_BOOK, audit
from evals.metric_bounds import Example, Metric, Score, share
from evals.scorer_input import Sample
from evals.scorers.storyboard_letters import words_of
from manga.editor_remarks import Rule
from manga.paper import Direction, Side
from manga.storyboard import PanelDraft, Role, Shot, StoryPage

METRICS = (
    Metric(
        "panels_a_page",
        "storyboard",
        "of body pages without first, last and splash",
        "band",
        low=4.5,
        high=5.8,
        tolerance=0.1,
    ),
    Metric("pages_of_2_to_8", "storyboard", "pages with 2 to 8 panels", goal=1.0),
    Metric("ends_are_open", "storyboard", "first and last page with at most 4 panels", goal=1.0, tolerance=0.0),
    Metric(
        "shot_entropy", "storyboard", "how evenly the shots that occur are used; 1 is evenly", goal=0.85, enough=True
    ),
    Metric("shot_types", "storyboard", "shots that occur", goal=6, tolerance=0.0, enough=True),
    Metric("shot_repeats", "storyboard", "panels with the shot of the panel before", "lower", goal=0.35, enough=True),
    Metric("establishing_shots", "storyboard", "scenes whose first panel shows the place", goal=1.0),
    Metric("hooks", "storyboard", "pages that end as strong as they are, or on something open", goal=0.75),
    Metric("turn_hooks", "storyboard", "of pages that are turned, those with a hook", goal=0.75, tolerance=0.05),
    Metric("reading_order", "storyboard", "pages read by geometry in the order that is meant", goal=1.0, tolerance=0.0),
    Metric("panel_overlaps", "storyboard", "panels that overlap", "lower", goal=0.0, tolerance=0.0),
    Metric("importance_area_rho", "storyboard", "what weighs more is larger", goal=0.5, tolerance=0.05, enough=True),
    Metric("red_pen", "storyboard", "marks of the editor a page", "lower", goal=1.0, tolerance=0.1, enough=True),
    *(
        Metric(
            f"red_pen_{rule.value}",
            "storyboard",
            f"marks a page: {rule}",
            "lower",
            tolerance=0.15,
        )
        for rule in Rule
    ),
)
_WIDE: Final = frozenset({Shot.ESTABLISHING, Shot.LONG})
_OPEN: Final = ("？", "?", "！", "!", "…", "―", "—", "-")
_STRONG: Final = frozenset({Role.HOOK, Role.SPLASH, Role.PAYOFF})
_FROM_AUDIT: Final = {
    "panels_per_page": "panels_a_page",
    "reading_order_ok": "reading_order",
    "panel_overlaps": "panel_overlaps",
    "importance_area_rho": "importance_area_rho",
}


def geometry(sample: Sample) -> Iterator[Score | None]:
    """What the book's audit measures of frames."""
    graphs = sample.graphs()
    for gate in audit(graphs, faces(standard_folders())):
        if gate.name in _FROM_AUDIT and not (gate.name == "panels_per_page" and len(graphs) < SHORT_BOOK):
            at = f", pages {', '.join(map(str, gate.pages[:8]))}" if gate.pages else ""
            yield Score(_FROM_AUDIT[gate.name], gate.value, f"gate {gate.gate}{at}", len(graphs))


def pages(sample: Sample) -> Iterator[Score | None]:
    """How many panels and texts."""
    found = sample.pages()
    yield share("pages_of_2_to_8", sum(2 <= len(page.panels) <= 8 for page in found), len(found), "pages")
    if len(found) >= SHORT_BOOK:
        ends = (found[0], found[-1])
        yield share("ends_are_open", sum(len(page.panels) <= 4 for page in ends), 2, "of first and last page")


def camera(sample: Sample) -> Iterator[Score | None]:
    """Distances of the view."""
    panels = sample.storyboard.panels() if sample.storyboard else ()
    counts = Counter(panel.direction.shot for panel in panels)
    shares = [count / len(panels) for count in counts.values()]
    told = ", ".join(f"{shot.value} {count}" for shot, count in counts.most_common())
    if len(panels) >= 8:
        entropy = -sum(part * log2(part) for part in shares) / log2(max(2, len(counts)))
        yield Score("shot_entropy", entropy, told, len(panels))
        yield Score("shot_types", len(counts), told)
    pairs = [(a, b) for a, b in pairwise(panels) if not b.direction.fixed_camera]
    same = sum(a.direction.shot is b.direction.shot for a, b in pairs)
    yield share("shot_repeats", same, len(pairs), "panels repeat the shot before")


def establishing(sample: Sample) -> Iterator[Score | None]:
    """Does every scene begin with its place?"""
    panels = sample.storyboard.panels() if sample.storyboard else ()
    firsts = [next(group) for _, group in groupby(panels, key=lambda panel: panel.scene)]
    begun: dict[str, PanelDraft] = {}
    for panel in firsts:
        begun.setdefault(panel.scene, panel)
    unseen = [panel for panel in begun.values() if not _shows_place(panel)]
    beats = sample.beats()
    examples = (
        Example("the place", f"{p.direction.shot.value}, background {p.direction.background}", _at(p, beats), p.key)
        for p in unseen
    )
    yield share("establishing_shots", len(begun) - len(unseen), len(begun), "scenes begin with their place", examples)


def _at(panel: PanelDraft, beats: object) -> tuple[int, int] | None:
    beat = beats.get(panel.beats[0]) if isinstance(beats, dict) else None
    return (beat.span.start, beat.span.end) if beat is not None else None


def _shows_place(panel: PanelDraft) -> bool:
    return panel.direction.shot in _WIDE and panel.direction.background in {"full", "dark"}


def hooks(sample: Sample) -> Iterator[Score | None]:
    """How pages end; the last one ends the book."""
    if sample.storyboard is None or sample.concept is None:
        return
    turned = Side.LEFT if sample.concept.direction is Direction.RTL else Side.RIGHT
    inner = sample.pages()[:-1]
    caught = {page.number: _catches(page) for page in inner}
    beats = sample.beats()
    weak = (
        Example("a hook", f"page {page.number}: {_end(page)}", _at(page.panels[-1], beats), page.panels[-1].key)
        for page in inner
        if not caught[page.number]
    )
    yield share("hooks", sum(caught.values()), len(inner), "pages end on something", weak)
    leaves = [page for page in inner if page.side is turned or page.spread]
    yield share(
        "turn_hooks", sum(caught[page.number] for page in leaves), len(leaves), "leaves are turned for something"
    )


def _catches(page: StoryPage) -> bool:
    """The last panel weighs as much as the page's mean, is meant as a hook, or ends on a question, a call, a break."""
    last = page.panels[-1]
    mean = sum(panel.importance for panel in page.panels) / len(page.panels)
    said = words_of(last)
    return (
        last.importance >= mean
        or last.role in _STRONG
        or bool(said and said[-1].text.rstrip("」』\"”’' ").endswith(_OPEN))
    )


def _end(page: StoryPage) -> str:
    last = page.panels[-1]
    said = words_of(last)
    return f"{last.role.value}, importance {last.importance}" + (f", {said[-1].text[-30:]}" if said else ", silent")


def marks(sample: Sample) -> Iterator[Score | None]:
    """The red pen's remarks, a page, each kind by itself too."""
    if sample.storyboard is None or sample.concept is None:
        return
    count = len(sample.storyboard.pages)
    places = _places(sample)
    found = red_pen(sample.storyboard, sample.cast, sample.concept, sample.plot)
    examples = tuple(
        Example(r.rule.value, f"page {r.page}: {r.reason}", places.get(r.element), r.element) for r in found[:8]
    )
    yield Score("red_pen", len(found) / count, f"{len(found)} marks on {count} pages", count, examples)
    kinds = Counter(remark.rule for remark in found)
    for rule in Rule:
        said = tuple(
            Example(rule.value, f"page {r.page}: {r.reason}", element=r.element) for r in found if r.rule is rule
        )
        yield Score(f"red_pen_{rule.value}", kinds[rule] / count, f"{kinds[rule]} marks", count, said[:4])


def _places(sample: Sample) -> Mapping[str, tuple[int, int]]:
    """Where what a mark is about stands in the story, by the key of a panel or of a part of a line."""
    panels = sample.storyboard.panels() if sample.storyboard else ()
    beats = sample.beats()
    shown = {panel.key: at for panel in panels if (at := _at(panel, beats)) is not None}
    return shown | {part.key: (part.span.start, part.span.end) for part in sample.parts()}


SCORERS = (geometry, pages, camera, establishing, hooks, marks)
