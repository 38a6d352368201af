"""A model reads a storyboard, and later the lettered book, as its desk editor would, and names what readers stumble
over. What the storyboard can mend is mended once, before anything is drawn."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType
from typing import Final

from pydantic import Field

from agents.checked_answers import softly
from agents.notes_that_stand import still_standing
from agents.result_cache import Shelf, found, keep, name_of, remembered
from agents.retry import POLICIES, Clock
from agents.split_questions import ask_in_groups
from agents.storyboard.page_words import letters_of, unread_in
from agents.storyboard.restore_cut_moments import moments_named
from drawing.lettering.punctuation import unpaused
from drawing.lettering.split_text import first_half
from manga.concept import Concept
from manga.editor_remarks import EditorNote, EditorNotes
from manga.errors import AnswerInvalid, WishRefused
from manga.lettering import BalloonKind, Lettering, PageLettering
from manga.losses import shortened
from manga.paper import turns_after
from manga.phases import Phase
from manga.plot import LineKind, Plot, happens_in, spoken_in
from manga.proposed_changes import ProofPage, ProofPanel, ProofPart
from manga.revision import Revision, Wish
from manga.storyboard import PanelDraft, Storyboard, StoryPage, words_said
from manga.values import Value, on_one_line
from providers.base import Ask, TextModel

log = logging.getLogger(__name__)

PROMPT = "finishing"
MOST_LEFT_OUT: Final = 160
"""Letters of a line, or of a moment, that is left out."""
MOST_NOTES: Final = 10
NEAREST: Final = 2
"""Panels of a page beside one that has changed: those that a reader sees before it, or after it."""
_BRIEFLY: Final = {"language", "genres", "target_readers"}
"""Of the concept, for who has read the book before."""
AGAIN: Final = "lettered book, which you have read before; since then these pages have changed:"
_OF_PAGES: Final = frozenset({Phase.STORYBOARD.value, Phase.PLOT.value})
"""Phases whose faults pages may mend: what the plot lacks may be a told sentence that no caption says."""

_VOICED: Final = frozenset({LineKind.SPEECH, LineKind.SHOUT, LineKind.WHISPER, LineKind.THOUGHT, LineKind.MONOLOGUE})
_VOICES: Final = {BalloonKind(kind.value): kind for kind in _VOICED}
"""What the letterer may voice otherwise than the storyboard has it."""


class Proofread(Value):
    """An answer, with the pages it was given for by number. `failed` says why there is none, `mended` are known faults
    that the book no longer has."""

    answer: EditorNotes = EditorNotes()
    given: dict[int, str] = Field(default_factory=dict)
    failed: str = ""
    mended: tuple[str, ...] = ()


class ProofreadPage(Value):
    """What was found on one page of a book, what its panels were by then, and the known faults that it no longer has:
    without its number, which pages before it may change."""

    notes: tuple[EditorNote, ...] = ()
    given: str = ""
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Proof-reads with a model: a storyboard before anything is drawn, and the book as it is printed."""

    text: TextModel
    clock: Clock

    async def of_storyboard(
        self, storyboard: Storyboard, concept: Concept, shelf: Shelf | None, plot: Plot | None = None
    ) -> tuple[EditorNote, ...]:
        """What a reader would feel, who is also shown what of the `plot` is left out. Nothing where no answer can be
        had; raises what makes a work wait."""
        left_out = left_out_of(storyboard, plot) if plot is not None else {}
        pages = tuple(drafted_pages(storyboard, concept, left_out))
        name = name_of("proofread_draft", [self.text.name, [page.to_json() for page in pages]])
        found = await remembered(shelf, name, Proofread, lambda: self._asked(pages, concept, "storyboard"))
        return tuple(note for note in found.answer.notes if _stands(note, pages, found))

    async def of_book(
        self,
        storyboard: Storyboard,
        lettering: Lettering,
        concept: Concept,
        shelf: Shelf | None,
        plot: Plot | None = None,
    ) -> tuple[str, ...]:
        """What to tell of the book, one sentence a note, those that stand from the storyboard first. It is read once
        for its lines; a note on a page that has changed since is dropped. Raises what makes a work wait."""
        left_out = left_out_of(storyboard, plot) if plot is not None else {}
        pages = tuple(printed_pages(storyboard, lettering, concept, left_out))
        lines = sorted({part.line for panel in storyboard.panels() for part in panel.dialogue.parts})
        name = name_of("proofread", [self.text.name, lines])
        names = {page.number: self._name_of_page(page) for page in storyboard.pages}
        before = storyboard.notes
        read = await remembered(shelf, name, Proofread, lambda: self._read(pages, concept, before, shelf, names))
        known = tuple(told(note) for note in before if not {told(note), note.line} & set(read.mended))
        if read.failed:
            return (*known, f"the book could not be proof-read: {read.failed}")
        fresh = (told(note) for note in read.answer.notes if _stands(note, pages, read))
        return tuple(dict.fromkeys((*known, *fresh)))

    def _name_of_page(self, page: StoryPage) -> str:
        """By its lines; of a silent page by its panels."""
        lines = sorted({part.line for panel in page.panels for part in panel.dialogue.parts})
        own = lines or [panel.key for panel in page.panels]
        return name_of("proofread_page", [self.text.name, page.key, own])

    async def _read(
        self,
        pages: tuple[ProofPage, ...],
        concept: Concept,
        before: Sequence[EditorNote],
        shelf: Shelf | None,
        names: Mapping[int, str],
    ) -> Proofread:
        """The book as a whole; of one that was read before only the pages whose lines nobody has read, and those
        beside them. What was found on the others stands."""
        kept = {number: await found(shelf, name, ProofreadPage) for number, name in names.items()}
        there = {number: own for number, own in kept.items() if own is not None}
        new = [page.number for page in pages if page.number not in there]
        shown = tuple(page for page in pages if {page.number - 1, page.number, page.number + 1} & set(new))
        if not there:
            answer = await self._asked(pages, concept, "lettered book", before)
        elif new:
            again = f"{AGAIN} {', '.join(map(str, new))}; of the pages beside them the nearest panels are told"
            briefly = concept.model_dump(mode="json", include=_BRIEFLY)
            near = tuple(page if page.number in new else _nearest_panels(page, {*new}) for page in shown)
            told_of = {panel.key for page in near for panel in page.panels}
            old = (note for page in shown for note in _notes_kept(page, there))
            kept_notes = (note for note in old if not note.panel or note.panel in told_of)
            answer = await self._asked(near, briefly, again, (*before, *kept_notes))
        else:
            answer = Proofread()
        whole = _together(pages, answer, there)
        if shelf is not None and not answer.failed:
            for page in shown:
                await keep(shelf, names[page.number], _of_page(page, whole, there.get(page.number)))
        return whole

    async def _asked(
        self,
        pages: tuple[ProofPage, ...],
        concept: Concept | Mapping[str, object],
        stage: str,
        before: Sequence[EditorNote] = (),
    ) -> Proofread:
        """As many pages at once as a question holds, with what was found on them before; of all notes the first of each
        question come first."""

        def ask(some: Sequence[ProofPage]) -> Ask[EditorNotes]:
            numbers = {page.number for page in some}
            known = {str(n): told(note) for n, note in enumerate(before, start=1) if note.page in numbers}
            return Ask(PROMPT, {"pages": some, "concept": concept, "stage": stage, "known": known}, EditorNotes)

        async def answered(ask: Ask[EditorNotes]) -> tuple[EditorNotes, str, list[str]]:
            answer, why = await softly(lambda: self.text.answer(ask), POLICIES[Phase.FINISHING], self.clock)
            answer = answer or EditorNotes()
            return answer, why, [ask.inputs["known"][str(n)] for n in answer.mended if str(n) in ask.inputs["known"]]

        found = await ask_in_groups(self.text, pages, ask, answered)
        notes = [note for row in zip_longest(*(one.notes for one, *_ in found)) for note in row if note]
        return Proofread(
            answer=EditorNotes(notes=tuple(notes[:MOST_NOTES])),
            given=_digests(pages),
            failed=next((why for _, why, _ in found if why), ""),
            mended=tuple(sentence for _, _, mended in found for sentence in mended),
        )


