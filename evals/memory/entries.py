"""Every word and pattern that the offline reader and director know, from their lexicons and from their modules."""

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import yaml

from evals.memory.alternatives import alternatives

OFFLINE: Final = Path(__file__).parents[2] / "offline"
READS: Final = ("reading", "directing")
SHOWN: Final = frozenset({"moods", "labels"})
"""Lists of lexicons that are written and not read."""
FORMATS: Final = frozenset({"reading/script_reader.py"})
"""Modules that know how files are written (a screenplay, a chat log), and no words."""
LONGEST: Final = 60
_ESCAPED, _SAYS = re.compile(r"\\."), re.compile(r"[^\W\d_]")
"""An alternative without a letter (a blank, the end of a line) is no entry."""
_CALLS: Final = frozenset({"search", "match", "fullmatch", "findall", "finditer", "sub", "split"})
_JOINT: Final = re.compile(r"[\"']\s*\n\s*(?:rf|fr|r|f)?[\"']")
"""Between two pieces of a pattern that is written over several lines."""
_PLAIN: Final = re.compile(r"[^\\\[\](){}|?*+^$]+")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """`list` says where it stands; `pattern` finds it alone, and is part of `whole`, which may refer to its groups."""

    list: str
    words: str
    pattern: str
    whole: str
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
            if not isinstance(key, str) or re.search(r"[|ぁ-龥]", key):
                yield from _patterns(place, str(key), flags)
            yield from _of(f"{place}.{key}" if str(key).isascii() else place, inner, flags)
    elif isinstance(value, str):
        parts = value.split()
        listed = len(parts) > 1 and all(_PLAIN.fullmatch(part) for part in parts)
        yield from (_word(place, part) for part in parts) if listed else _patterns(place, value, flags)


def _word(place: str, word: str) -> Entry:
    pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
    return Entry(place, word, pattern, pattern, re.IGNORECASE if word.islower() and word.isascii() else 0)


def _patterns(place: str, pattern: str, flags: int) -> Iterator[Entry]:
    for words, only in alternatives(pattern):
        if _SAYS.search(_ESCAPED.sub("", words)):
            yield Entry(place, _named(words), only, pattern, flags & (re.IGNORECASE | re.DOTALL))


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
