"""`python -m bootstrap`, started by `bootstrap/ready`: environment and fonts under one lock, each stamped when done."""

import argparse
import fcntl
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bootstrap.assets import faces_state, fetch_fonts
from bootstrap.make_environment import make_environment, uv_environment
from bootstrap.pip_settings import Settings, machine_settings
from bootstrap.run_programs import SetUpFailed, host_name, musl_line, say
from bootstrap.uv import find_uv

DOWNLOAD_MB = 165


class Places(argparse.Namespace):
    """Where everything goes; `stamp` names the state of the locks that it must match."""

    root: Path
    env: Path
    fonts: Path
    work: Path
    stamp: str
    again: bool


def parse(arguments: Sequence[str]) -> Places:
    """The command line that `ready` writes."""
    parser = argparse.ArgumentParser(prog="bootstrap")
    for name in ("root", "env", "fonts", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--stamp", required=True)
    parser.add_argument("--again", action="store_true")
    return parser.parse_args(arguments, namespace=Places())


@contextmanager
def alone(work: Path) -> Iterator[None]:
    """One set-up at a time; a second one waits and then finds everything done."""
    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def stamped(file: Path, stamp: str) -> bool:
    """Whether the folder of this stamp was finished for the present locks."""
    return file.exists() and file.read_text(encoding="utf-8").strip() == stamp


def set_up(places: Places) -> None:
    """Do what is not done yet."""
    if line := musl_line(host_name()):
        raise SetUpFailed(line)
    pip = machine_settings()
    with alone(places.work):
        done = places.env / ".stamp"
        if not stamped(done, places.stamp):
            make_environment(places.root / "requirements.lock", places.env, places.work, pip=pip, megabytes=DOWNLOAD_MB)
        letter(places, pip)
        done.write_text(places.stamp + "\n", encoding="utf-8")


def letter(places: Places, pip: Settings) -> None:
    """Fonts, once for each state of the lock; what could not be had is tried again when asked."""
    stamp, degraded, state = places.fonts / ".stamp", places.fonts / ".degraded", faces_state(places.root)
    if stamped(stamp, state) and not (degraded.exists() and places.again):
        return
    env = uv_environment(pip)
    reason = fetch_fonts(places.root, places.fonts, places.work, pip=pip, uv=find_uv(places.work, env), uv_env=env)
    places.fonts.mkdir(parents=True, exist_ok=True)
    degraded.unlink(missing_ok=True)
    if reason:
        degraded.write_text(reason + "\n", encoding="utf-8")
        say(
            f"warning: the lettering faces and the studio's modules cannot be had ({reason});"
            " pages use gothic; `make setup` tries again"
        )
    stamp.write_text(state + "\n", encoding="utf-8")


def main() -> int:
    """Exit code: 0 done, 1 with one line that says why."""
    try:
        set_up(parse(sys.argv[1:]))
    except SetUpFailed as failure:
        say(str(failure))
    except OSError as failure:
        say(f"set-up stopped: {failure}; check that the folder is writable and the disk has 1 GB left")
    except KeyboardInterrupt:
        say("set-up stopped; the next run goes on where it was")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
