"""Drafts the plot part by part with models that are paid by the word: they copy a few words, code finds the places.

A long story is asked for in parts, all at once, each with the same concept and cast; their answers are kept, so that a
part that fails is the only one that is asked again. Pages, acts and cuts are made over the whole by rule.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from pydantic_core import to_jsonable_python

from agents.checked_answers import asked, every
from agents.plot.condense_to_pages import kept_for_others, paged, share_of
from agents.plot.locate_quotes import shown
from agents.plot.locate_scenes import Placed, Reading, faults_in, place
from agents.plot.look_at_cuts import LEAST, after_look, cut_by_code, paged_after, wish_about_cuts
from agents.plot.plot_losses import BEAT, SCENE
from agents.plot.revise_scenes import PROMPT as REVISION_PROMPT
from agents.plot.revise_scenes import (
    exchanged,
    faults_of_changes,
    names_in,
    passages,
    people_of_scenes,
    plot_told,
    remarks_told,
    scoped,
    with_changes,
    with_keys_of,
)
from agents.plot.story_parts import PART, Joined, acts_of, after, before, join, parts_of
from agents.prompt_facts import settings_told, story_concept
from agents.result_cache import Shelf, name_of, remembered
from agents.split_questions import ask_in_groups, fits
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import AnswerInvalid, MangaError, Then, WishRefused
from manga.losses import Loss, LossKind, Reason
from manga.phases import Phase
from manga.plot import OF_SCENE, Beat, LineKind, Plot, Scene
from manga.plot_draft import BeatDraft, ChangedPlot, ChangeDraft, DeedDraft, LineDraft, Person, PlotDraft, SceneDraft
from manga.revision import UNREVISED, Revision
from manga.story_source import Source
from manga.values import Span
from providers.base import Ask, TextModel

EVIDENCE, LONGEST = 40, 8000
"""Characters of an evidence, and of a line; more of one speech is found by what is copied of it."""
PROMPT, PART_PROMPT = "plot", "plot_part"
GONE = {Language.JA: "その場面はもうありません。", Language.EN: "That scene is not there any more."}
_SETTINGS = ("pages", "max_images")
TOKENS_A_CHARACTER = {Language.JA: 2.6, Language.EN: 0.9}
"""Of the story, in the answer: as answers have had them."""
AT_ONCE = 20
"""Parts: the longest story has no more of them where a model's room is ample."""
A = TypeVar("A")
Answer = tuple[int, tuple[Placed, ...]]
"""The length that was wished for (0: none), and the scenes of one stretch."""


def draft_of(plot: Plot, text: str, span: Span | None = None) -> PlotDraft | None:
    """The draft that a plot could have been made from; of the beats that begin within a stretch only. `text` is what
    its spans count in. None when no beat begins there."""
    shown = plot.shown()
    scenes = []
    for scene in plot.scenes:
        own = [b for b in scene.beats if span is None or span.start <= b.span.start < span.end]
        beats = tuple(_beat(beat, text, cut=beat.key not in shown) for beat in own)
        if beats:
            scenes.append(_scene(scene, beats, goes_on=own[0] is not scene.beats[0]))
    return PlotDraft(scenes=tuple(scenes), pages=len(plot.pages), teller=plot.teller) if scenes else None


def _scene(scene: Scene, beats: tuple[BeatDraft, ...], *, goes_on: bool) -> SceneDraft:
    return SceneDraft(
        key=scene.key,
        what_happens=scene.what_happens,
        emotion=scene.emotion,
        importance=scene.importance,
        goes_on=goes_on,
        **{name: getattr(scene, name) for name in OF_SCENE},
        beats=beats,
    )


def _beat(beat: Beat, text: str, *, cut: bool) -> BeatDraft:
    words = " ".join(text[beat.span.start : beat.span.end].split())
    return BeatDraft(
        evidence=words[:EVIDENCE] or "-",
        lines=tuple(
            LineDraft(
                text=line.text[:LONGEST],
                kind=line.kind,
                speaker=line.speaker,
                confidence=line.confidence,
                addressee=line.addressee,
                brief=tuple(text[span.start : span.end] for span in line.brief),
            )
            for line in beat.lines
            if line.kind is not LineKind.NARRATION
        ),
        present=beat.present,
        emotion=beat.emotion,
        importance=beat.importance,
        action=beat.action,
        deeds=tuple(DeedDraft(who=d.who, action=d.action, thing=d.thing) for d in beat.deeds[:12]),
        changes=tuple(ChangeDraft(who=c.who, aspect=c.aspect, to=c.to, words=c.words) for c in beat.changes[:12]),
        props=beat.props[:12],
        sound=beat.sound,
        reveal=beat.reveal,
        cut=cut,
        needs=tuple(" ".join(text[place : place + EVIDENCE].split()) for place in beat.needs),
        captions=tuple(text[span.start : span.end] for span in beat.captions),
        **{name: getattr(beat, name) for name in OF_SCENE},
    )


