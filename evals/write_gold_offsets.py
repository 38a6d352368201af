"""`python -m evals.write_gold_offsets NAME...`: writes the offsets of a gold file whose words are there.

Anchors of scenes and events, and the texts of quotes, are looked for in the order of their lists, each behind the one
before. A quote that stands in quotation marks is looked for behind a mark, so that a word that is also told is not
taken for it. Anchors of things, of what is held and of what must never be seen must stand in the story once.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from evals.read_gold import CLOSING, DASH, OPENING, STORIES, Gold, GoldWrong, gold_path, parted, schema_text
from manga.read_yaml import read_yaml

Found = dict[str, Any]


class Dumper(yaml.SafeDumper):
    """Writes what a person reads: one person, scene, event or quote on a line."""


class OneLine(dict[str, Any]):
    """A mapping that is written on one line."""


Dumper.add_representer(OneLine, lambda dumper, one: dumper.represent_mapping("tag:yaml.org,2002:map", one, True))
Dumper.add_representer(tuple, lambda dumper, many: dumper.represent_sequence("tag:yaml.org,2002:seq", many, True))


def placed(body: str, loose: Mapping[str, Any]) -> Gold:
    """Gold from a mapping whose `at` may be missing or old. Raises GoldWrong for words that the story has not."""
    whole = dict(loose)
    for label, words, fits in (
        ("scenes", "anchor", anywhere),
        ("events", "anchor", anywhere),
        ("quotes", "text", in_marks),
        ("unmarked", "text", anywhere),
    ):
        whole[label] = in_order(body, whole.get(label) or (), words, fits)
    for label in ("things", "held", "never"):
        whole[label] = [anywhere_placed(body, one) for one in whole.get(label) or ()]
    return Gold.of(whole)


def anywhere_placed(body: str, one: Mapping[str, Any]) -> Found:
    """A mapping with its `at`, and `until_at` behind it. An anchor must stand once; the end is the first one behind.

    Raises GoldWrong.
    """
    anchor, until = one["anchor"], one.get("until")
    if body.count(anchor) != 1:
        raise GoldWrong(f"{anchor[:40]!r} stands {body.count(anchor)} times in the story, it must be once")
    start = body.find(anchor)
    found: Found = {**one, "at": (start, start + len(anchor))}
    if until is not None:
        end = body.find(until, start)
        if end < 0:
            raise GoldWrong(f"{until[:40]!r} is not in the story behind {start}")
        found["until_at"] = (end, end + len(until))
    return found


def in_order(
    body: str, many: Iterable[Mapping[str, Any]], words: str, fits: Callable[[str, int, int], bool]
) -> list[Found]:
    """Each mapping with its `at`, searched from the end of the one before (anchors may overlap: from its start)."""
    found: list[Found] = []
    start = 0
    for one in many:
        text = one[words]
        place = body.find(text, start)
        while place >= 0 and not fits(body, place, place + len(text)):
            place = body.find(text, place + 1)
        if place < 0:
            raise GoldWrong(f"{text[:40]!r} is not in the story behind {start}")
        found.append({**one, "at": (place, place + len(text))})
        start = place + (len(text) if words == "text" else 1)
    return found


def anywhere(_body: str, _start: int, _end: int) -> bool:
    return True


def in_marks(body: str, start: int, end: int) -> bool:
    """Whether a quotation may begin here: behind a mark and before one, or on a line that a dash opens."""
    line = body[body.rfind("\n", 0, start) + 1 : start]
    after = body[end : end + 1]
    closed = after in (*CLOSING, "’", '"', "）", "\n", "")
    return line.startswith(DASH) or (closed and body[start - 1 : start] in (*OPENING, '"', "（"))


def written(gold: Gold) -> str:
    """The file's content, the same for the same gold."""
    whole = gold.model_dump(mode="json", exclude_defaults=True)
    shown = {label: lines(value) for label, value in whole.items()}
    return yaml.dump(shown, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def lines(value: object) -> object:
    if not isinstance(value, list):
        return value
    return [OneLine(one) for one in value] if value and isinstance(value[0], dict) else tuple(value)


def place(name: str, root: Path = STORIES) -> Gold:
    """Rewrites one gold file with its offsets."""
    path = gold_path(name, root)
    _, body = parted((root / f"{name}.txt").read_text(encoding="utf-8"))
    gold = placed(body, read_yaml(path.read_text(encoding="utf-8")))
    path.write_text(written(gold), encoding="utf-8")
    return gold


def main(names: Iterable[str], root: Path = STORIES) -> int:
    """Places every story named and writes the schema. Exit code 1 when words are missing.

    `pool/name` is a story of the pool, a folder under `root`.
    """
    (root / "gold" / "schema.json").write_text(schema_text(), encoding="utf-8")
    for path in names:
        folder, _, name = path.rpartition("/")
        try:
            gold = place(name, root / folder)
        except GoldWrong as wrong:
            sys.stdout.write(f"{name}: {wrong}\n")
            return 1
        sys.stdout.write(f"{name}: {len(gold.events)} events, {len(gold.quotes)} quotes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
