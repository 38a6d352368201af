"""Phase 2: story and concept in, the cast with a sheet for each person out."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Final

from agents.checked_answers import every
from agents.plot.story_parts import parts_of
from agents.prompt_facts import story_concept
from agents.split_questions import AT_ONCE, LEFT_OUT, fits, in_passages
from manga.brief import Settings
from manga.characters import Cast, Character
from manga.concept import Concept
from manga.errors import AnswerInvalid
from manga.losses import Loss, shortened
from manga.phases import Phase
from manga.revision import UNREVISED, Revision
from manga.story_source import Source, find_headings
from providers.base import Ask, Fact, TextModel

PROMPT = "characters"
MOST: Final = 60
MOST_NEW: Final = 6
"""So many people a question about a story, or a part of it, is likely to be answered with."""
TOKENS_A_SHEET: Final = 400
MOST_LOOKS: Final = 200
"""Letters of the looks of somebody whom a wish is not about."""


async def make_cast(
    *,
    story: str,
    concept: Concept,
    settings: Settings,
    text: TextModel,
    revision: Revision[Cast] = UNREVISED,
) -> Cast:
    """Raises AnswerInvalid that names the sheet at fault, WishRefused. A story that one question does not hold is asked
    about in parts, and a wish about its people in passages."""
    previous = revision.previous.from_words() if revision.previous else None
    asked, others = previous, Cast(characters=())
    if previous is not None and revision.scope and text.room(PROMPT) is not None:
        asked, others = parted(previous, revision.scope)
        story = passages_about(story, asked.characters)
    inputs = {
        "concept": Fact(concept, story_concept(concept)),
        "settings": settings,
        "others": [{"name": one.name, "looks": shortened(one.description, MOST_LOOKS)} for one in others.characters],
    }
    people = MOST_NEW if asked is None else len(asked.characters)

    def ask(told: str) -> Ask[Cast]:
        about = Revision(revision.wishes, asked)
        return Ask(PROMPT, {**inputs, "story": told}, Cast, about, answer_tokens=TOKENS_A_SHEET * people)

    if previous is not None or revision or fits(text, ask(story)):
        answer = await text.answer(ask(in_passages(story, lambda told: fits(text, ask(told)))))
    else:
        source = Source(language=concept.language, text=story, headings=find_headings(story))
        parts = parts_of(source, lambda part: fits(text, ask(story[part.start : part.end])))
        calls = [partial(text.answer, ask(story[part.start : part.end])) for part in parts]
        answer = joined(await every(calls, at_once=AT_ONCE))
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


def joined(casts: Sequence[Cast]) -> Cast:
    """The people of all parts of a story, once: who shares a name with somebody before is the same, as first told."""
    people: list[Character] = []
    losses: list[tuple[int, Loss]] = []
    for cast in casts:
        places = {sheet.key: _added(people, sheet) for sheet in cast.characters}
        losses += [(places[loss.element], loss) for loss in cast.losses if loss.element in places]
    weight = sorted(range(len(people)), key=lambda at: (people[at].role != "protagonist", -people[at].mentions))
    keys = {at: f"c{number:02d}" for number, at in enumerate(weight[:MOST], start=1)}
    return Cast(
        characters=tuple(people[at].model_copy(update={"key": key}) for at, key in keys.items()),
        losses=tuple(loss.model_copy(update={"element": keys[at]}) for at, loss in losses if at in keys),
    )


def _added(people: list[Character], sheet: Character) -> int:
    """The place of the sheet among these people."""
    names = _names(sheet)
    for at, known in enumerate(people):
        if names & _names(known):
            others = dict.fromkeys((*known.aliases, sheet.name, *sheet.aliases))
            aliases = tuple(name for name in others if name != known.name)
            people[at] = known.model_copy(update={"aliases": aliases, "mentions": known.mentions + sheet.mentions})
            return at
    leads = any(one.role == "protagonist" for one in people)
    people.append(sheet.model_copy(update={"role": "main"}) if leads and sheet.role == "protagonist" else sheet)
    return len(people) - 1


def _names(sheet: Character) -> set[str]:
    return {name.casefold() for name in (sheet.name, *sheet.aliases)}


def parted(cast: Cast, scope: Iterable[str]) -> tuple[Cast, Cast]:
    """The people that a wish is about, and the others. All and nobody where it is about somebody new."""
    wanted = frozenset(scope)
    own = tuple(sheet for sheet in cast.characters if sheet.key in wanted)
    if len(own) < len(wanted):
        return cast, Cast(characters=())
    return Cast(characters=own), Cast(characters=tuple(sheet for sheet in cast.characters if sheet.key not in wanted))


def passages_about(story: str, people: Iterable[Character]) -> str:
    """The paragraphs that name one of these people, with a mark for what is left out between them; all where none
    does."""
    names = {name for sheet in people for name in _names(sheet)}
    lines = story.splitlines()
    found = [any(name in line.casefold() for name in names) for line in lines]
    if not any(found):
        return story
    told = groupby(zip(found, lines, strict=True), key=itemgetter(0))
    return "\n".join("\n".join(line for _, line in some) if named else LEFT_OUT for named, some in told)


def kept_outside(previous: Cast, cast: Cast, scope: Iterable[str]) -> Cast:
    """Sheets that were not to change are as they were, whatever the model made of them."""
    wanted = frozenset(scope)
    old = {c.key: c for c in previous.characters}
    kept = [c if c.key in wanted else old.get(c.key, c) for c in cast.characters]
    present = {c.key for c in kept}
    kept += [c for c in previous.characters if c.key not in wanted and c.key not in present]
    order = list(old)
    return Cast(characters=tuple(sorted(kept, key=lambda c: order.index(c.key) if c.key in old else len(order))))


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
