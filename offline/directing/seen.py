"""One plain sentence of what a panel shows, in the story's language: for a placeholder, and for a model's prompt."""

from collections.abc import Sequence

from manga.brief import Language
from manga.characters import Cast
from manga.plot import TimeOfDay
from manga.storyboard import FigureDirection, Role, Shot
from offline.directing.roles import Frame

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


def seen(frame: Frame, shot: Shot, figures: Sequence[FigureDirection], cast: Cast, language: Language) -> str:
    """Place, view, who is there, and what the story says happens."""
    who = names([figure.character for figure in figures], cast)
    told = " ".join(dict.fromkeys(_told(frame)))
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
