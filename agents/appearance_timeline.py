"""How everybody looks at every moment of the plot (the continuity bible), and what contradicts it.

Pure. Worked out anew whenever it is asked, from the changes and deeds that stand in the plot's beats: nothing is stored
that could disagree with them, and a panel depends on the states of those alone who are seen in it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from agents.changed_appearance import dressed, phrase, sentence
from drawing.art.props.limp_things import around_neck, by_the_mouth, lives
from drawing.art.things.find_drawing import thing_of
from manga.brief import Language
from manga.characters import Cast, Character
from manga.continuity import AS_ON_THE_SHEET, OFF, Aspect, Change, Entry, State, States
from manga.plot import Beat, Deed, Plot, Scene
from manga.storyboard import Expression, FigureDirection, PanelDraft, Pose, Role, Shot, Storyboard, StoryboardDraft

TAKES = frozenset({"take", "carry", "hold"})
LETS_GO = frozenset({"drop", "throw", "give", "put down", "lay down", "set down", "let go", "hand over"})
SINKS = frozenset({"fall", "sleep", "lie"})
"""Nobody holds on to anything who lies down or is struck down."""
_BUSY = frozenset(
    {Pose.RUN, Pose.REACH, Pose.HUG, Pose.FIGHT, Pose.CLASP, Pose.PRAY, Pose.WEEP, Pose.DESPAIR, Pose.FOLD, Pose.CRAWL,
     Pose.CLIMB, Pose.JUMP}
)  # fmt: skip
"""Poses whose hands have something else to do than to carry what is not spoken of."""
_GOING = frozenset({Pose.RUN, Pose.JUMP, Pose.CRAWL, Pose.CLIMB})
"""Of these none needs the mouth."""
_EASY = frozenset({Expression.NEUTRAL, Expression.CALM})
_FACES = frozenset({Shot.CLOSE, Shot.EXTREME_CLOSE})
_ARMS = frozenset({"gun", "sword", "knife", "bow", "stick"})
"""What hands fight with, and nobody lays down for it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """From a place in the source on, within one beat, the states are these."""

    start: int
    states: States


@dataclass(frozen=True, slots=True)
class Told:
    """A beat, its scene, and the states in it: first as it begins, then after each change."""

    scene: Scene
    beat: Beat
    moments: tuple[Moment, ...]

    def before(self, place: int) -> States:
        """What holds when the story has been told up to a place."""
        begun = self.beat.span.start
        return [m for m in self.moments if m.start < place or m.start <= begun][-1].states


@dataclass(frozen=True, slots=True)
class Bible:
    """How everybody looks, beat by beat."""

    beats: Mapping[str, Told] = field(default_factory=dict)

    def panels(self, storyboard: Storyboard | StoryboardDraft) -> dict[str, States]:
        """The states that each panel shows. A panel whose beat the plot does not have shows none."""
        panels = [panel for page in storyboard.pages for panel in page.panels]
        shared = Counter(beat_of(panel) for panel in panels)
        return {panel.key: self._shown(panel, shared[beat_of(panel)]) for panel in panels}

    def _shown(self, panel: PanelDraft, sharing: int) -> States:
        """The last words in a panel tell how far it goes; a silent one shows its share of the beat."""
        parts = [part for part in panel.dialogue.parts if part.kind != "sfx"]
        ends = [part.span.end for part in parts]
        for key in reversed(panel.beats):
            told = self.beats.get(key)
            if told is not None and any(told.beat.span.start < end <= told.beat.span.end for end in ends):
                return told.before(max(end for end in ends if end <= told.beat.span.end))
        lead = self.beats.get(panel.beats[0])
        if lead is None:
            return {}
        span, number = lead.beat.span, int(panel.key.partition("+")[2] or 0)
        share = 0.0 if panel.role is Role.ESTABLISH and sharing > 1 else min(1.0, (number + 1) / sharing)
        return lead.before(span.start + round((span.end - span.start) * share))


def beat_of(panel: PanelDraft) -> str:
    return panel.key.partition("+")[0]


