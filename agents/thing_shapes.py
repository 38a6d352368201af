"""Asks a model once for the shapes of a work's key things that the register does not know, and checks its answer.

A plot in, one `AskedThing` for each unknown word out: its shape, or the reason why it has none (then its class is
drawn). Each is kept by the digest of its word, class, time, culture and wishes, so that no version asks again for what
is unchanged.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agents.checked_answers import softly
from agents.result_cache import Shelf, found, keep, name_of
from agents.retry import POLICIES, Clock
from manga.concept import Concept
from manga.continuity import OFF, Aspect
from manga.losses import Loss, LossKind, Reason
from manga.phases import Phase
from manga.plot import Beat, Plot
from manga.revision import Revision
from manga.thing_shapes import (
    MOST_THINGS,
    AskedThing,
    MarkDraft,
    ShapeDraft,
    ShapeUnfit,
    ThingShape,
    ThingShapes,
    UnknownThing,
    checked,
    find_word,
)
from manga.vocabulary.beings import beings
from manga.vocabulary.places import places
from manga.vocabulary.poses_and_effects import effects
from manga.vocabulary.things import nearest_thing
from manga.vocabulary.vocabulary_entries import Vocabulary
from manga.vocabulary.weather import weathers
from providers.base import Ask, TextModel

log = logging.getLogger(__name__)

PROMPT = "thing_shapes"
WHAT = "shape"
"""What a loss of one is called."""
_IN_HAND = 3
"""What is in a hand counts so many times as much as what is only there."""
_SHAPELESS = frozenset({"scenery", "material", "garment"})
"""Classes of which none can be drawn alone: clothes without anybody in them stand there like a ghost."""
_MAYBE_NO_THING = frozenset({"", "building", "creature"})
"""Classes whose words may be those of places and beings: a throne is a palace in words, and still a thing."""
_DRAWN_OTHERWISE: tuple[Callable[[], Vocabulary[Any, Any]], ...] = (places, weathers, effects, beings)
_TOLD = 3
_LONGEST_TOLD = 160
_SETTLED = frozenset({None, Reason.NO_SHAPE, Reason.BAD_SHAPE})
"""What another question in the same words would not change; None: it has been drawn."""


def unknown_things(plot: Plot, before: Sequence[AskedThing] = ()) -> tuple[UnknownThing, ...]:
    """The things of the beats that are shown which the register knows by no key, word or head noun: those that count
    most in the story, in the order of telling. What was asked for before keeps its key."""
    keys = {one.word: one.key for one in before}
    weights: Counter[str] = Counter()
    told: dict[str, list[str]] = {}
    for beat in (beat for beat in plot.beats() if beat.key in plot.shown()):
        for word, times in _things_of(beat).items():
            if not _is_unknown(word):
                continue
            place = find_word(word, known := tuple(dict.fromkeys((*keys, *told))))
            name = word if place is None else known[place]
            weights[name] += times * beat.importance**2
            told.setdefault(name, []).append(beat.words)
    chosen = sorted(weights, key=lambda word: (word not in keys, -weights[word]))[:MOST_THINGS]
    fresh = _free_keys(set(keys.values()))
    return tuple(
        UnknownThing(key=keys.get(word) or next(fresh), word=word, kind=_kind(word), told=_few(told[word]))
        for word in told
        if word in chosen
    )


def _things_of(beat: Beat) -> dict[str, int]:
    """With how much each counts: what is in a hand leaves that hand empty when it is not drawn."""
    taken = (change.to for change in beat.changes if change.aspect is Aspect.HOLDS and change.to not in {"", OFF})
    in_hand = (*(deed.thing for deed in beat.deeds if deed.thing), *taken)
    return dict.fromkeys(beat.props, 1) | dict.fromkeys(in_hand, _IN_HAND)


def _is_unknown(word: str) -> bool:
    """Whether nothing of ours draws it: no entry for things, and it is no place, weather, effect or being, which
    others draw; nor what has no shape of its own."""
    near = nearest_thing(word)
    kind = near.kind.key if near.kind is not None else ""
    if near.entry is not None or kind in _SHAPELESS:
        return False
    found = [vocabulary().nearest(word).by for vocabulary in _DRAWN_OTHERWISE]
    return "key" not in found and not ({"word", "head"} & set(found) and kind in _MAYBE_NO_THING)


def _kind(word: str) -> str:
    kind = nearest_thing(word).kind
    return kind.key if kind is not None else ""


def _few(told: Sequence[str]) -> tuple[str, ...]:
    """The first places, and not more of them than is read."""
    return tuple(words[:_LONGEST_TOLD] for words in dict.fromkeys(told) if words)[:_TOLD]


def _free_keys(taken: set[str]) -> Iterator[str]:
    return (key for number in range(1, 1000) if (key := f"t{number:02}") not in taken)


@dataclass(frozen=True, slots=True)
class PropDesigner:
    """Gets shapes: kept from before, from the shelf, or drawn by the model. `wishes` are those about things alone."""

    text: TextModel
    clock: Clock
    concept: Concept
    shelf: Shelf | None = None
    wishes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    async def drawn(self, plot: Plot, before: Sequence[AskedThing]) -> tuple[AskedThing, ...]:
        """One entry for each unknown thing of the plot. Raises what makes a work wait."""
        things = unknown_things(plot, before)
        kept = {one.key: one for one in before}
        done = {thing.key: await self._known(thing, kept.get(thing.key)) for thing in things}
        todo = [thing for thing in things if done[thing.key] is None]
        fresh = await self._asked(todo, kept) if todo else {}
        return tuple(done[thing.key] or fresh[thing.key] for thing in things)

    def _digest(self, thing: UnknownThing) -> str:
        world = self.concept.world
        wishes = [said for said, keys in self.wishes if thing.key in keys]
        read = [self.text.name, thing.word, thing.kind, world.period.value, world.culture, wishes]
        return name_of(PROMPT, read)

    async def _known(self, thing: UnknownThing, before: AskedThing | None) -> AskedThing | None:
        digest = self._digest(thing)
        if before is not None and before.digest == digest and before.reason in _SETTLED:
            return before
        one = await found(self.shelf, digest, AskedThing)
        return one.model_copy(update=_under(one, thing)) if one is not None else None

    async def _asked(self, things: Sequence[UnknownThing], kept: Mapping[str, AskedThing]) -> dict[str, AskedThing]:
        ask, room = self._question(things, kept), self.text.room(PROMPT)
        if room is not None and len(things) > 1 and not room.holds(ask):
            half = len(things) // 2
            return {**await self._asked(things[:half], kept), **await self._asked(things[half:], kept)}
        answer, failed = await softly(lambda: self.text.answer(ask), POLICIES[Phase.PLOT], self.clock)
        if answer is None:
            log.info("no shapes could be had: %s", failed)
        drafts = {draft.key: draft for draft in answer.things} if answer else None
        return {thing.key: await self._read(thing, drafts, kept.get(thing.key)) for thing in things}

    def _question(self, things: Sequence[UnknownThing], kept: Mapping[str, AskedThing]) -> Ask[ThingShapes]:
        keys = {thing.key for thing in things}
        wishes = tuple((said, own) for said, scope in self.wishes if (own := tuple(k for k in scope if k in keys)))
        old = [one.shape for key, one in kept.items() if key in keys and one.shape is not None and wishes]
        return Ask(
            prompt_id=PROMPT,
            inputs={"things": tuple(things), "world": self.concept.world},
            output_type=ThingShapes,
            revision=Revision(wishes, ThingShapes(things=tuple(map(_as_draft, old))) if old else None),
            may_refuse=False,
        )

    async def _read(
        self, thing: UnknownThing, drafts: Mapping[str, ShapeDraft] | None, before: AskedThing | None
    ) -> AskedThing:
        """What has come of a thing; one that had a shape keeps it when no better one comes."""
        made = as_answered(thing, drafts, self._digest(thing))
        if made.shape is None and before is not None:
            made = made.model_copy(update={"shape": before.shape})
        if self.shelf is not None and made.reason is not Reason.NO_ANSWER:
            await keep(self.shelf, made.digest, made)
        return made


def as_answered(thing: UnknownThing, drafts: Mapping[str, ShapeDraft] | None, digest: str = "") -> AskedThing:
    """What an answer (None: there is none) makes of a thing."""
    shape, reason = _shape(thing, drafts)
    return AskedThing(key=thing.key, word=thing.word, kind=thing.kind, digest=digest, shape=shape, reason=reason)


def _shape(thing: UnknownThing, drafts: Mapping[str, ShapeDraft] | None) -> tuple[ThingShape | None, Reason | None]:
    if drafts is None:
        return None, Reason.NO_ANSWER
    draft = drafts.get(thing.key)
    if draft is None or not draft.marks:
        return None, Reason.NO_SHAPE
    try:
        return checked(draft, thing), None
    except ValueError as error:
        why = error if isinstance(error, ShapeUnfit) else type(error).__name__
        log.info("the shape of %s is not drawn: %s", thing.key, why)
        return None, Reason.BAD_SHAPE


def _under(one: AskedThing, thing: UnknownThing) -> dict[str, object]:
    """What was kept for a word, under the key that the word has in this version."""
    shape = one.shape.model_copy(update={"key": thing.key, "word": thing.word}) if one.shape is not None else None
    return {"key": thing.key, "word": thing.word, "shape": shape}


def _as_draft(shape: ThingShape) -> ShapeDraft:
    own = {name: getattr(shape, name) for name in ("key", "kind", "cm", "grip", "view", "grip_x", "grip_y")}
    return ShapeDraft(marks=tuple(MarkDraft(surface=mark.surface, path=mark.path) for mark in shape.marks), **own)


def with_shapes(plot: Plot, asked: Iterable[AskedThing]) -> Plot:
    """The plot with the shapes of its things, and the losses of those that have none."""
    every = tuple(asked)
    others = tuple(loss for loss in plot.losses if loss.what != WHAT)
    losses = (*others, *(loss_of(one, one.reason) for one in every if one.reason is not None))
    return plot.model_copy(
        update={"things": tuple(one.shape for one in every if one.shape is not None), "losses": losses}
    )


def loss_of(one: AskedThing, reason: Reason) -> Loss:
    kind = LossKind.REPLACED if one.kind else LossKind.REFUSED
    return Loss(kind=kind, phase=Phase.PLOT, element=one.key, what=WHAT, said=one.word, instead=one.kind, reason=reason)
