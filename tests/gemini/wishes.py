"""Wishes in the block of a question, and how a model says that it cannot carry one out."""

import re

from manga.errors import WishRefused
from manga.revision import Wish
from tests.gemini.wire import Json

_KEY = re.compile(r"[bg]\d+(\+\d+)?")


def wishes_in(inputs: Json) -> tuple[Wish, ...]:
    """As the block has them; what an editor has found, each after a key, is carried out as wishes are."""
    said = zip(inputs.get("instructions", ()), map(tuple, inputs.get("scopes", ())), strict=True)
    found = (fault.partition(": ") for fault in inputs.get("faults", ()))
    return (*said, *((fault, (key,)) for key, _, fault in found if _KEY.fullmatch(key)))


def refusal(error: WishRefused) -> Json:
    """What a model says of a wish that cannot be carried out."""
    return {"refused": [{"wish": error.wish, "reason": error.message, "kept": error.kept}]}
