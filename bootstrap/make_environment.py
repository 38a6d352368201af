"""Makes an environment: a folder with Python and exactly the packages of a lock, checked by hash."""

import os
import sys
import time
from pathlib import Path

from bootstrap.pip_settings import Settings, for_uv
from bootstrap.run_programs import SetUpFailed, count_packages, run, say
from bootstrap.uv import find_uv

REMEDY = "check the network, the disk and pip's index settings, then run again"


def uv_environment(pip: Settings) -> dict[str, str]:
    """This process's variables with pip's settings as uv spells them; uv never brings a Python of its own."""
    own = {
        key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONSAFEPATH", "VIRTUAL_ENV"}
    }
    return own | for_uv(pip, os.environ) | {"UV_PYTHON_DOWNLOADS": "never"}


def make_environment(lock: Path, place: Path, work: Path, *, pip: Settings, megabytes: int) -> None:
    """Bring the environment at `place` to what the lock says. One without a stamp was never finished: start anew."""
    env = uv_environment(pip)
    uv = find_uv(work, env)
    packages = count_packages(lock.read_text(encoding="utf-8"))
    stamp = place / ".stamp"
    started = time.monotonic()
    say(f"fetching {packages} packages (about {megabytes} MB, less what is cached) ...")
    try:
        if not stamp.exists() or not (place / "bin/python").exists():
            _new(uv, place, env)
        stamp.unlink(missing_ok=True)
        run(
            [uv, "pip", "sync", "--quiet", "--python", place / "bin/python", "--require-hashes", lock],
            env=env,
            cwd=work,
        )
    except SetUpFailed as failure:
        raise SetUpFailed(f"the packages cannot be installed: {failure}; {REMEDY}") from None
    say(f"environment ready in {place} after {time.monotonic() - started:.0f} s")


def _new(uv: Path, place: Path, env: dict[str, str]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    clear = ["--clear"] if place.exists() else []
    run([uv, "venv", "--quiet", "--no-project", *clear, "--python", sys.executable, place], env=env, cwd=place.parent)
