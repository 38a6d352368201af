"""Remarks on the rhythm of panels: what a reader sees one after the other, and how a page ends."""

from collections.abc import Iterator

from agents.editor_remarks.dialogue import swapped
from agents.editor_remarks.panels_in_order import Seat, Sheet, fix, remark, words_of
from manga.editor_remarks import Fix, Remark, Rule
from manga.geometry import bounds
from manga.paper import Direction, Side
from manga.storyboard import Angle, Expression, Role, Shot, StoryPage

WIDE = frozenset({Shot.ESTABLISHING, Shot.LONG})
NEAR = frozenset({Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE})
STRONG = frozenset({Role.HOOK, Role.PAYOFF, Role.SPLASH})
ANSWERS = frozenset({Role.REACT, Role.AFTERBEAT, Role.BREATHER})
ALARM = frozenset({Expression.SHOCK, Expression.SURPRISE, Expression.FEAR})
TALK_RUN = 7
SMALL = 0.12


def weak_hook(sheet: Sheet) -> Iterator[Remark]:
    """The first page ends on nothing that makes one turn it."""
    seat = [s for s in sheet.seats if s.page.number == 1][-1]
    if not any(panel.importance >= 4 for panel in seat.page.panels):
        mend = fix(seat.panel.key, "make it the page's strongest", {"importance": 4, "role": Role.HOOK.value})
        yield remark(Rule.WEAK_HOOK, seat, "Nothing on the first page stands out; it should end on a question.", mend)


def weak_turns(sheet: Sheet) -> Iterator[Remark]:
    """A page that is turned ends on the weakest kind of panel."""
    turned = Side.LEFT if sheet.direction is Direction.RTL else Side.RIGHT
    for seat in sheet.seats[:-1]:
        panel = seat.panel
        if seat.last and seat.page.side is turned and panel.importance == 1 and panel.role not in STRONG | ANSWERS:
            mend = fix(panel.key, "end the page on it", {"importance": 3, "role": Role.HOOK.value})
            yield remark(Rule.WEAK_TURN, seat, "The page is turned here, and its last panel asks nothing.", mend)


def places_not_shown(sheet: Sheet) -> Iterator[Remark]:
    """A scene whose first panels show no place."""
    begun: set[str] = set()
    for number, seat in enumerate(sheet.seats):
        scene = seat.panel.scene
        if scene in begun:
            continue
        begun.add(scene)
        opening = [s.panel for s in sheet.seats[number : number + 3] if s.panel.scene == scene]
        if any(p.direction.shot in WIDE and p.direction.background != "none" for p in opening):
            continue
        mend = fix(seat.panel.key, "show the place", {"shot": Shot.ESTABLISHING.value, "background": "full"})
        yield remark(
            Rule.PLACE_NOT_SHOWN, seat, f"The scene begins in {seat.panel.direction.place or 'a place'} unseen.", mend
        )


def lines_crossed(sheet: Sheet) -> Iterator[Remark]:
    """Two who stand together have changed sides from one panel to the next."""
    for before, seat in sheet.runs(2):
        if before.panel.scene != seat.panel.scene:
            continue
        old = {figure.character: figure for figure in before.panel.direction.figures}
        new = [figure for figure in seat.panel.direction.figures if figure.character in old]
        if len(new) != 2:
            continue
        first, second = new
        moved = (old[first.character].x - old[second.character].x) * (first.x - second.x)
        if moved < 0:
            yield remark(
                Rule.LINE_CROSSED,
                seat,
                "The two have changed sides.",
                swapped(seat, first, second),
            )


def same_distances(sheet: Sheet) -> Iterator[Remark]:
    """Three panels in a row from one distance; a fixed camera is meant so, and so are inserts of different things."""
    for run in sheet.runs(3):
        directions = [seat.panel.direction for seat in run]
        if len({d.shot for d in directions}) > 1 or any(d.fixed_camera for d in directions):
            continue
        if len({seat.panel.scene for seat in run}) > 1:
            continue
        if directions[1].shot is Shot.INSERT and len({d.props for d in directions}) > 1:
            continue
        other = Shot.LONG if directions[1].shot in NEAR else Shot.BUST
        mend = fix(run[1].panel.key, f"from {other.value}", {"shot": other.value})
        yield remark(Rule.SAME_DISTANCE, run[1], f"Three panels in a row are {directions[1].shot.value}.", mend)