def beats_in(storyboard: Storyboard | StoryboardDraft) -> frozenset[str]:
    """The moments that are on its pages."""
    return frozenset(key for page in storyboard.pages for panel in page.panels for key in panel.beats)


def make_bible(plot: Plot, shown: Set[str] | None = None) -> Bible:
    """What happens in a flashback is undone when it is over, and begins with everybody as on the sheets. Of moments
    that are not `shown` (None: all are) what is put on or done to a body lasts, but nobody has seen a thing come into a
    hand: it is not there. Works of before 2026-12 have it there."""
    every = frozenset(beat.key for beat in plot.beats())
    seen = every if shown is None or not plot.changes_shown else shown
    told: dict[str, Told] = {}
    now: dict[str, State] = {}
    for scene in plot.scenes:
        states = {} if scene.flashback else now
        for beat in scene.beats:
            by_now = {} if beat.flashback else states
            moments = [Moment(beat.span.start, dict(by_now))]
            for change in changes_of(beat):
                if beat.key not in seen and comes_to_hand(change):
                    continue
                by_now = _with(by_now, change)
                moments.append(Moment(change.span.start, by_now))
            told[beat.key] = Told(scene, beat, tuple(moments))
            states = states if beat.flashback else by_now
        if not scene.flashback:
            now = {who: left for who, state in states.items() if (left := state.next_scene()).changes}
    return Bible(told)


def with_changes_before(beats: Sequence[Beat], planned: Set[str], seen: bool) -> Iterator[Beat]:
    """The beats that are shown, each with the changes of those that are not shown before it; without what came into a
    hand where that counts only when it is `seen`."""
    changes: tuple[Change, ...] = ()
    for beat in beats:
        if beat.key in planned:
            yield beat.model_copy(update={"changes": (*changes, *beat.changes)})
            changes = ()
        else:
            changes += tuple(one for one in beat.changes if not (seen and comes_to_hand(one)))


def comes_to_hand(change: Change) -> bool:
    return change.aspect is Aspect.HOLDS and change.to != OFF


def changes_of(beat: Beat) -> list[Change]:
    """The told changes and what deeds do to hands, in the order of telling."""
    deeds = [change for deed in beat.deeds if (change := _handled(deed)) is not None]
    return sorted((*deeds, *beat.changes), key=lambda change: change.span.start)


def _handled(deed: Deed) -> Change | None:
    if deed.action in TAKES and deed.thing:
        return Change(who=deed.who, aspect=Aspect.HOLDS, to=deed.thing, span=deed.span)
    if deed.action in LETS_GO:
        return Change(who=deed.who, aspect=Aspect.HOLDS, to=OFF, words=deed.thing, span=deed.span)
    if deed.action in SINKS:
        return Change(who=deed.who, aspect=Aspect.HOLDS, to=OFF, span=deed.span)
    return None


def _with(states: States, change: Change) -> dict[str, State]:
    """`words` of a thing let go name it, even when the story has not told of its being taken."""
    before = states.get(change.who, AS_ON_THE_SHEET)
    if change.aspect is Aspect.HOLDS and change.to == OFF:
        change = change.model_copy(update={"words": change.words or _in_hand(before)})
    return {**states, change.who: before.after(change)}


def _in_hand(state: State) -> str:
    held = state.to(Aspect.HOLDS)
    return "" if held == OFF else held


def _holding(figure: FigureDirection, states: States, cast: Cast) -> FigureDirection:
    """What was taken before, unless the hands are busy; nobody is at ease around whose neck something alive is."""
    state = states.get(figure.character, AS_ON_THE_SHEET)
    thing = "" if figure.holds else _to_hold(cast.get(figure.character), state)
    if coil := around_neck(thing):
        startled = lives(coil) and figure.expression in _EASY
        face = Expression.SURPRISE if startled else figure.expression
        return figure.model_copy(update={"holds": thing, "expression": face})
    if figure.pose in _BUSY and thing not in _ARMS and not (figure.pose in _GOING and by_the_mouth(thing)):
        return figure
    return figure.model_copy(update={"holds": thing}) if thing else figure


