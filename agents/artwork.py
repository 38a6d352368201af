"""Phase 5: what every picture depends on, and how one is got although a provider may fail.

Results of the earlier phases in, one `PanelBrief` a panel out; a brief in, a picture out: as directed, with a
simplified brief, or a placeholder; the error says which (`MangaError.then`). Only what is no fault of this one panel is
raised: then the panel is to wait.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Final, Literal

from agents.appearance_timeline import beats_in, make_bible
from agents.changed_appearance import dressed, in_shape, sentence
from agents.inking import ink
from agents.picture_proof import Prover
from agents.retry import PICTURE, Backoff, Clock, retried
from drawing.ink.canvas import Canvas
from drawing.ink.paths import mapped, rect
from drawing.layout.breakouts import breakouts
from drawing.layout.spreads import fold_of
from drawing.lettering.fonts import Faces, faces, standard_folders
from manga.brief import Settings
from manga.characters import Cast, Character, SpeechStyle
from manga.concept import Concept
from manga.continuity import AS_ON_THE_SHEET, States
from manga.errors import AnswerInvalid, MangaError, ProviderTimeout, Then, where_raised
from manga.geometry import bounds
from manga.lettering import FaceName
from manga.panel_brief import PanelBrief
from manga.paper import PAPERS, Paper
from manga.plot import LineKind, Plot
from manga.storyboard import PanelDraft, PanelFrame, SceneDirection, Storyboard, StoryPage
from manga.thing_shapes import ThingShape, find_shape
from providers.base import ImageModel, Offload, Picture, Sheet

log = logging.getLogger(__name__)

MOST_REASON: Final = 400
PLACEHOLDER: Final = "placeholder/1"
"""The model of a picture that nobody drew."""
_FACE: Final[FaceName] = "gothic"
_SIZE_MM = 3.2
"""Of the letters on a placeholder: about 13 Q."""
_LEADING = 1.5


def placeholder(brief: PanelBrief, reason: str = "") -> Picture:
    """Nobody takes it for a drawing: a pale tone, a framed slip of paper, the scene in words, the reason.

    Pure and picklable: it runs in the process pool."""
    canvas = Canvas(brief.width_mm, brief.height_mm)
    whole = rect(0, 0, brief.width_mm, brief.height_mm)
    canvas.fill(whole, 255)
    canvas.tone(whole, 0.12)
    _write(canvas, _words(brief), reason)
    return Picture(
        data=json.dumps(canvas.finish().to_json(), separators=(",", ":"), ensure_ascii=False).encode(),
        media_type="application/x-manga-art+json",
        width=brief.width_mm,
        height=brief.height_mm,
        model=PLACEHOLDER,
    )


def _words(brief: PanelBrief) -> str:
    direction = brief.direction
    names = "、".join(person.name for person in brief.cast)
    return direction.seen or " ".join(part for part in (direction.place or direction.setting, names) if part)


def _write(canvas: Canvas, text: str, reason: str) -> None:
    """The slip at the foot, as high as its lines: balloons like the top. Letters get smaller with a small panel,
    surplus lines are cut, of both texts alike."""
    size = min(_SIZE_MM, canvas.width / 8, canvas.height / 4)
    found = faces(standard_folders())
    width = canvas.width * 0.76 - 2 * size
    room = max(1, int((canvas.height * 0.8 - size) / (size * _LEADING)))
    told, why = list(_broken(text, width / size, found)), list(_broken(reason, width / size, found))
    lines = [*told[: max(1, room - min(len(why), room // 2))], *why][:room]
    height = len(lines) * size * _LEADING + size
    left, top = canvas.width * 0.12, max((canvas.height - height) / 2, canvas.height * 0.95 - height)
    slip = rect(left, top, canvas.width * 0.76, height)
    canvas.fill(slip, 255)
    canvas.stroke(slip, 0.3)
    for i, line in enumerate(lines):
        _set(canvas, line, left + size, top + size * (0.5 + _LEADING * i + 1), size, found)


def _broken(text: str, ems: float, found: Faces) -> Iterator[str]:
    """Lines no wider than `ems`; Latin words stay whole, but for their hyphens, where they fit."""
    line = ""
    for piece in _pieces(text):
        if line and _width(line + piece.rstrip(), found) > ems:
            yield line.strip()
            line = ""
        line += piece
    if line.strip():
        yield line.strip()


def _pieces(text: str) -> Iterator[str]:
    word = ""
    for character in " ".join(text.split()):
        if character.isascii():
            word += character
        if word and (not character.isascii() or character in " -/"):
            yield word
            word = ""
        if not character.isascii():
            yield character
    if word:
        yield word


def _width(text: str, found: Faces) -> float:
    return found.setting(_FACE, text).width(text)


def _set(canvas: Canvas, line: str, x: float, baseline: float, size: float, found: Faces) -> None:
    em = found.setting(_FACE, line).outline(line, vertical=False)
    canvas.fill(mapped(em, lambda px, py: (x + px * size, baseline + py * size)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and how it was got: level 0 as directed, 1 simplified, 2 a placeholder (with the reason)."""

    picture: Picture
    level: Literal[0, 1, 2]
    attempts: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DrawingTerms:
    """Who draws and how patiently. `turn` is awaited before each call and may raise instead; then a place at the `gate`
    is taken and held during the call only, so neither the gate nor the time-out counts any waiting."""

    images: ImageModel
    offload: Offload
    gate: AbstractAsyncContextManager[object]
    clock: Clock
    timeout_s: float
    policy: Backoff = PICTURE
    last_try: bool = False
    prover: Prover | None = None
    lettered: bool = False
    """Are letters that an image model drew looked for?"""
    may_redraw: Callable[[], bool] = lambda: False
    """Whether one more picture can be paid for, so that a fault may be put right."""

    @property
    def raises(self) -> tuple[Then, ...]:
        """What leaves a panel without a picture and without a placeholder."""
        return (Then.STOP,) if self.last_try else (Then.STOP, Then.PARK)


