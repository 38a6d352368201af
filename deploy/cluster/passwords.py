"""The secrets of one cluster: made once, kept in a file that only its owner reads."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

BYTES = 32


@dataclass(frozen=True, slots=True)
class Passwords:
    """`link` signs links to files, the same in all replicas."""

    postgres: str = field(repr=False)
    redis: str = field(repr=False)
    link: str = field(repr=False)


def kept_passwords(file: Path) -> Passwords:
    """Those in the file; new ones where there is none."""
    if not file.exists():
        write_private(file, json.dumps(asdict(Passwords(*(secrets.token_hex(BYTES) for _ in range(3))))))
    return Passwords(**json.loads(file.read_text(encoding="utf-8")))


def write_private(file: Path, text: str) -> None:
    """Mode 0600, and whole or not there at all."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
    draft.replace(file)
