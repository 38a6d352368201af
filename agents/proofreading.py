"""A model reads a storyboard, and later the lettered book, as its desk editor would, and names what readers stumble
over. What the storyboard can mend is mended once, before anything is drawn."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import Field

from agents.checked_answers import softly
from agents.result_cache import Shelf, name_of, remembered
from agents.retry import POLICIES, Clock
from drawing.lettering.punctuation import unpaused
from drawing.lettering.split_text import first_half
from manga.concept import Concept
from manga.editor_remarks import EditorNote, EditorNotes
from manga.errors import AnswerInvalid, WishRefused
from manga.lettering import Lettering, PageLettering
from manga.paper import turns_after
from manga.phases import Phase
from manga.proposed_changes import ProofPage, ProofPanel, ProofPart
from manga.revision import Revision, Wish
from manga.storyboard import PanelDraft, Storyboard
from manga.values import Value
from providers.base import Ask, TextModel

log = logging.getLogger(__name__)

PROMPT = "finishing"
MOST_MENDED: Final = 6
"""Notes, the worst first: what one revision can hold."""
MEND: Final = "An editor has read these panels. Mend what is said of each:"


class Proofread(Value):
    """An answer, with the pages it was given for by number. `failed` says why there is none."""

    answer: EditorNotes = EditorNotes()
    given: dict[int, str] = Field(default_factory=dict)
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Proof-reads with a model: a storyboard before anything is drawn, and the book as it is printed."""

    text: TextModel
    clock: Clock

    async def of_storyboard(
        self, storyboard: Storyboard, concept: Concept, shelf: Shelf | None
    ) -> tuple[EditorNote, ...]:
        """What a reader would feel. Nothing where no answer can be had; raises what makes a work wait."""
        pages = tuple(drafted_pages(storyboard, concept))
        name = name_of("proofread_draft", [self.text.name, [page.to_json() for page in pages]])
        found = await remembered(shelf, name, Proofread, lambda: self._asked(pages, concept, "storyboard"))
        return tuple(note for note in found.answer.notes if _stands(note, pages, found))

    async def of_book(
        self, storyboard: Storyboard, lettering: Lettering, concept: Concept, shelf: Shelf | None
    ) -> tuple[str, ...]:
        """What to tell of the book, one sentence a note. It is read once for its lines; a note on a page that has
        changed since is dropped. Raises what makes a work wait."""
        pages = tuple(printed_pages(storyboard, lettering, concept))
        lines = sorted({part.line for panel in storyboard.panels() for part in panel.dialogue.parts})
        name = name_of("proofread", [self.text.name, lines])
        found = await remembered(shelf, name, Proofread, lambda: self._asked(pages, concept, "lettered book"))
        if found.failed:
            return (f"the book could not be proof-read: {found.failed}",)
        return tuple(told(note) for note in found.answer.notes if _stands(note, pages, found))

    async def _asked(self, pages: tuple[ProofPage, ...], concept: Concept, stage: str) -> Proofread:
        ask = Ask(
            prompt_id=PROMPT, inputs={"pages": pages, "concept": concept, "stage": stage}, output_type=EditorNotes
        )
        answer, failed = await softly(lambda: self.text.answer(ask), POLICIES[Phase.FINISHING], self.clock)
        return Proofread(answer=answer or EditorNotes(), given=_digests(pages), failed=failed)


async def mended(
    storyboard: Storyboard,
    notes: Sequence[EditorNote],
    revised: Callable[[Revision[Storyboard]], Awaitable[Storyboard]],
) -> Storyboard:
    """The storyboard after one revision for what a storyboard can mend, with the notes that are left. Where the
    revision is no use, all notes are left."""
    own = [note for note in notes if note.phase == Phase.STORYBOARD.value][:MOST_MENDED]
    if own:
        try:
            storyboard = await revised(Revision((_wish(own, storyboard),), storyboard))
        except (AnswerInvalid, WishRefused) as error:
            log.info("the proof-reader's notes could not be carried out: %s", error.code)
        else:
            notes = [note for note in notes if note not in own]
    return storyboard.model_copy(update={"notes": tuple(notes)}) if notes else storyboard


def _wish(notes: Sequence[EditorNote], storyboard: Storyboard) -> Wish:
    """All of them in one: each panel of its own would be a question of its own."""
    pages = {page.number: page.key for page in storyboard.pages}
    places = [(note.panel or pages[note.page], note.fault) for note in notes]
    said = " ".join(f"({number}) {place}: {fault}" for number, (place, fault) in enumerate(places, start=1))
    return f"{MEND} {said}", tuple(dict.fromkeys(place for place, _ in places))


def with_notes_of(old: Storyboard, storyboard: Storyboard) -> Storyboard:
    """A changed storyboard, with the notes on those pages that are as they were."""
    pages = {page.key: page for page in storyboard.pages}
    same = {page.number for page in old.pages if pages.get(page.key) == page}
    notes = tuple(note for note in old.notes if note.page in same)
    return storyboard.model_copy(update={"notes": notes}) if notes else storyboard


def drafted_pages(storyboard: Storyboard, concept: Concept) -> Iterator[ProofPage]:
    """The book as it is drafted."""
    for page in storyboard.pages:
        panels = tuple(_panel(panel, _drafted(panel)) for panel in page.panels)
        yield ProofPage(number=page.number, turned=turns_after(page.side, concept.direction), panels=panels)


def _drafted(panel: PanelDraft) -> Iterator[ProofPart]:
    for part in panel.dialogue.parts:
        yield ProofPart(speaker=part.speaker, kind=part.kind, text=unpaused(part.text))


def printed_pages(storyboard: Storyboard, lettering: Lettering, concept: Concept) -> Iterator[ProofPage]:
    """The book as it is printed."""
    printed = {page.page: page for page in lettering.pages}
    for page in storyboard.pages:
        letters = printed.get(page.key, PageLettering(page=page.key))
        panels = tuple(_panel(panel, _printed(panel, letters)) for panel in page.panels)
        yield ProofPage(number=page.number, turned=turns_after(page.side, concept.direction), panels=panels)


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
            said = ProofPart(speaker=balloon.speaker, kind=part.kind, text=unpaused(balloon.text.source))
            found.append((place, said))
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


def told(note: EditorNote) -> str:
    """One line of the report."""
    return f"editor, page {note.page}: {note.line}"
