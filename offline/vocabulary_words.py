"""Words of the register as the offline model finds them in a story: tables by language, in order of precedence."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from manga.brief import Language
from manga.characters import Kind
from manga.vocabulary.beings import BeingEntry, beings
from manga.vocabulary.clothes_and_hair import hair_styles, headgear, outfits
from manga.vocabulary.find_in_text import NEVER, ToldEntry, pattern_of
from offline.lexicon import Table, table_of


@cache
def outfits_told(language: Language) -> Table:
    """Clothes that a story tells of."""
    return _table(outfits().entries.values(), language)


@cache
def outfits_of_trades(language: Language) -> Table:
    """Clothes that a name tells by its trade."""
    rows = ((entry.key, pattern_of(entry.trades.get(language.value, ()))) for entry in outfits().entries.values())
    return _compiled(rows, language)


@cache
def hats_told(language: Language) -> Table:
    """Hats, and last `plain`: one of no kind."""
    return _table((*headgear().entries.values(), *headgear().classes.values()), language)


@cache
def hair_told(language: Language) -> Table:
    return _table(hair_styles().entries.values(), language)


@cache
def kinds_named(language: Language) -> Table:
    """Kinds of beings that a name tells, people left out."""
    return _by_kind(language, lambda being: being.kind is not Kind.HUMAN)


@cache
def kinds_introduced(language: Language) -> Table:
    """Kinds that somebody may be said to be. In Japanese a beast or a spirit is too often a likeness."""
    likened = {Kind.HUMAN, Kind.SPIRIT} if language is Language.EN else {Kind.HUMAN, Kind.SPIRIT, Kind.BEAST}
    return _by_kind(language, lambda being: being.kind not in likened)


@cache
def machines(language: Language) -> re.Pattern[str]:
    """What tells that somebody is a robot."""
    rows = [b.finds((language.value,)) for b in beings().entries.values() if b.machine]
    return re.compile("|".join(rows), _flags(language))


@cache
def figures_named(language: Language) -> tuple[tuple[BeingEntry, re.Pattern[str]], ...]:
    """People who look the same in every story, by their names."""
    known = (b for b in beings().entries.values() if b.kind is Kind.HUMAN and b.look)
    return tuple((b, re.compile(b.finds((language.value,), told=False), _flags(language))) for b in known)


def _by_kind(language: Language, wanted: Callable[[BeingEntry], bool]) -> Table:
    rows: dict[str, list[str]] = {}
    for being in beings().entries.values():
        if wanted(being) and (row := being.finds((language.value,), told=False)) != NEVER:
            rows.setdefault(being.kind.value, []).append(row)
    return _compiled(((kind, f"(?:{'|'.join(found)})") for kind, found in rows.items()), language)


def _table(entries: Iterable[ToldEntry], language: Language) -> Table:
    return _compiled(((entry.key, entry.finds((language.value,))) for entry in entries), language)


def _compiled(rows: Iterable[tuple[str, str]], language: Language) -> Table:
    return table_of(((key, row) for key, row in rows if row != NEVER), language.value)


def _flags(language: Language) -> re.RegexFlag:
    return re.IGNORECASE if language is Language.EN else re.NOFLAG
