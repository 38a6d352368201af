"""`python -m benchmarks.structure`: how large the project is and how well it can be found one's way in.

It reads imports and definitions of the files that git knows, and runs nothing. `--paths 60` draws paths by the commit's
hash instead: somebody who has not seen the code says what each file does, and is right or wrong by its docstring.
"""

import argparse
import ast
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

FLOORS: Final = (
    "manga", "drawing", "prompts", "providers", "offline", "storage", "agents", "editing", "calls", "graph", "works",
    "server", "cli", "evals", "deploy", "bootstrap",
)  # fmt: skip
SHORT: Final = 60
"""Lines; a file below it may be half of another one."""
DATA: Final = (".yaml", ".json", ".jsonl", ".sql", ".svg", ".txt", ".tsv")


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """All statements under a node, also those within functions. Expressions, most of a tree, are passed by."""
    for field in ("body", "orelse", "handlers", "finalbody", "cases"):
        for node in getattr(tree, field, ()):
            yield node
            yield from statements(node)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, and what it counts."""

    name: str
    value: str


@dataclass(frozen=True)
class Module:
    """A Python file: its path below the root, and its text."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def floor(self) -> str:
        return self.path.partition("/")[0]

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def imports(self) -> Iterator[str]:
        """Dotted names, of modules or of what is taken from them."""
        for node in statements(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def classes(self) -> Iterator[str]:
        """Public ones."""
        names = (node.name for node in self.tree.body if isinstance(node, ast.ClassDef))
        return (name for name in names if not name.startswith("_"))


def tracked(root: Path) -> list[str]:
    """All paths that git knows."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True).stdout
    return [path for path in found.split("\0") if path and (root / path).is_file()]


def read_modules(root: Path, paths: Sequence[str]) -> tuple[Module, ...]:
    """The product's Python files; tests, benchmarks and examples are not of them."""
    own = (path for path in paths if path.endswith(".py") and path.partition("/")[0] in FLOORS)
    return tuple(Module(path, (root / path).read_text(encoding="utf-8")) for path in own)


def uses(modules: Sequence[Module]) -> Mapping[str, frozenset[str]]:
    """Module name -> the names of our modules that it imports."""
    known = {module.name for module in modules}
    return {module.name: frozenset(known & set(module.imports())) - {module.name} for module in modules}


def circles(edges: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    """Pairs of modules that import each other."""
    return sorted((a, b) for a, targets in edges.items() for b in targets if a < b and a in edges.get(b, ()))


def only_siblings(edges: Mapping[str, frozenset[str]]) -> list[str]:
    """Modules with exactly one importer, which stands in the same folder."""
    importers: dict[str, set[str]] = defaultdict(set)
    for name, targets in edges.items():
        for target in targets:
            importers[target].add(name)
    return sorted(
        name
        for name, found in importers.items()
        if len(found) == 1 and next(iter(found)).rpartition(".")[0] == name.rpartition(".")[0]
    )


def doubled(modules: Sequence[Module]) -> list[str]:
    """Public classes whose name stands twice on one floor: `floor.Name`."""
    found = Counter(f"{module.floor}.{name}" for module in modules for name in module.classes())
    return sorted(name for name, count in found.items() if count > 1)


def speaks_langgraph(module: Module) -> bool:
    return any(name.startswith(("langgraph", "langchain_core")) for name in module.imports())


def where_rows(architecture: str) -> int:
    """Rows of the table "Where do I change"."""
    _, _, table = architecture.partition("Where do I change")
    rows = [line for line in table.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return max(0, len(rows) - 2)


def figures(root: Path) -> tuple[Row, ...]:
    """All rows, in the order of the table."""
    paths = tracked(root)
    modules = read_modules(root, paths)
    edges = uses(modules)
    graph = [module for module in modules if module.floor == "graph" and not module.path.endswith("__init__.py")]
    speaking = sum(map(speaks_langgraph, graph))
    written = [path for path in paths if path.endswith(DATA) and path.partition("/")[0] in FLOORS]
    data = sum((root / path).read_text(encoding="utf-8").count("\n") for path in written)
    rows = where_rows((root / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    return (
        Row("product, lines of Python", f"{sum(module.lines for module in modules):,}"),
        Row("files of Python", f"{len(modules)}"),
        Row("lines of data beside them", f"{data:,}"),
        Row("files in graph/, and how many speak LangGraph", f"{len(graph)}, {speaking / max(1, len(graph)):.0%}"),
        Row('"Where do I change" rows', f"{rows}"),
        Row("public classes of one name on one floor", f"{len(doubled(modules))}"),
        Row("two-file circles", f"{len(circles(edges))}"),
        Row("modules whose one importer is a sibling", f"{len(only_siblings(edges))}"),
        Row(f"files under {SHORT} lines", f"{sum(module.lines < SHORT for module in modules)}"),
    )


def sampled(root: Path, count: int) -> list[str]:
    """Paths drawn by the hash of the newest commit, the same for everybody who has it."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True).stdout
    paths = [module.path for module in read_modules(root, tracked(root)) if not module.path.endswith("__init__.py")]
    return sorted(random.Random(head.strip()).sample(sorted(paths), min(count, len(paths))))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.structure", description=__doc__)
    parser.add_argument("--paths", type=int, metavar="N", help="draw N paths to be guessed")
    parser.add_argument("--list", action="store_true", help="name what the figures count")
    given = parser.parse_args(arguments)
    root = Path(__file__).resolve().parents[1]
    if given.paths:
        print("\n".join(sampled(root, given.paths)))
        return 0
    for row in figures(root):
        print(f"{row.name:48} {row.value}")
    if given.list:
        modules = read_modules(root, tracked(root))
        print("\nclasses:", *doubled(modules), "\ncircles:", *circles(uses(modules)), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
