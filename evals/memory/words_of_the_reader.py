"""Every word and pattern that the offline reader and director know, each alternative of an expression by itself.

`(?:a|b)c|d` has `a` (`(?:a)c`), `b` (`(?:b)c`) and `d`. Looks ahead and behind are left as they are.
"""

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import yaml

_OPENS: Final = re.compile(r"\((?:\?(?:P<\w+>|P=\w+\)|:|<[=!]|[=!]|[aiLmsux-]+:|#[^)]*\)))?")
_AROUND: Final = ("(?<", "(?=", "(?!")
OFFLINE: Final = Path(__file__).parents[2] / "offline"
READS: Final = ("reading", "directing")
SHOWN: Final = frozenset({"moods", "labels"})
"""Lists of lexicons that are written and not read."""
TOLD_BY_KEY: Final = ("marks", "traits")
"""Tables whose keys are what is written of somebody."""
FORMATS: Final = frozenset({"reading/script_reader.py"})
"""Modules that know how files are written (a screenplay, a chat log), and no words."""
LONGEST: Final = 60
_ESCAPED, _SAYS = re.compile(r"\\."), re.compile(r"[^\W\d_]")
"""An alternative without a letter (a blank, the end of a line) is no entry."""
_EDGES: Final = re.compile(r"\\b|\(\?:|[()^$]")
"""What may stand around a list that is no more than a list."""
_CALLS: Final = frozenset({"search", "match", "fullmatch", "findall", "finditer", "sub", "split"})
_JOINT: Final = re.compile(r"[\"']\s*\n\s*(?:rf|fr|r|f)?[\"']")
"""Between two pieces of a pattern that is written over several lines."""
_PLAIN: Final = re.compile(r"[^\\\[\](){}|?*+^$]+")


@dataclass(slots=True)
class _Group:
    """`start`..`end` is what stands between the brackets; `bars` are the places of its own bars."""

    start: int
    looks_around: bool
    bars: list[int] = field(default_factory=list)
    end: int = 0
    outer: "_Group | None" = None

    def parts(self) -> list[tuple[int, int]]:
        edges = [self.start - 1, *self.bars, self.end]
        return [(a + 1, b) for a, b in pairwise(edges)]


def alternatives(pattern: str) -> Iterator[tuple[str, str, str]]:
    """The innermost ones, each with its expression and the rule that it is a piece of; the whole pattern where it has
    none. Linear in its length for each alternative."""
    groups = [group for group in _groups(pattern) if not group.looks_around]
    several = [group for group in groups if group.bars]
    if not several:
        yield pattern, pattern, pattern
    for group in several:
        for start, end in group.parts():
            if not any(start <= inner.start and inner.end <= end and inner is not group for inner in several):
                yield pattern[start:end], _only(pattern, group, start, end), _rule(pattern, group, start)


def _rule(pattern: str, group: _Group, at: int) -> str:
    """Of an expression that is a list, `a|(?:b|c) d` or `\\b(?:a|(?:b|c) d)\\b`, the piece in which this place is."""
    around = [group]
    while (outer := around[-1].outer) is not None:
        around.append(outer)
    low, high = 0, len(pattern)
    for one in reversed(around):
        if _EDGES.sub("", pattern[low : one.start] + pattern[one.end : high]):
            break
        low, high = next((a, b) for a, b in one.parts() if a <= at <= b)
    return pattern[low:high]


def _only(pattern: str, group: _Group, start: int, end: int) -> str:
    """The pattern in which this group, and every one around it, has no other alternative."""
    cut = pattern[start:end]
    inner: _Group | None = group
    while inner is not None:
        outer = inner.outer
        low, high = outer_part(outer, inner) if outer is not None else (0, len(pattern))
        if outer is None:
            return cut if inner.start == 0 and inner.end == len(pattern) else pattern[:low] + cut
        cut = pattern[low : inner.start] + cut + pattern[inner.end : high]
        inner = outer
    return cut


def outer_part(outer: _Group, inner: _Group) -> tuple[int, int]:
    """The alternative of the outer group in which the inner one stands."""
    return next((a, b) for a, b in outer.parts() if a <= inner.start and inner.end <= b)


