"""`draw --review`, `review`, `approve`, `feedback`: a person looks at each phase and answers. Out: the exit code.

And what `fork`, `restore`, `keep` and `lock` ask of a version, as something to begin.
"""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from cli.draw import Begin, Ended, report, run
from cli.draw_order import Speech
from cli.output import note, program
from cli.review_prompt import Answer, ask, tell
from cli.which_work import Which
from storage.base import Work
from storage.database import connection
from storage.embedded import ServerHold
from storage.settings import StorageSettings
from works.base import Json
from works.composition import House
from works.reviews.answers import Reply, reply
from works.reviews.review_page import Review
from works.versions.branching import Sender, fork_from, keep, lock, restore

Asking = Callable[[Review], Answer | None]
Order = Callable[[Sender, UUID], Awaitable[Work]]


def replying(work_id: UUID, said: Json, base: str | None = None) -> Begin:
    """Gives one answer. With `base` only while that version is the newest."""

    async def begin(house: House) -> UUID:
        await reply(house.pool, house.queue, work_id, Reply(said, base_version=base, alone=True))
        return work_id

    return begin


def looking(work_id: UUID) -> Begin:
    """Begins nothing: the work waits already."""

    async def begin(house: House) -> UUID:
        return work_id

    return begin


def answered(begin: Begin, speech: Speech, hold: ServerHold, settings: StorageSettings) -> int:
    """One answer, and everything that follows from it until a person is asked again."""
    ended = run(begin, speech, hold, settings)
    if ended.review is not None and not speech.quiet:
        tell(ended.review, ended.page)
    return _concluded(ended, speech)


def reviewed(begin: Begin, speech: Speech, hold: ServerHold, settings: StorageSettings, asking: Asking = ask) -> int:
    """Asks at every review until the book is done, or the person leaves."""
    ended = run(begin, speech, hold, settings)
    while ended.review is not None:
        tell(ended.review, ended.page)
        said = asking(ended.review)
        if said is None:
            break
        ended = run(replying(ended.review.work.id, said, ended.review.version_id), speech, hold, settings)
    return _concluded(ended, speech)


def _concluded(ended: Ended, speech: Speech) -> int:
    """A review that waits is no failure: it says how it is answered."""
    if ended.review is not None and not speech.as_json and not speech.quiet:
        work = ended.review.work.id
        note("Next:")
        note(f"  {program()} review {work}    look at it and answer here")
        note(f"  {program()} approve {work}    go on")
        note(f"  {program()} feedback {work} 'what should be different'")
    return report(ended, speech)


def forking(which: Which, version: str, branch: str | None, sentence: str | None) -> Begin:
    """A new line from an old version."""
    return _ordering(which, lambda sender, work_id: fork_from(sender, work_id, version, branch, sentence), version)


def restoring(which: Which, version: str) -> Begin:
    """An old state as the newest version."""
    return _ordering(which, lambda sender, work_id: restore(sender, work_id, version), version)


def keeping(which: Which, panels: Sequence[str], source: str) -> Begin:
    """Pictures of another version."""
    return _ordering(which, lambda sender, work_id: keep(sender, work_id, panels, source), source)


def locking(which: Which, elements: Sequence[str], *, off: bool) -> Begin:
    """What stays, or may change again."""
    return _ordering(which, lambda sender, work_id: lock(sender, work_id, elements, off=off))


def _ordering(which: Which, order: Order, *versions: str) -> Begin:
    async def begin(house: House) -> UUID:
        async with connection(house.pool) as conn:
            work_id = await which.find(conn, *versions)
        await order(Sender(house.pool, house.queue, alone=True), work_id)
        return work_id

    return begin
