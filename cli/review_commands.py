"""`draw --review`, `review`, `approve`, `feedback`: shows each phase on the terminal and sends the person's answer.

And what `fork`, `restore`, `keep` and `lock` ask of a version, as something to begin.
"""

import shlex
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from cli.draw import Begin, Ended, report, run
from cli.draw_options import Speech
from cli.find_work import Which
from cli.output import error_line, note, program
from cli.phase_results import lost_lines, tell_result
from cli.terminal_text import Lines
from editing.phase_results import result_json
from editing.wish_outcomes import outcome_lines
from graph.state import State
from manga.errors import MangaError
from manga.phases import PHASES, Phase
from storage.base import Work
from storage.choose_servers import ServerHold
from storage.database import connection
from storage.settings import StorageSettings
from works.base import Json
from works.composition import House
from works.reviews.answers import Reply, reply
from works.reviews.review_page import Review
from works.versions.branching import Sender, fork_from, keep, lock, restore

Answer = Json
Asking = Callable[[Review], Answer | None]
Order = Callable[[Sender, UUID], Awaitable[Work]]
_PROMPT = "[Enter] go on · a sentence changes it · :plan, :edit, :fix, :undo · :quit leaves it waiting > "
_CONFIRM = "[Enter] do it · another sentence replaces it · :cancel drops it · :quit leaves it waiting > "
_ASKED_BACK = "say it in other words · :cancel drops it · :quit leaves it waiting > "
_ORDERS = ":plan SENTENCE · :edit ELEMENT FIELD=VALUE ... · :fix N · :undo [EDIT] · :quit"
MAX_LINES = 120
MAX_MARKS = 20


def tell(review: Review, page: Path | None = None) -> None:
    """Shows what waits for an answer."""
    note("")
    if review.question:
        note(review.question)
    if review.plan and review.plan.get("items"):
        _tell_plan(review.plan)
    for line in outcome_lines(review.outcomes, review.refused):
        note(line)
    for missing in review.missing_sheets:
        note(f"No character sheet of {missing['name']} ({missing['character']}): {missing['reason']}")
    if review.missing_sheets:
        note("Say how they should look instead, or go on: then they are drawn from words alone.")
    if review.bill:
        note(_told(review.bill))
    if not review.confirming:
        note(f"{review.phase.number}/{len(PHASES)} {review.phase.value}, version {review.version_id}")
        for line in (*words(review), *marks(review), *lost_lines(review.preview.get("losses", ()), MAX_MARKS)):
            note(f"  {line}")
    if page is not None:
        note(f"For a browser: {page}")


def _tell_plan(plan: Json) -> None:
    note("This would be done:")
    for item in plan["items"]:
        scope = f" ({', '.join(item['scope'])})" if item.get("scope") else ""
        note(f"  {item['phase']}{scope}: {item['instruction']}")
    redo = plan.get("redo") or {}
    cost = f" ({_usd(redo['usd'])})" if "usd" in redo else ""
    note(f"  It redoes at most {redo.get('images', 0)} pictures{cost} and the letters of {redo.get('pages', 0)} pages.")


def _told(bill: Json) -> str:
    """What going on costs."""
    limit = f" of {bill['limit_usd']:.2f}" if bill["limit_usd"] is not None else ""
    pictures = f"Next at most {bill['images']} pictures are drawn ({_usd(bill['usd'])})"
    return f"{pictures}; {bill['spent_usd']:.2f}{limit} USD are spent so far."


def _usd(usd: float | None) -> str:
    return "at a price that is not known" if usd is None else f"about {usd:.2f} USD"


