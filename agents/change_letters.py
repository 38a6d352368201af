"""Applies changes of letters to a storyboard: other words, kinds, speakers, corners; texts that go, sounds that come.

Only parts in scope change (part, line or panel keys; an empty scope: the whole book).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from agents.storyboard.page_words import own_line
from drawing.lettering.moved_letters import Placing
from manga.geometry import Point, bounds
from manga.lettering import PageLettering
from manga.losses import Loss, LossKind, Reason
from manga.phases import Phase
from manga.proposed_changes import LetteringChanges, NewSound, PartChange, PartProposal
from manga.storyboard import DialogueLayout, LinePart, PanelDraft, Storyboard, StoryPage
from manga.values import Span

FIRST_SOUND, LAST_SOUND = 94, 99
"""How new sounds are numbered within a line, apart from those that the storyboard has."""
_WORDS = ("text", "kind", "speaker", "place", "off_panel")


def changed(storyboard: Storyboard, changes: LetteringChanges, scope: Collection[str]) -> Storyboard:
    """The storyboard as it is to be lettered."""
    pen = _Pen(storyboard, {change.key: change for change in changes.changes}, changes.sounds, frozenset(scope))
    pages = tuple(page.model_copy(update={"panels": tuple(map(pen.panel, page.panels))}) for page in storyboard.pages)
    return storyboard.model_copy(update={"pages": pages})


class _Pen:
    """Walks through the book once; keys of new sounds are free in the whole of it."""

    def __init__(
        self,
        storyboard: Storyboard,
        changes: Mapping[str, PartChange],
        sounds: tuple[NewSound, ...],
        scope: frozenset[str],
    ) -> None:
        self._changes = changes
        self._sounds = sounds
        self._scope = scope
        self._taken = {part.key for panel in storyboard.panels() for part in panel.dialogue.parts}

    def panel(self, panel: PanelDraft) -> PanelDraft:
        parts = [self._part(part, panel) for part in panel.dialogue.parts]
        words = [sound.text for sound in self._sounds if sound.panel == panel.key and self._may(panel)]
        kept = [part for part in parts if part is not None]
        kept += [self._sound(panel, word) for word in words]
        if tuple(kept) == panel.dialogue.parts:
            return panel
        return panel.model_copy(update={"dialogue": DialogueLayout(parts=tuple(kept))})

    def _may(self, panel: PanelDraft) -> bool:
        return not self._scope or bool(panel.names() & self._scope)

    def _part(self, part: LinePart, panel: PanelDraft) -> LinePart | None:
        change = self._changes.get(part.key)
        if change is None or (self._scope and not {part.key, part.line, panel.key} & self._scope):
            return part
        if change.removed:
            return None
        wished = {name: value for name in _WORDS if (value := getattr(change, name)) is not None}
        if wished.get("text", part.text) != part.text:
            wished["ruby"] = ()
        if "speaker" in wished:
            wished["confidence"] = 1.0
        return LinePart.of(part.model_dump() | wished) if wished else part

    def _sound(self, panel: PanelDraft, word: str) -> LinePart:
        parts = panel.dialogue.parts
        line = parts[-1].line if parts else own_line(panel)
        key = next(key for n in range(FIRST_SOUND, LAST_SOUND + 1) if (key := f"{line}.{n}") not in self._taken)
        self._taken.add(key)
        at = parts[-1].span.end if parts else 0
        return LinePart(key=key, line=line, kind="sfx", text=word, span=Span(start=at, end=at))


@dataclass(frozen=True, slots=True)
class Nudge:
    """How far a text is moved from its place, in shares of its panel's shorter side, and its size against its own."""

    right: float = 0.0
    down: float = 0.0
    scale: float = 1.0

    def after(self, other: "Nudge | None") -> "Nudge":
        """Both, one after the other."""
        if other is None:
            return self
        return Nudge(self.right + other.right, self.down + other.down, self.scale * other.scale)


