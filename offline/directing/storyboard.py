"""The offline storyboard artist: plot, cast, concept and settings in, a `StoryboardDraft` out.

Beats are taken apart into moments, moments are grouped into panels, panels get a role, a weight, a direction, and some
a drawn sound. Pure and deterministic; linear in the length of the story.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set

from drawing.lettering.sound_words import sound_word
from manga.brief import MAX_PAGES, Language, Settings
from manga.characters import Cast
from manga.comic_strips import STRIP_PANELS, STRIPS_A_PAGE, Strip
from manga.concept import Concept
from manga.fit_story_to_pages import as_told
from manga.page_planning import ADAPTED_PANELS, PANELS_A_PAGE
from manga.paper import side_of, turns_after
from manga.plot import Ground, LineKind, Plot, Scene, TimeOfDay, Weather
from manga.storyboard import (
    DialogueLayout,
    FigureDirection,
    LinePart,
    PageDraft,
    PanelDraft,
    Role,
    SceneDirection,
    Shot,
    StoryboardDraft,
)
from manga.text_capacity import MEASURES, Measure, in_small_panels
from offline.directing import four_panel_strips
from offline.directing.added_panels import KEY_EVENT, with_additions
from offline.directing.camera_shots import Camera, lighting_of
from offline.directing.choose_captions import with_captions
from offline.directing.deeds_at_somebody import said_of
from offline.directing.double_page_spreads import spread_out, with_spreads
from offline.directing.figure_staging import SceneSides
from offline.directing.four_panel_strips import titles_of
from offline.directing.page_moments import Moment, pages_of
from offline.directing.page_rhythm import panels_of
from offline.directing.panel_grouping import MOST_PARTS
from offline.directing.panel_reactions import voiced
from offline.directing.panel_roles import Frame, frames_of
from offline.directing.split_lines import sound_part
from offline.directing.thing_panels import with_named_things, with_things
from offline.directing.told_thoughts import teller_of
from offline.directing.vary_shots import answered
from offline.reading.lexicon_tables import lore
from offline.reading.time_and_weather import ground_by_beat, weather_by_beat

SHOCK_FORCE = 3
PAGES_APART = 6
"""Sounds of the artist's own keep this distance."""

_SOUNDING = frozenset({"run", "shoot", "fall", "throw", "jump", "open", "shout", "play", "laugh"})
"""Deeds that are heard; their words, as loud as the panel is important, are those of the drawn sounds."""

_OPENED = frozenset({"door", "cupboard", "box"})
_SMILES = re.compile(r"にや|にこ|にっ|ほほえ|微笑|くす|\b(?:smil|grin|chuckl)\w*")

_MUSIC = re.compile(
    r"[弾ひ]い[てた]|弾き|奏|曲|笛|琴|三味線|(?:バイ|ヴァイ)オリン|ピアノ|ギター|チェロ"
    r"|\b(?:violins?|fiddles?|cellos?|flutes?|guitars?|pianos?|tunes?|music)\b"
)
MOST = 380
_SHOTS_JA = {
    Shot.ESTABLISHING: "全景",
    Shot.LONG: "遠景",
    Shot.FULL: "全身",
    Shot.MEDIUM: "腰から上",
    Shot.BUST: "胸から上",
    Shot.CLOSE: "顔のアップ",
    Shot.EXTREME_CLOSE: "目もとのアップ",
    Shot.INSERT: "手もとや物のアップ",
}
_TIMES_JA = {TimeOfDay.MORNING: "朝", TimeOfDay.DAY: "昼", TimeOfDay.EVENING: "夕方", TimeOfDay.NIGHT: "夜"}


def _aloud(action: str, thing: str, told: str) -> bool:
    """Nobody hears a packet that is opened, or somebody who laughs to himself; whoever plays music does not shout."""
    if action == "open":
        return thing in _OPENED
    if action == "play" and _MUSIC.search(told):
        return False
    return action != "laugh" or not _SMILES.search(told)


