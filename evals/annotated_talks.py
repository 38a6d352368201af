"""Annotated talks, speakers written behind each quote, on which the Japanese reader's weights were found.

`load("ja_name")` reads `talks/ja_name.txt`. Lines `# name other_name ...` before the title say who answers to which
names; `「…」{name}` says who speaks, `{one/other}` that the text leaves open who of them does.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TALKS: Final = Path(__file__).parent / "talks"
SPEAKER: Final = re.compile(r"\{([^}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """The words between the marks, half open in code points of the talk's text, and all names of who may speak them."""

    start: int
    end: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """`text` is what an author would send, title first."""

    name: str
    text: str
    said: tuple[Said, ...]


def names(root: Path = TALKS) -> tuple[str, ...]:
    """All talks in alphabetical order."""
    return tuple(sorted(path.stem for path in root.glob("*.txt")))


def load(name: str, root: Path = TALKS) -> Talk:
    """Raises FileNotFoundError for a name that is not there, ValueError for a speaker behind no quote."""
    lines = (root / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    heads = [line for line in lines if line.startswith("# ")]
    also = {words[1]: tuple(words[2:]) for words in map(str.split, heads)}
    marked = "\n".join(lines[len(heads) :])
    text, said, last = "", [], 0
    for match in SPEAKER.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if not text.endswith("」"):
            raise ValueError(f"{name}: {match.group()} stands behind no quote")
        by = [alias for one in match.group(1).split("/") for alias in (one, *also.get(one, ()))]
        said.append(Said(text.rindex("「") + 1, len(text) - 1, tuple(by)))
    return Talk(name, text + marked[last:], tuple(said))
