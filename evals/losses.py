"""Whether anything that a model answered is lost without a word: 0 is the only good figure.

Each answer that plans, tells or letters a book is given alone to the product's own code, with the question that it
answers, as a tape or a desk has them; answers to wishes are not. Then every beat, line, thing, sound, place, aspect
and figure of the plain answer is looked for in the result: there, or in its list of losses with a reason. What is in
neither is unexplained. The looking shares no code with what makes the list, but for `as_told`, which says what a book
has of a plot.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from agents.characters import make_cast
from agents.lettering_proposals import Proposer
from agents.plot.agent import make_plot
from agents.storyboard.page_batch import PagesDesk
from agents.storyboard.page_plan import mended, with_losses
from agents.thing_shapes import as_answered, loss_of
from calls.services import SystemClock
from editing.list_losses import lost_of_plot
from evals.taped_questions import Json, board_of, concept_of, people_of, plot_of, whole_lines
from manga.brief import MAX_PAGES, Settings
from manga.fit_story_to_pages import as_told
from manga.losses import Loss, LossKind
from manga.plot import Beat
from manga.story_source import read_source
from manga.storyboard import (
    PageDraft,
    SceneDirection,
)
from manga.storyboard_plan import BookPlan, Limits, PageTask, PlannedPage, Sides, StoryboardPages
from manga.thing_shapes import ThingShapes, UnknownThing
from providers.base import AMPLE, Ask, Room

REFUSED: Final = "refused"
"""Beside an answer to a wish: what of the wish cannot be carried out. It is told to the person who wished."""
_TOLD_OF_PLACE: Final = ("place", "setting", "time_of_day", "weather", "ground", "lighting", "seen")


@dataclass(frozen=True, slots=True)
class Named:
    """Something that an answer names. `where` is its place in the answer."""

    where: str
    what: str
    said: str

    def __str__(self) -> str:
        return f"{self.where} {self.what}: {self.said}"


@dataclass(frozen=True, slots=True)
class Counted:
    """What one answer names, and what of it is neither in the result nor in the list of losses."""

    prompt: str
    named: int
    losses: tuple[Loss, ...]
    unexplained: tuple[Named, ...]


@dataclass(frozen=True)
class OneAnswer:
    """A text model that has one answer, as plain JSON."""

    answer_: Json
    name: str = "taped/1"

    def answers(self, prompt_id: str) -> bool:
        return True

    def room(self, prompt_id: str) -> Room:
        return AMPLE

    async def answer(self, ask: Ask[Any]) -> Any:
        if ask.prompt_id == "plot_revision":  # what code has cut: chosen well enough
            return ask.output_type()
        return ask.output_type.of(without_refusals(self.answer_))


def without_refusals(answer: Json) -> Json:
    """What an answer to a wish says beside the wishes that it does not carry out."""
    return {name: told for name, told in answer.items() if name != REFUSED}


async def counted(prompt_id: str, inputs: Json, answer: Json) -> Counted | None:
    """None for a prompt that is not counted: one whose answers name nothing that a book shows (`concept`, `feedback`,
    `finishing`), and the answers to wishes (`plot_revision`, `storyboard_revision`, `redrawing`, `lettering`).
    Raises AnswerInvalid where today's code refuses the answer as a whole, which nobody can overlook."""
    count = _COUNTS.get(prompt_id)
    return await count(inputs, answer) if count is not None else None


async def _cast(inputs: Json, answer: Json) -> Counted:
    cast = await make_cast(
        story=inputs["story"],
        concept=concept_of(inputs),
        settings=Settings.of(inputs["settings"]),
        text=OneAnswer(answer),
    )
    found = _Found(cast.losses)
    for told, person in zip(answer["characters"], cast.characters, strict=True):
        _leaves(found, told, person, person.key)
    return found.counted("characters")


