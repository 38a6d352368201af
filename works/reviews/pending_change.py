"""A change of a work's state that waits: the new state is there to be read, and nothing is done until somebody goes on
(`works.pause.resume`)."""

from dataclasses import replace
from uuid import UUID

from manga.brief import Brief
from manga.errors import Conflict, Fenced
from storage.commands import find_command
from storage.database import connection, transaction
from storage.works import read_brief, take_epoch
from works.base import Ticket
from works.composition import House
from works.pause import stop_timers
from works.reviews.answers import Fork, fork


async def hold(house: House, work_id: UUID, wanted: Fork) -> str:
    """The checkpoint of the new state. Raises what `works.reviews.answers.fork` raises."""
    await fork(house.pool, house.queue, work_id, replace(wanted, held=True))
    await stop_timers(house, work_id)
    async with transaction(house.pool) as conn:
        epoch = await take_epoch(conn, work_id)
        order, brief = await find_command(conn, wanted.command_id), Brief.of(await read_brief(conn, work_id))
    if order is None or order.work_id != work_id:
        raise Conflict("The work has moved on meanwhile.")
    ticket = Ticket(work_id, wanted.tenant, epoch, brief, working_seconds=0.0, order=order)
    try:
        child = await house.runner.story.fork(ticket, order)
        await house.runner.journal.note_child(ticket, order, child)
    except Fenced:  # somebody went on already: that run made the state itself
        async with connection(house.pool) as conn:
            order = await find_command(conn, wanted.command_id)
        if order is None or order.child_checkpoint is None:
            raise Conflict("The work has moved on meanwhile.") from None
        return order.child_checkpoint
    return child