def losses_of(joined: Joined, previous: Plot | None, cut: Set[str], why: Reason) -> tuple[Loss, ...]:
    """What of the answers is not in the scenes as it was said, and which beats their editor would leave out (those that
    are `cut`: and did; of the others it is told `why` not). What stands as it was before keeps what was told of it."""
    old = frozenset(previous.scenes if previous is not None else ())
    before = {key for scene in joined.scenes if joined.patched or scene in old for key in names_in(scene)}
    kept = [loss for loss in (previous.losses if previous is not None else ()) if loss.element in before]
    beats = {beat.span.start: (scene.key, beat.key) for scene in joined.scenes for beat in scene.beats}
    starts = sorted(beats)
    found: list[Loss] = []
    for at, loss in joined.losses:
        scene, beat = beats[starts[max(0, bisect_right(starts, at) - 1)]]
        found.append(loss.model_copy(update={"element": scene if loss.element == SCENE else beat}))
    known = {(loss.element, loss.what) for loss in found}
    kept = [one for one in kept if (one.element, one.what) not in known and one.kind is not LossKind.CUT]
    return (*kept, *found, *_left_out(joined, previous, cut, why))


def _left_out(joined: Joined, previous: Plot | None, cut: Set[str], why: Reason) -> Iterator[Loss]:
    """The beats that an editor leaves out; not those for which a book of before had no room."""
    was_cut = _cut_in(previous) if previous is not None else frozenset()
    marked = previous.marked() if previous is not None else frozenset()
    for beat in (beat for scene in joined.scenes for beat in scene.beats):
        if beat.key in joined.cut and (beat.key not in was_cut or beat.key in marked):
            yield _marked(beat, taken=beat.key in cut, why=why)


def _marked(beat: Beat, *, taken: bool, why: Reason) -> Loss:
    return Loss(
        kind=LossKind.CUT if taken else LossKind.REFUSED,
        phase=Phase.PLOT,
        element=beat.key,
        what=BEAT if taken else "cut",
        said=beat.words,
        reason=Reason.EDITOR if taken else why,
    )