def _leaves(found: "_Found", told: Any, made: Any, where: str) -> None:
    """Every text of plain JSON, in the same place of a value, which has its defaults too."""
    if isinstance(told, dict):
        for name, inner in told.items():
            _leaves(found, inner, getattr(made, name, None), f"{where}.{name}")
    elif isinstance(told, list):
        for at, inner in enumerate(told):
            _leaves(found, inner, made[at] if isinstance(made, tuple) and at < len(made) else None, where)
    elif isinstance(told, str):
        found.look(where, where.rpartition(".")[2], told, there=told == made, element=where.partition(".")[0])


async def _plot(inputs: Json, answer: Json) -> Counted:
    cast = people_of(inputs)
    plot = await make_plot(
        story=inputs["story"], concept=concept_of(inputs), cast=cast, settings=Settings.of(inputs["settings"]),
        text=OneAnswer(answer),
    )  # fmt: skip
    found = _Found((*plot.losses, *lost_of_plot(plot, None)))
    drafts = [(scene, beat) for scene in answer["scenes"] for beat in scene["beats"]]
    homes = [(scene, beat) for scene in plot.scenes for beat in scene.beats]
    planned = plot.shown()
    told = {line.key: line.text for beat in as_told(plot).beats() for line in beat.lines}
    text = read_source(inputs["story"], concept_of(inputs).language.value).text
    found.look(plot.scenes[0].key, "teller", answer.get("teller") or "", there=plot.teller == answer.get("teller"))
    for (draft_scene, draft), (scene, beat) in zip(drafts, homes, strict=True):
        for name in ("place", "setting"):
            if draft is draft_scene["beats"][0]:
                found.look(scene.key, name, draft_scene.get(name, ""), there=getattr(scene, name) == draft_scene[name])
        shown = beat.key in planned
        found.look(beat.key, "beat", draft["evidence"], there=shown != bool(draft.get("cut")), element=beat.key)
        _of_beat(found, draft, beat)
        _read_and_needed(found, draft, beat, text)
        _lines_of_beat(found, draft, beat, told if shown else None)
    return found.counted("plot")


def _of_beat(found: "_Found", draft: Json, beat: Beat) -> None:
    for who in draft.get("present", ()):
        found.look(beat.key, "present", who, there=who in beat.present)
    for prop in draft.get("props", ()):
        found.look(beat.key, "prop", prop, there=prop in beat.props)
    found.look(beat.key, "sound", draft.get("sound", ""), there=draft.get("sound", "") == beat.sound)
    deeds = {(deed.who, deed.action, deed.thing) for deed in beat.deeds}
    for deed in draft.get("deeds", ()):
        made = (deed["who"], deed["action"], deed.get("thing", "")) in deeds
        found.look(beat.key, "deed", f"{deed['who']}: {deed['action']} {deed.get('thing', '')}".strip(), there=made)
    changes = {(change.who, change.aspect.value, change.to) for change in beat.changes}
    for change in draft.get("changes", ()):
        made = (change["who"], change["aspect"], change.get("to", "")) in changes
        found.look(beat.key, change["aspect"], change.get("to", ""), there=made)


def _read_and_needed(found: "_Found", draft: Json, beat: Beat, text: str) -> None:
    """What of its narration must be read, and the moments that it counts on."""
    read = _letters("".join(text[span.start : span.end] for span in beat.captions))
    for words in draft.get("captions", ()):
        found.look(beat.key, "captions", words, there=_letters(words) in read)
    for words in draft.get("needs", ()):
        starts = (_letters(text[place : place + 2 * len(words)]) for place in beat.needs)
        found.look(beat.key, "needs", words, there=any(one.startswith(_letters(words)) for one in starts))


def _lines_of_beat(found: "_Found", draft: Json, beat: Beat, told: Mapping[str, str] | None) -> None:
    """Every line stands in the plot, and in the book if its beat does; `told` None: the beat is cut, and listed."""
    every = _letters("".join(line.text for line in beat.lines))
    for line in draft.get("lines", ()):
        found.look(beat.key, "line", line["text"], there=not line["text"] or _letters(line["text"]) in every)
    for line in beat.lines if told is not None else ():
        found.look(line.key, "line", line.text, there=(told or {}).get(line.key) == line.text, element=line.key)