async def mended(
    storyboard: Storyboard,
    notes: Sequence[EditorNote],
    revised: Callable[[Revision[Storyboard]], Awaitable[Storyboard]],
    plot: Plot | None = None,
) -> Storyboard:
    """The storyboard after one revision for what pages can mend, with the notes that still stand: those that were not
    asked about, whose panel is as it was, or that name words or moments which are still not there. Of the `plot`
    moments that it has cut may come back."""
    own = [note for note in notes if note.phase in _OF_PAGES]
    left = list(notes)
    if own:
        before = storyboard
        try:
            wide = [note.model_copy(update={"panel": None}) if misses_moment(note, plot) else note for note in own]
            storyboard = await revised(Revision((_wish(wide, storyboard),), storyboard))
        except (AnswerInvalid, WishRefused) as error:
            log.info("the proof-reader's notes could not be carried out: %s", error.code)
        else:
            asked = still_standing(own, before, storyboard, plot)
            left = [*asked, *(note for note in notes if note not in own)]
    return storyboard.model_copy(update={"notes": tuple(left)}) if left else storyboard


def misses_moment(note: EditorNote, plot: Plot | None) -> bool:
    """Whether it names a moment that the plot has cut."""
    return plot is not None and bool(moments_named(note.fault, plot))


def _wish(notes: Sequence[EditorNote], storyboard: Storyboard) -> Wish:
    """All of them in one, a line each: every panel of its own would be a question of its own."""
    pages = {page.number: page.key for page in storyboard.pages}
    places = [(note.panel or pages[note.page], note.fault) for note in notes]
    return "\n".join(f"{place}: {on_one_line(fault)}" for place, fault in places), tuple(
        dict.fromkeys(place for place, _ in places)
    )