class Sounds:
    """Walks through a book once and hands out each sound once."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._named: set[str] = set()
        self._last_own = -PAGES_APART
        self._count = 0

    def of(self, frame: Frame, page: int, people: Set[str], startled: Set[str]) -> LinePart | None:
        """The sound of this panel, if it has one."""
        named = self._from_story(frame)
        if named is not None:
            return named
        return self._from_deed(frame, page, people, startled)

    def _from_story(self, frame: Frame) -> LinePart | None:
        for moment in frame.moments:
            beat = moment.beat
            if not beat.sound or beat.key in self._named or moment.line is None or moment.balloons:
                continue
            lines = [line for line in beat.lines if beat.sound in line.text] or [moment.line]
            if moment.line is lines[0]:
                self._named.add(beat.key)
                return sound_part(lines[0], 0, self._drawn(beat.sound))
        return None

    def _from_deed(self, frame: Frame, page: int, people: Set[str], startled: Set[str]) -> LinePart | None:
        beat = frame.lead.beat
        line = next((moment.line for moment in frame.moments if moment.line is not None), None)
        if line is None or page - self._last_own < PAGES_APART or frame.importance < 3 or frame.role is Role.ESTABLISH:
            return None
        done = [deed for deed in frame.deeds if deed.action == frame.action and deed.who in people]
        heard = bool(done) and frame.action in _SOUNDING and _aloud(frame.action, done[-1].thing, beat.told)
        word = sound_word(frame.action, frame.importance, self._language) if heard else ""
        if not word and startled & people and frame.importance >= KEY_EVENT:
            word = sound_word("shock", SHOCK_FORCE, self._language)
        if not word or beat.key in self._named:
            return None
        self._last_own = page
        self._named.add(beat.key)
        return sound_part(line, 1, word)

    def _drawn(self, sound: str) -> str:
        return sound if self._language is Language.JA else sound.upper()


def sounded(parts: Sequence[LinePart], sound: LinePart | None) -> tuple[LinePart, ...]:
    """Words first; the sound lies between the picture and them."""
    return (*parts, sound) if sound is not None else tuple(parts)


def seen(frame: Frame, shot: Shot, figures: Sequence[FigureDirection], cast: Cast, language: Language) -> str:
    """Place, view, who is there, and what the story says happens."""
    who = names([figure.character for figure in figures], cast)
    done = said_of(frame, [figure.character for figure in figures], cast, language)
    told = " ".join(one for one in dict.fromkeys((done, *_told(frame))) if one)
    scene = frame.lead.scene
    place = scene.place or scene.setting
    if language is Language.JA:
        text = f"{place}、{_TIMES_JA[scene.time_of_day]}。{_SHOTS_JA[shot]}。" + (f"{'と'.join(who)}。" if who else "")
        return (text + _purpose_ja(frame) + told)[:MOST]
    text = f"{place}, {scene.time_of_day.value}; {shot.value.replace('_', ' ')} view. "
    return (text + (f"{' and '.join(who)}. " if who else "") + told)[:MOST].strip()


def _told(frame: Frame) -> list[str]:
    found = [m.line.text.strip() for m in frame.moments if m.purpose == "told" and m.line is not None]
    return found or [frame.lead.beat.told.strip()]


def _purpose_ja(frame: Frame) -> str:
    return {Role.REACT: "はっとした顔。", Role.AFTERBEAT: "余韻。", Role.BREATHER: "人のいない風景。"}.get(
        frame.role, ""
    )


def names(keys: Sequence[str], cast: Cast) -> tuple[str, ...]:
    """Display names of those keys that have a sheet."""
    return tuple(found.name for found in (cast.get(key) for key in keys) if found is not None)


def draft_storyboard(plot: Plot, cast: Cast, concept: Concept, settings: Settings) -> StoryboardDraft:
    """Every page with its panels; geometry comes later."""
    measure = MEASURES[concept.language]
    if settings.layout != "free":
        measure = in_small_panels(measure)
    most = MAX_PAGES if settings.pages == "auto" else settings.pages
    told = with_things(pages_of(as_told(plot), measure, most), concept.language)
    if settings.layout != "free":
        return _in_strips(told, measure, cast, concept, settings)
    captioned = with_captions(told, measure, teller_of(cast))
    pages = with_additions(with_named_things(captioned, concept.language))
    groups = panels_of(pages, measure.balloon, settings.seed, _most_panels(plot, settings))
    turns = [turns_after(side_of(number, concept.start_side), concept.direction) for number in range(1, len(pages) + 1)]
    director = Director(cast, concept, settings.seed)
    framed, spreads = with_spreads(frames_of(groups, turns), turns, most if settings.max_images is None else 0)
    drafted = answered([director.page(number, frames) for number, frames in enumerate(framed, start=1)])
    pages_ = (spread_out(page, concept.direction) if n in spreads else page for n, page in enumerate(drafted))
    return StoryboardDraft(pages=tuple(pages_))


def _in_strips(
    told: Sequence[Sequence[Moment]], measure: Measure, cast: Cast, concept: Concept, settings: Settings
) -> StoryboardDraft:
    """A book of strips: the story is cut anew, for it is the strips that have an end, not the pages."""
    layout = settings.layout
    size = STRIPS_A_PAGE[layout]
    most = MAX_PAGES if settings.pages == "auto" else settings.pages
    if settings.max_images:
        most = max(1, min(most, settings.max_images // (STRIP_PANELS * size)))
    cut = four_panel_strips.strips_of(told, concept.language, layout, most)
    titles = titles_of(cut, concept.language)
    worded = with_captions(cut, measure, teller_of(cast))
    filled = four_panel_strips.with_looks([four_panel_strips.sparing(strip) for strip in worded])
    groups = [four_panel_strips.in_panels(strip, layout, measure.balloon) for strip in filled]
    frames = [four_panel_strips.told(found) for found in frames_of(groups, [False] * len(groups))]
    director = Director(cast, concept, settings.seed)
    drafted: list[PageDraft] = []
    for number, start in enumerate(range(0, len(frames), size), start=1):
        own = frames[start : start + size]
        page = director.page(number, [frame for strip in own for frame in strip])
        named = zip(titles[start : start + size], own, strict=True)
        cuts = tuple(Strip(title=title, panels=len(strip)) for title, strip in named)
        panels = tuple(four_panel_strips.with_room(panel, concept.language) for panel in page.panels)
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
        self._stage = SceneSides(cast, concept.direction, concept.language)
        self._camera = Camera(seed)
        self._sounds = Sounds(concept.language)
        self._speech = ("", 0)
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
            dialogue=DialogueLayout(parts=sounded(parts, sound)),
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
        wide, turned = self._stage.wide(frame, people), self._stage.turned(frame, people)
        shot = self._camera.shot(frame, people, follow, key, wide=wide, enters=enters, turned=turned)
        figures = self._stage.figures(frame, shot, follow)
        starts = any(figure.character in self._stage.startled for figure in figures)
        background = self._camera.background(frame, shot, key, starts=starts)
        told = seen(frame, shot, figures, self._cast, self._language)
        weather, ground = self._weather(scene)[beat.key]
        return SceneDirection(
            shot=shot,
            presents=enters and shot is Shot.FULL,
            angle=self._camera.angle(frame, shot, len(figures), key, shoulder=self._stage.shoulder),
            figures=figures,
            place=scene.place,
            setting=scene.setting,
            background=background,
            props=() if shot is Shot.EXTREME_CLOSE else _props(frame),
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


def _props(frame: Frame) -> tuple[str, ...]:
    """The things of the moment; words that are read need something they stand on."""
    kinds = {part.kind for moment in frame.moments for part in moment.parts}
    written = [kind.value for kind in (LineKind.SIGN, LineKind.LETTER) if kind in kinds]
    if frame.thing:
        return (frame.thing,)
    used = (deed.thing for deed in frame.deeds if deed.thing)
    named = (prop for moment in frame.moments if moment.deeds for prop in moment.beat.props)
    return tuple(dict.fromkeys((*written, *used, *frame.lead.beat.props, *named)))[:4]
