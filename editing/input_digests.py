"""Digests of a phase's inputs: equal digest, equal result, no call. Values in, sha256 in hex out.

They are taken of whole JSON, in which fields that came after the first recorded works are left out at their defaults
(`manga.values`): works of older releases keep their digests, and with them all that was paid for (`tests/recorded`).
"""

import hashlib
import json

from manga.panel_brief import PanelBrief
from providers.base import SheetBrief


def canonical(data: object) -> bytes:
    """The one way in which a JSON value is written down here: sorted keys, no spaces, no NaN."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest_of(data: object) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def content_name(data: bytes) -> str:
    """The name of an object in the blob store: its content's own digest."""
    return hashlib.sha256(data).hexdigest()


def input_digest(phase: str, inputs: object, wishes: object = ()) -> str:
    """Of a phase: exactly the projection that it reads, and what was asked of it."""
    return digest_of({"phase": phase, "inputs": inputs, "wishes": wishes})


def panel_digest(brief: PanelBrief, model: str) -> str:
    """Of a picture: everything that it depends on, and the image model that draws it."""
    return digest_of({"model": model, "panel": brief.to_json()})


def sheet_digest(brief: SheetBrief, model: str) -> str:
    """Of a character sheet: everything that it depends on, and the image model that draws it."""
    return digest_of({"model": model, "sheet": brief.to_json()})