def with_notes_of(old: Storyboard, storyboard: Storyboard, plot: Plot | None = None) -> Storyboard:
    """A changed storyboard, with the notes that still stand."""
    notes = tuple(still_standing(old.notes, old, storyboard, plot))
    return storyboard.model_copy(update={"notes": notes}) if notes else storyboard


def drafted_pages(
    storyboard: Storyboard, concept: Concept, left_out: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Iterator[ProofPage]:
    """The book as it is drafted; `left_out` by key of the page."""
    for page in storyboard.pages:
        yield ProofPage(
            number=page.number,
            turned=page is not storyboard.pages[-1] and turns_after(page.side, concept.direction),
            panels=tuple(_panel(panel, _drafted(panel)) for panel in page.panels),
            left_out=tuple(left_out.get(page.key, ())),
        )


def left_out_of(storyboard: Storyboard, plot: Plot) -> dict[str, list[str]]:
    """By page, each after its key: lines of its moments that nobody says whole, what of their narration must be read
    and is not, and the moments that follow them in the story and are on no page."""
    pages = {key: page.key for page in storyboard.pages for panel in page.panels for key in panel.beats}
    said = words_said(storyboard.panels())
    found: dict[str, list[str]] = {}
    home = storyboard.pages[0].key
    for beat in plot.beats():
        if beat.key in pages:
            home = pages[beat.key]
            found.setdefault(home, []).extend(
                f"{line.key}: {shortened(line.text, MOST_LEFT_OUT)}"
                for line in spoken_in(beat)
                if letters_of(line.text).words != letters_of(said.get(line.key, "")).words
            )
            found[home] += [f"{key}: {shortened(words, MOST_LEFT_OUT)} (told)" for key, words in unread_in(beat, said)]
        elif happens_in(beat):
            found.setdefault(home, []).append(f"{beat.key}: {shortened(beat.words, MOST_LEFT_OUT)}")
    return found


def _drafted(panel: PanelDraft) -> Iterator[ProofPart]:
    for part in panel.dialogue.parts:
        yield ProofPart(speaker=part.speaker, kind=part.kind, text=unpaused(part.text))


def printed_pages(
    storyboard: Storyboard,
    lettering: Lettering,
    concept: Concept,
    left_out: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Iterator[ProofPage]:
    """The book as it is printed; `left_out` by key of the page."""
    printed = {page.page: page for page in lettering.pages}
    for page in storyboard.pages:
        letters = printed.get(page.key, PageLettering(page=page.key))
        panels = tuple(_panel(panel, _printed(panel, letters)) for panel in page.panels)
        yield ProofPage(
            number=page.number,
            turned=page is not storyboard.pages[-1] and turns_after(page.side, concept.direction),
            panels=panels,
            left_out=tuple(left_out.get(page.key, ())),
        )


def _panel(panel: PanelDraft, texts: Iterator[ProofPart]) -> ProofPanel:
    return ProofPanel(
        key=panel.key,
        role=panel.role.value,
        importance=panel.importance,
        seen=panel.direction.seen,
        texts=tuple(texts),
    )


def _printed(panel: PanelDraft, letters: PageLettering) -> Iterator[ProofPart]:
    """Balloons and sounds as they are read one after the other, new sounds last, the halves of a long text together."""
    known = {part.key: (place, part) for place, part in enumerate(panel.dialogue.parts)}
    found: list[tuple[int, ProofPart]] = []
    for balloon in sorted((one for one in letters.balloons if one.panel == panel.key), key=lambda one: one.order):
        place, part = known.get(balloon.key) or known.get(first_half(balloon.key) or "") or (len(known), None)
        if part is not None:
            kind = _VOICES.get(balloon.kind, part.kind) if part.kind in _VOICED else part.kind
            found.append((place, ProofPart(speaker=balloon.speaker, kind=kind, text=unpaused(balloon.text.source))))
    for sound in (one for one in letters.sfx if one.panel == panel.key):
        place, _ = known.get(sound.key, (len(known), None))
        found.append((place, ProofPart(kind="sfx", text=sound.text)))
    yield from (said for _, said in sorted(found, key=lambda one: one[0]))


def _digests(pages: Iterable[ProofPage]) -> dict[int, str]:
    return {page.number: name_of("page", page.to_json()) for page in pages}


def _stands(note: EditorNote, pages: tuple[ProofPage, ...], found: Proofread) -> bool:
    """Is the note about a page, and a panel, as they are now?"""
    page = next((page for page in pages if page.number == note.page), None)
    if page is None or _digests([page])[page.number] != found.given.get(page.number):
        return False
    return note.panel is None or any(panel.key == note.panel for panel in page.panels)


def _nearest_panels(page: ProofPage, changed: Set[int]) -> ProofPage:
    """Of a page beside some that have changed: its panels next to these."""
    last = page.panels[-NEAREST:] if page.number + 1 in changed else ()
    first = page.panels[:NEAREST] if page.number - 1 in changed else ()
    keys = {panel.key for panel in (*first, *last)}
    return page.model_copy(update={"left_out": (), "panels": tuple(one for one in page.panels if one.key in keys)})


def _notes_kept(page: ProofPage, there: Mapping[int, ProofreadPage]) -> Iterator[EditorNote]:
    """What was found before on a page that is as it was then, by its number of now."""
    own = there.get(page.number)
    if own is not None and own.given == _panels_digest(page):
        yield from (note.model_copy(update={"page": page.number}) for note in own.notes)


def _together(pages: Sequence[ProofPage], answer: Proofread, there: Mapping[int, ProofreadPage]) -> Proofread:
    """An answer about some pages, and what was found before on the others."""
    old = [note for page in pages for note in _notes_kept(page, there) if told(note) not in answer.mended]
    mended = [line for own in there.values() for line in own.mended]
    return Proofread(
        answer=EditorNotes(notes=tuple((*answer.answer.notes, *old)[:MOST_NOTES])),
        given=_digests(pages),
        failed=answer.failed,
        mended=tuple(dict.fromkeys((*answer.mended, *mended))),
    )


def _of_page(page: ProofPage, read: Proofread, old: ProofreadPage | None) -> ProofreadPage:
    start = _on_page(page.number)
    fresh = (one.removeprefix(start) for one in read.mended if one.startswith(start))
    return ProofreadPage(
        notes=tuple(note for note in read.answer.notes if note.page == page.number),
        given=_panels_digest(page),
        mended=tuple(dict.fromkeys((*(old.mended if old else ()), *fresh))),
    )


def _panels_digest(page: ProofPage) -> str:
    return name_of("panels", [panel.to_json() for panel in page.panels])


def told(note: EditorNote) -> str:
    """One line of the report."""
    return f"{_on_page(note.page)}{note.line}"


def _on_page(number: int) -> str:
    return f"editor, page {number}: "
