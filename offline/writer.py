"""The text model that needs no key: an Ask in, the answer by rules out.

Inputs by prompt: `concept`: story, settings · `characters`: story, concept, settings · `plot`: story, concept, cast,
settings · `storyboard`: plot, cast, concept, settings."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from manga.brief import Language, Settings
from manga.characters import Age, Cast
from manga.concept import Concept, Genre
from manga.errors import AnswerInvalid
from manga.plot import Plot
from manga.proposed_changes import LetteringChanges, PictureChanges
from manga.revision import Wish
from manga.story_source import Source, read_source
from manga.values import Value
from offline.reading.cast import make_cast
from offline.reading.concept import make_concept
from offline.reading.en.reader import read_english
from offline.reading.ja.reader import read_japanese
from offline.reading.plot import make_plot
from offline.reading.script_reader import is_script, read_script
from offline.reading.sound_quotes import with_noises
from offline.reading.story_reading import Person, Reading
from offline.wishes.make_plan import write_feedback
from providers.base import Answer, Ask, Offload, Room

GUESS = 0.5
VOICES = {Language.JA: ("話し手", "もうひとりの話し手"), Language.EN: ("the speaker", "the other speaker")}


def with_voices(reading: Reading) -> Reading:
    """Someone must be drawn: a talk without a single name is between two."""
    spoken = [q for q in reading.quotes if q.kind.spoken]
    if reading.people or not spoken:
        return reading
    names = VOICES[reading.language][: min(2, len(spoken))]
    people = tuple(Person(name, first=spoken[i].start) for i, name in enumerate(names))
    order = {q.start: names[i % len(names)] for i, q in enumerate(spoken)}
    quotes = tuple(
        replace(q, speakers=(order[q.start],), confidence=GUESS, rule="nameless") if q.start in order else q
        for q in reading.quotes
    )
    return replace(reading, people=people, quotes=quotes)


VERSION: Final = "rules-1"


class OfflineWriter:
    """Deterministic: the same Ask has the same answer. The work is done through the Offload port."""

    def __init__(self, offload: Offload) -> None:
        self._offload = offload

    @property
    def name(self) -> str:
        return f"offline-writer/{VERSION}"

    def answers(self, prompt_id: str) -> bool:
        return prompt_id in _WORKS

    def room(self, prompt_id: str) -> Room | None:
        return None

    async def answer(self, ask: Ask[Answer]) -> Answer:
        work = _WORKS.get(ask.prompt_id)
        if work is None:
            raise AnswerInvalid(f"The offline writer has no answer to {ask.prompt_id}.")
        found = await self._offload.run(work, ask.values())
        if ask.revision:
            found = await self._offload.run(write_wishes, ask.prompt_id, found, ask.values(), ask.revision.wishes)
        if not isinstance(found, ask.output_type):
            raise AnswerInvalid(f"The offline writer answers {ask.prompt_id} with {type(found).__name__}.")
        return found


def write_picture_changes(inputs: dict[str, Any]) -> PictureChanges:
    """Without a wish no picture changes."""
    return PictureChanges()


def write_letter_changes(inputs: dict[str, Any]) -> LetteringChanges:
    """Without a wish no letter changes."""
    return LetteringChanges()


def write_wishes(prompt_id: str, raw: Value, inputs: dict[str, Any], wishes: tuple[Wish, ...]) -> Value:
    """`raw`, which is made without any wish, with all of them carried out. Raises WishRefused."""
    from offline.wishes.revising.carry_out import revise

    return revise(prompt_id, raw, inputs, wishes, lambda: _reading_of(inputs))


def _reading_of(inputs: dict[str, Any]) -> Reading:
    concept: Concept | None = inputs.get("concept")
    return read(read_source(inputs["story"], concept.language.value if concept is not None else "auto"))


def read_story(text: str, settings: Settings) -> Reading:
    return read(read_source(text, settings.language))


@lru_cache(maxsize=2)
def read(source: Source) -> Reading:
    """Who is in the story and who says what. Concept, cast and plot ask for the same text: it is read once."""
    if is_script(source):
        return read_script(source)
    return with_voices(with_noises(read_japanese(source) if source.language is Language.JA else read_english(source)))


def write_concept(inputs: dict[str, Any]) -> Concept:
    settings: Settings = inputs.get("settings") or Settings()
    return make_concept(read_story(inputs["story"], settings), settings)


def write_characters(inputs: dict[str, Any]) -> Cast:
    settings: Settings = inputs.get("settings") or Settings()
    concept: Concept = inputs["concept"]
    reading = read(read_source(inputs["story"], concept.language.value))
    usual_age = Age.TEEN if Genre.SCHOOL in concept.genres else Age.ADULT
    return make_cast(reading, concept.world.period, settings.seed, usual_age)


def write_plot(inputs: dict[str, Any]) -> Plot:
    settings: Settings = inputs.get("settings") or Settings()
    concept: Concept = inputs["concept"]
    reading = read(read_source(inputs["story"], concept.language.value))
    pages = None if settings.pages == "auto" else settings.pages
    return make_plot(
        reading, concept, inputs["cast"], pages=pages, fidelity=settings.fidelity, panels=settings.max_images or None
    )


def write_storyboard(inputs: dict[str, Any]) -> Value:
    from offline.directing.storyboard import draft_storyboard

    settings: Settings = inputs.get("settings") or Settings()
    drafted: Value = draft_storyboard(inputs["plot"], inputs["cast"], inputs["concept"], settings)
    return drafted


_WORKS: Final[dict[str, Callable[[dict[str, Any]], Value]]] = {
    "concept": write_concept,
    "characters": write_characters,
    "plot": write_plot,
    "storyboard": write_storyboard,
    "feedback": write_feedback,
    "redrawing": write_picture_changes,
    "lettering": write_letter_changes,
}
