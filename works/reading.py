"""A work as programs read it: a summary for lists, or the whole result with what is asked for."""

from collections.abc import Collection
from uuid import UUID

from editing.results import result_json
from graph.state import State
from manga.errors import BriefRejected
from manga.phases import PHASES, Phase
from storage.base import Work
from storage.database import connection
from storage.events import read_place
from storage.versions import list_versions, preview_url
from storage.works import read_counters, read_result, read_work
from works.base import Json
from works.composition import House
from works.result import Known, result_of

ALL = "all"
API = "/v1/works"


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
        "resume_at": work.resume_at.isoformat() if work.resume_at else None,
        "links": links_of(work.id),
    }


def links_of(work_id: UUID) -> Json:
    """Stable addresses of what belongs to a work."""
    base = f"{API}/{work_id}"
    return {"self": base} | {name: f"{base}/{name}" for name in ("events", "versions", "elements", "exports")}


async def read_whole(house: House, work_id: UUID, *, tenant: str, include: Collection[str] = ()) -> Json:
    """Raises `NotFound` (also for another tenant's), `BriefRejected` for a phase that there is not."""
    wanted = _wanted(include)
    async with connection(house.pool) as conn:
        await read_work(conn, work_id, tenant=tenant)
        newest, begun = await read_place(conn, work_id)  # before the rest: what comes after it is told by the stream
        work = await read_work(conn, work_id, tenant=tenant)
        result = await read_result(conn, work_id)
        versions, counters = await list_versions(conn, work_id), await read_counters(conn, work_id)
    values = await house.runner.story.values(work_id) if wanted else {}
    whole = result_of(Known(work, values, versions, counters)) if result is None else result
    for phase in whole.get("phase_results", ()):
        word = PHASES[phase["phase"] - 1]
        if word in wanted:
            phase["content"] = _content(values, Phase(word))
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


def _content(values: Json, phase: Phase) -> Json:
    state: State = values  # type: ignore[assignment] # the graph's channels
    return dict(result_json(state, phase))


def contents_of(state: State) -> Json:
    """Every phase's result that there is, with the edits laid over."""
    return {phase.value: dict(result_json(state, phase)) for phase in Phase if state.get(phase.value)}
