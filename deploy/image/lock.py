"""From the project's lock to the part that the product needs at work: no tests, no tools.

Each package in the lock says in comments (`# via`) who wants it; the product's own name stands there without a group.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

PRODUCT: Final = "mangaka-studio (pyproject.toml)"
_NAME: Final = re.compile(r"([a-z0-9][a-z0-9._-]*)==", re.IGNORECASE)


def entries(lock: str) -> dict[str, list[str]]:
    """The lines of each package, by its name."""
    found: dict[str, list[str]] = {}
    for line in lock.splitlines():
        if match := _NAME.match(line):
            found[match[1]] = [line]
        elif found and line.startswith(" "):
            found[next(reversed(found))].append(line)
    return found


def wanted_by(lines: list[str]) -> set[str]:
    """Who wants a package."""
    words = [line.strip().removeprefix("#").strip().removeprefix("via").strip() for line in lines if "#" in line]
    return {word for word in words if word}


def runtime_lock(lock: str, also: Collection[str] = ()) -> str:
    """The lines of what the product needs, with their hashes, and of the packages named in `also` with theirs.

    Raises ValueError for a package in `also` that is not in the lock.
    """
    packages = entries(lock)
    if unknown := set(also) - packages.keys():
        raise ValueError(f"the lock has no {', '.join(sorted(unknown))}")
    wants = {name: wanted_by(lines) for name, lines in packages.items()}
    kept = {name for name, by in wants.items() if PRODUCT in by} | set(also)
    while more := _needed(wants, kept):
        kept |= more
    return "".join(f"{line}\n" for name, lines in packages.items() if name in kept for line in lines)


def _needed(wants: Mapping[str, set[str]], kept: set[str]) -> set[str]:
    return {name for name, by in wants.items() if name not in kept and by & kept}
