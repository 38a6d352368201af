"""Whether a panel presents somebody who matters. In: a framed panel and the sheet of the one who is new in it."""

from manga.brief import Language
from manga.characters import Character
from manga.storyboard import Role
from offline.directing.roles import Frame

FEW_LETTERS = {Language.JA: 24, Language.EN: 60}
"""With more words somebody's first view is no entrance."""
_ROLES = frozenset({Role.TALK, Role.ACT, Role.HOOK, Role.PAYOFF, Role.SPLASH})


def is_entrance(frame: Frame, sheet: Character | None, language: Language) -> bool:
    """Main characters enter, with few words, in a panel that tells something."""
    main = sheet is not None and sheet.role in ("protagonist", "main")
    few = sum(moment.letters for moment in frame.moments) <= FEW_LETTERS[language]
    return main and few and frame.role in _ROLES
