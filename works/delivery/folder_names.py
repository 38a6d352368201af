"""In: a book's title, as a person or a model wrote it. Out: the name of its folder, harmless on every file system."""

import unicodedata

MAX_CHARACTERS = 60
MAX_BYTES = 180
"""Of 255: the folder's hidden siblings while a book is written carry a longer name."""

_MAX_MARKS = 2
_APOSTROPHES = "'’‘ʼ"
# Windows keeps these for devices, whatever follows the dot.
_RESERVED = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"})


def folder_name(title: str, *, otherwise: str = "manga") -> str:
    """Letters, digits and hyphens of any script: 「ごん狐」 stays, `../../etc` becomes `etc`. Never empty."""
    words = _hyphenated(unicodedata.normalize("NFC", title))
    name = _shortened(words.lower()).strip("-")
    if not name:
        return otherwise
    return f"{name}-{otherwise}" if name in _RESERVED else name


def _hyphenated(title: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in title:
        if character in _APOSTROPHES:
            continue
        kind = unicodedata.category(character)[0]
        marks = marks + 1 if kind == "M" else 0
        if kind in "LN" or (kind == "M" and kept and kept[-1] != "-" and marks <= _MAX_MARKS):
            kept.append(character)
        elif kind != "M" and kept and kept[-1] != "-":
            kept.append("-")
    return "".join(kept)


def _shortened(name: str) -> str:
    name = name[:MAX_CHARACTERS]
    while len(name.encode()) > MAX_BYTES:
        name = name[:-1]
    return name