def panel_briefs(
    storyboard: Storyboard,
    cast: Cast,
    concept: Concept,
    settings: Settings,
    *,
    takes: Mapping[str, int] | None = None,
    plot: Plot | None = None,
    past_border: bool = True,
) -> tuple[PanelBrief, ...]:
    """One brief a panel, in reading order: its own direction, the looks of those who are seen as they are by then in
    the plot, the book's style. A `past_border` can draw people before the border; a picture of pixels ends at it."""
    states = make_bible(plot, beats_in(storyboard)).panels(storyboard) if plot else {}
    easel = _Easel(cast, concept, settings, plot.things if plot else ())
    briefs = (
        (page, easel.brief(panel, page.frame(panel.key), states.get(panel.key, {}), (takes or {}).get(panel.key, 0)))
        for page in storyboard.pages
        for panel in page.panels
    )
    paper = PAPERS[settings.paper]
    rooms = breakouts(storyboard, paper) if past_border else {}
    return tuple(
        brief.model_copy(update={"room": rooms.get(brief.panel), "fold": _fold(page, paper) if past_border else None})
        for page, brief in briefs
    )


def _fold(page: StoryPage, paper: Paper) -> float | None:
    """Where a picture over two pages is folded, from its left; None for all others."""
    if page.spread != "first":
        return None
    box = bounds(page.layout.frames[0].polygon)
    return round((fold_of(paper.trim, page.side) - box.x) / box.width, 4)


