"""What a letterer proposes unasked for the words of a finished storyboard: voices, readings, sounds, shorter lines.

A model is asked once for the lines of a book; code takes what keeps to the rules, and tells what it does not take.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import Field

from agents.change_letters import changed, lost_of_proposal, refused
from agents.checked_answers import softly
from agents.prompt_facts import parts_told, settings_told
from agents.result_cache import Shelf, found, keep, name_of
from agents.retry import POLICIES, Clock
from agents.split_questions import ask_in_groups
from agents.storyboard.clauses import CLAUSE_ENDS
from agents.storyboard.page_words import MOST_PARTS
from manga.brief import Language, Settings
from manga.concept import Concept
from manga.losses import Loss, Reason
from manga.phases import Phase
from manga.plot import LineKind
from manga.proposed_changes import LetteringChanges, LetteringProposal, NewSound, PartChange, PartProposal, Reading
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Storyboard
from manga.values import Ruby, Value
from providers.base import Ask, TextModel

PROPOSAL = "lettering_proposal"
VOICES = frozenset({LineKind.SPEECH, LineKind.SHOUT, LineKind.WHISPER, LineKind.THOUGHT, LineKind.MONOLOGUE})
"""Ways to voice a line that a letterer may exchange; a song, a sign or a caption is what it is."""
_CONCEPT: Final[dict[str, Any]] = {"language": True, "genres": True, "world": {"period", "culture"}}
LEAST_LEFT = 0.4
PAGES_A_SOUND = 4
MOST_CHANGES, MOST_SOUNDS = 800, 40
LONGEST_SOUND = 8
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")
_KANJI = re.compile(r"[一-鿿㐀-䶿々〆ヶ]")


class Proposed(Value):
    """An answer with what it was given for: the voice and words of every part. `failed` says why there is none."""

    answer: LetteringProposal = LetteringProposal()
    given: dict[str, str] = Field(default_factory=dict)
    failed: str = ""

    def about(self, panels: Sequence[PanelDraft]) -> "Proposed":
        """The part of it that is about these panels."""
        parts, keys = _keys_of(panels), {panel.key for panel in panels}
        changes = tuple(change for change in self.answer.changes if change.key in parts)
        sounds = tuple(sound for sound in self.answer.sounds if sound.panel in keys)
        return Proposed(
            answer=LetteringProposal(changes=changes, sounds=sounds),
            given={key: said for key, said in self.given.items() if key in parts},
            failed=self.failed,
        )

    def about_nobody(self, panels: Sequence[PanelDraft]) -> "Proposed":
        """The part of it that is about nothing in these panels: told as not taken, and not kept."""
        parts, keys = _keys_of(panels), {panel.key for panel in panels}
        changes = tuple(change for change in self.answer.changes if change.key not in parts)
        sounds = tuple(sound for sound in self.answer.sounds if sound.panel not in keys)
        return Proposed(answer=LetteringProposal(changes=changes, sounds=sounds))


def _keys_of(panels: Iterable[PanelDraft]) -> set[str]:
    return {part.key for panel in panels for part in panel.dialogue.parts}


def _together(answers: Iterable[Proposed]) -> Proposed:
    some = tuple(answers)
    return Proposed(
        answer=LetteringProposal(
            changes=tuple(change for one in some for change in one.answer.changes)[:MOST_CHANGES],
            sounds=tuple(sound for one in some for sound in one.answer.sounds)[:MOST_SOUNDS],
        ),
        given={key: said for one in some for key, said in one.given.items()},
        failed=next((one.failed for one in some if one.failed), ""),
    )


@dataclass(frozen=True, slots=True)
class Worded:
    """A storyboard as it is to be lettered, what to tell of how it came about, and what was not taken."""

    storyboard: Storyboard
    told: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposer:
    """Asks a model, once for the lines of a book, what a letterer would have otherwise; code takes what keeps to the
    rules. `by_person` are parts that a person has set."""

    text: TextModel
    clock: Clock
    concept: Concept
    settings: Settings
    by_person: Collection[str] = ()

    async def proposed(self, storyboard: Storyboard, shelf: Shelf | None) -> "Worded":
        """The storyboard as it is to be lettered, and what to tell. Raises what makes a work wait."""
        whole = await found(shelf, self._name(storyboard.panels()), Proposed)
        answer = whole if whole is not None else _together(await self._by_panel(storyboard, shelf))
        told = (f"no proposals for the letters could be had: {answer.failed}",) if answer.failed else ()
        worded = self._taken(storyboard, answer)
        return Worded(worded, told, tuple(self._lost(storyboard, worded, answer)))

    def _name(self, panels: Iterable[PanelDraft]) -> str:
        lines = sorted({part.line for panel in panels for part in panel.dialogue.parts})
        return name_of("proposed", [self.text.name, self.concept.language, self.settings.fidelity, lines])

    def _name_of_panel(self, panel: PanelDraft) -> str:
        parts = sorted(part.key for part in panel.dialogue.parts)
        return name_of("proposed_panel", [self.text.name, self.concept.language, self.settings.fidelity, parts])

    async def _by_panel(self, storyboard: Storyboard, shelf: Shelf | None) -> list[Proposed]:
        """What was proposed for each panel that has words (of a sound alone nothing can change). Those whose lines
        nobody has gone over are asked for, all at once; works of before 2026-12 remember whole pages."""
        panels = [(panel, page) for page in storyboard.pages for panel in page.panels if _has_words(panel)]
        kept: dict[str, Proposed] = {}
        for panel, page in panels:
            own = await found(shelf, self._name_of_panel(panel), Proposed)
            own = own or await found(shelf, self._name(page.panels), Proposed)
            if own is not None:
                kept[panel.key] = own.about([panel])
        new = [panel for panel, _ in panels if panel.key not in kept]
        answer = await self._asked(new) if new else Proposed()
        for panel in new:
            kept[panel.key] = own = answer.about([panel])
            if shelf is not None:
                await keep(shelf, self._name_of_panel(panel), own)
        return [*kept.values(), answer.about_nobody(new)]

    async def _asked(self, panels: Sequence[PanelDraft]) -> Proposed:
        async def answered(ask: Ask[LetteringProposal]) -> tuple[LetteringProposal | None, str]:
            return await softly(lambda: self.text.answer(ask), POLICIES[Phase.LETTERING], self.clock)

        found = await ask_in_groups(self.text, panels, self._ask, answered)
        given = {part.key: _said(part) for panel in panels for part in panel.dialogue.parts}
        some = (Proposed(answer=answer or LetteringProposal(), failed=why) for answer, why in found)
        return _together(some).model_copy(update={"given": given})

    def _ask(self, panels: Sequence[PanelDraft]) -> Ask[LetteringProposal]:
        inputs = {
            "parts": parts_told(panels),
            "seen": {panel.key: panel.direction.seen for panel in panels},
            "concept": self.concept.model_dump(mode="json", include=_CONCEPT),
            "settings": settings_told(self.settings) | {"ruby": self.settings.ruby},
        }
        return Ask(prompt_id=PROPOSAL, inputs=inputs, output_type=LetteringProposal)

    def _taken(self, storyboard: Storyboard, found: Proposed) -> Storyboard:
        """What keeps to the rules, laid over the storyboard."""
        parts = {part.key: part for part in _parts(storyboard)}
        own = {
            proposal.key: proposal
            for proposal in found.answer.changes
            if proposal.key in parts and self._unheard(parts[proposal.key], found) is None
        }
        changes = tuple(self._change(parts[key], proposal) for key, proposal in own.items())
        sounds = tuple(self._sounds(storyboard, found.answer.sounds))
        reworded = changed(storyboard, LetteringChanges(changes=changes, sounds=sounds), ())
        return self._read_aloud(reworded, own)

    def _lost(self, storyboard: Storyboard, worded: Storyboard, found: Proposed) -> Iterator[Loss]:
        """What was proposed and is not taken as it was said."""
        before, after = ({part.key: part for part in _parts(one)} for one in (storyboard, worded))
        last = {proposal.key: proposal for proposal in found.answer.changes}
        for proposal in found.answer.changes:
            part = before.get(proposal.key)
            if proposal is last[proposal.key] and part is not None and self._unheard(part, found) is None:
                faithful = self.settings.fidelity == "faithful"
                yield from lost_of_proposal(proposal, part, after[part.key], faithful=faithful)
            else:
                why = Reason.UNKNOWN_KEY if part is None else self._unheard(part, found) or Reason.RULE
                yield refused("change", proposal.key, proposal.text or str(proposal.kind or ""), why)
        drawn = {panel.key: [part.text for part in panel.dialogue.parts] for panel in worded.panels()}
        for sound in found.answer.sounds:
            if sound.text not in drawn.get(sound.panel, ()):
                why = Reason.RULE if sound.panel in drawn else Reason.UNKNOWN_KEY
                yield refused("sound", sound.panel, sound.text, why)

    def _unheard(self, part: LinePart, found: Proposed) -> Reason | None:
        """Why nothing is proposed for a part any more."""
        if part.key in self.by_person:
            return Reason.PERSON
        return Reason.CHANGED_SINCE if found.given.get(part.key) != _said(part) else None

    def _change(self, part: LinePart, proposal: PartProposal) -> PartChange:
        kind = proposal.kind if proposal.kind in VOICES and part.kind in VOICES else None
        shorter = proposal.text if proposal.text and self._is_shorter(part.text, proposal.text) else None
        return PartChange(key=part.key, kind=kind, text=shorter)

    def _is_shorter(self, text: str, proposed: str) -> bool:
        if self.settings.fidelity == "faithful":
            return False
        ends = not CLAUSE_ENDS & set(text.rstrip()[-1:]) or CLAUSE_ENDS & set(proposed.rstrip()[-1:])
        return bool(ends) and LEAST_LEFT * len(text) <= len(proposed) < len(text) and _is_plain(proposed)

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


def _has_words(panel: PanelDraft) -> bool:
    return any(part.kind != "sfx" for part in panel.dialogue.parts)


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
