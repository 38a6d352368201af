"""`draw --review`, `review`, `approve`, `feedback`: a person looks at each phase and answers. Out: the exit code."""

from collections.abc import Callable
from uuid import UUID

from cli.draw import Begin, Ended, report, run
from cli.order import Speech
from cli.review import Answer, ask, tell
from cli.say import note, program
from storage.embedded import ServerHold
from storage.settings import StorageSettings
from works.base import Json
from works.composition import House
from works.reviews.answers import Reply, reply
from works.reviews.review_page import Review

Asking = Callable[[Review], Answer | None]


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
