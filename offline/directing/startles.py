"""Who is told to start in a panel, and who to feel what a beat feels. In: the panel or beat and the cast. Out: keys.
Joy and tears startle nobody."""

import re

from manga.brief import Language
from manga.characters import Cast
from manga.plot import Beat, Emotion
from offline.directing.roles import Frame
from offline.reading.story import lore

_SOFT = frozenset({Emotion.JOY, Emotion.TENDERNESS, Emotion.SADNESS, Emotion.SHAME})
_SENTENCE = re.compile(r"[^。.!?！？]+[。.!?！？]*")


def startled(frame: Frame, cast: Cast, language: Language) -> frozenset[str]:
    """Whoever is named last before the word, else the first who is there; those who speak of it, where they speak."""
    found: set[str] = set()
    for beat in dict.fromkeys(moment.beat for moment in frame.moments):
        if beat.emotion in _SOFT:
            continue
        for sentence in _SENTENCE.findall(beat.told):
            match = lore(language).pattern("start").search(sentence)
            if match:
                who = _named_before(sentence[: match.start()], cast) or next(iter(beat.present), "")
                found |= {who} if _has_the_word(who, beat, frame) else set()
    return frozenset(found - {""})


def feels(beat: Beat, cast: Cast, language: Language) -> frozenset[str]:
    """Those of whom the words for the beat's feeling are said; nobody where no name tells."""
    found: set[str] = set()
    for row in (row for label, row in lore(language).table("emotions").rows if label == beat.emotion):
        for sentence in _SENTENCE.findall(beat.told):
            found |= {_named_before(sentence[: match.start()], cast) for match in row.finditer(sentence)}
    return frozenset(found & set(beat.present))


def _has_the_word(who: str, beat: Beat, frame: Frame) -> bool:
    """A beat of several panels: the start belongs to the cry, if there is one."""
    own = {line.key for line in beat.lines if line.speaker == who}
    return not own or any(moment.line is not None and moment.line.key in own for moment in frame.moments)


def _named_before(words: str, cast: Cast) -> str:
    """The one whose name stands nearest."""
    places = [
        (words.rfind(name), len(name), character.key)
        for character in cast.characters
        for name in (character.name, *character.aliases)
        if name in words
    ]
    return max(places)[2] if places else ""
