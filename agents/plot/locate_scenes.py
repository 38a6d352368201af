"""Finds the exact places in the story of the scenes and beats that a model has drafted.

Beats are found by the words they begin with, lines by their own; each beat reaches to the next, so no word of the
stretch is left out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from agents.changed_appearance import settled
from agents.checked_answers import Fault
from agents.plot.locate_lines import (
    LinePlaces,
    Said,
    brief_of,
    captions_in,
    captions_of,
    lines_of,
    told_of,
    unsaid,
)
from agents.plot.locate_quotes import Faults, Folded, beat_key, fold, shown
from agents.plot.plot_losses import BEAT, SCENE, PlacedLoss, lost_changes, lost_setting, refused_loss
from manga.brief import Language
from manga.characters import Cast
from manga.continuity import Change
from manga.losses import Loss, Reason
from manga.plot import Beat, Deed, Line, LineKind, Scene
from manga.plot_draft import BeatDraft, PlotDraft, SceneDraft
from manga.quotations import Quotation, find_quotations
from manga.story_source import Source
from manga.text_capacity import MEASURES
from manga.values import Span
from manga.vocabulary.places import known_setting

_BLANKS = 200
"""How far a chapter line may stand before the words that follow it."""
_PLACES = 60
"""Places of the same words that are weighed."""
MOST_BEATS = MOST_LINES = 2000
LONGEST = {Language.JA: 2000, Language.EN: 6000}
"""Characters that one beat may tell; beyond that an answer has skipped what happens."""
FORGOTTEN = 0.25
"""The part of the utterances that an answer may leave out; they stay lines, of nobody we know."""


@dataclass(frozen=True)
class BeatPlaces:
    """In one stretch of the source. Beats are counted from 0."""

    source: Source
    span: Span
    folded: Folded
    quotations: Sequence[Quotation]
    faults: Faults

    def spans_of(self, beats: Sequence[BeatDraft]) -> list[Span]:
        starts = self._starts(beats)
        bounds = [self.span.start, *(self._outer(start, before) for before, start in pairwise(starts)), self.span.end]
        return [Span(start=a, end=b) for a, b in pairwise(bounds)]

    def _starts(self, beats: Sequence[BeatDraft]) -> list[int]:
        """A rising row of places, one a beat; where an evidence stands more than once, the likeliest."""
        chances = [self._chances(number, beat) for number, beat in enumerate(beats)]
        able = self._in_order(beats, chances)
        latest, ceiling = dict.fromkeys(able, 0), self.span.end
        for number in reversed(able):
            latest[number] = ceiling = chances[number][bisect_left(chances[number], ceiling, key=_start) - 1].start
        starts: list[int] = []
        for number, row in enumerate(chances):
            floor = starts[-1] if starts else self.span.start - 1
            low, high = (bisect_right(row, at, key=_start) for at in (floor, latest.get(number, floor)))
            left = row[low : min(high, low + _PLACES)]
            best = max(left, key=lambda span: (self._weight(span.start), -span.start)).start if left else floor
            starts.append(max(best, self.span.start))
        return starts

    def _in_order(self, beats: Sequence[BeatDraft], chances: Sequence[Sequence[Span]]) -> list[int]:
        """The beats that can follow each other, each taken at its first place; of the others it is told why not."""
        able, floor = [], -1
        for number, row in enumerate(chances):
            at = bisect_right(row, floor, key=_start)
            if at < len(row):
                able.append(number)
                floor = row[at].start
            elif row:
                self._out_of_order(number, beats[number], row[0].start, floor)
        return able

    def _out_of_order(self, number: int, beat: BeatDraft, first: int, floor: int) -> None:
        told = "stands before that of the beat before it" if first < floor else "is that of another beat too"
        self.faults.add(f"The evidence of beat {number + 1} {told}: {shown(beat.evidence)}", beat_key(number))

    def _chances(self, number: int, beat: BeatDraft) -> Sequence[Span]:
        if self.faults.are_many:
            return ()
        words = [line.text for line in beat.lines[:1] if fold(line.text).startswith(fold(beat.evidence))]
        for copied in (*words, beat.evidence):
            if found := self.folded.places(copied):
                return found
        if near := self.folded.near(beat.evidence):
            return (near,)
        if beat.lines and (found := self.folded.places(beat.lines[0].text)):
            return found
        self.faults.add(
            f"The evidence of beat {number + 1} is not in the text: {shown(beat.evidence)}", beat_key(number)
        )
        return ()

    def _weight(self, at: int) -> int:
        """How likely a beat begins here: with a paragraph, with a sentence, within one."""
        before = self.source.text[max(0, at - 8) : at].rstrip(' \u3000「『“"‘（(')
        if not before or before.endswith("\n"):
            return 2
        return int(before[-1] in '。！？!?.…」』”"’')

    def _outer(self, start: int, before: int) -> int:
        """With the quotation mark, the blanks and the chapter line before it."""
        text = self.source.text
        mark = self._marks.get(start, start)
        while mark > before + 1 and text[mark - 1] in " \u3000":
            mark -= 1
        end = max(0, mark - _BLANKS) + len(text[max(0, mark - _BLANKS) : mark].rstrip())
        heading = next((h for h in self.source.headings if h.end == end and h.start > before), None)
        return heading.start if heading is not None else mark

    @cached_property
    def _marks(self) -> dict[int, int]:
        return {q.start: q.outer_start for q in self.quotations}


def _start(span: Span) -> int:
    return span.start


@dataclass(frozen=True, slots=True)
class Placed:
    """A scene with places; keys are counted within its draft. `cut` holds beats to be left out, `hooks` what beats
    leave open, `losses` what of the answer is not in the scene as it was said."""

    scene: Scene
    goes_on: bool = False
    cut: frozenset[str] = frozenset()
    hooks: tuple[tuple[str, str], ...] = ()
    losses: tuple[PlacedLoss, ...] = ()
    teller: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What places are looked for in: a stretch of the source. `reordered`: somebody has wished for another order of
    scenes than the text's."""

    source: Source
    span: Span
    cast: Cast
    reordered: bool = False


