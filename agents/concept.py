"""Phase 1: the story and the person's settings in, the concept of the book out.

What the settings say stands; the model chooses the rest. A story that one question does not hold is read in passages.
"""

from typing import Any

from agents.split_questions import fits, in_passages
from manga.brief import Language, Settings
from manga.concept import Concept
from manga.paper import Direction, Side
from manga.revision import UNREVISED, Revision
from manga.story_source import read_source
from providers.base import Ask, TextModel

PROMPT = "concept"


async def make_concept(
    *,
    story: str,
    settings: Settings,
    text: TextModel,
    revision: Revision[Concept] = UNREVISED,
) -> Concept:
    """Raises BriefRejected when there is no sentence to read, WishRefused."""
    source = read_source(story, settings.language)

    def ask(told: str) -> Ask[Concept]:
        return Ask(PROMPT, {"story": told, "settings": settings}, Concept, revision)

    answer = await text.answer(ask(in_passages(story, lambda told: fits(text, ask(told)))))
    # A later word about the title or the direction stands over the settings, which the model has read too.
    given = settings.model_copy(update=_UNSET) if revision else settings
    return with_settings(answer, given, found_author=source.author)


_UNSET = {"title": None, "author": None, "direction": "auto", "style": "auto"}


def with_settings(concept: Concept, settings: Settings, *, found_author: str | None = None) -> Concept:
    """The person's settings over the model's choice. Without one Japanese books read from the right."""
    fixed: dict[str, Any] = {"author": settings.author or concept.author or found_author}
    if settings.title is not None:
        fixed["title"] = settings.title
    if settings.language != "auto":
        fixed["language"] = Language(settings.language)
    if settings.direction != "auto":
        fixed["direction"] = Direction(settings.direction)
    if settings.style != "auto":
        fixed["art_style"] = settings.style
    direction = fixed.get("direction", concept.direction)
    if settings.start_side != "auto":
        fixed["start_side"] = Side(settings.start_side)
    else:
        fixed["start_side"] = Side.LEFT if direction is Direction.RTL else Side.RIGHT
    return concept.model_copy(update=fixed)
