"""The image: what goes in, as whom it runs, and which packages it has."""

import re
import subprocess
import tomllib
from fnmatch import fnmatch
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.image.lock import entries, runtime_lock
from manga.read_yaml import read_yaml
from tests.deploy.files import ROOT, instructions
from tests.test_house_rules import FLOORS

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
TOOLS = {"pytest", "pytest-xdist", "mypy", "ruff", "hypothesis", "schemathesis", "import-linter", "langchain-openai"}


def final() -> list[tuple[str, str]]:
    """The last stage."""
    found = instructions()
    begin = max(index for index, (name, _) in enumerate(found) if name == "FROM")
    return found[begin:]


def copied(stage: list[tuple[str, str]]) -> list[str]:
    """What is taken from the checkout."""
    return [
        source.rstrip("/")
        for name, words in stage
        if name == "COPY" and "--from" not in words
        for source in words.split()[:-1]
    ]


def is_sent(path: str) -> bool:
    """Does `.dockerignore` let the builder have it? The last rule that fits counts."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        rule = line.strip()
        if not rule or rule.startswith("#"):
            continue
        pattern = rule.removeprefix("!").removeprefix("**/")
        parts = [str(part) for part in (Path(path), *Path(path).parents)][:-1]
        if any(fnmatch(part, pattern) or ("**/" in rule and fnmatch(Path(part).name, pattern)) for part in parts):
            sent = rule.startswith("!")
    return sent


def test_everything_that_is_copied_is_there_and_is_sent() -> None:
    for source in copied(instructions()):
        assert list(ROOT.glob(source.rstrip("/"))), source
        assert all(is_sent(str(path.relative_to(ROOT))) for path in ROOT.glob(source.rstrip("/"))), source


@pytest.mark.parametrize(
    "path", [".env", "out/book.pdf", ".git/config", "tests/conftest.py", "server/.env", "works/__pycache__/a.pyc"]
)
def test_nothing_else_is_sent(path: str) -> None:
    assert not is_sent(path)


def test_every_floor_of_the_house_is_in_it_and_no_test() -> None:
    assert set(FLOORS) <= set(copied(final()))
    assert not {"tests", "evals", "benchmarks"} & set(copied(final()))


def test_it_runs_as_nobody_special_and_says_so_by_number() -> None:
    users = [words for name, words in final() if name == "USER"]
    assert users == ["10001:10001"]
    assert next(name for name, _ in reversed(final()) if name in ("USER", "RUN", "COPY")) == "USER"


def test_bases_have_a_version_and_can_come_from_a_mirror() -> None:
    bases = [words.split()[0] for name, words in instructions() if name == "FROM"]
    assert set(bases) == {"${PYTHON_IMAGE}"}
    default = next(words for name, words in instructions() if name == "ARG" and words.startswith("PYTHON_IMAGE="))
    assert re.fullmatch(r"PYTHON_IMAGE=python:3\.1[1-4]-slim", default)


def test_no_secret_stays_in_a_layer() -> None:
    for name, words in instructions():
        assert name != "ADD"
        assert not (name in ("ARG", "ENV") and re.search(r"(?i)key|secret|password|token|index_url", words)), words


def test_its_command_is_the_checkouts() -> None:
    ours, checkout = ((ROOT / name).read_text(encoding="utf-8") for name in ("deploy/image/mangaka", "mangaka"))
    program = re.compile(r"-c '(.*)' \"\$@\"")
    assert program.findall(ours) == program.findall(checkout) != []
    assert (ROOT / "deploy/image/mangaka").stat().st_mode & 0o111
    entry = next(words for name, words in final() if name == "ENTRYPOINT")
    assert read_yaml(entry) == ["mangaka"]
    subprocess.run(["sh", "-n", str(ROOT / "deploy/image/mangaka")], check=True)


def test_its_packages_are_those_of_the_lock_with_their_hashes_and_no_tools() -> None:
    found = runtime_lock(LOCK)
    assert set(found.splitlines()) <= set(LOCK.splitlines())
    names = entries(found).keys()
    assert not names & TOOLS
    assert all("--hash=sha256:" in "".join(lines) for lines in entries(found).values())
    assert 60 < len(names) < len(entries(LOCK))


def test_every_package_finds_what_it_needs() -> None:
    names = {canonicalize_name(name) for name in entries(runtime_lock(LOCK))}
    names |= set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["exclude-dependencies"])
    here = {name: lines[0] for name, lines in entries(runtime_lock(LOCK)).items()}
    for name, line in here.items():
        marker = line.partition(";")[2].strip(" \\")
        if marker and not Requirement(f"x; {marker}").marker.evaluate():  # type: ignore[union-attr]
            continue  # for other systems
        for text in requires(name) or ():
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert canonicalize_name(needed.name) in names, f"{name} needs {text}"


def test_further_packages_come_with_what_they_need() -> None:
    more = entries(runtime_lock(LOCK, ["langchain-openai"])).keys() - entries(runtime_lock(LOCK)).keys()
    assert {"langchain-openai", "openai"} <= more
    assert not more & TOOLS - {"langchain-openai"}
    with pytest.raises(ValueError, match="no-such-package"):
        runtime_lock(LOCK, ["no-such-package"])
