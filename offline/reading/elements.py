"""A scene and its cast in, the scene out without those of wind and weather who are out of doors while it goes on
indoors: the Hail on the roof is heard, not seen beside the bed.
"""

import re

from manga.characters import Cast
from manga.plot import Beat, Scene
from manga.vocabulary.places import places
from offline.reading.beats import action_of

_ELEMENTS = re.compile(
    r"the (?:[A-Za-z]+ )?(?:wind|snow|frost|hail|rain|storm|spring|summer|autumn|winter|sun|moon|tree|river|sea|cloud"
    r"|fog)"
    r"|[北南東西]風|木枯らし|こがらし",
    re.IGNORECASE,
)
"""What they are called; a girl may be Snow, and Mrs. Winter is nobody's season."""
_SURE = 0.6


def elements_of(cast: Cast) -> frozenset[str]:
    """Keys of those who are wind or weather, a season, a tree or a star, by their names: looks are not known yet."""
    return frozenset(sheet.key for sheet in cast.characters if _ELEMENTS.fullmatch(sheet.name))


def left_outside(scene: Scene, elements: frozenset[str]) -> Scene:
    """Whoever of them says something indoors is there."""
    place = places().find(scene.setting)
    if not elements or place is None or not place.inside:
        return scene
    beats = tuple(_without(beat, elements) for beat in scene.beats)
    seen = {key for beat in beats for key in beat.present}
    there = tuple(key for key in scene.present if key not in elements or key in seen)
    return scene.model_copy(update={"beats": beats, "present": there})


def _without(beat: Beat, elements: frozenset[str]) -> Beat:
    gone = elements - {line.speaker for line in beat.lines if line.confidence >= _SURE}
    deeds = tuple(deed for deed in beat.deeds if deed.who not in gone)
    present = tuple(key for key in beat.present if key not in gone)
    action = beat.action if deeds == beat.deeds else action_of(deeds)
    return beat.model_copy(update={"present": present, "deeds": deeds, "action": action})
