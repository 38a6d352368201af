"""`/threads/{id}/state` and `/history`: states as the graph's checkpoints hold them, and forks of them."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter

from graph.thread_config import config_of
from server.composition import Open
from server.langgraph_wire.request_models import CheckpointId, HistoryBody, NotOffered, StateBody, UpdateBody
from server.langgraph_wire.start_run import answer_of, check_sent_answer, fork_at
from server.langgraph_wire.thread_lookup import empty_state, find_thread, snapshot_at, snapshot_json
from server.security.identity import Anybody, Editor
from works.base import Json
from works.lifecycle import fork_and_hold

MOST: Final = 50
router = APIRouter(tags=["langgraph"])


@router.get("/threads/{thread_id}/state", summary="The newest state")
async def read(thread_id: UUID, who: Anybody, rooms: Open) -> Json:
    thread = await find_thread(rooms, who, thread_id)
    if thread.work is None:
        return empty_state(thread_id)
    return snapshot_json(await snapshot_at(rooms.house, thread_id))


@router.get("/threads/{thread_id}/state/{checkpoint_id}", summary="The state at a checkpoint")
async def read_at(thread_id: UUID, checkpoint_id: CheckpointId, who: Anybody, rooms: Open) -> Json:
    thread = await find_thread(rooms, who, thread_id)
    return snapshot_json(await snapshot_at(rooms.house, thread.begun.id, checkpoint_id))


@router.post("/threads/{thread_id}/state/checkpoint", summary="The state at a checkpoint")
async def read_checkpoint(thread_id: UUID, sent: StateBody, who: Anybody, rooms: Open) -> Json:
    thread = await find_thread(rooms, who, thread_id)
    if thread.work is None:
        return empty_state(thread_id)
    return snapshot_json(await snapshot_at(rooms.house, thread_id, sent.checkpoint.checkpoint_id))


@router.post("/threads/{thread_id}/state", summary="Fork a state with an answer")
async def update(thread_id: UUID, sent: UpdateBody, who: Editor, rooms: Open) -> Json:
    """`values` is what a review takes: `{text}`, `{edits}` or `{undo}`; nothing forks the state as it is. Nothing is
    done until the thread is run, with no input, from there."""
    thread = await find_thread(rooms, who, thread_id)
    if sent.as_node and sent.as_node != "confirm" and not sent.as_node.endswith("_review"):
        raise NotOffered("as_node is a review or `confirm`.", element="as_node")
    answer = answer_of(sent.values).answer if sent.values else None
    if answer is not None:
        await check_sent_answer(rooms, who, thread_id, answer)
    place = (sent.checkpoint and sent.checkpoint.checkpoint_id) or sent.checkpoint_id
    checkpoint = await fork_and_hold(rooms.house, thread_id, await fork_at(rooms, who, thread.begun.id, place, answer))
    found = {"thread_id": str(thread_id), "checkpoint_ns": "", "checkpoint_id": checkpoint, "checkpoint_map": None}
    return {"checkpoint": found, "checkpoint_id": checkpoint, "configurable": found}


@router.post("/threads/{thread_id}/history", summary="States, newest first")
async def history(thread_id: UUID, sent: HistoryBody, who: Anybody, rooms: Open) -> list[Json]:
    """At most 50; `before` gives the next."""
    thread = await find_thread(rooms, who, thread_id)
    if thread.work is None:
        return []
    place = sent.checkpoint.checkpoint_id if sent.checkpoint else None
    before = config_of(str(thread_id), None, sent.place) if sent.place else None
    states = rooms.house.graph.aget_state_history(
        config_of(str(thread_id), None, place), filter=sent.metadata, before=before, limit=min(sent.limit, MOST)
    )
    return [snapshot_json(state) async for state in states]