def nudges(changes: LetteringChanges) -> dict[str, Nudge]:
    """By part, of those that are moved or sized."""
    found = {change.key: Nudge(change.right, change.down, change.scale) for change in changes.changes}
    return {key: nudge for key, nudge in found.items() if nudge != Nudge()}


def placings_of(
    page: StoryPage, lettered: PageLettering, nudged: Mapping[str, Nudge], given: Mapping[str, Placing]
) -> dict[str, Placing]:
    """Where nudged texts stand, from where they were lettered without the nudge; what a person placed stays."""
    placings = dict(given)
    middles = {balloon.key: (balloon.panel, balloon.text.box.centre) for balloon in lettered.balloons}
    middles |= {sfx.key: (sfx.panel, bounds(sfx.polygon).centre) for sfx in lettered.sfx}
    for key, (panel, middle) in middles.items():
        if (nudge := nudged.get(key)) is not None:
            placings[key] = _placing(page, panel, middle, nudge, placings.get(key, Placing()))
    return placings


def _placing(page: StoryPage, panel: str, middle: Point, nudge: Nudge, given: Placing) -> Placing:
    box = bounds(page.frame(panel).polygon)
    scale = round(given.scale * nudge.scale, 4)
    if not (nudge.right or nudge.down):
        return given.model_copy(update={"scale": scale})
    step = min(box.width, box.height)
    x = (middle[0] + nudge.right * step - box.x) / box.width
    y = (middle[1] + nudge.down * step - box.y) / box.height
    return given.model_copy(update={"x": round(x, 4), "y": round(y, 4), "scale": scale})


def lost(kind: LossKind, reason: Reason, element: str, what: str, said: str, instead: str = "") -> Loss:
    return Loss(kind=kind, phase=Phase.LETTERING, element=element, what=what, said=said, instead=instead, reason=reason)


def refused(what: str, element: str, said: str, reason: Reason) -> Loss:
    return lost(LossKind.REFUSED, reason, element, what, said)


def lost_of_wish(
    said: LetteringChanges, storyboard: Storyboard, scope: Collection[str], by_person: Collection[str]
) -> Iterator[Loss]:
    """What a model answers to a wish and nobody carries out: about unknown parts, parts that were not meant, and what a
    person has set."""
    panels = {panel.key: panel for panel in storyboard.panels()}
    homes = {part.key: panel for panel in panels.values() for part in panel.dialogue.parts}
    for change in said.changes:
        home = homes.get(change.key)
        words = change.text or ", ".join(sorted(change.model_fields_set - {"key"}))
        if home is None:
            yield refused("change", change.key, words, Reason.UNKNOWN_KEY)
        elif change.key in by_person:
            yield refused("change", change.key, words, Reason.PERSON)
        elif scope and not {change.key, change.key.partition(".")[0], home.key} & set(scope):
            yield refused("change", change.key, words, Reason.OUT_OF_SCOPE)
    for sound in said.sounds:
        panel = panels.get(sound.panel)
        if panel is None or (scope and not panel.names() & set(scope)):
            reason = Reason.UNKNOWN_KEY if panel is None else Reason.OUT_OF_SCOPE
            yield refused("sound", sound.panel, sound.text, reason)


def lost_of_proposal(proposal: PartProposal, before: LinePart, after: LinePart, *, faithful: bool) -> Iterator[Loss]:
    """What of a proposal for a part is not taken, and the words that its line loses by it."""
    if proposal.kind is not None and proposal.kind not in (before.kind, after.kind):
        yield refused("kind", before.key, proposal.kind.value, Reason.RULE)
    if proposal.text and proposal.text == after.text != before.text:
        yield lost(LossKind.SHORTENED, Reason.LETTERER, before.key, "line", before.text, after.text)
    elif proposal.text and proposal.text != before.text:
        yield refused("line", before.key, proposal.text, Reason.FAITHFUL if faithful else Reason.RULE)
    read = {(after.text[ruby.start : ruby.end], ruby.reading) for ruby in after.ruby}
    for one in proposal.readings:
        if (one.word, one.reading) not in read:
            yield refused("reading", before.key, f"{one.word}: {one.reading}", Reason.RULE)