def place(draft: PlotDraft, reading: Reading) -> tuple[Placed, ...]:
    """The scenes of the stretch. Raises AnswerInvalid that names the beat or line at fault."""
    placed, faults = _placed(draft, reading)
    faults.raise_any()
    return placed


def faults_in(draft: PlotDraft, reading: Reading) -> tuple[Fault, ...]:
    """All that cannot be found or must not be."""
    return tuple(_placed(draft, reading)[1].found)


def _placed(draft: PlotDraft, reading: Reading) -> tuple[tuple[Placed, ...], Faults]:
    """No scene where there are faults."""
    source, span = reading.source, reading.span
    folded = Folded(source.text[span.start : span.end], span.start)
    order = _order(draft, folded) if reading.reordered else range(len(draft.scenes))
    told = draft.model_copy(update={"scenes": tuple(draft.scenes[at] for at in order)})
    beats, faults, names = told.beats(), Faults(), names_of(reading.cast)
    if len(beats) > MOST_BEATS:
        faults.add(f"The answer has {len(beats)} beats; {MOST_BEATS} are the most.", beat_key(MOST_BEATS))
        return (), faults
    if (lines := sum(len(beat.lines) for beat in beats)) > MOST_LINES:
        faults.add(f"The answer has {lines} lines; {MOST_LINES} are the most.", None)
        return (), faults
    quotations = [q for q in find_quotations(source) if span.start <= q.start < span.end]
    spans = BeatPlaces(source, span, folded, quotations, faults).spans_of(beats)
    said = LinePlaces(source, folded, quotations, names, faults).said_in(beats, spans)
    low = frozenset(person.key for person in reading.cast.characters if person.speech.voice == "hushed")
    written = _Writer(source, quotations, names, low)
    if not faults.found:
        written.check(spans, said, faults)
    if faults.found:
        return (), faults
    scenes = zip(order, written.scenes(told, spans, said), strict=True)
    in_order = sorted(scenes, key=lambda pair: pair[0])
    teller = names.get(draft.teller or "")
    found = (replace(_with_losses(one, draft, number), teller=teller) for number, one in in_order)
    return _without_stranger(tuple(found), draft.teller), faults


def _without_stranger(placed: tuple[Placed, ...], teller: str | None) -> tuple[Placed, ...]:
    """Whoever was said to tell the story, and is nobody of the cast, is told."""
    first, *others = placed
    if not teller or first.teller is not None:
        return placed
    loss = refused_loss("teller", teller, Reason.NOT_IN_CAST, SCENE)
    return (replace(first, losses=((first.scene.beats[0].span.start, loss), *first.losses)), *others)


def _with_losses(placed: Placed, draft: PlotDraft, number: int) -> Placed:
    """With what reading the draft has lost of this scene, which is the draft's `number`th, counted from 0."""
    found: list[PlacedLoss] = []
    for loss in draft.losses:
        scene, _, beat = loss.element.partition(".")
        if scene == str(number):
            at = placed.scene.beats[int(beat) if beat else 0].span.start
            found.append((at, loss.model_copy(update={"element": BEAT if beat else SCENE})))
    return replace(placed, losses=(*found, *placed.losses)) if found else placed


