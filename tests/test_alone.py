"""A clone stands alone: nothing reads above its root, and no test is left out for want of anything but a browser."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.test_house_rules import ROOT, SOURCE, TEXT, files, text

OUTSIDE: Final = ("../" + "shared", "/" + "work/", "/" + "root/wt")
"""Folders of the machines that this is written on."""

BROWSER: Final = {"tests/end_to_end/browsing.py", "tests/end_to_end/test_studio_e2e.py"}
RIGHTS: Final = {
    "mounts a file system",
    "only root can become another user",
    "needs root, to become nobody",
    "root may write everywhere",
    "this checkout, its packages or Python are closed to other users",
    "user namespaces are forbidden here",
    "no namespace to forbid namespaces in",
    "no small disk can be mounted here",
    "this system has no /proc to look for open ports in",
    "this system has no /proc to read environments from",
    "nothing of it was sent before",
}
"""What this user may not do, or this kernel cannot; nothing that somebody could install."""


class Climbs(ast.NodeVisitor):
    """How many folders an expression goes up from its own file; `above` holds the lines that go above the root."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.names: dict[str, int] = {}
        self.above: list[int] = []

    def visit_Assign(self, node: ast.Assign) -> None:
        self._named(node.targets[0], node.value)
        self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._named(node.target, node.value)
        if node.value:
            self.visit(node.value)

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.expr) and (self.ups(node) or 0) > self.depth:
            self.above.append(node.lineno)
        else:
            super().generic_visit(node)

    def ups(self, node: ast.expr) -> int | None:
        """None for what is no path from a file of ours. A constant in capitals from elsewhere counts as the root."""
        below, more = None, 0
        match node:
            case ast.Call(func=ast.Name(id="Path" | "FilePath"), args=[ast.Name(id="__file__"), *_]):
                return 0
            case ast.Name(id=name):
                return self.names.get(name, self.depth if name in {"ROOT", "CHECKOUT"} else None)
            case ast.Call(func=ast.Attribute(value=inner, attr="resolve" | "absolute")):
                below = self.ups(inner)
            case ast.Attribute(value=inner, attr="parent"):
                below, more = self.ups(inner), 1
            case ast.Subscript(value=ast.Attribute(value=inner, attr="parents"), slice=ast.Constant(value=int(count))):
                below, more = self.ups(inner), count + 1
            case ast.BinOp(left=inner, op=ast.Div(), right=ast.Constant(value=str(down))):
                below, more = self.ups(inner), sum(1 if part == ".." else -1 for part in down.split("/"))
        return None if below is None else below + more

    def _named(self, target: ast.expr, value: ast.expr | None) -> None:
        found = self.ups(value) if value else None
        if isinstance(target, ast.Name) and found is not None:
            self.names[target.id] = found


def above_the_root(code: str, name: str) -> list[int]:
    """Lines of a file (its name relative to the root) that go above the root."""
    if not any(word in code for word in ("__file__", "ROOT", "CHECKOUT")):  # no path of ours begins otherwise
        return []
    found = Climbs(len(Path(name).parts))
    found.visit(ast.parse(code))
    return found.above


def left_out(code: str) -> Iterator[str]:
    """Every reason for which a test of a file may be left out."""
    for node in ast.walk(ast.parse(code)) if "skip" in code else ():
        match node:
            case ast.Call(func=ast.Attribute(attr="skipif" | "skip" | "importorskip" as how)):
                reasons = [word.value for word in node.keywords if word.arg == "reason"]
                yield from (_words(reason) for reason in reasons or node.args[:1] or [ast.Constant(value=how)])


def _words(reason: ast.expr) -> str:
    return reason.value if isinstance(reason, ast.Constant) and isinstance(reason.value, str) else ast.unparse(reason)


def test_nothing_reads_above_the_root() -> None:
    above = {str(file): lines for file in files({".py"}) if (lines := above_the_root(text(file), str(file)))}
    assert above == {}


def test_no_file_names_a_folder_outside() -> None:
    named = {str(file) for file in files(SOURCE | TEXT) for folder in OUTSIDE if folder in text(file)}
    assert named == set()


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("from pathlib import Path\nX = Path(__file__).parents[3] / 'shared'", [2]),
        ("X = Path(__file__).resolve().parent.parent.parent.parent", [1]),
        ("HERE = Path(__file__).parents[1]\nX = HERE.parent\nY = X / '..' / 'a'", [3]),
        ("X: Final = Path(__file__).parents[2].parent", [1]),
        ("X = ROOT.parent / 'shared'", [1]),
        ("X = Path(__file__).parents[2] / 'docs'\nY = X.parent", []),
        ("X = tmp_path.parents[7]", []),
    ],
)
def test_a_path_that_goes_above_the_root_is_found(code: str, lines: list[int]) -> None:
    assert above_the_root(code, "tests/drawing/test_x.py") == lines


def test_nothing_but_a_browser_may_be_absent() -> None:
    reasons = {str(file): set(left_out(text(file))) for file in files({".py"}) if file.parts[0] == "tests"}
    absent = {name: found - RIGHTS for name, found in reasons.items() if name not in BROWSER and found - RIGHTS}
    assert absent == {}


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("@pytest.mark.skipif(not A.is_dir(), reason='no stories')\ndef test_x() -> None: ...", {"no stories"}),
        ("def test_x() -> None:\n    pytest.skip(f'no {host}')", {"f'no {host}'"}),
        ("x = pytest.importorskip('playwright')", {"playwright"}),
        ("assert skip", set()),
    ],
)
def test_a_test_that_is_left_out_is_found(code: str, reasons: set[str]) -> None:
    assert set(left_out(code)) == reasons


def test_every_reason_is_still_needed() -> None:
    used: Mapping[str, set[str]] = {str(f): set(left_out(text(f))) for f in files({".py"}) if f.parts[0] == "tests"}
    assert set().union(*used.values()) >= RIGHTS
    assert all((ROOT / name).is_file() for name in BROWSER)
