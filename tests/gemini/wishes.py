"""Wishes in the block of a question, and how a model says that it cannot carry one out."""

from manga.errors import WishRefused
from manga.revision import Wish
from tests.gemini.wire import Json


def wishes_in(inputs: Json) -> tuple[Wish, ...]:
    """As the block has them."""
    return tuple(zip(inputs.get("instructions", ()), map(tuple, inputs.get("scopes", ())), strict=True))


def refusal(error: WishRefused) -> Json:
    """What a model says of a wish that cannot be carried out."""
    return {"refused": [{"wish": error.wish, "reason": error.message, "kept": error.kept}]}
