"""The offline storyboard artist: plot, cast, concept and settings in, a `StoryboardDraft` out.

Beats are taken apart into moments, moments are grouped into panels, panels get a role, a weight and a direction.
Pure and deterministic; linear in the length of the story.
"""

from collections import Counter
from collections.abc import Sequence

from manga.adapting import as_told
from manga.brief import MAX_PAGES, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.paging import ADAPTED_PANELS, PANELS_A_PAGE
from manga.paper import side_of, turns_after
from manga.plot import Ground, LineKind, Plot, Scene, Weather
from manga.storyboard import (
    DialogueLayout,
    LinePart,
    PageDraft,
    PanelDraft,
    SceneDirection,
    Shot,
    StoryboardDraft,
)
from manga.strips import STRIP_PANELS, STRIPS_A_PAGE, Strip
from manga.text_capacity import MEASURES, Measure, in_small_panels
from offline.directing import strips
from offline.directing.additions import with_additions
from offline.directing.answers import answered
from offline.directing.breakdown import MOST_PARTS
from offline.directing.captions import with_captions
from offline.directing.ditches import Ditches
from offline.directing.involved import voiced
from offline.directing.inward import teller_of
from offline.directing.moments import Moment, pages_of
from offline.directing.peering import with_eyes
from offline.directing.rhythm import panels_of
from offline.directing.roles import Frame, frames_of
from offline.directing.seen import seen
from offline.directing.shots import Camera, lighting_of
from offline.directing.sights import with_moons
from offline.directing.sounds import Sounds, sounded
from offline.directing.spreads import spread_out, with_spreads
from offline.directing.strip_titles import titles_of
from offline.directing.tears import with_tears
from offline.directing.telephone.calls import calls_in
from offline.directing.telephone.staging import Calls, CallStage, heard, one_end, with_calls
from offline.directing.things import with_named_things, with_things
from offline.reading.hours import ground_by_beat, weather_by_beat
from offline.reading.places import outside, place_phrase
from offline.reading.story import lore


def draft_storyboard(plot: Plot, cast: Cast, concept: Concept, settings: Settings) -> StoryboardDraft:
    """Every page with its panels; geometry comes later."""
    measure = MEASURES[concept.language]
    if settings.layout != "free":
        measure = in_small_panels(measure)
    most = MAX_PAGES if settings.pages == "auto" else settings.pages
    told = with_eyes(with_things(pages_of(as_told(plot), measure, most), concept.language), concept.language)
    told = with_moons(told, concept.language)
    calls = calls_in(plot, cast, concept.language, concept.world.period)
    if settings.layout != "free":
        return _in_strips(told, measure, cast, concept, settings, calls)
    captioned = with_captions(told, measure, teller_of(cast))
    pages = with_calls(with_additions(with_named_things(captioned, concept.language)), calls, concept.language)
    groups = panels_of(pages, measure.balloon, settings.seed, _most_panels(plot, settings))
    turns = [turns_after(side_of(number, concept.start_side), concept.direction) for number in range(1, len(pages) + 1)]
    director = Director(cast, concept, settings.seed)
    framed, spreads = with_spreads(one_end(frames_of(groups, turns)), turns, most if settings.max_images is None else 0)
    drafted = answered([director.page(number, frames) for number, frames in enumerate(framed, start=1)])
    pages_ = (spread_out(page, concept.direction) if n in spreads else page for n, page in enumerate(drafted))
    return StoryboardDraft(pages=tuple(pages_))


