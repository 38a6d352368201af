"""What a command was asked for, and everything that can be found wrong with it before anything is begun. Light."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.story import read_story
from manga.brief import Brief
from manga.errors import BriefRejected
from works.accept import brief_of
from works.delivery.book_folder import check_out

if TYPE_CHECKING:
    from graph.tariff import Tariff


@dataclass(frozen=True, slots=True)
class Speech:
    """How much is said, and in which form. `since` is when the command began."""

    quiet: bool = False
    as_json: bool = False
    since: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class DrawOrder:
    """What `draw` was asked for. `settings` are the wishes as the spec names them."""

    source: str
    out: Path
    settings: dict[str, Any]
    force: bool = False
    review: bool = False


def checked_brief(order: DrawOrder) -> Brief:
    """Reads the story and tries the folder. Raises `BriefRejected`, `NotFound`, `OutputRefused`, `DiskFull`."""
    text = read_story(order.source).text
    try:
        brief = brief_of({"text": text, "settings": order.settings, "feedback_mode": _mode(order)})
    except BriefRejected as error:
        raise _as_options(error) from error
    check_out(order.out)
    return brief


def settled_by_options(brief: Brief, tariff: "Tariff") -> Brief:
    """What options left open is chosen as the models cost. Raises `BriefRejected` in the words of the command line."""
    from works.estimate import settle_choices

    try:
        return settle_choices(brief, tariff)
    except BriefRejected as error:
        raise _as_options(error) from error


def _mode(order: DrawOrder) -> dict[str, Any]:
    """At a terminal nobody is hurried: a review waits."""
    return {"enabled": order.review, "on_timeout": "hold"}


def _as_options(error: BriefRejected) -> BriefRejected:
    """The same error in the words of the command line."""
    message, remedy = (_in_options(words) for words in (error.message, error.remedy))
    return BriefRejected(message, remedy=remedy.replace("send it again", "try again"), element=error.element)


def _in_options(words: str) -> str:
    for name, option in (("max_cost_usd", "max-cost"), ("max_images", "max-images")):
        words = words.replace(f"settings.{name}", f"--{option}").replace(name, f"--{option}")
    return words.replace("settings.", "--")
