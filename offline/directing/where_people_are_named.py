"""Finds where people are named: a character sheet and a text in, the places of the name and other names out."""

import re
from collections.abc import Iterator

from manga.characters import Character


def naming(sheet: Character, text: str) -> Iterator[re.Match[str]]:
    """Name by name, each from its first place on."""
    for name in (sheet.name, *sheet.aliases):
        yield from re.finditer(re.escape(name), text)


def is_named(sheet: Character, text: str) -> bool:
    return any(True for _ in naming(sheet, text))
