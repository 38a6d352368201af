"""`bootstrap/ready` and the launcher, in a small checkout whose Python only says that it was called."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def program(file: Path, script: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def box() -> Iterator[Path]:
    """A folder that `nobody` may read, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="mangaka-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder).resolve()


@pytest.fixture
def checkout(box: Path) -> Path:
    """A project folder with a PATH of a few programs."""
    root = box / "project"
    shutil.copytree(ROOT / "bootstrap", root / "bootstrap", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mangaka", root / "mangaka")
    (root / "mangaka").chmod(0o755)
    (root / "assets").mkdir()
    (root / "assets/package-lock.json").write_text("{}")
    (root / "requirements.lock").write_text("a==1\n")
    for name in ("sh", "cat", "cksum", "dirname", "uname", "id", "mkdir", "readlink"):
        found = shutil.which(name)
        assert found, name
        (box / "bin").mkdir(exist_ok=True)
        (box / "bin" / name).symlink_to(Path(found).resolve())
    program(box / "bin/python3", 'case $* in *bootstrap*) echo "called $*" >&2 ;; esac')
    return root


Ready = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ready(checkout: Path) -> Ready:
    """Runs the checkout's `ready` with nothing but the given variables."""

    def call(*prefix: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        env = {"PATH": str(checkout.parent / "bin"), **variables}
        command = [*prefix, str(checkout / "bootstrap/ready")]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    return call


def finish(checkout: Path) -> Path:
    """What a set-up leaves behind."""
    locks = [
        checkout / "requirements.lock",
        *sorted((checkout / "bootstrap").glob("*.py")),
        checkout / "assets/package-lock.json",
    ]
    content = b"".join(lock.read_bytes() for lock in locks)
    stamp = subprocess.run(["cksum"], input=content, capture_output=True, check=True).stdout.decode()
    python = program(checkout / ".venv/bin/python", 'echo "python $*"; exit 7')
    (checkout / ".venv/.stamp").write_text(stamp)
    (checkout / "assets/fonts").mkdir()
    (checkout / "assets/fonts/.stamp").write_text("any\n")
    return python


def test_the_first_run_sets_up_in_the_checkout(checkout: Path, ready: Ready, box: Path) -> None:
    answer = ready(HOME=str(box))
    assert answer.stdout == f"{checkout}/.venv/bin/python\n"
    assert f"--env {checkout}/.venv --fonts {checkout}/assets/fonts --work {checkout}/.boot" in answer.stderr


def test_a_second_run_starts_no_set_up(checkout: Path, ready: Ready, box: Path) -> None:
    python = finish(checkout)
    answer = ready(HOME=str(box))
    assert (answer.stdout, answer.stderr) == (f"{python}\n", "")


def test_a_changed_lock_starts_the_set_up(checkout: Path, ready: Ready, box: Path) -> None:
    finish(checkout)
    (checkout / "requirements.lock").write_text("a==2\n")
    assert "called -B -m bootstrap" in ready(HOME=str(box)).stderr


def test_an_old_python_is_one_line(checkout: Path, ready: Ready, box: Path) -> None:
    program(box / "bin/python3", '[ "$1" = -V ] && echo Python 3.9.2 && exit; exit 1')
    answer = ready(HOME=str(box))
    assert answer.returncode == 1
    assert answer.stderr.startswith("mangaka: needs Python 3.11 to 3.14 (Python 3.9.2)")
    assert answer.stderr.count("\n") == 1


def test_a_newer_python_beside_an_old_one_is_found(checkout: Path, ready: Ready, box: Path) -> None:
    program(box / "bin/python3", "exit 1")
    program(box / "bin/python3.12", 'case $* in *bootstrap*) echo "called 3.12" >&2 ;; esac')
    assert "called 3.12" in ready(HOME=str(box)).stderr


def test_an_unset_home_is_taken_from_the_user_database(checkout: Path, ready: Ready) -> None:
    answer = ready()
    assert answer.stderr.startswith("mangaka: HOME is not set; using /")


def test_a_home_that_cannot_be_written_is_one_line_unless_a_data_folder_is_named(
    checkout: Path, ready: Ready, box: Path
) -> None:
    answer = ready(HOME="/dev/null/home")
    assert answer.returncode == 1
    assert "HOME (/dev/null/home) is not writable" in answer.stderr
    assert "set HOME or MANGA_HOME" in answer.stderr
    assert ready(HOME="/dev/null/home", MANGA_HOME=str(box / "data")).returncode == 0


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("setpriv"), reason="needs root, to become nobody")
def test_a_read_only_checkout_has_its_environment_in_the_data_folder(checkout: Path, ready: Ready) -> None:
    data = checkout.parent / "data"
    data.mkdir()
    data.chmod(0o777)
    nobody = (str(shutil.which("setpriv")), "--reuid", "65534", "--clear-groups")
    answer = ready(*nobody, HOME=str(data))
    assert answer.returncode == 0, answer.stderr
    assert f"{checkout} is read-only; the environment goes to {data}/.local/share/mangaka/env-" in answer.stderr
    assert f"--fonts {data}/.local/share/mangaka/fonts" in answer.stderr


def test_the_launcher_passes_arguments_and_exit_code(checkout: Path, box: Path) -> None:
    finish(checkout)
    link = box / "bin/mangaka"
    link.symlink_to(checkout / "mangaka")
    env = {"PATH": str(box / "bin"), "HOME": str(box)}
    answer = subprocess.run([link, "draw", "a story.txt"], env=env, capture_output=True, text=True, check=False)
    assert answer.returncode == 7
    assert answer.stdout.endswith("from cli.main import run; run() draw a story.txt\n")