async def _plan(inputs: Json, answer: Json) -> Counted:
    plot, said = plot_of(inputs["outline"]["scenes"]), BookPlan.of(answer)
    limits = Limits.of({"pages": MAX_PAGES} | inputs["limits"])
    plan = with_losses(said, mended(said, plot, limits), plot, people_of(inputs))
    found = _Found(plan.losses)
    for page, told in zip(plan.pages, answer["pages"], strict=False):
        found.look(page.key, "hook", told.get("hook", ""), there=told.get("hook", "") == page.hook)
    shown = {key for page in plan.pages for key in page.beats}
    for page in answer["pages"]:
        for key in page["beats"]:
            found.look(str(page["number"]), "beat", key, there=key in shown)
    weights = sum(len(page["weights"]) for page in answer["pages"])
    found.look("", "panels", str(weights), there=weights == sum(len(page.weights) for page in plan.pages))
    for side in answer.get("sides", ()):
        for who in (*side.get("read_first", ()), *side.get("read_last", ())):
            found.look(side["scene"], "side", who, there=people_of(inputs).get(who) is not None)
    return found.counted("storyboard_plan")


async def _pages(inputs: Json, answer: Json) -> Counted:
    tasks = tuple(PageTask.of(task) for task in inputs["pages"])
    names = PlannedPage.model_fields
    plan = BookPlan(
        pages=tuple(
            PlannedPage.of({name: told for name, told in task.to_json().items() if name in names}) for task in tasks
        ),
        sides=tuple(Sides.of(side) for side in inputs["sides"]),
    )
    settings = Settings.of(inputs["settings"])
    limited = settings.fidelity == "adapted" or bool(settings.max_images)
    plot = plot_of(inputs["plot"])
    desk = PagesDesk(
        plot, people_of(inputs), concept_of(inputs), settings, plan, tasks, limited=limited,
        whole=whole_lines(inputs["plot"], plot),
    )  # fmt: skip
    made = desk.batch([task.number for task in tasks]).mended(StoryboardPages.of(without_refusals(answer)))
    found = _Found(made.losses)
    for told, page in zip(answer["pages"], made.pages, strict=True):
        for panel in told["panels"]:
            _of_panel(found, panel, page)
    return found.counted("storyboard_pages")


def _of_panel(found: "_Found", told: Json, page: PageDraft) -> None:
    """In one of the page's panels that show its moment."""
    element, direction = str(told["beats"][0]), told["direction"]
    own = [panel.direction for panel in page.panels if set(panel.beats) & set(told["beats"])]
    # A panel that shares another's picture is listed as one: its sentence stands for all that it shows.
    if not any(one.seen == direction.get("seen", "") for one in own) and found.lists_panel(direction.get("seen", "")):
        found.named += 1
        own = []
    else:
        for name in _TOLD_OF_PLACE:
            there = any(str(getattr(one, name)) == direction.get(name) for one in own)
            found.look(element, name, direction.get(name, ""), there=there, element=element)
        for prop in direction.get("props", ()):
            found.look(element, "prop", prop, there=any(prop in one.props for one in own), element=element)
        for effect in direction.get("effects", ()):
            found.look(element, "effect", effect, there=any(effect in one.effects for one in own), element=element)
        for figure in direction.get("figures", ()):
            _figure(found, figure, own, element)
    for part in told.get("dialogue", {}).get("parts", ()):
        _part(found, part, page)


def _figure(found: "_Found", told: Json, own: Sequence[SceneDirection], element: str) -> None:
    same = [one for direction in own for one in direction.figures if one.character == told["character"]]
    words = " ".join(str(value) for value in told.values() if isinstance(value, str))
    found.look(element, "figure", words, there=bool(same), element=element)
    if same:
        for name in ("expression", "pose", "holds"):
            there = any(str(getattr(one, name)) == told.get(name) for one in same)
            found.look(element, name, told.get(name, ""), there=there, element=element)


