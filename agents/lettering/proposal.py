"""Before letters are set: what a letterer would have otherwise, asked of models that are not asked for whole books.

A proposal is asked for once for the lines of a book, however often it is lettered; where the words have changed since,
it is left aside. Code takes what keeps to the rules: with fidelity faithful no word is another.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from agents.asking import softly
from agents.lettering.rewording import changed
from agents.retry import POLICIES, Clock
from agents.shelf import Shelf, name_of, remembered
from manga.brief import Language, Settings
from manga.concept import Concept
from manga.phases import Phase
from manga.plot import LineKind
from manga.proposed_changes import LetteringChanges, LetteringProposal, NewSound, PartChange, PartProposal, Reading
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Storyboard
from manga.values import Ruby, Value
from providers.base import Ask, TextModel

PROMPT = "lettering_proposal"
VOICES = frozenset({LineKind.SPEECH, LineKind.SHOUT, LineKind.WHISPER, LineKind.THOUGHT, LineKind.MONOLOGUE})
"""Ways to voice a line that a letterer may exchange; a song, a sign or a caption is what it is."""
LEAST_LEFT = 0.4
PAGES_A_SOUND = 4
MOST_PARTS = 6
LONGEST_SOUND = 8
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")
_KANJI = re.compile(r"[一-鿿㐀-䶿々〆ヶ]")


class Proposed(Value):
    """An answer with what it was given for: the voice and words of every part. `failed` says why there is none."""

    answer: LetteringProposal = LetteringProposal()
    given: dict[str, str] = Field(default_factory=dict)
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Proposer:
    """Asks for a book. `by_hand` are parts that a person has set."""

    text: TextModel
    clock: Clock
    concept: Concept
    settings: Settings
    by_hand: Collection[str] = ()

    async def proposed(self, storyboard: Storyboard, shelf: Shelf | None) -> tuple[Storyboard, tuple[str, ...]]:
        """The storyboard as it is to be lettered, and what to tell. Raises what makes a work wait."""
        lines = sorted({part.line for part in _parts(storyboard)})
        name = name_of("proposed", [self.text.name, self.concept.language, self.settings.fidelity, lines])
        found = await remembered(shelf, name, Proposed, lambda: self._asked(storyboard))
        told = (f"no proposals for the letters could be had: {found.failed}",) if found.failed else ()
        return self._taken(storyboard, found), told

    async def _asked(self, storyboard: Storyboard) -> Proposed:
        panels = {panel.key: panel.dialogue for panel in storyboard.panels()}
        inputs = {
            "parts": {key: dialogue for key, dialogue in panels.items() if dialogue.parts},
            "seen": {panel.key: panel.direction.seen for panel in storyboard.panels()},
            "concept": self.concept,
            "settings": self.settings,
        }
        ask = Ask(prompt_id=PROMPT, inputs=inputs, output_type=LetteringProposal)
        answer, failed = await softly(lambda: self.text.answer(ask), POLICIES[Phase.LETTERING], self.clock)
        given = {part.key: _said(part) for part in _parts(storyboard)}
        return Proposed(answer=answer or LetteringProposal(), given=given, failed=failed)

    def _taken(self, storyboard: Storyboard, found: Proposed) -> Storyboard:
        """What keeps to the rules, laid over the storyboard."""
        parts = {part.key: part for part in _parts(storyboard)}
        own = {
            proposal.key: proposal
            for proposal in found.answer.changes
            if proposal.key in parts
            and proposal.key not in self.by_hand
            and found.given.get(proposal.key) == _said(parts[proposal.key])
        }
        changes = tuple(self._change(parts[key], proposal) for key, proposal in own.items())
        sounds = tuple(self._sounds(storyboard, found.answer.sounds))
        reworded = changed(storyboard, LetteringChanges(changes=changes, sounds=sounds), ())
        return self._read_aloud(reworded, own)

    def _change(self, part: LinePart, proposal: PartProposal) -> PartChange:
        kind = proposal.kind if proposal.kind in VOICES and part.kind in VOICES else None
        shorter = proposal.text if proposal.text and self._is_shorter(part.text, proposal.text) else None
        return PartChange(key=part.key, kind=kind, text=shorter)

    def _is_shorter(self, text: str, proposed: str) -> bool:
        if self.settings.fidelity == "faithful":
            return False
        return LEAST_LEFT * len(text) <= len(proposed) < len(text) and _is_plain(proposed)

    def _sounds(self, storyboard: Storyboard, proposed: Collection[NewSound]) -> Iterator[NewSound]:
        """A few, each in a panel that has words to hang it on, none yet, and room."""
        panels = {panel.key: panel for panel in storyboard.panels()}
        left = 1 + len(storyboard.pages) // PAGES_A_SOUND
        for sound in proposed:
            panel = panels.pop(sound.panel, None)
            if left and panel is not None and _has_room(panel) and self._is_sound(sound.text):
                left -= 1
                yield sound

    def _is_sound(self, text: str) -> bool:
        kana = _KANA.fullmatch(text.rstrip("!！…")) is not None
        return len(text) <= LONGEST_SOUND and (kana if self.concept.language is Language.JA else text.isascii())

    def _read_aloud(self, storyboard: Storyboard, own: Mapping[str, PartProposal]) -> Storyboard:
        if self.concept.language is not Language.JA or self.settings.ruby == "none":
            return storyboard
        pages = (
            page.model_copy(update={"panels": tuple(_with_readings(panel, own) for panel in page.panels)})
            for page in storyboard.pages
        )
        return storyboard.model_copy(update={"pages": tuple(pages)})


def _parts(storyboard: Storyboard) -> Iterator[LinePart]:
    return (part for panel in storyboard.panels() for part in panel.dialogue.parts)


def _said(part: LinePart) -> str:
    return f"{part.kind}:{part.text}"


def _is_plain(text: str) -> bool:
    return all(char == " " or unicodedata.category(char)[0] in "LNMPS" for char in text)


def _has_room(panel: PanelDraft) -> bool:
    parts = panel.dialogue.parts
    return 0 < len(parts) < MOST_PARTS and all(part.kind != "sfx" for part in parts)


def _with_readings(panel: PanelDraft, own: Mapping[str, PartProposal]) -> PanelDraft:
    if not any(part.key in own for part in panel.dialogue.parts):
        return panel
    parts = (
        part.model_copy(update={"ruby": rubies(part, own[part.key].readings)}) if part.key in own else part
        for part in panel.dialogue.parts
    )
    return panel.model_copy(update={"dialogue": DialogueLayout(parts=tuple(parts))})


def rubies(part: LinePart, proposed: Collection[Reading]) -> tuple[Ruby, ...]:
    """The story's own readings and the proposed ones: kana beside words with kanji, each where the word first stands
    free."""
    found = list(part.ruby)
    for one in proposed:
        kana = _KANA.fullmatch(one.reading) is not None and len(one.reading) <= 4 * len(one.word) + 2
        start = part.text.find(one.word)
        end = start + len(one.word)
        free = all(end <= ruby.start or ruby.end <= start for ruby in found)
        if start >= 0 and kana and free and _KANJI.search(one.word):
            found.append(Ruby(start=start, end=end, reading=one.reading))
    return tuple(sorted(found, key=lambda ruby: ruby.start))
