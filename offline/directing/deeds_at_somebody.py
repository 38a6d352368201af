"""Deeds of two in a panel: who does something to whom, and the sentence by which the artist knows it.

In: a framed panel. Out: the deed that the picture is of, where it is one that lays a hand on somebody or goes to him;
and what is said of every deed whose body the words of a story may not tell plainly.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from manga.brief import Language
from manga.characters import Cast
from manga.plot import Deed
from offline.directing.deeds_to_show import HANDS_ON, STRONG, last_acts
from offline.directing.panel_roles import Frame

TO_ONE: Final = HANDS_ON | {"hug", "give", "kneel", "chase", "touch", "fight", "shoot", "whisper", "bow"}
"""Deeds whose picture needs the one to whom they are done."""
_SAID: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.EN: {
        "seize": "{who} seizes {whom} by the arm.", "strike": "{who} strikes {whom}.", "stab": "{who} stabs {whom}.",
        "push": "{who} pushes {whom}.", "pull": "{who} drags {whom}.", "lift": "{who} lifts them up.",
        "help": "{who} helps them up.", "lead": "{who} leads {whom} by the hand.", "feed": "{who} feeds them.",
        "bind": "{who} ties the hands of {whom}.", "stroke": "{who} strokes {whom}.", "chase": "{who} chases {whom}.",
        "crown": "{who} sets it on the head of {whom}.",
    },
    Language.JA: {
        "seize": "{who}が{whom}の腕をつかむ。", "strike": "{who}が{whom}を打つ。", "stab": "{who}が{whom}を刺す。",
        "push": "{who}が{whom}を押している。", "pull": "{who}が{whom}を引きずる。",
        "lift": "{who}が{whom}を抱き上げる。",
        "help": "{who}が{whom}を助け起こす。", "lead": "{who}が{whom}の手を引く。",
        "feed": "{who}が{whom}に食べさせる。",
        "bind": "{who}が{whom}の手を縛る。", "stroke": "{who}が{whom}をなでる。",
        "chase": "{who}が{whom}を追いかける。",
        "crown": "{who}が{whom}の頭にのせる。",
    },
}  # fmt: skip
_ALONE: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.EN: {"chase": "{who} runs after it.", "dangle": "{who} hangs from it.", "dance": "{who} dances.",
                  "swim": "{who} swims.", "throw": "{who} throws it."},
    Language.JA: {"chase": "{who}が追いかける。", "dangle": "{who}がぶら下がる。", "dance": "{who}が踊る。",
                  "swim": "{who}が泳ぐ。", "throw": "{who}が投げる。"},
}  # fmt: skip


def deed_of_two(frame: Frame) -> Deed | None:
    """The one that the picture is of: what is shown of the last doer who does something to somebody."""
    shown = (deed for deed in last_acts(frame.deeds).values() if deed.whom and deed.action in TO_ONE)
    return max(shown, key=lambda deed: (deed.action in HANDS_ON, deed.action in STRONG), default=None)


def said_of(frame: Frame, figures: Sequence[str], cast: Cast, language: Language) -> str:
    """A plain sentence for each shown deed that the artist draws with more than a pose."""
    found = []
    for key, deed in last_acts(frame.deeds).items():
        two = deed.whom in figures
        said = (_SAID if two else _ALONE)[language].get(deed.action)
        who, whom = cast.get(key), cast.get(deed.whom) if two else None
        if said and key in figures and who is not None:
            found.append(said.format(who=who.name, whom=whom.name if whom else ""))
    return " ".join(found[:2])
