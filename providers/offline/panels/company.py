"""Who else is there. In: a scene. Out: for each beat those whom the beats beside it tell of, the nearest first."""

from collections.abc import Mapping, Sequence, Set

from manga.plot import Beat, Scene
from manga.storyboard import Role
from providers.offline.panels.parts import DOUBTFUL
from providers.offline.panels.roles import Frame

REACH = 2
"""Beats before and after."""

EVENT = 2
"""From this importance on, a beat shows who else is there."""

_WIDE = frozenset({Role.ESTABLISH, Role.TALK, Role.ACT, Role.HOOK, Role.PAYOFF, Role.SPLASH})


def company_of(scene: Scene) -> dict[str, tuple[str, ...]]:
    """By key of the beat, those who are in it apart. Linear."""
    told = [(*beat.present, *_active(beat)) for beat in scene.beats]
    active = [_active(beat) for beat in scene.beats]
    return {beat.key: _near(told, active, place) for place, beat in enumerate(scene.beats)}


def _near(told: Sequence[tuple[str, ...]], active: Sequence[tuple[str, ...]], place: int) -> tuple[str, ...]:
    """Beside it everybody who is told of, further off those who do or say something."""
    found: dict[str, None] = {}
    for off in range(1, REACH + 1):
        for other in (place - off, place + off):
            if 0 <= other < len(told):
                found |= dict.fromkeys((told if off == 1 else active)[other])
    return tuple(key for key in found if key not in told[place])


def _active(beat: Beat) -> tuple[str, ...]:
    voices = (line.speaker for line in beat.lines if line.speaker and line.confidence >= DOUBTFUL)
    return (*voices, *(deed.who for deed in beat.deeds))


def with_company(frame: Frame, follow: int, company: Mapping[str, tuple[str, ...]], met: Set[str]) -> tuple[str, ...]:
    """Those who are there and do nothing, where the picture is no face and no long speech; nobody before he comes, but
    in the first view of a scene."""
    beat = frame.lead.beat
    if frame.role not in _WIDE or follow or beat.importance < EVENT:
        return ()
    return tuple(key for key in company.get(beat.key, ()) if key in met or frame.role is Role.ESTABLISH)


def others_act(frame: Frame, speakers: Sequence[str]) -> bool:
    """Whether somebody does or says something in the panel."""
    return bool(frame.deeds or speakers)
