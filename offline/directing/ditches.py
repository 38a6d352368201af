"""A ditch that somebody digs is there from then on, and has water in it from when the water comes.

In: panel after panel, in their order, a scene, a beat and the setting. Out: the setting that is seen.
"""

import re

from manga.brief import Language
from manga.plot import Beat, Scene
from manga.vocabulary.places import has

_DUG = {
    Language.EN: re.compile(r"\b(?:ditch|trench|canal|channel|furrow)(?:es|s)?\b"),
    Language.JA: re.compile(r"溝|水路|用水|堀"),
}
_COMES = {
    Language.EN: re.compile(
        r"\bwater\b[^.]{0,60}\b(?:came|ran|rushed|poured|flowed|burst)\b"
        r"|\b(?:ran|rushed|poured|flowed) (?:down|along|through|into) the (?:ditch|trench|canal|channel)\b"
    ),
    Language.JA: re.compile(r"水[がはも][^。]{0,20}(?:流れ|走り|来[たてま]|ほとばし|あふれ)"),
}


class Ditches:
    """Remembers what has been dug."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._dug = ""
        self._beats: dict[str, str] = {}

    def at(self, scene: Scene, beat: Beat, setting: str) -> str:
        """The ditch, dry or wet, where there is one in the open by this beat; else the setting itself."""
        if beat.key not in self._beats:
            self._take_in(scene)
        dug = self._beats[beat.key]
        return dug if dug and has(setting, "open_ground") else setting

    def _take_in(self, scene: Scene) -> None:
        for beat in scene.beats:
            self._beats[beat.key] = self._dug = self._after(beat)

    def _after(self, beat: Beat) -> str:
        if not self._dug:
            digs = any(deed.action == "dig" for deed in beat.deeds)
            return "ditch" if digs and _DUG[self._language].search(beat.told) else ""
        return "channel" if _COMES[self._language].search(beat.told) else self._dug
