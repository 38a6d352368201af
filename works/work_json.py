"""A work as JSON for programs: a summary for lists, its whole result for `work.json`, `--json` and the API."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from calls.money import spent_usd
from editing.list_losses import losses_told
from editing.phase_results import result_json
from graph.state import State
from manga.book import Book
from manga.errors import BriefRejected, MangaError
from manga.phases import PHASES, Phase
from storage.base import Version, Work
from storage.database import Pool, connection
from storage.event_outbox import read_place
from storage.versions import list_versions, preview_url
from storage.works import read_counters, read_result, read_work
from works.accept_work import ESTIMATED
from works.base import Json, Story

ALL = "all"
API = "/v1/works"


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
        "losses": losses_told(cast("State", known.values)) if known.values.get("concept") else [],
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
    applied = (known.values.get("feedback") or {}).get("outcomes") or []
    return [
        {
            "phase": phase.number,
            "content": _content(phase, known.book),
            "preview_url": previews.get(phase.value),
            "version_id": newest[phase.value],
            "outcomes": (outcomes := [one for one in applied if one["phase"] == phase.value]),
            "feedback_applied": outcomes,
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


def summary_of(work: Work) -> Json:
    """What a list shows of a work."""
    return {
        "id": str(work.id),
        "request_id": work.request_id,
        "status": work.status.value,
        "title": work.title,
        "created_at": work.created_at.isoformat(),
        "updated_at": work.updated_at.isoformat(),
        "progress": work.progress,
        "pending_review": work.pending_review,
        "error": work.error,
        "degraded": work.degraded,
        "finished": work.finished,
        "resume_at": work.resume_at.isoformat() if work.resume_at else None,
        "links": links_of(work.id),
    }


def links_of(work_id: UUID) -> Json:
    """Stable addresses of what belongs to a work."""
    base = f"{API}/{work_id}"
    return {"self": base} | {name: f"{base}/{name}" for name in ("events", "versions", "elements", "exports")}


async def read_whole_work(
    pool: Pool, story: Story, work_id: UUID, *, tenant: str, include: Collection[str] = ()
) -> Json:
    """Raises `NotFound` (also for another tenant's), `BriefRejected` for a phase that there is not."""
    wanted = _wanted(include)
    async with connection(pool) as conn:
        await read_work(conn, work_id, tenant=tenant)
        newest, begun = await read_place(conn, work_id)  # before the rest: what comes after it is told by the stream
        work = await read_work(conn, work_id, tenant=tenant)
        result = await read_result(conn, work_id)
        versions, counters = await list_versions(conn, work_id), await read_counters(conn, work_id)
    values: State = await story.values(work_id) if wanted else {}  # type: ignore[assignment] # the graph's channels
    whole = result_of(Known(work, dict(values), versions, counters)) if result is None else result
    for phase in whole.get("phase_results", ()):
        word = PHASES[phase["phase"] - 1]
        if word in wanted:
            phase["content"] = dict(result_json(values, Phase(word)))
    place = {"last_event_id": str(newest), "phase_begun_at": begun.isoformat() if begun else None}
    return addressed(work_id, whole) | summary_of(work) | place


def addressed(work_id: UUID, result: Json) -> Json:
    """The result with stable addresses of the API in place of names in a book's folder."""
    files = f"{API}/{work_id}/files/"
    manga = dict(result["manga_result"])
    if manga.get("final_manga_url"):
        manga["final_manga_url"] = files + manga["final_manga_url"]
    return result | {
        "manga_result": manga,
        "pages": [page | {name: files + page[name] for name in ("image", "graph")} for page in result["pages"]],
        "exports": [export | {"url": files + export["url"]} for export in result["exports"]],
        "phase_results": [
            phase | {"preview_url": preview_url(work_id, PHASES[phase["phase"] - 1].value, phase["version_id"])}
            for phase in result["phase_results"]
        ],
    }


def _wanted(include: Collection[str]) -> frozenset[str]:
    words = frozenset(word for part in include for word in part.split(",") if word)
    if ALL in words:
        return frozenset(PHASES)
    if unknown := sorted(words - set(PHASES)):
        raise BriefRejected(
            f"include: there is no phase {unknown[0][:40]!r}.",
            remedy=f"Ask for {', '.join(PHASES)} or all.",
            element="include",
        )
    return words


def contents_of(state: State) -> Json:
    """Every phase's result that there is, with the edits laid over."""
    return {phase.value: dict(result_json(state, phase)) for phase in Phase if state.get(phase.value)}
