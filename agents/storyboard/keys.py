"""Keys of panels and parts of lines, minted by code: a panel is called after its first beat, a part after its line.

What a revision leaves alone keeps its key, since edits and pictures hang on it. Pure.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from agents.continuity.bible import beat_of
from agents.storyboard.words import SFX_FIRST
from manga.storyboard import LinePart, PageDraft, PanelDraft


@dataclass(slots=True)
class Minted:
    """Walks through a book once, in reading order. `taken` are keys that other pages have; `keep` says that a key which
    fits may stay (a revision), else all are counted anew."""

    taken: set[str] = field(default_factory=set)
    keep: bool = False

    def page(self, page: PageDraft) -> PageDraft:
        return page.model_copy(update={"panels": tuple(self._panel(panel) for panel in page.panels)})

    def _panel(self, panel: PanelDraft) -> PanelDraft:
        first = panel.beats[0]
        fits = self.keep and beat_of(panel) == first
        key = self._key(panel.key if fits else "", (first, *(f"{first}+{n}" for n in range(1, 100))))
        parts = tuple(self._part(part) for part in panel.dialogue.parts)
        dialogue = panel.dialogue.model_copy(update={"parts": parts})
        return panel.model_copy(update={"key": key, "dialogue": dialogue})

    def _part(self, part: LinePart) -> LinePart:
        fits = self.keep and part.key.partition(".")[0] == part.line
        numbers = range(SFX_FIRST, 100) if part.kind == "sfx" else range(1, SFX_FIRST)
        key = self._key(part.key if fits else "", tuple(f"{part.line}.{n}" for n in numbers))
        return part.model_copy(update={"key": key})

    def _key(self, wished: str, others: Collection[str]) -> str:
        """The wished one if it is free, else the first free one; the last when there is none, which a check names."""
        free = wished if wished and wished not in self.taken else next(self._free(others), list(others)[-1])
        self.taken.add(free)
        return free

    def _free(self, keys: Collection[str]) -> Iterator[str]:
        return (key for key in keys if key not in self.taken)


def keys_in(page: PageDraft) -> set[str]:
    """The keys of a page's panels and parts."""
    return {panel.key for panel in page.panels} | {part.key for panel in page.panels for part in panel.dialogue.parts}