def _order(draft: PlotDraft, folded: Folded) -> list[int]:
    """The scenes as the text tells them; where the first words of one are nowhere, it stays behind the one before."""
    starts: list[int] = []
    for scene in draft.scenes:
        found = folded.places(scene.beats[0].evidence)
        starts.append(found[0].start if found else starts[-1] if starts else -1)
    return sorted(range(len(starts)), key=lambda at: starts[at])


def names_of(cast: Cast) -> dict[str, str]:
    """Keys by key, and by every name that only one person has."""
    names: dict[str, set[str]] = {}
    for person in cast.characters:
        for name in (person.name, *person.aliases):
            names.setdefault(name, set()).add(person.key)
    plain = {name: next(iter(keys)) for name, keys in names.items() if len(keys) == 1}
    return plain | {person.key: person.key for person in cast.characters}


@dataclass(frozen=True)
class _Writer:
    """Writes beats and scenes when all is found."""

    source: Source
    quotations: Sequence[Quotation]
    names: Mapping[str, str]
    low: frozenset[str]
    """Whose sheets say that they never speak above a whisper."""

    def check(self, spans: Sequence[Span], rows: Sequence[Sequence[Said]], faults: Faults) -> None:
        longest = LONGEST[self.source.language]
        for number, span in enumerate(spans):
            told = sum(letter.isalnum() for letter in self.source.text[span.start : span.end])
            if told > longest:
                faults.add(
                    f"Beat {number + 1} would tell {told} characters: nothing says what happens after"
                    f" {shown(self.source.text[span.start : span.end])}",
                    beat_key(number),
                )
        left_out = unsaid(self.quotations, [said for row in rows for said in row], self.source)
        if len(left_out) > max(3, FORGOTTEN * len(self.quotations)):
            for q in left_out:
                number = bisect_right([span.start for span in spans], q.start) - 1
                words = shown(self.source.text[q.start : q.end])
                faults.add(f"What is said has no line: {words}", beat_key(max(0, number)))

    def scenes(self, draft: PlotDraft, spans: Sequence[Span], rows: Sequence[Sequence[Said]]) -> Iterator[Placed]:
        number = 0
        lines = 0
        for place_, scene in enumerate(draft.scenes, start=1):
            beats = []
            for beat in scene.beats:
                beats.append(self._beat(number, beat, spans[number], rows[number], lines))
                lines += len(beats[-1].lines)
                number += 1
            yield self._scene(place_, scene, tuple(beats))

    def _beat(self, number: int, draft: BeatDraft, span: Span, row: Sequence[Said], lines: int) -> Beat:
        captions = captions_in(self.source, span, draft.captions, row) if draft.captions else []
        said = lines_of(self.source, span, row, self.quotations, captions)
        speakers = [one.line.speaker for one in said if one.line.speaker]
        deeds = tuple(
            Deed(who=self.names[deed.who], action=deed.action, thing=deed.thing, span=span)
            for deed in draft.deeds
            if deed.who in self.names and deed.action
        )
        return Beat(
            key=beat_key(number),
            span=span,
            told=told_of(self.source, span, said, self.quotations),
            lines=tuple(self._line(lines + count, one) for count, one in enumerate(said, start=1)),
            present=self._known(draft.present) or tuple(dict.fromkeys(speakers)),
            emotion=draft.emotion,
            importance=draft.importance,
            action=draft.action,
            deeds=deeds,
            changes=tuple(
                settled(Change(who=self.names[c.who], aspect=c.aspect, to=c.to, words=c.words, span=span))
                for c in draft.changes
                if c.who in self.names
            ),
            props=tuple(dict.fromkeys(prop for prop in draft.props if prop)),
            sound=draft.sound,
            reveal=draft.reveal,
            needs=tuple(place for words in draft.needs if (place := self._needed(words, span)) is not None),
            captions=captions_of(said, captions, self.source),
            place=draft.place,
            setting=known_setting(draft.setting) if draft.setting else "",
            **{name: getattr(draft, name) for name in ("time_of_day", "weather", "ground", "flashback")},
        )

    def _needed(self, words: str, own: Span) -> int | None:
        """The place of words that another beat begins with: the last before this one, else the first after it."""
        starts = [place.start for place in self._folded.places(words)]
        before = [at for at in starts if at < own.start]
        return before[-1] if before else next((at for at in starts if at >= own.end), None)

    @cached_property
    def _folded(self) -> Folded:
        """All of the story: a part may count on the end of the one before it."""
        return Folded(self.source.text)

    def _line(self, number: int, said: Said) -> Line:
        line = said.line
        unknown = line.speaker is None and line.kind not in (LineKind.NARRATION, LineKind.SIGN)
        return Line(
            key=f"l{number:04d}",
            kind=LineKind.WHISPER if line.kind is LineKind.SPEECH and line.speaker in self.low else line.kind,
            text=self.source.text[said.span.start : said.span.end],
            ruby=self.source.rubies_in(said.span),
            span=said.span,
            speaker=line.speaker,
            confidence=0.0 if unknown else line.confidence if line.speaker else 1.0,
            addressee=self.names.get(line.addressee) if line.addressee else None,
            brief=brief_of(said, self.source),
        )

    def _known(self, people: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.names[who] for who in people if who in self.names))

    def _scene(self, number: int, draft: SceneDraft, beats: tuple[Beat, ...]) -> Placed:
        start, end = beats[0].span.start, beats[-1].span.end
        heading = next((h for h in self.source.headings if start <= h.start < beats[0].span.end), None)
        seen = [key for beat in beats for key in beat.present]
        scene = Scene(
            key=f"s{number:02d}",
            heading=self.source.text[heading.start : heading.end].strip("# \u3000")[:120] if heading else "",
            place=draft.place or draft.setting,
            setting=known_setting(draft.setting),
            time_of_day=draft.time_of_day,
            weather=draft.weather,
            ground=draft.ground,
            present=tuple(sorted(dict.fromkeys(seen), key=lambda key: -seen.count(key)))[:8],
            what_happens=draft.what_happens,
            emotion=draft.emotion,
            importance=draft.importance,
            flashback=draft.flashback,
            beats=beats,
            page_budget=round((end - start) / MEASURES[self.source.language].source_per_page, 2),
        )
        pairs = list(zip(beats, draft.beats, strict=True))
        lost = [(beat.span.start, loss) for beat, told in pairs for loss in self._lost(told, beat)]
        lost = [*((start, loss) for loss in lost_setting(draft.setting, scene.setting)), *lost]
        return Placed(
            scene,
            goes_on=draft.goes_on,
            cut=frozenset(beat.key for beat, told in pairs if told.cut),
            hooks=tuple((beat.key, told.hook) for beat, told in pairs if told.hook),
            losses=tuple(lost),
        )

    def _lost(self, draft: BeatDraft, beat: Beat) -> Iterator[Loss]:
        """What of a beat's draft is not in the beat: somebody whom nobody knows, words that became others, silences
        that the story does not print."""
        who = [("present", key, key) for key in draft.present]
        who += [("addressee", line.addressee, line.addressee) for line in draft.lines if line.addressee]
        who += [("deed", deed.who, f"{deed.who}: {deed.action} {deed.thing}".strip()) for deed in draft.deeds]
        who += [("change", c.who, f"{c.who}: {c.aspect} {c.to or c.words}".strip()) for c in draft.changes]
        yield from (refused_loss(what, said, Reason.NOT_IN_CAST) for what, key, said in who if key not in self.names)
        yield from (refused_loss("deed", deed.who, Reason.UNKNOWN_WORD) for deed in draft.deeds if not deed.action)
        yield from lost_changes((one for one in draft.changes if one.who in self.names), beat.changes)
        silent = (line for line in draft.lines if not any(letter.isalnum() for letter in line.text))
        there = [line.text for line in beat.lines]
        folded = [fold(words) for words in there]
        gone = [line.text for line in silent if not any(line.text in words for words in there)]
        brief = (words for line in draft.lines for words in line.brief)
        gone += [words for words in brief if not any(fold(words) in line for line in folded)]
        yield from (refused_loss("line", words, Reason.OWN_WORDS) for words in gone)
        yield from (refused_loss("needs", words, Reason.UNKNOWN_KEY) for words in self._strange(draft, beat))
        told = [fold(self.source.text[span.start : span.end]) for span in beat.captions]
        mute = (words for words in draft.captions if not any(fold(words) in one or one in fold(words) for one in told))
        yield from (refused_loss("captions", words, Reason.OWN_WORDS) for words in mute)

    def _strange(self, draft: BeatDraft, beat: Beat) -> Iterator[str]:
        return (words for words in draft.needs if self._needed(words, beat.span) is None)
