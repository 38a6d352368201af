"""Remarks on dialogue: who says it, in which order, how much there is, and who is called what."""

import re
from collections.abc import Iterator

from pydantic import JsonValue

from agents.editor_remarks.panels_in_order import VOICES, Seat, Sheet, fix, remark, words_of
from manga.editor_remarks import Fix, Remark, Rule
from manga.plot import DOUBT, LineKind
from manga.storyboard import FigureDirection, LinePart

MOST_LETTERS = {True: 160, False: 900}
MOST_TEXTS = 11
MOST_BALLOONS = 3
WAITS = re.compile(
    r"[、,;:]$|\b(?:and|but|or|nor|until|because|which|that|the|an?|of|to|with|for)$|(?:て|で|が|ので|けれど|けど|のに|たら|れば)$"
)
"""Ends of a text that wait for more, in both languages."""
HANGS = re.compile(r"(?:and|but|or|nor|until|because|which|that|who|whose|for|so)\b")
"""Words that an English caption goes on with."""
LONG = {True: 40, False: 110}
"""By vertical lettering: 8 letters by 4 columns with some room; English in characters."""


def doubtful_speakers(sheet: Sheet) -> Iterator[Remark]:
    """Lines whose speaker is a guess. The mend names the other one who is seen, where there is just one."""
    for seat in sheet.seats:
        for part in words_of(seat.panel):
            if part.kind in VOICES and part.speaker is not None and part.confidence < DOUBT:
                yield remark(
                    Rule.DOUBTFUL_SPEAKER,
                    seat,
                    f"Whether {_name(sheet, part.speaker)} says this is a guess ({part.confidence:.0%}).",
                    _other_speaker(sheet, seat, part),
                    part.key,
                )


def _other_speaker(sheet: Sheet, seat: Seat, part: LinePart) -> Fix | None:
    others = {figure.character for figure in seat.panel.direction.figures} - {part.speaker}
    if len(others) != 1:
        return None
    other = others.pop()
    return fix(part.key, f"{_name(sheet, other)} says it", {"speaker": other}, by="text_edit")


def unnamed(sheet: Sheet) -> Iterator[Remark]:
    """A main character who is seen but not called by any name on that page or the next."""
    for person in sheet.cast.characters:
        if person.role == "minor":
            continue
        first = next(
            (s for s in sheet.seats if any(f.character == person.key for f in s.panel.direction.figures)), None
        )
        if first is None:
            continue
        near = [page for page in sheet.storyboard.pages if 0 <= page.number - first.page.number <= 1]
        read = "".join(part.text for page in near for panel in page.panels for part in panel.dialogue.parts)
        if not any(name and name in read for name in (person.name, *person.aliases)):
            yield remark(Rule.NO_NAME, first, f"{person.name} comes in here, and no word tells who that is.")


def answers_first(sheet: Sheet) -> Iterator[Remark]:
    """Two speak in one panel, and who speaks second stands where the eye comes first."""
    for seat in sheet.seats:
        speakers = list(dict.fromkeys(p.speaker for p in words_of(seat.panel) if p.speaker and p.kind in VOICES))
        places = {figure.character: figure for figure in seat.panel.direction.figures}
        if len(speakers) != 2 or not set(speakers) <= set(places):
            continue
        first, second = (places[speaker] for speaker in speakers)
        if (second.x - first.x) * sheet.ahead < 0:
            yield remark(
                Rule.ANSWER_FIRST,
                seat,
                f"{_name(sheet, second.character)} answers, but stands before {_name(sheet, first.character)}.",
                swapped(seat, first, second),
            )


def swapped(seat: Seat, first: FigureDirection, second: FigureDirection) -> Fix:
    """Two figures change places and look at each other as before."""
    turned = {"left": "right", "right": "left"}
    data: dict[str, JsonValue] = {}
    for figure, other in ((first, second), (second, first)):
        data[f"figures.{figure.character}.x"] = other.x
        data[f"figures.{figure.character}.facing"] = turned.get(figure.facing, figure.facing)
    return fix(seat.panel.key, "change places", data)


def crowded_pages(sheet: Sheet) -> Iterator[Remark]:
    """More letters or texts than a page bears."""
    for page in sheet.storyboard.pages:
        parts = [part for panel in page.panels for part in words_of(panel)]
        letters = sum(len(part.text.replace(" ", "")) for part in parts)
        limit = MOST_LETTERS[sheet.vertical]
        if letters > limit or len(parts) > MOST_TEXTS:
            reason = f"{letters} letters in {len(parts)} texts; a page bears {limit} in {MOST_TEXTS}."
            yield Remark(rule=Rule.CROWDED_PAGE, page=page.number, element=page.key, reason=reason)


def crowded_panels(sheet: Sheet) -> Iterator[Remark]:
    """Too many balloons in one panel; the last one could go to the next panel of the page."""
    for seat in sheet.seats:
        balloons = [part for part in words_of(seat.panel) if part.kind in VOICES]
        if len(balloons) <= MOST_BALLOONS:
            continue
        mend = None
        if not seat.last:
            following = seat.page.panels[seat.index + 1].key
            mend = fix(balloons[-1].key, "to the next panel", {"panel": {"panel": following}}, by="drag_drop")
        yield remark(Rule.CROWDED_PANEL, seat, f"{len(balloons)} balloons are too many for a panel.", mend)


def long_balloons(sheet: Sheet) -> Iterator[Remark]:
    """A balloon that is a paragraph."""
    for seat in sheet.seats:
        for part in words_of(seat.panel):
            if part.kind in VOICES and len(part.text) > LONG[sheet.vertical]:
                reason = (
                    f"{len(part.text)} letters in one balloon; {LONG[sheet.vertical]} are the most to be read at once."
                )
                yield remark(Rule.LONG_BALLOON, seat, reason, element=part.key)


def broken_off(sheet: Sheet) -> Iterator[Remark]:
    """The last text of a line that waits for more, while the story goes on; a caption that begins within a sentence."""
    ends = {line.key: line.span.end for told in sheet.bible.beats.values() for line in told.beat.lines}
    seats = [(seat, part) for seat in sheet.seats for part in words_of(seat.panel)]
    last = {part.line: part.key for _, part in seats}
    begun: set[str] = set()
    for seat, part in seats:
        words = part.text.rstrip()
        waits = WAITS.search(words) if ends.get(part.line, 0) > part.span.end else sheet.vertical and words[-1:] == "、"
        if waits and last[part.line] == part.key:
            yield remark(Rule.BREAKS_OFF, seat, "It breaks off in mid-clause, and nothing of its line follows.",
                         element=part.key)  # fmt: skip
        elif part.kind is LineKind.NARRATION and part.line not in begun and HANGS.match(part.text):
            yield remark(Rule.BREAKS_OFF, seat, "The caption begins within a sentence.", element=part.key)
        begun.add(part.line)


def _seen(seat: Seat, who: str) -> bool:
    return any(figure.character == who for figure in seat.panel.direction.figures)


def _name(sheet: Sheet, key: str) -> str:
    person = sheet.cast.get(key)
    return person.name if person else key