def _part(found: "_Found", told: Json, page: PageDraft) -> None:
    parts = [part for panel in page.panels for part in panel.dialogue.parts]
    sound = told["kind"] == "sfx"
    words = [part.text for part in parts if (part.kind == "sfx") == sound and (sound or part.line == told["line"])]
    there = told["text"] in words if sound else _letters(told["text"]) in _letters("".join(words))
    found.look(told["line"], "sound" if sound else "line", told["text"], there=there)


async def _letters_proposed(inputs: Json, answer: Json) -> Counted:
    board, settings = board_of(inputs), Settings.of(inputs["settings"])
    proposer = Proposer(OneAnswer(answer), SystemClock(), concept_of(inputs), settings)
    worded = await proposer.proposed(board, None)
    found = _Found(worded.losses)
    parts = {part.key: part for panel in worded.storyboard.panels() for part in panel.dialogue.parts}
    for told in answer.get("changes", ()):
        part, key = parts.get(told["key"]), told["key"]
        for name in ("kind", "text"):
            if told.get(name):
                there = part is not None and str(getattr(part, name)) == told[name]
                found.look(key, name, told[name], there=there, element=key)
        for reading in told.get("readings", ()):
            there = part is not None and any(ruby.reading == reading["reading"] for ruby in part.ruby)
            found.look(key, "reading", f"{reading['word']}: {reading['reading']}", there=there, element=key)
    for told in answer.get("sounds", ()):
        sounds = [part.text for panel in worded.storyboard.panels() if panel.key == told["panel"]
                  for part in panel.dialogue.parts if part.kind == "sfx"]  # fmt: skip
        found.look(told["panel"], "sound", told["text"], there=told["text"] in sounds)
    return found.counted("lettering_proposal")


async def _shapes_drawn(inputs: Json, answer: Json) -> Counted:
    drafts = {draft.key: draft for draft in ThingShapes.of(answer).things}
    asked = [as_answered(UnknownThing.of(thing), drafts) for thing in inputs["things"]]
    found = _Found([loss_of(one, one.reason) for one in asked if one.reason is not None])
    for one in asked:
        found.look(one.key, "shape", one.word, there=one.shape is not None, element=one.key)
    return found.counted("thing_shapes")


_Count: TypeAlias = Callable[[Json, Json], Awaitable[Counted]]
_COUNTS: Final[Mapping[str, _Count]] = {
    "characters": _cast,
    "plot": _plot,
    "plot_part": _plot,
    "storyboard_plan": _plan,
    "storyboard_pages": _pages,
    "lettering_proposal": _letters_proposed,
    "thing_shapes": _shapes_drawn,
}


class _Found:
    """Counts what is named, and keeps what nobody explains."""

    def __init__(self, losses: Sequence[Loss]) -> None:
        self.losses = tuple(losses)
        self.named = 0
        self.unexplained: list[Named] = []

    def look(self, where: str, what: str, said: str, *, there: bool, element: str = "") -> None:
        """`there`: it is in the result. Else a loss of its `element` (or its place) has to have its words, or has to
        be about the element itself."""
        if not said:
            return
        self.named += 1
        if not there and not any(_tells(loss, what, said, element or where) for loss in self.losses):
            self.unexplained.append(Named(where, what, said))

    def lists_panel(self, seen: str) -> bool:
        return any(loss.what == "panel" and _tells(loss, "panel", seen, "") for loss in self.losses)

    def counted(self, prompt: str) -> Counted:
        return Counted(prompt, self.named, self.losses, tuple(self.unexplained))


def _tells(loss: Loss, what: str, said: str, element: str) -> bool:
    """Its own words, or for a beat and a line also their key: a loss tells them in the story's words."""
    if loss.said.rstrip("…") and (said.startswith(loss.said.rstrip("…")) or loss.said.startswith(said)):
        return not element or loss.element in ("", element) or loss.kind is LossKind.CUT
    return what in ("beat", "line", "panels") and loss.what in (what, "cut", "panels") and loss.element == element


def _letters(text: str) -> str:
    return "".join(letter.lower() for letter in text if letter.isalnum())
