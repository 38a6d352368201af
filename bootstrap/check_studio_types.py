"""`python -m bootstrap.check_studio_types`: whether the studio's scripts keep the types that their comments name.

TypeScript reads the scripts and writes nothing. It and the types of the studio's modules come by the lock of the
assets into a folder beside the environment. Where they cannot be had, that is said, and nothing is checked.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from bootstrap.__main__ import alone, stamped
from bootstrap.assets import find_npm, install_packages
from bootstrap.make_environment import uv_environment
from bootstrap.pip_settings import machine_settings
from bootstrap.run_programs import SetUpFailed, say
from bootstrap.uv import find_uv

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".boot/types"


def fetch() -> list[str]:
    """Fills the folder where its lock has changed; the beginning of TypeScript's command. Raises `SetUpFailed`."""
    state = hashlib.sha256((ROOT / "assets/package-lock.json").read_bytes()).hexdigest()
    pip = machine_settings()
    env = uv_environment(pip)
    uv = find_uv(PLACE.parent, env)
    with alone(PLACE.parent):
        if not stamped(PLACE / ".stamp", state):
            install_packages(ROOT, PLACE, PLACE.parent, pip=pip, uv=uv, uv_env=env)
            (PLACE / ".stamp").write_text(state + "\n", encoding="utf-8")
        npm = find_npm(PLACE.parent, env, uv=uv, uv_env=env)
    node = "node" if len(npm) == 1 else npm[0]
    return [node, str(PLACE / "node_modules/typescript/bin/tsc")]


def config(scripts: Path) -> dict[str, object]:
    """Everything strict; a module's types are looked for where the lock put them."""
    options = {
        "allowJs": True, "checkJs": True, "noEmit": True, "strict": True, "skipLibCheck": True, "types": [],
        "target": "es2022", "module": "es2022", "moduleResolution": "bundler",
        "lib": ["es2023", "dom", "dom.iterable"], "paths": {"*": [str(PLACE / "node_modules/*")]},
    }  # fmt: skip
    return {"compilerOptions": options, "include": [str(scripts / "**/*.js")]}


def main(scripts: Path = ROOT / "server/studio") -> int:
    """Exit code: that of TypeScript, 0 where it cannot be had."""
    try:
        compiler = fetch()
    except (SetUpFailed, OSError) as failure:
        say(f"the types of the studio's scripts are not checked: {failure}")
        return 0
    file = PLACE / f"{hashlib.sha256(os.fsencode(scripts)).hexdigest()[:16]}.json"
    file.write_text(json.dumps(config(scripts)), encoding="utf-8")
    return subprocess.run([*compiler, "--project", file], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
