"""Loads the package's own data files. Nothing else is read or written here."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from manga.read_yaml import read_yaml

FOLDER = Path(__file__).parent


@cache
def load_yaml(name: str) -> Mapping[str, Any]:
    """One file written by people; callers must not change it."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    data: Mapping[str, Any] = read_yaml(text)
    return data


@cache
def load_json(name: str) -> Mapping[str, Any]:
    """One file made by a tool; callers must not change it."""
    data: Mapping[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return data
