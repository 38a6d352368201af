"""Gold: what a careful reader finds in the stories of `evals/stories`, as values that are checked against the text.

`load("ja_name")` reads `stories/ja_name.txt` and `stories/gold/ja_name.yaml`. All offsets are code points of
`Story.body`: the text below the title, with ruby mark-up read. Raises `GoldWrong` when anything is not where it says.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from evals.gold_checks import CLOSING, DASH, OPENING, problems
from evals.gold_values import SPOKEN, Event, Gold, Person, Quote, Scene

__all__ = [
    "CLOSING", "DASH", "OPENING", "SPOKEN", "Event", "Gold", "GoldWrong", "Person", "Quote", "Scene", "Story",
    "gold_path", "load", "names", "parted", "problems", "schema", "schema_text",
]  # fmt: skip

STORIES: Final = Path(__file__).parent / "stories"
RUBY: Final = re.compile(r"｜([^｜《》\n]+)《[^《》\n]+》|([々一-鿿]+)《[^《》\n]+》")


class GoldWrong(ValueError):
    """The annotations do not fit their story. Says every place."""


@dataclass(frozen=True, slots=True)
class Story:
    """`raw` is what an author would send, title and ruby mark-up in it; `body` is what the gold counts in."""

    name: str
    raw: str
    body: str
    gold: Gold

    def scene_at(self, position: int) -> Scene:
        """The scene that holds a code point of the body."""
        scenes = self.gold.scenes
        return next((scene for scene in reversed(scenes) if scene.at[0] <= position), scenes[0])


def names(root: Path = STORIES) -> tuple[str, ...]:
    """All stories that have gold, in alphabetical order."""
    return tuple(sorted(path.stem for path in (root / "gold").glob("*.yaml")))


def load(name: str, root: Path = STORIES) -> Story:
    """One story with its gold, checked. Raises GoldWrong; FileNotFoundError for a name that is not there."""
    raw = (root / f"{name}.txt").read_text(encoding="utf-8")
    gold = Gold.of(yaml.safe_load(gold_path(name, root).read_text(encoding="utf-8")))
    title, body = parted(raw)
    found = problems(title, body, gold)
    if found:
        raise GoldWrong(f"{name}: " + "; ".join(found))
    return Story(name, raw, body, gold)


def gold_path(name: str, root: Path = STORIES) -> Path:
    return root / "gold" / f"{name}.yaml"


def parted(raw: str) -> tuple[str, str]:
    """Title and body of a story's file: one line, an empty line, the story. Ruby readings are left out."""
    title, _, body = raw.partition("\n\n")
    return title, RUBY.sub(lambda m: m.group(1) or m.group(2), body).rstrip("\n")


def schema() -> Mapping[str, Any]:
    """The JSON schema of a gold file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Gold.model_json_schema()}


def schema_text() -> str:
    """What stands in `stories/gold/schema.json`."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
