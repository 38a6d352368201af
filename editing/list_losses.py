"""Lists what was said for a book and is not in it as it was said, phase by phase, each thing with its reason.

State in, losses out. What only the making of a result knows stands in the result; the rest is seen by holding results
against each other, so that edits and redrawn pictures count: beats on no page, lines that no balloon says, things that
no panel directs or no picture shows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from agents.storyboard.page_words import unread_in
from editing.phase_results import artwork_of, edits_of, result_of
from editing.state_as_json import Json, WorkState
from manga.artwork import PanelArt
from manga.brief import Language
from manga.characters import Cast
from manga.concept import Concept
from manga.continuity import Aspect
from manga.element_addresses import address_book
from manga.fit_story_to_pages import as_told
from manga.lettering import Lettering
from manga.losses import Loss, LossKind, Reason, told
from manga.phases import Phase
from manga.plot import Beat, Line, Plot, spoken_in
from manga.storyboard import FigureDirection, PanelDraft, SceneDirection, Storyboard, words_said
from manga.values import Span
from manga.vocabulary.things import nearest_thing

_TEXTS = frozenset({"line", "caption", "sound"})
MOST = 2000
"""Losses that are listed of one phase."""


def losses_of(state: WorkState, phases: Iterable[Phase] = tuple(Phase)) -> tuple[Loss, ...]:
    """Of these phases, as far as there are results; in the order of the phases, then of the story."""
    return _Book(state).losses(phases)


def losses_told(state: WorkState, phases: Iterable[Phase] = tuple(Phase)) -> list[Json]:
    """The same as people read them: each with a sentence in the book's language, and where it stands in the book."""
    book = _Book(state)
    found = book.losses(phases)
    if not found:
        return []
    japanese = result_of(state, Phase.CONCEPT, Concept).language is Language.JA
    places = _places(book.board)
    return [
        {**loss.to_json(), "told": told(loss, japanese=japanese), "address": places.get(loss.element, "")}
        for loss in found
    ]


def losses_counted(losses: Iterable[Json]) -> str:
    """One line of `losses_told` for a book that is not all that was said: `not as it was said: 12 cut, 3 shortened`.
    Empty without."""
    counts = Counter(LossKind(loss["kind"]) for loss in losses)
    kinds = ", ".join(f"{counts[kind]} {kind.value.replace('_', ' ')}" for kind in LossKind if counts[kind])
    return f"not as it was said: {kinds}; `mangaka show` lists them with their reasons" if kinds else ""


def _places(board: Storyboard | None) -> dict[str, str]:
    """Addresses of pages, panels, texts, and of the first panel of each beat and line."""
    book = address_book(board)
    places = {key: element.address for key, element in book.by_key.items()}
    for panel in board.panels() if board is not None else ():
        for key in (*panel.beats, *(part.line for part in panel.dialogue.parts)):
            places.setdefault(key, places[panel.key])
    return places


@dataclass(frozen=True)
class _Book:
    """Results of one state, read when they are needed."""

    state: WorkState

    def losses(self, phases: Iterable[Phase]) -> tuple[Loss, ...]:
        there = (phase for phase in phases if self.state.get(phase.value))
        return tuple(loss for phase in there for loss in islice(dict.fromkeys(self.lost_in(phase)), MOST))

    def lost_in(self, phase: Phase) -> Iterator[Loss]:
        match phase:
            case Phase.CHARACTERS:
                yield from self.left(result_of(self.state, phase, Cast).losses)
            case Phase.PLOT:
                yield from self.left(loss for loss in self.plot.losses if loss.kind is not LossKind.CUT)
                yield from lost_of_plot(self.plot, self.board)
                yield from lost_shapes(self.plot, result_of(self.state, Phase.CHARACTERS, Cast))
            case Phase.STORYBOARD if self.board is not None:
                yield from self.left(self.board.losses)
                yield from lost_of_storyboard(self.plot, self.board)
            case Phase.ARTWORK if self.board is not None:
                yield from lost_of_pictures(self.board, artwork_of(self.state))
            case Phase.LETTERING:
                yield from self.left(result_of(self.state, phase, Lettering).losses)

    def left(self, losses: Iterable[Loss]) -> Iterator[Loss]:
        """Of those that the making of a result knew, what no person has set since."""
        return (loss for loss in losses if not self.set_by_person.get(loss.element, frozenset()) & _fields_of(loss))

    @cached_property
    def set_by_person(self) -> Mapping[str, frozenset[str]]:
        """By element the names of the fields that count of its edits; of `look.hat` both."""
        found: dict[str, frozenset[str]] = {}
        for edit in edits_of(self.state):
            names = {part for name in edit.changes for part in (name, name.rpartition(".")[2])}
            found[edit.element_key] = found.get(edit.element_key, frozenset()) | names
        return found

    @cached_property
    def plot(self) -> Plot:
        return result_of(self.state, Phase.PLOT, Plot)

    @cached_property
    def board(self) -> Storyboard | None:
        there = self.state.get(Phase.STORYBOARD.value)
        return result_of(self.state, Phase.STORYBOARD, Storyboard) if there else None


