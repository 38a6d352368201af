"""The offline storyboard artist: plot, cast, concept and settings in, a `StoryboardDraft` out.

Beats are taken apart into moments, moments are grouped into panels, panels get a role, a weight and a direction.
Pure and deterministic; linear in the length of the story.
"""

from collections import Counter
from collections.abc import Sequence
from random import Random

from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.paper import Direction, side_of, turns_after
from manga.plot import Plot
from manga.storyboard import (
    Angle,
    DialogueLayout,
    LinePart,
    PageDraft,
    PanelDraft,
    SceneDirection,
    Shot,
    StoryboardDraft,
)
from providers.offline.panels.additions import with_additions
from providers.offline.panels.captions import with_captions
from providers.offline.panels.joints import MEASURES
from providers.offline.panels.moments import pages_of
from providers.offline.panels.rhythm import panels_of
from providers.offline.panels.roles import Frame, frames_of
from providers.offline.panels.seen import seen
from providers.offline.panels.shots import angle_of, background_of, effects_of, lighting_of, shot_of
from providers.offline.panels.sounds import Sounds, sounded
from providers.offline.panels.staging import figures_of, people_of


def draft_storyboard(plot: Plot, cast: Cast, concept: Concept, settings: Settings) -> StoryboardDraft:
    """Every page with its panels; geometry comes later."""
    measure = MEASURES[concept.language]
    pages = with_additions(with_captions(pages_of(plot, measure), measure))
    groups = panels_of(pages, measure.balloon, settings.seed, settings.max_images)
    turns = [turns_after(side_of(number, concept.start_side), concept.direction) for number in range(1, len(pages) + 1)]
    director = Director(cast, concept, settings.seed)
    drafted = [
        director.page(number, frames) for number, frames in enumerate(frames_of(groups, turns), start=1)
    ]  # fmt: skip
    return StoryboardDraft(pages=tuple(drafted))


class Director:
    """Directs panel after panel; remembers the camera so that views change."""

    def __init__(self, cast: Cast, concept: Concept, seed: int) -> None:
        self._cast = cast
        self._direction: Direction = concept.direction
        self._language = concept.language
        self._seed = seed
        self._keys: Counter[str] = Counter()
        self._shots: list[Shot] = []
        self._backgrounds: list[str] = []
        self._sounds = Sounds(concept.language)

    def page(self, number: int, frames: Sequence[Frame]) -> PageDraft:
        """One page; a tilted view at most once on it."""
        panels: list[PanelDraft] = []
        for frame in frames:
            tilted = any(panel.direction.angle not in (Angle.EYE, Angle.OVER_SHOULDER) for panel in panels)
            panels.append(self._panel(frame, number, tilted))
        return PageDraft(key=f"g{number:03d}", number=number, panels=tuple(panels))

    def _panel(self, frame: Frame, page: int, tilted: bool) -> PanelDraft:
        key = self._key(frame)
        parts = tuple(part for moment in frame.moments for part in moment.parts)
        sound = self._sounds.of(frame, page) if len(parts) < 6 else None
        return PanelDraft(
            key=key,
            beats=tuple(dict.fromkeys(moment.beat.key for moment in frame.moments)),
            scene=frame.lead.scene.key,
            role=frame.role,
            importance=frame.importance,
            direction=self._directed(frame, key, tilted, parts),
            dialogue=DialogueLayout(parts=sounded(parts, sound)),
        )

    def _key(self, frame: Frame) -> str:
        beat = frame.moments[0].beat.key
        self._keys[beat] += 1
        further = self._keys[beat] - 1
        return f"{beat}+{further}" if further else beat

    def _directed(self, frame: Frame, key: str, tilted: bool, parts: Sequence[LinePart]) -> SceneDirection:
        rng = Random(f"{self._seed}:{key}")
        scene, beat = frame.lead.scene, frame.lead.beat
        shot = shot_of(frame, len(people_of(frame, self._cast)), self._shots[-2:], rng)
        figures = figures_of(frame, shot, self._cast, self._direction)
        background = background_of(frame, shot, self._backgrounds[-2:], rng)
        self._shots.append(shot)
        self._backgrounds.append(background)
        return SceneDirection(
            shot=shot,
            angle=angle_of(frame, shot, tilted, len(figures), rng),
            figures=figures,
            place=scene.place,
            setting=scene.setting,
            background=background,
            props=beat.props[:3] if shot is not Shot.EXTREME_CLOSE else (),
            time_of_day=scene.time_of_day,
            weather=scene.weather,
            emotion=beat.emotion,
            effects=effects_of(frame, shot, background),
            lighting=lighting_of(scene.time_of_day, beat.emotion),
            seen=seen(frame, shot, figures, self._cast, self._language),
            flashback=scene.flashback,
        )