@dataclass(frozen=True, slots=True)
class Drafting:
    """One plot on its way."""

    source: Source
    concept: Concept
    cast: Cast
    settings: Settings
    text: TextModel
    people: tuple[Person, ...]
    """The cast as the questions tell it."""
    revision: Revision[Plot] = UNREVISED
    shelf: Shelf | None = None
    remarks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What an editor has found in the book so far and nobody has mended, by beat."""
    book_pages: int = 0
    """Of the book that the previous plot has made, which need not be the plot's; 0: there is none yet."""

    async def plot(self) -> Plot:
        """Raises AnswerInvalid, ProviderError, ContentBlocked or WishRefused; of a long story with the part at fault
        named."""
        if self.revision.previous is not None:
            return await self._revised(self.revision.previous)
        parts = parts_of(self.source, self._holds)
        answers = [await self._whole()] if len(parts) == 1 else await self._parts(parts)
        drafted = self._finished(join(placed for _, placed in answers), max(pages for pages, _ in answers))
        adapted = self.settings.fidelity == "adapted"
        return await self._looked_at(drafted) if adapted and len(cut_by_code(drafted)) >= LEAST else drafted

    async def _looked_at(self, plot: Plot) -> Plot:
        """The plot after its model looked once at what code has cut of it; as it is where nothing usable is said."""
        looking = replace(self, revision=Revision(((wish_about_cuts(plot, self.settings), ()),), plot))
        try:
            answer = await looking._patch(plot, frozenset())
        except (AnswerInvalid, WishRefused):
            return plot
        joined = with_changes(plot, answer, frozenset())
        cut, back = after_look(plot, answer)
        cut = kept_for_others(joined.scenes, cut)
        made = paged_after(plot, joined, cut, back, self.source.language, self.settings)
        left = tuple(loss for loss in plot.losses if loss.kind is not LossKind.CUT)
        losses = (*left, *losses_of(replace(joined, cut=frozenset(cut)), None, cut, Reason.NEEDED))
        return plot.model_copy(
            update={"scenes": joined.scenes, "pages": made.pages, "cuts": made.cuts, "losses": losses}
        )

    async def _revised(self, previous: Plot) -> Plot:
        """One wish after the other."""
        plot, done = previous, self.revision.done
        for number, wish in enumerate(self.revision.fresh, start=done):
            try:
                plot = await replace(self, revision=Revision((wish,), plot))._wished(plot)
            except WishRefused as error:
                raise WishRefused(error.message, phase=Phase.PLOT.value, wish=number, kept=error.kept) from None
        return plot

    async def _wished(self, previous: Plot) -> Plot:
        """The plot with the wish carried out; only scenes to be broken down anew are read again."""
        keys = scoped(previous, self.revision.scope)
        if self.revision.scope and not keys:
            raise WishRefused(GONE[self.source.language], wish=0)
        patch = await self._patch(previous, keys)
        joined = with_changes(previous, patch, keys)
        pages = self._of_plot(patch.pages, len(previous.pages))
        same = joined.scenes == previous.scenes and joined.cut == _cut_in(previous)
        plot = previous if same and pages in (0, len(previous.pages)) else self._finished(joined, pages)
        anew = frozenset(patch.anew) & (keys or frozenset(patch.anew))
        if not anew:
            return plot
        again = replace(self, revision=Revision(self.revision.wishes, plot))
        return again._finished(*await again._scenes_again(plot, anew))

    def _of_plot(self, pages: int, planned: int) -> int:
        """A length that was wished for the book, in pages of the plot, which are its measure."""
        return max(1, round(pages * planned / self.book_pages)) if pages and self.book_pages else pages

    async def _patch(self, previous: Plot, keys: frozenset[str]) -> ChangedPlot:
        shown = [scene.key for scene in previous.scenes if not keys or scene.key in keys]

        def ask(some: Sequence[str]) -> Ask[ChangedPlot]:
            return self._patching(previous, keys if len(some) == len(shown) else frozenset(some))

        found = await ask_in_groups(self.text, shown, ask, partial(self._patched, previous))
        return ChangedPlot(
            scenes=tuple(scene for patch in found for scene in patch.scenes),
            anew=tuple(key for patch in found for key in patch.anew),
            pages=max(patch.pages for patch in found),
        )

    def _patching(self, previous: Plot, keys: frozenset[str]) -> Ask[ChangedPlot]:
        inputs: dict[str, Any] = {
            "plot": plot_told(previous, keys),
            "cast": people_of_scenes(self.people, previous, keys),
            "length": {"pages": self.book_pages or len(previous.pages)},
            "remarks": remarks_told(previous, keys, self.remarks),
        }
        return Ask(REVISION_PROMPT, inputs, ChangedPlot, Revision(self.revision.wishes))

    async def _patched(self, previous: Plot, ask: Ask[ChangedPlot]) -> ChangedPlot:
        async def answered() -> ChangedPlot:
            return await asked(
                self.text,
                ask,
                mended=_as_it_is,
                faults=lambda patch: list(faults_of_changes(patch, previous, self.cast)),
                phase=Phase.PLOT.value,
            )

        name = name_of("replotted", [self.text.name, to_jsonable_python(ask.inputs), self.revision.wishes])
        return await remembered(self.shelf, name, ChangedPlot, answered)

    async def _scenes_again(self, previous: Plot, keys: frozenset[str]) -> tuple[Joined, int]:
        """Only the scenes that a wish is about are asked for again."""
        answers = await self._parts(passages(previous, keys, PART[self.source.language], self._holds))
        joined = with_keys_of(previous, join(placed for _, placed in answers))
        return exchanged(previous, joined, keys), max(pages for pages, _ in answers)

    def _finished(self, joined: Joined, pages: int) -> Plot:
        """`pages` as the answers have them; the number of the book before is no wish."""
        scenes, language, previous = joined.scenes, self.source.language, self.revision.previous
        wishes = bool(self.revision)
        may_cut = wishes or self.settings.fidelity == "adapted"
        cut = (joined.cut if wishes else kept_for_others(scenes, joined.cut)) if may_cut else frozenset()
        before = len(previous.pages) if previous is not None else 0
        made = paged(
            scenes,
            language,
            self.settings,
            wished=pages if wishes and pages != before else 0,
            previous=previous,
            cut=cut,
            hooks=joined.hooks,
        )
        losses = losses_of(joined, previous, cut, Reason.NEEDED if may_cut else Reason.FAITHFUL)
        teller = previous.teller if previous is not None else joined.teller
        return Plot(
            acts=acts_of(scenes),
            scenes=scenes,
            pages=made.pages,
            cuts=made.cuts,
            losses=losses,
            teller=teller,
            changes_shown=previous.changes_shown if previous is not None else True,
        )

    async def _whole(self) -> Answer:
        span = Span(start=0, end=len(self.source.text))
        return self._placed(await self._kept(PROMPT, span, {}), span)

    async def _kept(self, prompt_id: str, part: Span, inputs: dict[str, str]) -> PlotDraft:
        """The answer, kept: another question follows, and may fail."""
        name = self._name(prompt_id, part, inputs)
        return await remembered(self.shelf, name, PlotDraft, lambda: self._answer(prompt_id, part, inputs))

    async def _parts(self, parts: Sequence[Span]) -> list[Answer]:
        return await every([partial(self._part, number, parts) for number in range(len(parts))], at_once=AT_ONCE)

    async def _part(self, number: int, parts: Sequence[Span]) -> Answer:
        part = parts[number]
        inputs = self._beside(part, f"{number + 1} of {len(parts)}")
        try:
            return self._placed(await self._kept(PART_PROMPT, part, inputs), part)
        except MangaError as error:
            if error.then is not Then.FAIL:
                raise
            words = shown(self.source.text[part.start : part.end])
            error.message = f"{error.message} (In part {number + 1} of {len(parts)} of the story: {words})"
            error.args = (error.message,)
            error.element = error.element or f"part {number + 1}"
            raise

    def _name(self, prompt_id: str, part: Span, inputs: dict[str, str]) -> str:
        read = {
            "mind": self.text.name,
            "story": self._told(part),
            "concept": story_concept(self.concept),
            "cast": [person.to_json() for person in self.people],
            "settings": settings_told(self.settings, _SETTINGS),
            "wishes": [self.revision.instructions, [keys for _, keys in self.revision.wishes], self.revision.scope],
            "previous": draft.to_json() if (draft := self._previous(part)) else None,
            **inputs,
        }
        return name_of(prompt_id, read)

    def _beside(self, part: Span, number: str) -> dict[str, str]:
        return {"part": number, "before": before(self.source, part), "after": after(self.source, part)}

    def _holds(self, part: Span) -> bool:
        return fits(self.text, self._ask(PART_PROMPT, part, self._beside(part, "")))

    def _ask(self, prompt_id: str, part: Span, more: dict[str, str]) -> Ask[PlotDraft]:
        # What stays the same in all parts comes first: providers bill a prefix that they have seen for less.
        room = share_of(self.settings, self.source.language, part.end - part.start, len(self.source.text))
        inputs: dict[str, Any] = {
            "concept": story_concept(self.concept),
            "cast": self.people,
            "settings": settings_told(self.settings, _SETTINGS),
            "room": room,
        }
        return Ask(
            prompt_id=prompt_id,
            inputs={**inputs, **more, "story": self._told(part)},
            output_type=PlotDraft,
            revision=Revision(self.revision.wishes, self._previous(part)),
            may_refuse=prompt_id == PROMPT,
            answer_tokens=round((part.end - part.start) * TOKENS_A_CHARACTER[self.source.language]),
        )

    async def _answer(self, prompt_id: str, part: Span, more: dict[str, str]) -> PlotDraft:
        ask = self._ask(prompt_id, part, more)
        reading = self._reading(part)
        return await asked(
            self.text, ask, mended=_as_it_is, faults=lambda draft: faults_in(draft, reading), phase=Phase.PLOT.value
        )

    def _told(self, part: Span) -> str:
        return self.source.text[part.start : part.end]

    def _previous(self, part: Span) -> PlotDraft | None:
        previous = self.revision.previous
        return draft_of(previous, self.source.text, part) if previous is not None else None

    def _placed(self, draft: PlotDraft, part: Span) -> Answer:
        """Raises AnswerInvalid."""
        return draft.pages, place(draft, self._reading(part))

    def _reading(self, part: Span) -> Reading:
        """Scenes stand in another order than the text's only when somebody has wished so."""
        return Reading(self.source, part, self.cast, reordered=bool(self.revision))


def _as_it_is(answer: A) -> A:
    return answer


def _cut_in(plot: Plot) -> frozenset[str]:
    shown = plot.shown()
    return frozenset(beat.key for beat in plot.beats() if beat.key not in shown)
