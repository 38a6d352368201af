"""Remarks on what cannot be at once: things in hands, clothes, wounds, places."""

from collections import Counter
from collections.abc import Iterator

from agents.appearance_timeline import changes_of
from agents.editor_remarks.panels_in_order import Seat, Sheet, fix, remark
from manga.continuity import AS_ON_THE_SHEET, OFF, Aspect, Change, State
from manga.editor_remarks import Remark, Rule
from manga.edits import ChangeType
from manga.plot import Scene
from manga.storyboard import FigureDirection, SceneDirection

LOOKS: ChangeType = "selection"
IN_THE_OPEN = frozenset({"ditch", "channel"})
"""What somebody makes in any open place while its scene lasts."""


def contradictions(sheet: Sheet) -> Iterator[Remark]:
    """Panel by panel what the picture would show, then what the plot tells."""
    for seat in sheet.seats:
        yield from _twice(sheet, seat)
        for figure in seat.panel.direction.figures:
            state = sheet.states[seat.panel.key].get(figure.character, AS_ON_THE_SHEET)
            yield from _hands(sheet, seat, figure, state)
    yield from _elsewhere(sheet)
    yield from _told(sheet)


def _twice(sheet: Sheet, seat: Seat) -> Iterator[Remark]:
    """One person in two places of one picture."""
    keys = [figure.character for figure in seat.panel.direction.figures]
    for key in dict.fromkeys(k for k in keys if keys.count(k) > 1):
        yield remark(Rule.CONTRADICTION, seat, f"{sheet.name(key)} is in this panel twice.")


def _elsewhere(sheet: Sheet) -> Iterator[Remark]:
    """A scene is one place at one time; a cut-away to another place cannot show the same people."""
    scenes: dict[str, list[Seat]] = {}
    for seat in (seat for seat in sheet.seats if seat.panel.direction.setting not in IN_THE_OPEN):
        scenes.setdefault(seat.panel.scene, []).append(seat)
    for seats in scenes.values():
        usual = Counter(seat.panel.direction.setting for seat in seats).most_common(1)[0][0]
        home = [seat for seat in seats if seat.panel.direction.setting == usual]
        there = {figure.character for seat in home for figure in seat.panel.direction.figures}
        for seat in (seat for seat in seats if seat.panel.direction.setting != usual):
            torn = next((f.character for f in seat.panel.direction.figures if f.character in there), None)
            if torn is not None:
                yield _brought_back(sheet, seat, home[0].panel.direction, torn)


def _brought_back(sheet: Sheet, seat: Seat, home: SceneDirection, who: str) -> Remark:
    here = seat.panel.direction.setting
    mend = fix(
        seat.panel.key, f"in the {home.setting}", {"setting": home.setting, "place": home.place}, by="style_adjust"
    )
    reason = f"{sheet.name(who)} is in the {home.setting} and in the {here} within one scene."
    return remark(Rule.CONTRADICTION, seat, reason, mend)


def _hands(sheet: Sheet, seat: Seat, figure: FigureDirection, state: State) -> Iterator[Remark]:
    """Something in the hand that was given away or laid down, or that sits on the head."""
    gone = next((c for c in state.changes if c.aspect is Aspect.HOLDS and c.to == OFF), None)
    name = sheet.name(figure.character)
    empty = fix(seat.panel.key, "with empty hands", {f"figures.{figure.character}.holds": ""})
    if gone is not None and gone.words and figure.holds == gone.words and sheet.earlier(gone.span, seat):
        yield remark(Rule.CONTRADICTION, seat, f"{name} holds the {gone.words}, which was let go before.", empty)
    person = sheet.dressed(figure.character, state)
    if figure.holds == "hat" and person is not None and person.look.hat != "none":
        yield remark(Rule.CONTRADICTION, seat, f"{name} holds the hat and wears it.", empty)


def _told(sheet: Sheet) -> Iterator[Remark]:
    """What the plot tells against itself, or against the sheets; marked at the beat's first panel."""
    for told in sheet.bible.beats.values():
        changes = changes_of(told.beat)
        seat = sheet.seat_of(told.beat.key) if changes else None
        if seat is None:
            continue
        for change, moment in zip(changes, told.moments, strict=False):
            before = moment.states.get(change.who, AS_ON_THE_SHEET)
            yield from _against(sheet, seat, change, before)
            yield from _healed(sheet, seat, change, before, told.scene)


def _against(sheet: Sheet, seat: Seat, change: Change, before: State) -> Iterator[Remark]:
    """A hat or glasses that are taken off, and nobody has them on."""
    person = sheet.dressed(change.who, before)
    if person is None or change.to != OFF:
        return
    name = sheet.name(change.who)
    if change.aspect is Aspect.HAT and person.look.hat == "none":
        mend = (
            None if before.to(Aspect.HAT) else fix(change.who, "a hat on the sheet", {"look.hat": "hunting"}, by=LOOKS)
        )
        yield remark(Rule.CONTRADICTION, seat, f"{name} takes off a hat, and wears none.", mend, change.who)
    if change.aspect is Aspect.GLASSES and not person.look.glasses:
        mend = (
            None
            if before.to(Aspect.GLASSES)
            else fix(change.who, "glasses on the sheet", {"look.glasses": True}, by=LOOKS)
        )
        yield remark(Rule.CONTRADICTION, seat, f"{name} takes off glasses, and wears none.", mend, change.who)


def _healed(sheet: Sheet, seat: Seat, change: Change, before: State, scene: Scene) -> Iterator[Remark]:
    """A wound that is told to be gone in the scene in which it was made; time that goes by tells nothing."""
    made = next((c for c in before.changes if c.aspect is Aspect.WOUND), None)
    told = change.span.end > change.span.start
    if change.aspect is not Aspect.WOUND or change.to or made is None or not told:
        return
    if scene.beats[0].span.start <= made.span.start < scene.beats[-1].span.end:
        reason = f"{sheet.name(change.who)} is wounded and whole again within one scene."
        yield remark(Rule.CONTRADICTION, seat, reason)