def _to_hold(person: Character | None, state: State) -> str:
    thing = _in_hand(state)
    return "" if thing == "hat" and person is not None and dressed(person, state).look.hat != "none" else thing


def with_hands(draft: StoryboardDraft, bible: Bible, cast: Cast) -> StoryboardDraft:
    """The draft in which everybody has in hand what the story says, where the model has put nothing there. A hat that
    sits on the head is in no hand."""
    states = bible.panels(draft)
    pages = tuple(
        page.model_copy(update={"panels": tuple(_handed(panel, states[panel.key], cast) for panel in page.panels)})
        for page in draft.pages
    )
    return draft.model_copy(update={"pages": pages})


def with_hands_emptied(draft: StoryboardDraft, bible: Bible) -> StoryboardDraft:
    """The draft in which nobody holds on to what an earlier moment has taken out of the hand."""
    pages = (
        page.model_copy(update={"panels": tuple(_emptied(panel, bible) for panel in page.panels)})
        for page in draft.pages
    )
    return draft.model_copy(update={"pages": tuple(pages)})


def _emptied(panel: PanelDraft, bible: Bible) -> PanelDraft:
    lead = bible.beats.get(panel.beats[0])
    if lead is None:
        return panel
    figures = tuple(
        figure.model_copy(update={"holds": ""}) if _has_let_go(figure, lead.moments[0].states) else figure
        for figure in panel.direction.figures
    )
    if figures == panel.direction.figures:
        return panel
    return panel.model_copy(update={"direction": panel.direction.model_copy(update={"figures": figures})})


def _has_let_go(figure: FigureDirection, states: States) -> bool:
    changes = states.get(figure.character, AS_ON_THE_SHEET).changes
    gone = [change.words for change in changes if change.aspect is Aspect.HOLDS and change.to == OFF and change.words]
    return any(figure.holds and (thing_of(figure.holds) or figure.holds) == (thing_of(w) or w) for w in gone)


def _handed(panel: PanelDraft, states: States, cast: Cast) -> PanelDraft:
    """A face is seen from so far that what is around its neck is in the picture."""
    directed = panel.direction
    figures = tuple(_holding(figure, states, cast) for figure in directed.figures)
    if figures == directed.figures:
        return panel
    worn = directed.shot in _FACES and any(around_neck(figure.holds) for figure in figures)
    shot = Shot.BUST if worn else directed.shot
    return panel.model_copy(update={"direction": directed.model_copy(update={"figures": figures, "shot": shot})})


def entries(plot: Plot, cast: Cast, language: Language) -> tuple[Entry, ...]:
    """The bible to be read, in the order of telling; whoever changes in a scene is in it, too."""
    bible = make_bible(plot)
    return tuple(
        _entry(bible, scene, person, language)
        for scene in plot.scenes
        for person in cast.characters
        if person.key in _there(scene)
    )


def _there(scene: Scene) -> set[str]:
    seen = {key for beat in scene.beats for key in beat.present}
    return {*scene.present, *seen, *(change.who for beat in scene.beats for change in beat.changes)}


def _entry(bible: Bible, scene: Scene, person: Character, language: Language) -> Entry:
    begun = bible.beats[scene.beats[0].key].moments[0].states.get(person.key, AS_ON_THE_SHEET)
    return Entry(
        scene=scene.key,
        place=scene.place,
        who=person.key,
        name=person.name,
        costume=person.costume,
        begins=sentence(person.name, begun, "", language),
        changes=tuple(_told(scene, person.key, language)),
    )


def _told(scene: Scene, who: str, language: Language) -> Iterator[tuple[str, str]]:
    for beat in scene.beats:
        for change in changes_of(beat):
            if change.who == who and (words := _words(change, language)):
                yield beat.key, words


def _words(change: Change, language: Language) -> str:
    """Hands that are emptied say nothing when nothing is known to have been in them."""
    if change.aspect is Aspect.HOLDS and change.to == OFF and not change.words:
        return ""
    as_ever = "もとどおり" if language is Language.JA else "as on the sheet"
    return phrase(change, language) if change.to else f"{change.aspect.value}: {as_ever}"