def tilted_twice(sheet: Sheet) -> Iterator[Remark]:
    """More than one low or bird's view on a page weakens both."""
    for page in sheet.storyboard.pages:
        tilted = [n for n, p in enumerate(page.panels) if p.direction.angle in (Angle.LOW, Angle.BIRD)]
        for n in tilted[1:]:
            mend = fix(page.panels[n].key, "at eye level", {"angle": Angle.EYE.value})
            yield remark(Rule.TILTED_TWICE, Seat(page, n), "The second steep view of a page weakens the first.", mend)


def no_silence(sheet: Sheet) -> Iterator[Remark]:
    """After a shock everybody talks on at once."""
    for seat, second, third in sheet.runs(3):
        if _shock(seat) and words_of(second.panel) and words_of(third.panel):
            mend = _silent_after(seat, "a silent panel after it")
            yield remark(Rule.NO_SILENCE, seat, "A shock, and no silent panel in which it can sink in.", mend)


def no_reaction(sheet: Sheet) -> Iterator[Remark]:
    """The strongest panels are answered by a face within two panels."""
    for number, seat in enumerate(sheet.seats[:-1]):
        following = [s.panel for s in sheet.seats[number + 1 : number + 3]]
        if seat.panel.importance < 5 or any(p.role in ANSWERS or _face(p.direction.shot) for p in following):
            continue
        person = next((f.character for f in following[0].direction.figures), None)
        mend = (
            fix(following[0].key, "show the face", {"shot": Shot.CLOSE.value, "role": Role.REACT.value})
            if person
            else None
        )
        yield remark(Rule.NO_REACTION, seat, "A great moment, and nobody is seen who feels it.", mend)


def equal_layouts(sheet: Sheet) -> Iterator[Remark]:
    """Three pages in a row cut alike; pages of strips are so on purpose."""
    pages = [page for page in sheet.storyboard.pages if page.layout.name == "free"]
    for triple in zip(pages, pages[1:], pages[2:], strict=False):
        if len({_cut(page) for page in triple}) == 1 and len(triple[0].panels) > 1:
            strongest = max(triple[1].panels, key=lambda panel: panel.importance)
            mend = fix(strongest.key, "one panel larger", {"importance": min(5, strongest.importance + 2)})
            reason = "The third page in a row that is cut the same way."
            yield Remark(rule=Rule.EQUAL_LAYOUTS, page=triple[2].number, element=triple[2].key, reason=reason, fix=mend)


def far_and_small(sheet: Sheet) -> Iterator[Remark]:
    """A long view in a small panel shows nothing."""
    for seat in sheet.seats:
        if seat.panel.direction.shot in WIDE and seat.share < SMALL and len(seat.page.panels) > 1:
            mend = fix(seat.panel.key, "come nearer", {"shot": Shot.FULL.value})
            yield remark(Rule.FAR_AND_SMALL, seat, f"A long view in {seat.share:.0%} of the page.", mend)


def talking_heads(sheet: Sheet) -> Iterator[Remark]:
    """Nothing but faces that talk, for longer than a page."""
    run = 0
    for seat in sheet.seats:
        talks = seat.panel.direction.shot in NEAR and bool(words_of(seat.panel))
        run = run + 1 if talks else 0
        if run == TALK_RUN:
            mend = fix(seat.panel.key, "from afar", {"shot": Shot.LONG.value, "background": "full"})
            yield remark(Rule.TALKING_HEADS, seat, f"{TALK_RUN} panels of talking faces in a row.", mend)


def no_afterbeat(sheet: Sheet) -> Iterator[Remark]:
    """The book ends in the middle of its last word."""
    seat = sheet.seats[-1]
    if words_of(seat.panel) and seat.panel.role not in ANSWERS:
        mend = _silent_after(seat, "a silent panel at the end")
        yield remark(Rule.NO_AFTERBEAT, seat, "The last panel talks; the ending has no moment of its own.", mend)


def _silent_after(seat: Seat, label: str) -> Fix:
    before = "" if seat.last else seat.page.panels[seat.index + 1].key
    return fix(seat.page.key, label, {"insert_panel": {"before": before}}, by="drag_drop")


def _shock(seat: Seat) -> bool:
    faces = {figure.expression for figure in seat.panel.direction.figures}
    return seat.panel.importance >= 4 and bool(faces & ALARM)


def _face(shot: Shot) -> bool:
    return shot in (Shot.CLOSE, Shot.EXTREME_CLOSE)


def _cut(page: StoryPage) -> tuple[tuple[int, int], ...]:
    """The centres of the frames on a coarse grid."""
    centres = (bounds(frame.polygon).centre for frame in page.layout.frames)
    return tuple(sorted((round(x / 20), round(y / 20)) for x, y in centres))
