"""One batch of pages: what a model is given to draft them from, and the rules that its answer must keep.

A batch is given its own beats, lines and people, and the plan of the pages beside it. What code knows for certain it
puts right itself (numbers, keys, scenes, hours, places of words, sides); what is left is told to the model. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from agents.appearance_timeline import Bible, make_bible, with_changes_before
from agents.checked_answers import Fault
from agents.prompt_facts import changes_told, page_concept, people_seen, settings_told, told_scenes
from agents.storyboard.join_panels import within
from agents.storyboard.page_losses import at_home, lost_to_limit, lost_to_scenes, lost_words
from agents.storyboard.page_plan import on_their_sides
from agents.storyboard.page_words import (
    MOST_PARTS,
    Wording,
    cut_out,
    in_own_words,
    letters_of,
    own_words,
    with_sounds_at_home,
)
from agents.storyboard.people_as_props import without_people_as_props
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.losses import Loss, shortened
from manga.plot import Beat, Line, LineKind, PagePlan, Plot, Scene, by_then, where_and_when
from manga.storyboard import PageDraft, PanelDraft, StoryboardDraft, words_said
from manga.storyboard_plan import BookPlan, LeftOut, Neighbour, PageScene, PageTask, Sides, StoryboardPages
from manga.text_capacity import MEASURES

TOLD_LETTERS = 120
LEFT_OUT_LETTERS = 80
FULL_PAGE = 1.15
"""Of the letters of a page: what it may hold of lines that were abridged."""


@dataclass(frozen=True)
class PagesDesk:
    """Hands out batches of one book. `previous` is the storyboard that is revised, when there is one."""

    plot: Plot
    cast: Cast
    concept: Concept
    settings: Settings
    plan: BookPlan
    tasks: tuple[PageTask, ...]
    looks: Mapping[str, str] = field(default_factory=dict)
    previous: StoryboardDraft | None = None
    limited: bool = False
    """Whether pictures are counted: then no page has more panels than planned."""
    follows: bool = False
    """Whether `previous` was drawn up from another plot, which these pages follow."""
    whole: Mapping[str, Line] = field(default_factory=dict)
    """All the words of lines that are abridged, by key."""
    faults: tuple[str, ...] = ()
    """What an editor has found in `previous`."""

    @property
    def drafts(self) -> bool:
        """Whether the plot says what a page owes, or the page as it is."""
        return self.previous is None or self.follows

    @cached_property
    def scenes(self) -> Mapping[str, Scene]:
        """The scene of every beat."""
        return {beat.key: scene for scene in self.plot.scenes for beat in scene.beats}

    @cached_property
    def beats(self) -> Mapping[str, Beat]:
        return {beat.key: beat for beat in self.plot.beats()}

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        return {line.key: line for beat in self.plot.beats() for line in beat.lines}

    @cached_property
    def panels_before(self) -> Mapping[str, PanelDraft]:
        return {panel.key: panel for page in (self.previous.pages if self.previous else ()) for panel in page.panels}

    @cached_property
    def bible(self) -> Bible:
        """How people look, by what the plot tells and pages show."""
        return make_bible(self.plot, self.planned)

    @property
    def most_letters(self) -> int:
        """Of a page."""
        return round(MEASURES[self.concept.language].page_letters * FULL_PAGE)

    @cached_property
    def planned(self) -> frozenset[str]:
        """The beats that some page carries."""
        return frozenset(key for page in self.plan.pages for key in page.beats)

    def batch(self, numbers: Sequence[int]) -> "Batch":
        wanted = set(numbers)
        return Batch(self, tuple(task for task in self.tasks if task.number in wanted))


@dataclass(frozen=True)
class Batch:
    """Pages that are asked for together."""

    desk: PagesDesk
    tasks: tuple[PageTask, ...]

    def inputs(self) -> dict[str, object]:
        return {
            "plot": tuple(map(self._with_looks, told_scenes(self.plot.scenes, self.desk.whole))),
            "left_out": self._left_out(self.plot),
            "cast": people_seen(self.people, self.desk.looks),
            "concept": page_concept(self.desk.concept, self.desk.plot.teller),
            "pages": tuple(map(self._with_room, self.tasks)),
            "around": self._around(),
            "sides": self.sides,
            "settings": settings_told(self.desk.settings, ("layout",)),
            "faults": self.desk.faults,
        }

    def _with_looks(self, scene: PageScene) -> PageScene:
        """With what has changed before its first beat here, of those that other pages or none carry, too."""
        states = self.desk.bible.beats[scene.beats[0].key].moments[0].states
        changes = [change for who in sorted(states) for change in states[who].changes]
        return scene.model_copy(update={"by_then": changes_told(changes)}) if changes else scene

    def _with_room(self, task: PageTask) -> PageTask:
        """With what a page holds where its lines may be said whole again."""
        more = task.unused or any(key in self.desk.whole for key in task.lines)
        return task.model_copy(update={"room": self.desk.most_letters}) if more else task

    @cached_property
    def plot(self) -> Plot:
        """The plot as far as these pages tell it."""
        beats = {key for task in self.tasks for key in task.beats}
        lines = {key for task in self.tasks for key in task.lines}
        scenes = tuple(
            scene.model_copy(update={**by_then(self.desk.scenes[kept[0].key], kept), "beats": kept})
            for scene in map(self._as_shown, self.desk.plot.scenes)
            if (kept := tuple(_with_lines(beat, lines) for beat in scene.beats if beat.key in beats))
        )
        keys = {scene.key for scene in scenes}
        acts = (act.model_copy(update={"scenes": tuple(k for k in act.scenes if k in keys)})
                for act in self.desk.plot.acts)  # fmt: skip
        pages = (PagePlan(number=task.number, beats=task.beats, hook=task.hook) for task in self.tasks)
        return Plot(acts=tuple(act for act in acts if act.scenes), scenes=scenes, pages=tuple(pages))

    def _as_shown(self, scene: Scene) -> Scene:
        """Without what is told of beats that no page carries; how people look since them goes over to the next beat."""
        left = [beat for beat in scene.beats if beat.key in self.desk.planned]
        if len(left) == len(scene.beats):
            return scene
        seen = {who for beat in left for who in (*beat.present, *(line.speaker for line in beat.lines))}
        present = tuple(who for who in scene.present if who in seen)
        beats = tuple(with_changes_before(scene.beats, self.desk.planned, self.desk.plot.changes_shown))
        return scene.model_copy(update={"what_happens": "", "present": present, "beats": beats})

    def _left_out(self, plot: Plot) -> tuple[LeftOut, ...]:
        """What of these scenes no page carries, in the order of telling."""
        scenes = {scene.key for scene in plot.scenes}
        found = ((scene, beat) for scene in self.desk.plot.scenes if scene.key in scenes for beat in scene.beats)
        return tuple(
            LeftOut(scene=scene.key, told=shortened(beat.words, LEFT_OUT_LETTERS))
            for scene, beat in found
            if beat.key not in self.desk.planned
        )

    @property
    def sides(self) -> tuple[Sides, ...]:
        scenes = {scene.key for scene in self.plot.scenes}
        return tuple(side for side in self.desk.plan.sides if side.scene in scenes)

    @property
    def previous(self) -> StoryboardPages | None:
        """These pages as they are now."""
        if self.desk.previous is None:
            return None
        wanted = {task.number for task in self.tasks}
        return StoryboardPages(pages=tuple(page for page in self.desk.previous.pages if page.number in wanted))

    def concerns(self, keys: Sequence[str]) -> bool:
        """Is a wish with these keys about one of these pages?"""
        names = {name for task in self.tasks for name in (task.key, *task.beats, *task.lines)}
        names |= {scene.key for scene in self.plot.scenes}
        if self.previous is not None:
            names |= {page.key for page in self.previous.pages}
        return not keys or any(root_of(key) in names for key in keys)

    @property
    def people(self) -> Cast:
        """Those who are seen, speak or are spoken to."""
        who = {key for scene in self.plot.scenes for key in scene.present}
        for beat in self.plot.beats():
            who |= {*beat.present, *(deed.who for deed in beat.deeds)}
            who |= {key for line in beat.lines for key in (line.speaker, line.addressee) if key}
        if self.previous is not None:
            panels = (panel for page in self.previous.pages for panel in page.panels)
            who |= {figure.character for panel in panels for figure in panel.direction.figures}
        return Cast(characters=tuple(person for person in self.desk.cast.characters if person.key in who))

    def _around(self) -> tuple[Neighbour, ...]:
        """The pages just before and after."""
        own = {task.number for task in self.tasks}
        beside = {number + step for number in own for step in (-1, 1)} - own
        return tuple(self._neighbour(task) for task in self.desk.tasks if task.number in beside)

    def _neighbour(self, task: PageTask) -> Neighbour:
        beats = [self.desk.beats[key] for key in task.beats if key in self.desk.beats]
        return Neighbour(
            number=task.number,
            told=tuple(gist for beat in beats if (gist := _gist(beat))),
            scenes=tuple(dict.fromkeys(self.desk.scenes[beat.key].key for beat in beats)),
            weights=task.weights,
            hook=task.hook,
        )

    def mended(self, answer: StoryboardPages) -> StoryboardPages:
        """Each page at its number, each panel in its scene, each word at its place in the source."""
        pages = answer.pages
        if len(pages) == len(self.tasks) and {page.number for page in pages} != {task.number for task in self.tasks}:
            in_order = zip(pages, self.tasks, strict=True)  # counted from 1: their order says which they are
            pages = tuple(page.model_copy(update={"number": task.number}) for page, task in in_order)
        tasks = {task.number: task for task in self.tasks}
        losses = list(at_home(answer.losses, _names(pages)))
        mended = (self._mended(page, tasks[page.number], losses) if page.number in tasks else page for page in pages)
        return StoryboardPages(pages=tuple(mended), losses=tuple(losses))

    def _mended(self, page: PageDraft, task: PageTask, losses: list[Loss]) -> PageDraft:
        """`losses` grow by what is not in the page as it was said."""
        panels = tuple(self._in_scene(panel, task) for panel in page.panels)
        losses += lost_to_scenes(page.panels, panels)
        if self.desk.drafts:
            panels = without_people_as_props(panels, self.desk.cast, losses)
        lines = {key: self._piece(task, key) for key in task.lines if key in self.desk.lines}
        panels = with_sounds_at_home(panels, tuple(lines))
        whole, over = self._whole(page, task)
        words = own_words(panels, lines, self._wording(), whole)
        losses += lost_words(words.values(), over)
        panels = in_own_words(panels, words)
        if self.desk.limited:
            reveals = {key for key in task.beats if key in self.desk.beats and self.desk.beats[key].reveal}
            kept, gone = within(panels, len(task.weights), reveals)
            losses += lost_to_limit(panels, kept, gone)
            panels = kept
        panels = tuple(map(self._on_its_sides, panels))
        key = task.key if self.desk.previous is None else self._old_key(page.number)
        return page.model_copy(update={"panels": panels, "key": key, "hook": task.hook, "pace": task.pace})

    def _on_its_sides(self, panel: PanelDraft) -> PanelDraft:
        """As the plan has them. Of a page that is drawn anew a panel that says where people stand is left: a person may
        have wished so."""
        said = any("x" in figure.model_fields_set for figure in panel.direction.figures)
        sides = self.sides if self.desk.drafts or not said else ()
        return on_their_sides((panel,), sides, self.desk.concept.direction)[0]

    def _whole(self, page: PageDraft, task: PageTask) -> tuple[dict[str, Line], frozenset[str]]:
        """Lines of which more may be said than was planned: those that are whole here, in their order while the page
        has room; and the keys of those for which it has none."""
        said = words_said(page.panels)
        able = [key for key in task.lines if key in self.desk.whole and key not in task.pieces]
        more = {key: len(said[key]) - len(self.desk.lines[key].text) for key in able if key in said}
        used = sum(map(len, said.values())) - sum(extra for extra in more.values() if extra > 0)
        over = set()
        for key, extra in more.items():
            if extra > 0 and used + extra > self.desk.most_letters:
                over.add(key)
            else:
                used += max(0, extra)
        return {key: self.desk.whole[key] for key in able if key not in over}, frozenset(over)

    def _wording(self) -> Wording | None:
        """Words of pages that are revised may be a person's own."""
        if not self.desk.drafts:
            return None
        return Wording(MEASURES[self.desk.concept.language], self.desk.settings.fidelity == "faithful")

    def _piece(self, task: PageTask, key: str) -> Line:
        """The line as far as the page shows it."""
        line, words = self.desk.lines[key], task.pieces.get(key)
        start = line.text.find(words) if words else 0
        return cut_out(line, start, start + len(words)) if words else line

    def _old_key(self, number: int) -> str:
        return next(page.key for page in self.desk.previous.pages if page.number == number)  # type: ignore[union-attr]

    def _in_scene(self, panel: PanelDraft, task: PageTask) -> PanelDraft:
        """A beat of another page is no news here; where and when a panel plays, its beat's scene says."""
        own = tuple(key for key in panel.beats if key in task.beats) or panel.beats
        scene = self.desk.scenes.get(own[0])
        if scene is None:
            return panel
        told = where_and_when(scene, own[0])
        if not self.desk.drafts:  # a person may have wished otherwise, before or now
            if (was := self.desk.panels_before.get(panel.key)) is not None:
                told = {name: getattr(was.direction, name) for name in (*told, "presents", "in_frame")}
            said = {name for name in panel.direction.model_fields_set if getattr(panel.direction, name) != ""}
            told = {name: value for name, value in told.items() if name not in said}
        direction = panel.direction.model_copy(update=told)
        return panel.model_copy(update={"beats": own, "scene": scene.key, "direction": direction})

    def faults_of(self, answer: StoryboardPages) -> list[Fault]:
        """What is missing, strange or said otherwise; names pages, panels and lines."""
        numbers = [page.number for page in answer.pages]
        wanted = [task.number for task in self.tasks]
        found = [
            Fault(f"Page {n} is there twice.", _page(n)) for n in sorted({n for n in numbers if numbers.count(n) > 1})
        ]
        found += [Fault(f"Page {n} is missing.", _page(n)) for n in wanted if n not in numbers]
        found += [Fault(f"Page {n} was not asked for.", _page(n)) for n in sorted(set(numbers) - set(wanted))]
        tasks = {task.number: task for task in self.tasks}
        for page in answer.pages:
            if page.number in tasks:
                task = tasks[page.number]
                found += [*self._strange(page, task), *self._lost(page, task), *self._unsaid(page, task)]
        return found

    def _strange(self, page: PageDraft, task: PageTask) -> Iterator[Fault]:
        for n, panel in enumerate(page.panels, start=1):
            where = f"Panel {n} of page {task.number}"
            if strange := sorted(set(panel.beats) - set(task.beats)):
                yield Fault(f"{where} shows beat {strange[0]}, which is not on that page.", panel.key)
            for figure in panel.direction.figures:
                if self.desk.cast.get(figure.character) is None:
                    yield Fault(f"{where} shows {figure.character}, who is not in the cast.", panel.key)
            for part in panel.dialogue.parts:
                if part.kind != "sfx" and part.line not in task.lines:
                    yield Fault(f"{where} says line {part.line}, which is not on that page.", part.key)
                if part.speaker is not None and self.desk.cast.get(part.speaker) is None:
                    yield Fault(f"{where} is spoken by {part.speaker}, who is not in the cast.", part.key)

    def _lost(self, page: PageDraft, task: PageTask) -> Iterator[Fault]:
        """With fidelity faithful every beat is seen."""
        shown = {key for panel in page.panels for key in panel.beats}
        if self.desk.settings.fidelity == "faithful" and self.desk.drafts:
            lost = (key for key in task.beats if key not in shown)
            yield from (Fault(f"Page {task.number} does not show beat {key}.", key) for key in lost)

    def _unsaid(self, page: PageDraft, task: PageTask) -> Iterator[Fault]:
        """With fidelity faithful every line is there, whole and in its own words."""
        if self.desk.settings.fidelity != "faithful" or self._full(page, task):
            return
        said = words_said(page.panels)
        for key, words in self._due(task).items():
            if key not in said:
                yield Fault(f"Line {key} is missing on page {task.number}.", key)
            elif letters_of(said[key]).words != letters_of(words).words:
                yield Fault(f"Line {key} is not shown in its own words, whole, on page {task.number}.", key)

    def _full(self, page: PageDraft, task: PageTask) -> bool:
        """No panel that a limit has left holds another word."""
        texts = sum(len(panel.dialogue.parts) for panel in page.panels)
        return self.desk.limited and texts >= MOST_PARTS * len(task.weights)

    def _due(self, task: PageTask) -> dict[str, str]:
        """The words that the page owes: those of its lines, or those it has shown before a wish."""
        if self.desk.previous is not None and not self.desk.follows:
            page = next(page for page in self.desk.previous.pages if page.number == task.number)
            return {key: words for key, words in words_said(page.panels).items() if self._spoken(key)}
        due = (key for key in task.lines if key not in task.unused and self._spoken(key))
        return {key: self._piece(task, key).text for key in due}

    def _spoken(self, key: str) -> bool:
        return key in self.desk.lines and self.desk.lines[key].kind is not LineKind.NARRATION


def root_of(key: str) -> str:
    """The beat that a panel is called after, the line that a part is of; any other key itself."""
    return key.partition("+")[0].partition(".")[0]


def _gist(beat: Beat) -> str:
    """What a beat tells, or what is said in it."""
    said = next((line.text for line in beat.lines if line.kind is not LineKind.NARRATION), "")
    return (beat.told or said)[:TOLD_LETTERS]


def _names(pages: Sequence[PageDraft]) -> dict[str, str]:
    """Keys of pages and first beats of panels, by their places in an answer."""
    names = {str(n): _page(page.number) for n, page in enumerate(pages)}
    panels = ((f"{n}.{at}", panel) for n, page in enumerate(pages) for at, panel in enumerate(page.panels))
    return names | {place: panel.beats[0] for place, panel in panels}


def _page(number: int) -> str:
    return f"g{number:03d}"


def _with_lines(beat: Beat, lines: set[str]) -> Beat:
    return beat.model_copy(update={"lines": tuple(line for line in beat.lines if line.key in lines)})
