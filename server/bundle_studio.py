"""Bundles the studio's modules for browsers: what every view needs is one file, and each view is one more.

Nothing is built and nothing is kept on the disk: modules are put together as they lie there, each in a function of its
own, and reach each other by a table. So a browser asks twice instead of thirty times. What may be joined is what the
patterns below know; anything else is refused by name, and so is a ring of imports.
"""

import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

MAIN: Final = "main.js"
FIRST: Final = "first.js"
"""The name of the file in which `MAIN` and all that it needs are."""
_AT_START = r"(?:^|(?<=[;}\n]))"
_FROM = r"""\s*from\s*["']([^"']+)["'];?"""
_IMPORT = re.compile(rf"{_AT_START}import\s*(\w+|\*\s*as\s+\w+|\{{[^}}]*\}}){_FROM}")
_PASSED_ON = re.compile(rf"{_AT_START}export\s*(\{{[^}}]*\}}){_FROM}")
_LISTED = re.compile(rf"{_AT_START}export\s*(\{{[^}}]*\}});?")
_DEFAULT = re.compile(rf"{_AT_START}export\s+default\s+")
_DECLARED = re.compile(r"^export\s+((?:async\s+)?function|const|class)\s+(\w+)", re.MULTILINE)
_LEFT = re.compile(rf"{_AT_START}(?:import|export)\b[^;\n]{{0,80}}")
_LIST = re.compile(r"^export const (words|sheets) = (\[[^\]]*\]);", re.MULTILINE)
_WORD = re.compile(r'"([^"]+)"')


class NotJoined(ValueError):
    """A module holds something that cannot be put together: which one, and what."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module's names: what it takes from whom (`needs`, by file), what it gives, and its text without both."""

    name: str
    needs: Mapping[str, tuple[str, ...]]
    gives: Mapping[str, str]
    head: str
    body: str
    lists: Mapping[str, tuple[str, ...]]

    def text(self) -> str:
        """As a function's call that answers what it gives."""
        gives = ", ".join(name if name == inside else f"{name}: {inside}" for name, inside in self.gives.items())
        begin = f"// {self.name}\n__modules[{_quoted(self.name)}] ??= (() => {{\n"
        return f"{begin}{self.head}{self.body}\nreturn {{ {gives} }};\n}})();\n"


def read(name: str, text: str, named: Mapping[str, str]) -> Module:
    """`named` are the files of bare names. Raises `NotJoined`."""
    needs: dict[str, tuple[str, ...]] = {}
    gives: dict[str, str] = {}
    head: list[str] = []

    def place(specifier: str) -> str:
        if specifier.startswith("."):
            return posixpath.normpath(posixpath.join(posixpath.dirname(name), specifier))
        return named.get(specifier) or _refuse(name, f"nobody is called {specifier}")

    def taken(match: re.Match[str]) -> str:
        file = place(match[2])
        pattern, names = _pattern(match[1])
        needs[file] = (*needs.get(file, ()), *names)
        head.append(f"const {pattern} = __modules[{_quoted(file)}];\n")
        return ""

    def passed_on(match: re.Match[str]) -> str:
        file = place(match[2])
        for inside, outside in _pairs(match[1]):
            needs[file] = (*needs.get(file, ()), inside)
            gives[outside] = f"__modules[{_quoted(file)}].{inside}"
        return ""

    def listed(match: re.Match[str]) -> str:
        gives.update({outside: inside for inside, outside in _pairs(match[1])})
        return ""

    def declared(match: re.Match[str]) -> str:
        gives[match[2]] = match[2]
        return f"{match[1]} {match[2]}"

    def by_default(_: re.Match[str]) -> str:
        gives["default"] = "__default"
        return "const __default = "

    lists = {found[1]: tuple(_WORD.findall(found[2])) for found in _LIST.finditer(text)}
    body = _IMPORT.sub(taken, text)
    body = _LISTED.sub(listed, _PASSED_ON.sub(passed_on, body))
    body = _DECLARED.sub(declared, _DEFAULT.sub(by_default, body))
    if left := _LEFT.search(body):
        _refuse(name, left[0])
    body = body.replace("import.meta.url", f"__at({_quoted(name)})")
    return Module(name, needs, gives, "".join(head), body.strip(), lists)