def _in_strips(
    told: Sequence[Sequence[Moment]], measure: Measure, cast: Cast, concept: Concept, settings: Settings, calls: Calls
) -> StoryboardDraft:
    """A book of strips: the story is cut anew, for it is the strips that have an end, not the pages."""
    layout = settings.layout
    size = STRIPS_A_PAGE[layout]
    most = MAX_PAGES if settings.pages == "auto" else settings.pages
    if settings.max_images:
        most = max(1, min(most, settings.max_images // (STRIP_PANELS * size)))
    cut = strips.strips_of(told, concept.language, layout, most)
    titles = titles_of(cut, concept.language)
    worded = with_captions(cut, measure, teller_of(cast))
    filled = strips.with_looks([strips.sparing(strip) for strip in worded])
    filled = with_calls(filled, calls, concept.language)
    groups = [strips.in_panels(strip, layout, measure.balloon) for strip in filled]
    frames = [strips.told(found) for found in one_end(frames_of(groups, [False] * len(groups)))]
    director = Director(cast, concept, settings.seed)
    drafted: list[PageDraft] = []
    for number, start in enumerate(range(0, len(frames), size), start=1):
        own = frames[start : start + size]
        page = director.page(number, [frame for strip in own for frame in strip])
        named = zip(titles[start : start + size], own, strict=True)
        cuts = tuple(Strip(title=title, panels=len(strip)) for title, strip in named)
        panels = tuple(strips.with_room(panel, concept.language) for panel in page.panels)
        drafted.append(page.model_copy(update={"panels": panels, "strips": cuts}))
    return StoryboardDraft(pages=tuple(drafted))


def _most_panels(plot: Plot, settings: Settings) -> int | None:
    """A limit of pictures; without one, an adaptation of the usual length has fifty panels."""
    if settings.max_images or settings.fidelity != "adapted" or settings.pages != "auto":
        return settings.max_images
    return ADAPTED_PANELS if len(plot.pages) <= ADAPTED_PANELS // PANELS_A_PAGE else None


class Director:
    """Directs panel after panel; remembers camera and stage so that views change and people keep their sides."""

    def __init__(self, cast: Cast, concept: Concept, seed: int) -> None:
        self._cast = cast
        self._language = concept.language
        self._seed = seed
        self._keys: Counter[str] = Counter()
        self._stage = CallStage(cast, concept.direction, concept.language)
        self._camera = Camera(seed)
        self._sounds = Sounds(concept.language)
        self._speech = ("", 0)
        self._ditches = Ditches(concept.language)
        self._weathers: dict[str, dict[str, tuple[Weather, Ground]]] = {}

    def page(self, number: int, frames: Sequence[Frame]) -> PageDraft:
        """One page; a tilted view at most once on it."""
        self._camera.turn_page()
        panels = tuple(self._panel(frame, number) for frame in frames)
        return PageDraft(key=f"g{number:03d}", number=number, panels=panels)

    def _panel(self, frame: Frame, page: int) -> PanelDraft:
        parts = voiced(tuple(part for moment in frame.moments for part in moment.parts), self._cast)
        key = self._key(frame)
        goes_on = self._follow(parts) if any(part.kind is not LineKind.NARRATION for part in parts) else 0
        direction = self._directed(frame, key, goes_on)
        people = {figure.character for figure in direction.figures}
        sound = self._sounds.of(frame, page, people, self._stage.startled) if len(parts) < MOST_PARTS else None
        return PanelDraft(
            key=key,
            beats=tuple(dict.fromkeys(moment.beat.key for moment in frame.moments)),
            scene=frame.lead.scene.key,
            role=frame.role,
            importance=frame.importance,
            direction=direction,
            dialogue=DialogueLayout(parts=sounded(heard(parts, frame.end, people), sound)),
        )

    def _key(self, frame: Frame) -> str:
        beat = frame.moments[0].beat.key
        self._keys[beat] += 1
        further = self._keys[beat] - 1
        return f"{beat}+{further}" if further else beat

    def _follow(self, parts: Sequence[LinePart]) -> int:
        """How many panels already hold words of the speech that goes on here."""
        line, count = self._speech
        if not parts or parts[0].line != line:
            count = -1
        self._speech = (parts[-1].line, count + 1) if parts else ("", 0)
        if parts and parts[-1].line != parts[0].line:
            self._speech = (parts[-1].line, 0)
        return count + 1

    def _directed(self, frame: Frame, key: str, follow: int) -> SceneDirection:
        scene, beat = frame.lead.scene, frame.lead.beat
        self._stage.begin(frame)
        people = self._stage.people(frame, follow)
        enters = self._stage.enters(frame, people)
        scenery, turned = self._stage.elsewhere.scenery(frame), self._stage.turned(frame, people)
        wide = "afar" if scenery else self._stage.wide(frame, people)
        shot = self._camera.shot(frame, people, follow, key, wide=wide, enters=enters, turned=turned)
        figures = with_tears(self._stage.figures(frame, shot, follow), frame, self._cast, self._language)
        starts = any(figure.character in self._stage.startled for figure in figures)
        background = self._camera.background(frame, shot, key, starts=starts)
        told = seen(frame, shot, figures, self._cast, self._language)
        setting, place = self._where(frame, shot, told)
        weather, ground = self._weather(scene)[beat.key]
        return SceneDirection(
            shot=shot,
            presents=enters and shot is Shot.FULL,
            angle=self._camera.angle(frame, shot, len(figures), key, shoulder=self._stage.shoulder),
            figures=figures,
            place=place,
            setting=setting,
            background=background,
            props=() if scenery or shot is Shot.EXTREME_CLOSE else _props(frame),
            time_of_day=scene.time_of_day,
            weather=weather,
            ground=ground,
            emotion=beat.emotion,
            effects=self._camera.effects(frame, shot, background, starts=starts),
            lighting=lighting_of(scene.time_of_day, beat.emotion),
            seen=told,
            flashback=scene.flashback,
        )

    def _weather(self, scene: Scene) -> dict[str, tuple[Weather, Ground]]:
        """By beat: what falls or blows, and what lies on the ground."""
        if scene.key not in self._weathers:
            weathers = weather_by_beat(lore(self._language), scene)
            keys = (beat.key for beat in scene.beats)
            both = zip(weathers, ground_by_beat(scene, weathers), strict=True)
            self._weathers[scene.key] = dict(zip(keys, both, strict=True))
        return self._weathers[scene.key]

    def _where(self, frame: Frame, shot: Shot, told: str) -> tuple[str, str]:
        """The setting and the words for it; of a view from afar, what is seen."""
        scene, tables = frame.lead.scene, lore(self._language)
        view = self._stage.elsewhere.view(frame)
        if view is not None:
            return view[0], place_phrase(tables, view[0], frame.lead.beat.told) or scene.place
        setting = outside(tables, scene.setting, told) if shot is Shot.INSERT else scene.setting
        return self._ditches.at(scene, frame.lead.beat, setting), scene.place


def _props(frame: Frame) -> tuple[str, ...]:
    """The things of the moment; words that are read need something they stand on."""
    kinds = {part.kind for moment in frame.moments for part in moment.parts}
    written = [kind.value for kind in (LineKind.SIGN, LineKind.LETTER) if kind in kinds]
    if frame.thing:
        return (frame.thing,)
    return tuple(dict.fromkeys((*written, *frame.lead.beat.props)))[:3]
