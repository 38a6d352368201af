"""How the stub answers what is asked beside the story itself: proposals for letters, and notes on a finished book.

Both are read off the fenced inputs: what is cried becomes a shout, the first names get their readings; a page of many
voices is noted.
"""

from collections.abc import Iterator
from typing import Any, Final

from manga.editor_remarks import EditorNote, EditorNotes
from manga.plot import LineKind
from manga.proposed_changes import LetteringProposal, PartProposal, ProofPage, Reading
from manga.storyboard import LinePart
from tests.gemini.wire import Json
from tests.gemini.wish_answers import parts_in

READINGS: Final = {"兵十": "ひょうじゅう", "加助": "かすけ", "弥助": "やすけ", "墓地": "ぼち", "松茸": "まつたけ"}
CROWDED: Final = 7


def lettering(inputs: Json) -> Json:
    """An answer of type `LetteringProposal`."""
    parts = [part for layout in parts_in(inputs["parts"]).values() for part in layout.parts]
    return dict(LetteringProposal(changes=tuple(_proposals(parts))).to_json())


def _proposals(parts: list[LinePart]) -> Iterator[PartProposal]:
    unread = dict(READINGS)
    for part in parts:
        words = [word for word in unread if word in part.text]
        readings = tuple(Reading(word=word, reading=unread.pop(word)) for word in words)
        loud = part.kind is LineKind.SPEECH and part.text.endswith(("！", "!"))
        if readings or loud:
            yield PartProposal(key=part.key, kind=LineKind.SHOUT if loud else None, readings=readings)


def finishing(inputs: Json) -> Json:
    """An answer of type `EditorNotes`."""
    pages = [ProofPage.of(page) for page in inputs["pages"]]
    full = [page for page in pages if sum(len(panel.texts) for panel in page.panels) > CROWDED]
    notes = (
        EditorNote(page=page.number, panel=page.panels[0].key, fault="読む声が多い。", phase="storyboard")
        for page in full
    )
    return dict(EditorNotes(notes=tuple(notes)[:10]).to_json())


ANSWERS: dict[str, Any] = {"lettering_proposal": lettering, "finishing": finishing}
