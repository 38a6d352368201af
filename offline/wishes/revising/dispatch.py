"""The offline answer to wishes: a prompt's id, the result without any, its inputs and the wishes in; the result out."""

from collections.abc import Callable, Sequence
from typing import Any

from manga.brief import Settings
from manga.revision import Wish
from manga.values import Value
from offline.reading.reading import Reading
from offline.wishes.revising.artwork import picture_changes
from offline.wishes.revising.characters import revised_cast
from offline.wishes.revising.concept import revised_concept
from offline.wishes.revising.lettering import letter_changes
from offline.wishes.revising.plot import Told, revised_plot
from offline.wishes.revising.storyboard import revised_draft

Inputs = dict[str, Any]
Read = Callable[[], Reading]


def revise(prompt_id: str, raw: Value, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    """`read` gives the reading of the story that the inputs hold. Raises `WishRefused`."""
    return _REVISERS[prompt_id](raw, inputs, wishes, read)


def _concept(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return revised_concept(raw, wishes, _settings(inputs))


def _characters(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return revised_cast(raw, wishes, read())


def _plot(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    settings, reading = _settings(inputs), read()
    pages = settings.pages if isinstance(settings.pages, int) else None
    told = Told(
        reading.language, len(reading.source.text), settings.fidelity, pages, panels=settings.max_images or None
    )
    return revised_plot(raw, wishes, told)


def _storyboard(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return revised_draft(raw, wishes, inputs["cast"], _settings(inputs))


def _artwork(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return picture_changes(inputs["panels"], wishes, inputs["cast"])


def _lettering(raw: Any, inputs: Inputs, wishes: Sequence[Wish], read: Read) -> Value:
    return letter_changes(inputs["parts"], wishes, inputs["cast"])


def _settings(inputs: Inputs) -> Settings:
    return inputs.get("settings") or Settings()


_REVISERS: dict[str, Callable[[Any, Inputs, Sequence[Wish], Read], Value]] = {
    "concept": _concept,
    "characters": _characters,
    "plot": _plot,
    "storyboard": _storyboard,
    "redrawing": _artwork,
    "lettering": _lettering,
}