def _fields_of(loss: Loss) -> frozenset[str]:
    """The fields of its element that say the same thing: words of a text stand in `text`."""
    return frozenset({loss.what, *(("text",) if loss.what in _TEXTS else ())})


def lost_of_plot(plot: Plot, board: Storyboard | None) -> Iterator[Loss]:
    """Beats that the plot puts on no page, and words that it leaves out of speeches. What a storyboard shows all the
    same had room after all."""
    shown = _shown_beats(board)
    planned = plot.shown()
    why = {loss.element: loss.reason for loss in plot.losses if loss.kind is LossKind.CUT}
    as_is = {line.key: line for beat in as_told(plot).beats() for line in beat.lines}
    said = said_of(board)
    for beat in plot.beats():
        if beat.key not in planned:
            if beat.key not in shown:
                reason = why.get(beat.key, Reason.NO_ROOM)
                yield _loss(LossKind.CUT, Phase.PLOT, beat.key, "beat", beat.words, reason)
            continue
        for line in spoken_in(beat):
            if _letters(said.get(line.key, "")) != _letters(line.text):
                yield from _abridged(line, as_is.get(line.key))
    yield from _gone(plot)


def lost_shapes(plot: Plot, cast: Cast) -> Iterator[Loss]:
    """Changes into another shape of those whose sheet has only one."""
    changed = {
        c.who: beat for beat in reversed(plot.beats()) for c in beat.changes if c.to and c.aspect is Aspect.SHAPE
    }
    for who, beat in changed.items():
        person = cast.get(who)
        if person is not None and person.other is None:
            yield _not_drawn(Phase.PLOT, beat.key, "change", f"{person.name}, in another shape", Reason.CANNOT_DRAW)


def _gone(plot: Plot) -> Iterator[Loss]:
    """Passages of scenes that a person has taken out: no beat has them any more."""
    there = [beat.span for beat in plot.beats()]
    gone = [span for span in plot.cuts if not any(_meet(span, other) for other in there)]
    yield from (
        _loss(LossKind.CUT, Phase.PLOT, "", "passage", f"{span.start}-{span.end}", Reason.EDITOR) for span in gone
    )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _abridged(line: Line, left: Line | None) -> Iterator[Loss]:
    if left is None:
        yield _loss(LossKind.CUT, Phase.PLOT, line.key, "line", line.text, Reason.ABRIDGED)
    elif left.text != line.text:
        yield _loss(LossKind.SHORTENED, Phase.PLOT, line.key, "line", line.text, Reason.ABRIDGED, left.text)


def lost_of_storyboard(plot: Plot, board: Storyboard) -> Iterator[Loss]:
    """Of beats that the plot shows: what no panel shows, says or is directed to show."""
    planned = plot.shown()
    said = said_of(board)
    panels: dict[str, list[PanelDraft]] = {}
    for panel in board.panels():
        for key in panel.beats:
            panels.setdefault(key, []).append(panel)
    for beat in (beat for beat in as_told(plot).beats() if beat.key in planned):
        own = panels.get(beat.key)
        if own is None:
            yield _loss(LossKind.CUT, Phase.STORYBOARD, beat.key, "beat", beat.words, Reason.NOT_SHOWN)
            continue
        yield from _unsaid(beat, said)
        unread = unread_in(beat, said)
        yield from (_loss(LossKind.CUT, Phase.STORYBOARD, key, "caption", t, Reason.NOT_SAID) for key, t in unread)
        yield from _undirected(beat, own)


def _unsaid(beat: Beat, said: Mapping[str, str]) -> Iterator[Loss]:
    for line in spoken_in(beat):
        words = said.get(line.key, "")
        if not words:
            yield _loss(LossKind.CUT, Phase.STORYBOARD, line.key, "line", line.text, Reason.NOT_SHOWN)
        elif len(_letters(words)) < len(_letters(line.text)):
            yield _loss(LossKind.SHORTENED, Phase.STORYBOARD, line.key, "line", line.text, Reason.NOT_SHOWN, words)