@dataclass(frozen=True, slots=True)
class _Easel:
    """What is the same for all panels of a book."""

    cast: Cast
    concept: Concept
    settings: Settings
    things: tuple[ThingShape, ...] = ()

    def brief(self, panel: PanelDraft, frame: PanelFrame, states: States, take: int) -> PanelBrief:
        box = bounds(frame.polygon)
        return PanelBrief(
            panel=panel.key,
            width_mm=round(box.width, 3),
            height_mm=round(box.height, 3),
            outline=tuple((round(x - box.x, 3), round(y - box.y, 3)) for x, y in frame.polygon),
            direction=panel.direction,
            cast=_seen(panel, self.cast, states),
            continuity=self._as_before(panel, states),
            speakers=_speakers(panel),
            things=shown_things(panel.direction, self.things),
            texts=sum(part.kind != "sfx" for part in panel.dialogue.parts),
            art_style=self.concept.art_style,
            period=self.concept.world.period.value,
            culture=self.concept.world.culture or "",
            color=self.settings.color == "color",
            take=take,
            seed=self.settings.seed,
        )

    def _as_before(self, panel: PanelDraft, states: States) -> tuple[str, ...]:
        """A sentence for everybody seen who is otherwise than on the sheet or has something in hand."""
        told = (
            sentence(
                person.name,
                in_shape(person, states.get(person.key, AS_ON_THE_SHEET), figure.shape)[1],
                figure.holds,
                self.concept.language,
            )
            for figure in panel.direction.figures
            if (person := self.cast.get(figure.character)) is not None
        )
        return tuple(dict.fromkeys(words for words in told if words))


def shown_things(direction: SceneDirection, things: Sequence[ThingShape]) -> tuple[ThingShape, ...]:
    """The work's own things that a panel is directed to show."""
    words = (*direction.props, *(figure.holds for figure in direction.figures))
    found = (find_shape(word, things) for word in words) if things else ()
    return tuple(dict.fromkeys(shape for shape in found if shape is not None))


def _seen(panel: PanelDraft, cast: Cast, states: States) -> tuple[Character, ...]:
    """The sheets of those in the picture, as they look by then, without what no picture shows."""
    shapes = {figure.character: figure.shape for figure in reversed(panel.direction.figures)}
    found = (cast.get(key) for key in dict.fromkeys(figure.character for figure in panel.direction.figures))
    unseen = {"aliases": (), "personality": "", "speech": SpeechStyle(), "mentions": 0}
    return tuple(
        dressed(sheet, states.get(sheet.key, AS_ON_THE_SHEET), shapes[sheet.key]).model_copy(update=unseen)
        for sheet in found
        if sheet is not None
    )


def _speakers(panel: PanelDraft) -> tuple[str, ...]:
    silent = (LineKind.NARRATION, LineKind.SIGN, LineKind.LETTER, "sfx")
    spoken = (part.speaker for part in panel.dialogue.parts if part.kind not in silent and not part.off_panel)
    return tuple(dict.fromkeys(key for key in spoken if key is not None))


def simplified(brief: PanelBrief) -> PanelBrief:
    """The brief without what makes a picture hard to draw or easy to refuse."""
    direction = brief.direction.model_copy(
        update={"effects": (), "props": (), "figures": brief.direction.figures[:2], "lighting": "", "seen": ""}
    )
    seen = {figure.character for figure in direction.figures}
    people = tuple(c for c in brief.cast if c.key in seen)
    return brief.model_copy(update={"direction": direction, "cast": people, "continuity": (), "things": ()})


async def draw(brief: PanelBrief, terms: DrawingTerms, sheets: Sequence[Sheet] = ()) -> Drawn:
    """A picture in any case but one: errors that say `Then.PARK` or `Then.STOP` are raised."""
    reason = ""
    sitting = _Sitting(terms, sheets)
    once = Backoff(terms.policy.base_s, terms.policy.max_s, retries=0)
    levels: tuple[tuple[Literal[0, 1], PanelBrief, Backoff], ...] = (
        (0, brief, terms.policy),
        (1, simplified(brief), once),
    )
    for level, version, policy in levels:
        try:
            picture = await sitting.patiently(version, policy, simplified=level == 1)
        except MangaError as error:
            if error.then in terms.raises:
                raise
            reason = reason or error.message
            if error.then is not Then.FAIL:
                break
        except Exception as error:  # noqa: BLE001 - one panel's failure, even a bug, never fails the book
            where = where_raised(error)
            log.warning("panel %s could not be drawn: %s\n%s", brief.panel, type(error).__name__, where)
            reason = reason or f"Something unexpected happened ({type(error).__name__})."
        else:
            return Drawn(picture, level, sitting.made, reason[:MOST_REASON])
    note = await terms.offload.run(placeholder, brief, reason[:MOST_REASON])
    return Drawn(note, 2, sitting.made, reason[:MOST_REASON])


