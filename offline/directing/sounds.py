"""Drawn sounds. In: the frames of a book. Out: which panels get one, and its letters.

A sound that the story names is always drawn; for a loud deed, or when somebody is told to start, the artist adds one,
a few times a book, and only where the one who does it is seen.
"""

import re
from collections.abc import Sequence, Set

from drawing.lettering.sounds import sound_word
from manga.brief import Language
from manga.storyboard import LinePart, Role
from offline.directing.additions import KEY_EVENT
from offline.directing.parts import sound_part
from offline.directing.roles import Frame
from offline.directing.telephone.words import row

SHOCK_FORCE = 3
PAGES_APART = 6
"""Sounds of the artist's own keep this distance."""

_SOUNDING = frozenset({"run", "shoot", "fall", "throw", "jump", "open", "shout", "play", "laugh"})
"""Deeds that are heard; their words, as loud as the panel is important, are those of the drawn sounds."""

_OPENED = frozenset({"door", "cupboard", "box"})
_SMILES = re.compile(r"にや|にこ|にっ|ほほえ|微笑|くす|\b(?:smil|grin|chuckl)\w*")

_MUSIC = re.compile(
    r"[弾ひ]い[てた]|弾き|奏|曲|笛|琴|三味線|(?:バイ|ヴァイ)オリン|ピアノ|ギター|チェロ"
    r"|\b(?:violins?|fiddles?|cellos?|flutes?|guitars?|pianos?|tunes?|her bow|his bow|music)\b"
)


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
        return self._from_telephone(frame) or self._from_deed(frame, page, people, startled)

    def _from_telephone(self, frame: Frame) -> LinePart | None:
        """A telephone that is told to ring is heard; one on a desk is louder."""
        rings = row("rings", self._language)
        for moment in (moment for moment in frame.moments if moment.purpose == "told"):
            line, beat = moment.line, moment.beat
            if line is not None and beat.key not in self._named and rings.search(line.text):
                self._named.add(beat.key)
                return sound_part(line, 2, sound_word("ring", 5 if "telephone" in beat.props else 3, self._language))
        return None

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
