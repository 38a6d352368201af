"""Whom a panel moves, and how: voices, cries, faces that only look on."""

import re

from manga.brief import Language
from manga.characters import Cast, Character, Kind
from manga.continuity import Aspect
from manga.plot import Emotion, LineKind
from manga.storyboard import LinePart, Role
from offline.directing.page_moments import Moment
from offline.directing.panel_roles import Frame
from offline.reading.lexicon_tables import lore

_VOICE = re.compile(r"の声$|(?i:\bvoices?$|^(?:the |a )?voice\b)")
_OF_FACES = re.compile(r"の顔(?:だけ)?[はがも]|\b(?:his|her|their|\w+['’]s?) faces? (?:was|were|had|never)\b")
AGITATED = frozenset({Emotion.ANGER, Emotion.FEAR, Emotion.SURPRISE})


def voices(moment: Moment) -> tuple[str, ...]:
    return (moment.speaker,) if moment.speaker else ()


def is_voice(sheet: Character) -> bool:
    """Whether somebody is called after his voice, for that is all that the story gives of him, or is a whole crowd."""
    return bool(_VOICE.search(sheet.name))


def is_unseen(key: str, cast: Cast) -> bool:
    """Whether nobody knows what somebody looks like."""
    sheet = cast.get(key)
    return sheet is None or is_voice(sheet)


def is_human(key: str, cast: Cast) -> bool:
    sheet = cast.get(key)
    return sheet is not None and sheet.look.kind is Kind.HUMAN


def voiced(parts: tuple[LinePart, ...], cast: Cast) -> tuple[LinePart, ...]:
    """Words of those who are voices only come from outside the picture."""
    return tuple(
        part.model_copy(update={"off_panel": True}) if part.speaker and is_unseen(part.speaker, cast) else part
        for part in parts
    )


def looks_on(frame: Frame) -> bool:
    """A panel that was added for a face, without words of its own."""
    return frame.role is Role.REACT and frame.silent and all(moment.added for moment in frame.moments)


def shows_face(frame: Frame) -> bool:
    """Whether the picture's beat is told of faces, or changes one for good: that is seen from near."""
    beat = frame.lead.beat
    return bool(_OF_FACES.search(beat.told)) or any(change.aspect is Aspect.FACE for change in beat.changes)


def stirred(frame: Frame) -> set[str]:
    """Those who shout, or speak in great agitation: nobody does that lying."""
    return {
        moment.speaker
        for moment in frame.moments
        if moment.speaker is not None
        and moment.line is not None
        and (
            moment.line.kind is LineKind.SHOUT
            or (moment.beat.emotion in AGITATED and moment.line.text.rstrip("」").endswith(("！", "!")))
        )
    }


def is_grave(frame: Frame, language: Language) -> bool:
    """Whether a panel tells of death, wounds or illness."""
    return bool(lore(language).pattern("grave_state").search(told(frame)))


def told(frame: Frame) -> str:
    return " ".join(dict.fromkeys(moment.beat.told for moment in frame.moments))