@dataclass(slots=True)
class _Sitting:
    """The calls that are made for one panel."""

    terms: DrawingTerms
    sheets: Sequence[Sheet]
    made: int = 0
    redrawn: bool = False
    useless: int = 0
    """Pictures that could not be inked. The next one has another seed: by its own it would be the same again."""

    async def patiently(self, brief: PanelBrief, policy: Backoff, *, simplified: bool) -> Picture:
        """The picture, tried again as the policy says."""
        return await retried(lambda: self._inked(brief, simplified), policy, self.terms.clock)

    async def _inked(self, brief: PanelBrief, simplified: bool) -> Picture:
        """Made ready for the page after the place is free: a provider never waits for our inking."""
        asked = brief.model_copy(update={"seed": brief.seed + self.useless}) if self.useless else brief
        picture = await self._called(asked, simplified)
        if picture.told_faces is None:
            return picture
        try:
            inked = await self.terms.offload.run(ink, picture, brief, self.terms.lettered)
        except AnswerInvalid:
            self.useless += 1
            raise
        return inked if simplified else await self._bettered(await self._looked_at(picture, inked, brief), brief)

    async def _looked_at(self, picture: Picture, inked: Picture, brief: PanelBrief) -> Picture:
        """The picture with its faults: those found in its pixels, and those that a model sees who looks at it."""
        prover = self.terms.prover
        seen = () if prover is None else await prover.faults_of(picture, brief)
        return replace(inked, faults=(*inked.faults, *seen))

    async def _bettered(self, inked: Picture, brief: PanelBrief) -> Picture:
        """A picture with faults is drawn again once, the faults named; the one with fewer stays, and is paid for with
        the other. What stays of them is told."""
        if not inked.faults or self.redrawn or not self.terms.may_redraw():
            return inked
        self.redrawn = True
        self.useless += 1
        again = brief.model_copy(update={"avoid": inked.faults, "seed": brief.seed + self.useless})
        try:
            picture = await self._called(again, simplified=False)
            better = await self.terms.offload.run(ink, picture, brief, self.terms.lettered)
        except MangaError as error:
            log.info("panel %s keeps a picture with faults: %s", brief.panel, error.code)
            return inked
        better = await self._looked_at(picture, better, brief)
        chosen = better if len(better.faults) < len(inked.faults) else inked
        return replace(chosen, cost_usd=inked.cost_usd + picture.cost_usd)

    async def _called(self, brief: PanelBrief, simplified: bool) -> Picture:
        """The time-out counts the call alone, not the waiting for a place."""
        async with self.terms.gate:
            self.made += 1
            try:
                async with asyncio.timeout(self.terms.timeout_s):
                    sheets = self._of_what_is_seen(brief, simplified)
                    return await self.terms.images.draw(brief, sheets, simplified=simplified)
            except TimeoutError as error:
                raise ProviderTimeout(f"The picture took longer than {self.terms.timeout_s:.0f} s.") from error

    def _of_what_is_seen(self, brief: PanelBrief, simplified: bool) -> Sequence[Sheet]:
        """In a simplified picture nothing but those who are seen."""
        people, things = {person.key for person in brief.cast}, {thing.word for thing in brief.things}

        def fits(sheet: Sheet) -> bool:
            if sheet.place or sheet.named or sheet.rough:
                return not simplified
            return sheet.thing in things if sheet.thing else sheet.character in people

        return tuple(filter(fits, self.sheets))
