"""In: what is known of a work. Out: its result as the spec writes it: `work.json`, and what `--json` prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.purse import spent_usd
from manga.book import Book
from manga.errors import MangaError
from manga.phases import PHASES, Phase
from storage.base import Version, Work
from works.accept import ESTIMATED
from works.base import Json


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a result is made of. `values` are the graph's channels, `counters` the work's own."""

    work: Work
    values: Json
    versions: Sequence[Version] = ()
    counters: Mapping[str, int] | None = None
    book: Book | None = None


def page_file(number: int, ending: str) -> str:
    """`pages/001.png`. The file has the number that stands on the page; the title page is 0."""
    return f"pages/{number:03}.{ending}"


def error_of(error: MangaError) -> Json:
    """An error as results, streams and `--json` carry it."""
    return {
        "code": error.code,
        "phase": error.phase,
        "element": error.element,
        "message": error.message,
        "remedy": error.remedy,
    }


def result_of(known: Known) -> Json:
    """The whole result. Addresses of files are relative to the book's folder."""
    work, book = known.work, known.book
    counters = dict(known.counters or {})
    times = [counters.get(f"ms_{phase}", 0) / 1000 for phase in PHASES]
    return {
        "id": str(work.id),
        "request_id": work.request_id,
        "status": work.status.value,
        "created_at": work.created_at.isoformat(),
        "updated_at": work.updated_at.isoformat(),
        "progress": work.progress,
        "manga_result": _manga(known.values, book),
        "phase_results": _phases(known),
        "pages": _pages(book),
        "exports": _exports(book),
        "pending_review": work.pending_review,
        "error": work.error,
        "warnings": list(work.warnings),
        "placeholders": placeholders(known.values, book),
        "degraded": work.degraded,
        "resume_at": work.resume_at.isoformat() if work.resume_at else None,
        "processing_time": round(sum(times), 3),
        "processing_times": times,
        "cost": cost_of(counters),
        "counters": counters,
        "links": {"folder": work.out_dir} if work.out_dir else {},
    }


def placeholders(values: Json, book: Book | None) -> list[str]:
    """Keys of the panels that show a placeholder instead of a picture."""
    named = set(book.report.placeholders) if book else set()
    drawn = (values.get("artwork") or {}).items()
    named |= {key for key, art in drawn if (art.get("made") or {}).get("level") == 2}
    return sorted(named)


def missing_pictures(values: Json) -> list[str]:
    """Which panels show a placeholder, and why: a sentence for each reason."""
    why: dict[str, list[str]] = {}
    for key, art in sorted((values.get("artwork") or {}).items()):
        if (made := art.get("made") or {}).get("level") == 2:
            why.setdefault(made.get("reason", ""), []).append(key)
    return [f"{', '.join(keys)}: {reason}" for reason, keys in why.items()]


def _manga(values: Json, book: Book | None) -> Json:
    plot = values.get("plot") or {}
    scenes = [{name: scene[name] for name in scene if name != "beats"} for scene in plot.get("scenes", ())]
    return {
        "title": book.title if book else (values.get("concept") or {}).get("title"),
        "story_structure": {"acts": plot.get("acts", []), "pages": len(plot.get("pages", ()))},
        "characters": (values.get("characters") or {}).get("characters", []),
        "scenes": scenes,
        "final_manga_url": "book.pdf" if book else None,
    }


def _phases(known: Known) -> list[Json]:
    newest = {version.phase: version.version_id for version in known.versions} | (known.values.get("versions") or {})
    previews = known.values.get("previews") or {}
    return [
        {
            "phase": phase.number,
            "content": _content(phase, known.book),
            "preview_url": previews.get(phase.value),
            "version_id": newest[phase.value],
            "feedback_applied": [],
        }
        for phase in PHASES
        if phase.value in newest
    ]


def _content(phase: Phase, book: Book | None) -> Json:
    """Results come on demand; only what is nowhere else in the book's folder is written out."""
    return {"report": book.report.to_json()} if phase is Phase.FINISHING and book else {}


def _pages(book: Book | None) -> list[Json]:
    pages = book.pages if book else ()
    return [
        {
            "number": page.number,
            "side": page.side.value,
            "image": page_file(page.number, "png"),
            "graph": page_file(page.number, "json"),
        }
        for page in pages
    ]


def _exports(book: Book | None) -> list[Json]:
    return [
        {"format": e.format, "url": e.name, "sha256": e.sha256, "bytes": e.bytes, "status": e.status}
        for e in (book.exports if book else ())
        if e.format in ("pdf", "cbz")
    ]


def cost_of(counters: Mapping[str, int]) -> Json:
    """Of everything that was paid for, whether it is in the book or not."""
    return {
        "estimated_usd": counters.get(ESTIMATED, 0) / 1_000_000,
        "spent_usd": round(spent_usd(counters), 6),
        "text_calls": counters.get("text_calls", 0),
        "images": max(counters.get("images", 0), counters.get("images_drawn", 0)),
    }