def _refuse(name: str, what: str) -> str:
    raise NotJoined(f"{name} cannot be put together with others: {what}")


def _pattern(clause: str) -> tuple[str, tuple[str, ...]]:
    """What stands between `import` and `from`, as what stands between `const` and `=`; and the names that it wants."""
    if clause.startswith("{"):
        pairs = tuple(_pairs(clause))
        inside = ", ".join(name if name == own else f"{name}: {own}" for name, own in pairs)
        return f"{{ {inside} }}", tuple(name for name, _ in pairs)
    if clause.startswith("*"):
        return clause.rsplit(maxsplit=1)[-1], ()
    return f"{{ default: {clause} }}", ("default",)


def _pairs(braces: str) -> Iterator[tuple[str, str]]:
    """Of `{ a, b as c }`: (a, a), (b, c)."""
    for part in filter(None, (part.strip() for part in braces.strip("{}").split(","))):
        name, _, other = part.partition(" as ")
        yield name.strip(), (other or name).strip()


def _quoted(name: str) -> str:
    return json.dumps(name)


@dataclass(frozen=True, slots=True)
class Joined:
    """The files to send, by name, and what each view needs besides, as far as it names it itself: `lists` of `words`
    and `sheets`."""

    files: Mapping[str, str]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]


def join(texts: Mapping[str, str], named: Mapping[str, str]) -> Joined:
    """All modules by file. Those that nobody imports are brought when they are needed: each is a file with what only it
    and other such ones need. Raises `NotJoined`."""
    modules = {name: read(name, text, named) for name, text in texts.items()}
    for module in modules.values():
        _check(module, modules)
        _in_order(module.name, modules)
    first = _in_order(MAIN, modules)
    imported = {need for module in modules.values() for need in module.needs}
    views = [name for name in modules if name not in imported and name not in first]
    files = {FIRST: _first([modules[name] for name in first])}
    for view in views:
        own = [modules[name] for name in _in_order(view, modules) if name not in first]
        files[view] = _view(view, own)
    return Joined(files, {view: modules[view].lists for view in views})


def _check(module: Module, modules: Mapping[str, Module]) -> None:
    for file, names in module.needs.items():
        if file not in modules:
            _refuse(module.name, f"there is no {file}")
        if missing := [name for name in names if name not in modules[file].gives]:
            _refuse(module.name, f"{file} has no {', '.join(missing)}")


def _in_order(root: str, modules: Mapping[str, Module]) -> list[str]:
    """The root and all that it needs, each after what it needs itself. Raises `NotJoined` for a ring."""
    done: list[str] = []
    _visit(root, modules, done, [])
    return done


def _visit(name: str, modules: Mapping[str, Module], done: list[str], above: Collection[str]) -> None:
    if name in done:
        return
    if name in above:
        _refuse(name, f"it needs itself by way of {' → '.join(above)}")
    for need in modules[name].needs:
        _visit(need, modules, done, [*above, name])
    done.append(name)


def _first(modules: list[Module]) -> str:
    """The last one may wait for something while it begins, which no function can: it stands in a block."""
    *others, main = modules
    begin = "export const __modules = {};\nexport const __at = (name) => new URL(name, import.meta.url).href;\n"
    return f"{begin}{''.join(module.text() for module in others)}// {main.name}\n{{\n{main.head}{main.body}\n}}\n"


def _view(name: str, modules: list[Module]) -> str:
    back = "../" * name.count("/") or "./"
    texts = "".join(module.text() for module in modules)
    gives = ", ".join(modules[-1].gives)
    end = f"export const {{ {gives} }} = __modules[{_quoted(name)}];\n"
    return f'import {{ __at, __modules }} from "{back}{FIRST}";\n{texts}{end}'
