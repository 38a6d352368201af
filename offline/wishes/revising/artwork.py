"""Carries out wishes for pictures: light, hour, weather, faces, poses, effects, drawing again; the storyboard stays."""

from collections.abc import Mapping, Sequence
from typing import Any

from manga.characters import Cast
from manga.plot import TimeOfDay, Weather
from manga.proposed_changes import PictureChange, PictureChanges
from manga.revision import Wish
from manga.storyboard import Expression, FigureDirection, PanelDraft, Pose, SceneDirection
from manga.vocabulary.places import place_named
from offline.directing.camera_shots import lighting_of
from offline.wishes.revising.named_people import named_in
from offline.wishes.revising.understood_words import Hearing, carried_out

MOST_EFFECTS = 3
_DARKER = {TimeOfDay.MORNING: TimeOfDay.EVENING, TimeOfDay.DAY: TimeOfDay.EVENING, TimeOfDay.EVENING: TimeOfDay.NIGHT}
_BRIGHTER = {TimeOfDay.NIGHT: TimeOfDay.EVENING, TimeOfDay.EVENING: TimeOfDay.DAY, TimeOfDay.MORNING: TimeOfDay.DAY}
_DARK = frozenset({"gloom", "beta_flash"})
_Pictures = dict[str, tuple[SceneDirection, int]]


def picture_changes(panels: Sequence[PanelDraft], wishes: Sequence[Wish], cast: Cast) -> PictureChanges:
    """What differs from the storyboard after all wishes. Raises `WishRefused`."""
    raw: _Pictures = {panel.key: (panel.direction, 0) for panel in panels}
    done = carried_out("artwork", raw, wishes, lambda now, hearing: _step(now, hearing, cast))
    changes = (
        PictureChange(panel=key, direction=direction if direction != raw[key][0] else None, again=again)
        for key, (direction, again) in done.items()
        if (direction, again) != raw[key]
    )
    return PictureChanges(changes=tuple(changes))


def _step(pictures: _Pictures, hearing: Hearing, cast: Cast) -> _Pictures:
    keys = [key for key in pictures if key in hearing.scope] if hearing.scope else list(pictures)
    if not keys:
        hearing.refuse("そのコマはもうありません。", "That panel is not there any more.")
        return pictures
    again = int(hearing.has("again"))
    whom = named_in(cast, hearing.said)
    wanted = _Wanted(hearing, whom)
    done = {key: (wanted.of(pictures[key][0]), pictures[key][1] + again) for key in keys}
    wanted.settle(any(done[key] != pictures[key] for key in keys))
    return pictures | done


class _Wanted:
    """What one wish wants of a direction."""

    def __init__(self, hearing: Hearing, whom: tuple[str, ...]) -> None:
        self._hearing = hearing
        self._whom = whom
        self._light = hearing.first("light")
        self._scene: dict[str, Any] = self._sky()
        self._figure = self._bodies()
        self._effects = hearing.all("effects")
        self._bare = hearing.has("no_effects")
        self._missed = False
        self._indoors = False

    def _sky(self) -> dict[str, Any]:
        hearing = self._hearing
        found: dict[str, Any] = {}
        if hour := hearing.first("times"):
            found["time_of_day"] = TimeOfDay(hour)
        if weather := hearing.first("weathers"):
            found["weather"] = Weather(weather)
        if background := hearing.first("backgrounds"):
            found["background"] = background
        return found

    def _bodies(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if expression := self._hearing.first("expressions"):
            found["expression"] = Expression(expression)
        if pose := self._hearing.first("poses"):
            found["pose"] = Pose(pose)
        if facing := self._hearing.first("facings"):
            found["facing"] = facing
        return found

    def of(self, direction: SceneDirection) -> SceneDirection:
        changes = dict(self._scene)
        if self._light == "darker" and "time_of_day" not in changes:
            changes |= _darkened(direction)
        elif self._light == "brighter" and "time_of_day" not in changes:
            changes |= _brightened(direction)
        if self._bare:
            changes["effects"] = ()
        elif self._effects:
            effects = changes.get("effects", direction.effects)
            changes["effects"] = tuple(dict.fromkeys((*self._effects, *effects)))[:MOST_EFFECTS]
        if self._figure:
            changes["figures"] = self._figures(direction.figures)
        if "time_of_day" in changes:
            changes["lighting"] = lighting_of(changes["time_of_day"], direction.emotion)
        if "weather" in changes and _is_outdoors(direction) and direction.background in ("none", "dark"):
            changes.setdefault("background", "full")
        if "weather" in changes and not _is_outdoors(direction):
            self._indoors = True
            del changes["weather"]
        return SceneDirection.model_validate({n: getattr(direction, n) for n in SceneDirection.model_fields} | changes)

    def _figures(self, figures: tuple[FigureDirection, ...]) -> tuple[FigureDirection, ...]:
        """Those who were named, or everybody when nobody was."""
        there = {figure.character for figure in figures}
        if not (there & set(self._whom) if self._whom else there):
            self._missed = True
            return figures
        return tuple(
            figure.model_copy(update=self._figure) if not self._whom or figure.character in self._whom else figure
            for figure in figures
        )

    def settle(self, changed: bool) -> None:
        """A wish that changed no picture is refused with the reason."""
        if changed or not self._hearing.heard:
            return
        if self._missed:
            self._hearing.refuse("その人はそのコマにいません。", "They are not in that panel.")
        elif self._indoors:
            self._hearing.refuse("屋内なので天気は見えません。", "Indoors the weather is not seen.")
        elif self._light:
            self._hearing.refuse("これ以上は明るさを変えられません。", "The picture cannot get any lighter or darker.")


def _is_outdoors(direction: SceneDirection) -> bool:
    place = place_named(direction.setting)
    return place is None or not place.inside


def _darkened(direction: SceneDirection) -> dict[str, Any]:
    if direction.time_of_day in _DARKER:
        return {"time_of_day": _DARKER[direction.time_of_day]}
    effects = tuple(dict.fromkeys(("gloom", *direction.effects)))[:MOST_EFFECTS]
    return {"background": "dark", "effects": effects}


def _brightened(direction: SceneDirection) -> dict[str, Any]:
    changes: Mapping[str, Any] = {}
    if direction.background == "dark" or _DARK & set(direction.effects):
        changes = {"effects": tuple(e for e in direction.effects if e not in _DARK)}
        changes = {**changes, "background": "full" if direction.background == "dark" else direction.background}
    elif direction.time_of_day in _BRIGHTER:
        changes = {"time_of_day": _BRIGHTER[direction.time_of_day]}
    elif direction.weather in (Weather.RAIN, Weather.SNOW, Weather.CLOUDY):
        changes = {"weather": Weather.CLEAR}
    return dict(changes)