def _groups(pattern: str) -> list[_Group]:
    """Every pair of brackets, and the whole."""
    whole = _Group(0, looks_around=False)
    found, open_, at = [whole], [whole], 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 2
        elif pattern[at] == "[":
            at = _class_end(pattern, at)
        elif pattern[at] == "(" and (begins := _OPENS.match(pattern, at)):
            at = begins.end()
            if not begins.group().endswith(")"):
                around = open_[-1].looks_around or begins.group().startswith(_AROUND)
                open_.append(_Group(at, looks_around=around, outer=open_[-1]))
                found.append(open_[-1])
        elif pattern[at] == ")":
            open_.pop().end = at
            at += 1
        else:
            if pattern[at] == "|":
                open_[-1].bars.append(at)
            at += 1
    whole.end = len(pattern)
    return found


def _class_end(pattern: str, start: int) -> int:
    """Behind the `]` that closes a class of characters."""
    at = start + 1 + (pattern[start + 1] == "^")
    at += pattern[at] == "]"
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """`list` says where it stands; `pattern` finds it alone, and is part of `whole`, which may refer to its groups.
    `rule` is what asks for it, with its other alternatives."""

    list: str
    words: str
    pattern: str
    whole: str
    rule: str
    flags: int = 0

    @property
    def language(self) -> str:
        """Of the texts that it can stand in; empty: of either."""
        found = re.search(r"(?:_|/)(ja|en)(?:[./]|$)", self.list)
        return found.group(1) if found else ""


def entries() -> list[Entry]:
    """All of them, each once."""
    return sorted({*_in_lexicons(), *_in_modules()})


def _in_lexicons() -> Iterator[Entry]:
    for path in sorted((OFFLINE / "lexicons").glob("*.yaml")):
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        flags = re.IGNORECASE if path.stem.endswith("_en") else 0
        for key, value in data.items():
            if key not in SHOWN:
                yield from _of(f"lexicons/{path.name}:{key}", value, flags)


def _of(place: str, value: object, flags: int) -> Iterator[Entry]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not place.endswith(TOLD_BY_KEY) and (not isinstance(key, str) or re.search(r"[|ぁ-龥]", key)):
                yield from _patterns(place, str(key), flags)
            yield from _of(f"{place}.{key}" if str(key).isascii() else place, inner, flags)
    elif isinstance(value, str):
        parts = value.split()
        listed = len(parts) > 1 and all(_PLAIN.fullmatch(part) for part in parts)
        yield from (_word(place, part) for part in parts) if listed else _patterns(place, value, flags)


def _word(place: str, word: str) -> Entry:
    pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
    return Entry(place, word, pattern, pattern, pattern, re.IGNORECASE if word.islower() and word.isascii() else 0)


def _patterns(place: str, pattern: str, flags: int) -> Iterator[Entry]:
    for words, only, rule in alternatives(pattern):
        if _SAYS.search(_ESCAPED.sub("", words)):
            yield Entry(place, _named(words), only, pattern, rule, flags & (re.IGNORECASE | re.DOTALL))


def _named(words: str) -> str:
    """On one line, and not longer than a line."""
    shown = re.sub(r"\s+", " ", words)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 12]}…{sha256(shown.encode()).hexdigest()[:8]}"


def _in_modules() -> Iterator[Entry]:
    for path in (path for room in READS for path in sorted((OFFLINE / room).rglob("*.py"))):
        place = path.relative_to(OFFLINE).as_posix()
        if place in FORMATS:
            continue
        name = ".".join(path.relative_to(OFFLINE.parent).with_suffix("").parts)
        yield from _in_values(place, importlib.import_module(name))
        yield from _in_functions(place, path)


def _in_values(place: str, module: ModuleType) -> Iterator[Entry]:
    """Patterns that are compiled as the module is read, alone or in tables. What one takes over from elsewhere is an
    entry where it is written."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    own = {node.id for node in ast.walk(ast.parse(source))
           if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}  # fmt: skip
    written = _JOINT.sub("", source)
    for name in sorted(own & vars(module).keys()):
        for compiled in _compiled(getattr(module, name)):
            for entry in _patterns(place, compiled.pattern, compiled.flags):
                if "…" in entry.words or entry.words in written:
                    yield entry


def _compiled(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _compiled(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _compiled(inner)


def _in_functions(place: str, path: Path) -> Iterator[Entry]:
    """Patterns written where they are used: `re.search(r"…", text)`."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in _CALLS
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and isinstance(node.args[0], ast.Constant)
            ):
                yield from _patterns(place, str(node.args[0].value), 0)
