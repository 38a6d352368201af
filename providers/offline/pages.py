"""Which beats a page carries: the storyboard's planner when it is there, a plain division until then."""

from importlib.util import find_spec

from manga.brief import Language
from manga.plot import PagePlan, Scene

BEATS_A_PAGE = 5
MOST_PAGES = 64


def plan_pages(
    scenes: tuple[Scene, ...], language: Language, source_chars: int, pages: int | None, fidelity: str
) -> tuple[PagePlan, ...]:
    if find_spec("providers.offline.paging") is not None:
        from providers.offline import paging

        planned: tuple[PagePlan, ...] = paging.plan_pages(scenes, language, source_chars, pages, fidelity)
        return planned
    keys = [beat.key for scene in scenes for beat in scene.beats]
    count = min(MOST_PAGES, pages or MOST_PAGES, max(1, -(-len(keys) // BEATS_A_PAGE)))
    edges = [round(i * len(keys) / count) for i in range(count + 1)]
    spans = [keys[a:b] for a, b in zip(edges, edges[1:], strict=False) if a < b]
    return tuple(PagePlan(number=i, beats=tuple(own)) for i, own in enumerate(spans, start=1))
