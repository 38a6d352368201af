"""Phase 2: story and concept in, the cast with a sheet for each person out."""

from collections.abc import Iterable

from agents.prompt_facts import story_concept
from manga.brief import Settings
from manga.characters import Cast, Character
from manga.concept import Concept
from manga.errors import AnswerInvalid
from manga.phases import Phase
from manga.revision import UNREVISED, Revision
from providers.base import Ask, Fact, TextModel

PROMPT = "characters"


async def make_cast(
    *,
    story: str,
    concept: Concept,
    settings: Settings,
    text: TextModel,
    revision: Revision[Cast] = UNREVISED,
) -> Cast:
    """Raises AnswerInvalid that names the sheet at fault, WishRefused."""
    previous = revision.previous.from_words() if revision.previous else None
    ask = Ask(
        prompt_id=PROMPT,
        inputs={"story": story, "concept": Fact(concept, story_concept(concept)), "settings": settings},
        output_type=Cast,
        revision=Revision(revision.wishes, previous),
    )
    answer = await text.answer(ask)
    cast, losses = answer.from_words(), answer.losses
    if previous is not None and revision.previous is not None and revision.scope:
        cast = kept_outside(previous, cast, revision.scope)
        wanted = frozenset(revision.scope)
        losses = (
            *(loss for loss in revision.previous.losses if loss.element not in wanted),
            *(loss for loss in losses if loss.element in wanted),
        )
    check(cast)
    return cast.model_copy(update={"losses": losses}) if losses else cast


def kept_outside(previous: Cast, cast: Cast, scope: Iterable[str]) -> Cast:
    """Sheets that were not to change are as they were, whatever the model made of them."""
    wanted = frozenset(scope)
    old = {c.key: c for c in previous.characters}
    kept = [c if c.key in wanted else old.get(c.key, c) for c in cast.characters]
    present = {c.key for c in kept}
    kept += [c for c in previous.characters if c.key not in wanted and c.key not in present]
    return Cast(characters=tuple(kept))


def check(cast: Cast) -> None:
    """Keys are unique, names tell people apart, and everyone can be drawn from words."""
    keys: set[str] = set()
    names: set[str] = set()
    for character in cast.characters:
        if character.key in keys:
            raise _invalid(f"The key {character.key} is there twice.", character)
        if character.name in names:
            raise _invalid(f"Two characters are called {character.name}.", character)
        if not character.description.strip():
            raise _invalid(f"{character.name} has no description.", character)
        keys.add(character.key)
        names.add(character.name)


def _invalid(message: str, character: Character) -> AnswerInvalid:
    return AnswerInvalid(message, phase=Phase.CHARACTERS.value, element=character.key)