def ask(review: Review) -> Answer | None:
    """The answer, or None when the person leaves. The end of the input leaves too."""
    choices = _PROMPT if not review.confirming else _CONFIRM if (review.plan or {}).get("items") else _ASKED_BACK
    while True:
        print(choices, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        said = line.strip()
        if not line or said == ":quit":
            return None
        if said == ":cancel" and review.confirming:
            return {"action": "cancel"}
        if not said and choices is not _ASKED_BACK:
            return {"action": "confirm" if review.confirming else "approve"}
        if said and not said.startswith(":"):
            return {"action": "feedback", "text": said}
        if said and (answer := _order(review, said)) is not None:
            return answer


def _order(review: Review, said: str) -> Answer | None:
    """`:edit ELEMENT FIELD=VALUE ...`, `:fix N` (a mend of the red pen), `:undo [EDIT]`. What is wrong is told."""
    from cli.edit_options import by_person, taken_back, worded

    state: Any = review.values
    try:
        match shlex.split(said):
            case [":edit", *rest] if len(rest) > 1:
                return by_person(state, worded(rest))
            case [":fix", number] if (mend := _mend(review, number)) is not None:
                return by_person(state, [mend])
            case [":plan", *sentence] if sentence:
                return {"action": "feedback", "text": " ".join(sentence), "confirm": True}
            case [":undo", *ids]:
                return taken_back(state, ids)
            case _:
                note(_ORDERS)
    except MangaError as error:
        note(error_line(error))
    except ValueError as error:  # a quotation mark is open
        note(f"{error}. {_ORDERS}")
    return None


def _mend(review: Review, number: str) -> Json | None:
    found = review.preview.get("red_pen", ())
    at = int(number) - 1 if number.isascii() and number.isdigit() else -1
    fix = found[at]["fix"] if 0 <= at < len(found) else None
    return {name: fix[name] for name in ("change_type", "element_id", "change_data")} if fix else None


def words(review: Review) -> list[str]:
    """The phase's result for reading; at most `MAX_LINES` lines."""
    page, state = Lines(), cast("State", review.values)
    tell_result(page, review.phase, state)
    left = len(page.found) - MAX_LINES
    return [*page.found[:MAX_LINES], f"... and {left} lines more"] if left > 0 else page.found


def marks(review: Review) -> list[str]:
    """The red pen's marks, the doubtful speakers first."""
    found = review.preview.get("red_pen", ())
    if not found:
        return []
    pages = {panel["key"]: f"p{page['number']:02}.k{n}" for page, n, panel in _panels(review)}
    lines = [f"Red pen, {len(found)} marks:"]
    for number, remark in enumerate(found[:MAX_MARKS], 1):
        where = pages.get(remark["panel"], f"p{remark['page']:02}")
        mend = f" [:fix {number} = {remark['fix']['label']}]" if remark["fix"] else ""
        lines.append(f"  {number:>2} {where} {remark['rule'].replace('_', ' ')}: {remark['reason']}{mend}")
    return lines


def _panels(review: Review) -> Iterator[tuple[Json, int, Json]]:
    for page in result_json(cast("State", review.values), Phase.STORYBOARD).get("pages", ()):
        for number, panel in enumerate(page["panels"], 1):
            yield page, number, panel


def replying(work_id: UUID, said: Json, base: str | None = None, *, review: bool = False) -> Begin:
    """Gives one answer. With `base` only while that version is the newest. A finished book asks again with `review`."""

    async def begin(house: House) -> UUID:
        sent = Reply(said, base_version=base, alone=True, review=review)
        await reply(house.pool, house.queue, work_id, sent)
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


def forking(which: Which, version: str, branch: str | None, sentence: str | None, *, review: bool = False) -> Begin:
    """A new line from an old version."""

    def act(sender: Sender, work_id: UUID) -> Awaitable[Work]:
        return fork_from(sender, work_id, version, branch, sentence)

    return _ordering(which, act, version, review=review)


def restoring(which: Which, version: str, *, review: bool = False) -> Begin:
    """An old state as the newest version."""
    return _ordering(which, lambda sender, work_id: restore(sender, work_id, version), version, review=review)


def keeping(which: Which, panels: Sequence[str], source: str, *, review: bool = False) -> Begin:
    """Pictures of another version."""
    return _ordering(which, lambda sender, work_id: keep(sender, work_id, panels, source), source, review=review)


def locking(which: Which, elements: Sequence[str], *, off: bool, review: bool = False) -> Begin:
    """What stays, or may change again."""
    return _ordering(which, lambda sender, work_id: lock(sender, work_id, elements, off=off), review=review)


def _ordering(which: Which, order: Order, *versions: str, review: bool = False) -> Begin:
    async def begin(house: House) -> UUID:
        async with connection(house.pool) as conn:
            work_id = await which.find(conn, *versions)
        await order(Sender(house.pool, house.queue, alone=True, review=review), work_id)
        return work_id

    return begin
