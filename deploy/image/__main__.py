"""`python -m deploy.image --env FOLDER --fonts FOLDER`: fills an image that is being built.

Fonts that cannot be had end the build, where a set-up on a person's machine would go on without them.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bootstrap.assets import fetch_fonts
from bootstrap.make_environment import make_environment, uv_environment
from bootstrap.pip_settings import machine_settings
from bootstrap.run_programs import SetUpFailed, say
from bootstrap.uv import find_uv
from deploy.image.lock import runtime_lock

ROOT = Path(__file__).resolve().parents[2]
DOWNLOAD_MB = 140


def fill(environment: Path, fonts: Path, also: list[str]) -> None:
    """Raises `SetUpFailed`, `ValueError`, `OSError`."""
    pip = machine_settings()
    with tempfile.TemporaryDirectory(prefix="mangaka-image-") as folder:
        work, lock = Path(folder), Path(folder) / "requirements.lock"
        lock.write_text(runtime_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"), also), encoding="utf-8")
        make_environment(lock, environment, work, pip=pip, megabytes=DOWNLOAD_MB)
        env = uv_environment(pip)
        if reason := fetch_fonts(ROOT, fonts, work, pip=pip, uv=find_uv(work, env), uv_env=env):
            raise SetUpFailed(f"the lettering faces cannot be had: {reason}")


def main() -> int:
    """Exit code: 0 done, 1 with one line that says why."""
    parser = argparse.ArgumentParser(prog="deploy.image")
    parser.add_argument("--env", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--also", default="", help="further packages of the lock, as `langchain,langchain-openai`")
    told = parser.parse_args()
    try:
        fill(told.env, told.fonts, [name for name in told.also.split(",") if name])
    except (SetUpFailed, ValueError, OSError) as failure:
        say(str(failure))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