def _undirected(beat: Beat, panels: Sequence[PanelDraft]) -> Iterator[Loss]:
    """People, things and sounds that the plot has in a beat, and none of its panels."""
    people = {figure.character for panel in panels for figure in panel.direction.figures}
    people |= {part.speaker for panel in panels for part in panel.dialogue.parts if part.speaker}
    directed = [thing for panel in panels for thing in things_in(panel.direction)]
    seen = " ".join(panel.direction.seen for panel in panels).lower()
    sounds = [part.text for panel in panels for part in panel.dialogue.parts if part.kind == "sfx"]
    for who in beat.present:
        if who not in people:
            yield _not_drawn(Phase.STORYBOARD, beat.key, "figure", who, Reason.NOT_DIRECTED)
    for thing in (*beat.props, *(deed.thing for deed in beat.deeds if deed.thing)):
        if thing.lower() not in seen and not any(same_thing(thing, other) for other in directed):
            yield _not_drawn(Phase.STORYBOARD, beat.key, "prop", thing, Reason.NOT_DIRECTED)
    if beat.sound and not sounds:
        yield _not_drawn(Phase.STORYBOARD, beat.key, "sound", beat.sound, Reason.NOT_DIRECTED)


def lost_of_pictures(board: Storyboard, art: Mapping[str, PanelArt]) -> Iterator[Loss]:
    """What a panel is directed to show and its picture does not, as its artist tells; of one who does not tell, what he
    says that he cannot draw."""
    for panel in board.panels():
        picture = art.get(panel.key)
        if picture is None:
            continue
        for fault in picture.made.faults:
            what, _, said = fault.partition(": ")
            yield _loss(LossKind.FLAWED, Phase.ARTWORK, panel.key, what, said, Reason.LOOKED_AT)
        untold = set()
        for missing in picture.made.missing:
            what, word, instead = _account(missing)
            untold.add(word)
            kind = LossKind.REPLACED if instead else LossKind.NOT_DRAWN
            reason = Reason.NEAREST if instead else Reason.CANNOT_DRAW
            yield _loss(kind, Phase.ARTWORK, panel.key, what, word, reason, instead)
        if picture.drawn is not None and picture.status == "drawn":
            yield from _unseen(panel, picture, untold)


def _account(missing: str) -> tuple[str, str, str]:
    """What an artist says of one thing (`Made.missing`): its kind, itself, what is drawn instead. An image model names
    no kind."""
    what, _, said = missing.partition(": ")
    if not what.isidentifier():
        return "", missing, ""
    word, _, instead = said.partition(" (drawn as: ")
    return what, word, instead.removesuffix(")")


def _unseen(panel: PanelDraft, picture: PanelArt, untold: set[str]) -> Iterator[Loss]:
    drawn = picture.drawn
    assert drawn is not None
    people = {figure.character: figure for figure in drawn.figures}
    every = (*drawn.things, *drawn.parts, *(thing for figure in drawn.figures for thing in figure.holds))
    for figure in panel.direction.figures:
        if figure.character not in people:
            yield _not_drawn(Phase.ARTWORK, panel.key, "figure", figure.character, Reason.NOT_SEEN)
        elif _lacks(figure, people[figure.character].holds, untold):
            yield _not_drawn(Phase.ARTWORK, panel.key, "holds", figure.holds, Reason.NOT_SEEN)
    for prop in panel.direction.props:
        if prop not in untold and not any(same_thing(prop, thing) for thing in every):
            yield _not_drawn(Phase.ARTWORK, panel.key, "prop", prop, Reason.NOT_SEEN)


def _lacks(figure: FigureDirection, held: Sequence[str], untold: set[str]) -> bool:
    thing = figure.holds
    return bool(thing) and thing not in untold and not any(same_thing(thing, other) for other in held)


def things_in(direction: SceneDirection) -> tuple[str, ...]:
    """Everything that a panel is directed to show, in hands or not."""
    return (*direction.props, *(figure.holds for figure in direction.figures if figure.holds))


def same_thing(one: str, other: str) -> bool:
    """Whether two names mean one thing: the same words, or the same entry of the register."""
    a, b = (word.strip().lower().replace("_", " ") for word in (one, other))
    key = nearest_thing(a).key
    return a == b or (key != "" and key in (nearest_thing(b).key, b.replace(" ", "_")))


def said_of(board: Storyboard | None) -> dict[str, str]:
    """What balloons say of each line."""
    return words_said(board.panels() if board else ())


def _shown_beats(board: Storyboard | None) -> set[str]:
    return {key for panel in board.panels() for key in panel.beats} if board is not None else set()


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _not_drawn(phase: Phase, element: str, what: str, said: str, reason: Reason) -> Loss:
    return _loss(LossKind.NOT_DRAWN, phase, element, what, said, reason)


def _loss(
    kind: LossKind, phase: Phase, element: str, what: str, said: str, reason: Reason, instead: str = ""
) -> Loss:  # fmt: skip
    return Loss(kind=kind, phase=phase, element=element, what=what, said=said, instead=instead, reason=reason)
