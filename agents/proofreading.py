"""A book read once more before it goes to print, as its desk editor reads it, by models that are not offline.

Its notes stand among the warnings of the quality report. They are asked for once for the lines of a book; a note on a
page that has changed since is dropped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import Field

from agents.asking import softly
from agents.retry import POLICIES, Clock
from agents.shelf import Shelf, name_of, remembered
from manga.concept import Concept
from manga.paper import turns_after
from manga.phases import Phase
from manga.proposed_changes import EditorNote, EditorNotes, ProofPage, ProofPanel, ProofPart
from manga.storyboard import PanelDraft, Storyboard
from manga.values import Value
from providers.base import Ask, TextModel

PROMPT = "finishing"


class Proofread(Value):
    """An answer, with the pages it was given for by number. `failed` says why there is none."""

    answer: EditorNotes = EditorNotes()
    given: dict[int, str] = Field(default_factory=dict)
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads books with a model."""

    text: TextModel
    clock: Clock

    async def notes(self, storyboard: Storyboard, concept: Concept, shelf: Shelf | None) -> tuple[str, ...]:
        """What to tell of the book, one sentence a note. Raises what makes a work wait."""
        pages = tuple(proof_pages(storyboard, concept))
        lines = sorted({part.line for panel in storyboard.panels() for part in panel.dialogue.parts})
        name = name_of("proofread", [self.text.name, lines])

        async def make() -> Proofread:
            ask = Ask(prompt_id=PROMPT, inputs={"pages": pages, "concept": concept}, output_type=EditorNotes)
            answer, failed = await softly(lambda: self.text.answer(ask), POLICIES[Phase.FINISHING], self.clock)
            return Proofread(answer=answer or EditorNotes(), given=_digests(pages), failed=failed)

        found = await remembered(shelf, name, Proofread, make)
        if found.failed:
            return (f"the book could not be proof-read: {found.failed}",)
        return tuple(told(note) for note in found.answer.notes if _stands(note, pages, found))


def proof_pages(storyboard: Storyboard, concept: Concept) -> Iterator[ProofPage]:
    """The book as it is read."""
    for page in storyboard.pages:
        turned = turns_after(page.side, concept.direction)
        yield ProofPage(number=page.number, turned=turned, panels=tuple(map(_panel, page.panels)))


def _panel(panel: PanelDraft) -> ProofPanel:
    texts = (ProofPart(speaker=part.speaker, kind=part.kind, text=part.text) for part in panel.dialogue.parts)
    return ProofPanel(
        key=panel.key,
        role=panel.role.value,
        importance=panel.importance,
        seen=panel.direction.seen,
        texts=tuple(texts),
    )


def _digests(pages: Iterable[ProofPage]) -> dict[int, str]:
    return {page.number: name_of("page", page.to_json()) for page in pages}


def _stands(note: EditorNote, pages: tuple[ProofPage, ...], found: Proofread) -> bool:
    """Is the note about a page, and a panel, as they are now?"""
    page = next((page for page in pages if page.number == note.page), None)
    if page is None or _digests([page])[page.number] != found.given.get(page.number):
        return False
    return note.panel is None or any(panel.key == note.panel for panel in page.panels)


def told(note: EditorNote) -> str:
    """One line of the report. A model's words stay in one line, and hold nothing that a screen obeys."""
    words = " ".join("".join(char if char.isprintable() else " " for char in note.fault).split())
    return f"editor, page {note.page}: {words} ({note.phase})"
