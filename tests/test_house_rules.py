"""The rules of the house that no linter knows. Each failure names the file and the rule."""

import ast
import importlib.util
import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from benchmarks.structure import Module, circles, doubled, read_modules, statements, tracked, uses
from manga.phases import Phase

ROOT = Path(__file__).resolve().parent.parent
FLOORS = (
    "manga", "drawing", "prompts", "providers", "offline", "storage", "agents", "editing", "calls", "graph", "works",
    "server", "cli",
)  # fmt: skip
PACKAGES = (*FLOORS, "evals", "benchmarks", "bootstrap", "deploy")
NOT_OURS = {
    ".git", ".venv", ".boot", "node_modules", "out", "fonts", "browser", "__pycache__",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".langgraph_api",
}  # fmt: skip
SOURCE = {".py", ".sh", ".sql", ".js", ".ts", ".css", ".html"}
TEXT = SOURCE | {"", ".md", ".toml", ".lock", ".json", ".yaml", ".yml", ".txt", ".example", ".npmrc"}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E)\b")
REGISTRY = re.compile(r"https?://[^/\s]*(?:pypi|npm[j]s|registry)|python[h]osted\.|npm[j]s\.(?:org|com)")


def files(suffixes: set[str]) -> Iterator[Path]:
    """Our own files, relative to the root."""
    for folder, names, found in os.walk(ROOT):
        names[:] = [name for name in names if name not in NOT_OURS]
        yield from (Path(folder, name).relative_to(ROOT) for name in found if Path(name).suffix in suffixes)


def text(file: Path) -> str:
    return (ROOT / file).read_text(encoding="utf-8", errors="replace")


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = statements(ast.parse(text(file)))
    return (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_source_file_is_over_400_lines() -> None:
    long = {str(file): lines for file in files(SOURCE) if (lines := len(text(file).splitlines())) > 400}
    assert long == {}


@pytest.fixture(scope="module")
def modules() -> tuple[Module, ...]:
    return read_modules(ROOT, tracked(ROOT))


def test_no_two_public_classes_of_a_floor_have_one_name(modules: tuple[Module, ...]) -> None:
    assert doubled(modules) == []


def test_no_two_files_import_each_other(modules: tuple[Module, ...]) -> None:
    assert circles(uses(modules)) == []


def test_no_function_is_over_60_lines() -> None:
    long = {
        f"{file}:{node.lineno} {node.name}": lines
        for file in files({".py"})
        for node in functions(file)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > 60
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [str(file) for file in files(SOURCE) if VAGUE_NAMES & set(file.stem.split("_"))]
    assert vague == []


def test_no_registry_address_is_in_the_repository() -> None:
    named = [str(file) for file in files(TEXT) if REGISTRY.search(text(file))]
    assert named == []


def test_nothing_is_left_for_later() -> None:
    unfinished = [str(file) for file in files(SOURCE) if UNFINISHED.search(text(file))]
    assert unfinished == []


@pytest.mark.parametrize("phase", [phase.value for phase in Phase])
def test_a_phase_has_its_agent_node_prompt_and_test(phase: str) -> None:
    wanted = (
        (f"agents/{phase}.py", f"agents/{phase}/agent.py"),
        (f"graph/nodes/{phase}.py",),
        (f"prompts/{phase}.md",),
        (f"tests/agents/test_{phase}.py", f"tests/agents/{phase}/test_agent.py"),
    )
    assert [names for names in wanted if not any((ROOT / name).is_file() for name in names)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_ours_and_not_another_of_that_name(package: str) -> None:
    found = importlib.util.find_spec(package)
    assert found is not None, package
    assert found.origin is not None, f"{package} has no __init__.py"
    assert Path(found.origin).resolve().is_relative_to(ROOT), f"{package} comes from {found.origin}"


def test_every_setting_is_in_the_example_file() -> None:
    named = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", text(Path(".env.example")), flags=re.MULTILINE))
    for file in files({".py"}):
        if file.name == "settings.py" and file.parts[0] in FLOORS:
            import_module(".".join(file.with_suffix("").parts))
    ours = [kind for kind in BaseSettings.__subclasses__() if kind.__module__.split(".")[0] in FLOORS]
    wanted = {
        f"{kind.model_config.get('env_prefix', '')}{field}".upper() for kind in ours for field in kind.model_fields
    }
    assert wanted - named == set()
