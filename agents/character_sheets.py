"""Character sheets: who gets one, what it depends on, and how one is drawn although a provider may refuse.

A cast in, one `SheetBrief` a person out; a brief in, a picture out, or the reason why there is none. Only what is no
fault of this one sheet is raised: then the work is to wait.
"""

import asyncio
import logging
from dataclasses import dataclass

from agents.artwork import DrawingTerms
from agents.retry import Backoff, retried
from manga.brief import Language, Settings
from manga.characters import Cast, Character, SpeechStyle
from manga.concept import Concept
from manga.errors import ContentBlocked, MangaError, ProviderTimeout, Retry, where_raised
from providers.base import Picture, SheetBrief

log = logging.getLogger(__name__)

MOST_PEOPLE = 8
"""A sheet costs as much as a panel. Who is minor is in a panel or two, and there words do as well."""
PANELS_A_SHEET = 5
"""Where the number of pictures or their cost is limited, at most one sheet for so many pictures."""
TAKES = 2
"""The first seed, and another one after a failure."""
_OTHER = "+other"
_RANKS = {"protagonist": 0, "main": 1, "supporting": 2}


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A sheet, and how many calls it took with which take."""

    picture: Picture
    take: int
    attempts: int


@dataclass(frozen=True, slots=True)
class NoSheet:
    """Why there is none. `refused`: by the provider's safety rules each time, so the same words will not help."""

    reason: str
    refused: bool
    attempts: int


def sheet_briefs(
    cast: Cast, concept: Concept, settings: Settings, affordable: int | None = None
) -> tuple[SheetBrief, ...]:
    """One brief for each person who gets a sheet, those first who are drawn most. `affordable` is how many pictures the
    book may pay for in all."""
    limits = (limit // PANELS_A_SHEET for limit in (settings.max_images, affordable) if limit is not None)
    most = min((MOST_PEOPLE, *limits))
    ranked = [person for person in cast.characters if person.role in _RANKS]
    ranked.sort(key=lambda person: (_RANKS[person.role], -person.mentions, person.key))
    shapes = tuple(
        shape.model_copy(update={"key": key})
        for person in ranked
        for key, shape in zip(sheet_keys(person.key), person.shapes, strict=False)
    )
    return tuple(
        SheetBrief(
            character=_seen(person),
            art_style=concept.art_style,
            period=concept.world.period.value,
            culture=concept.world.culture or "",
            color=settings.color == "color",
            seed=settings.seed,
        )
        for person in shapes[:most]
    )


def sheet_keys(person: str) -> tuple[str, str]:
    """The keys of the sheets of somebody's first and other shape, by which they are kept."""
    return person, f"{person}{_OTHER}"


def _seen(person: Character) -> Character:
    """Without what no sheet shows, so that a change of it draws none anew."""
    unseen = {"aliases": (), "role": "main", "personality": "", "speech": SpeechStyle(), "mentions": 0}
    return person.model_copy(update=unseen | {"reference_images": ()})


async def draw_sheet(brief: SheetBrief, terms: DrawingTerms) -> DrawnSheet | NoSheet:
    """Tried again as `terms.policy` says, then once with another seed. Errors that say `Then.PARK` or
    `Then.STOP` are raised."""
    sitting = _Sitting(terms)
    once = Backoff(terms.policy.base_s, terms.policy.max_s, retries=0)
    reason, refused = "", True
    for take in range(TAKES):
        try:
            picture = await sitting.patiently(
                brief.model_copy(update={"take": take}), terms.policy if take == 0 else once
            )
        except MangaError as error:
            if error.then in terms.raises:
                raise
            reason, refused = reason or error.message, refused and isinstance(error, ContentBlocked)
            if not _another_seed_may_help(error):
                break
        except Exception as error:  # noqa: BLE001 - one sheet's failure, even a bug, never fails the book
            where = where_raised(error)
            log.warning("the sheet of %s could not be drawn: %s\n%s", brief.character.key, type(error).__name__, where)
            reason, refused = reason or f"{type(error).__name__}: {error}", False
        else:
            return DrawnSheet(picture, take, sitting.made)
    return NoSheet(reason[:400], refused, sitting.made)


def _another_seed_may_help(error: MangaError) -> bool:
    """Not where the key or the model is refused, or the working time is used up."""
    return isinstance(error, ContentBlocked) or error.retry is not Retry.NEVER


@dataclass(slots=True)
class _Sitting:
    """The calls that are made for one sheet."""

    terms: DrawingTerms
    made: int = 0

    async def patiently(self, brief: SheetBrief, policy: Backoff) -> Picture:
        return await retried(lambda: self._once(brief), policy, self.terms.clock)

    async def _once(self, brief: SheetBrief) -> Picture:
        """The time-out counts the call alone, not the waiting for a place."""
        async with self.terms.gate:
            self.made += 1
            try:
                async with asyncio.timeout(self.terms.timeout_s):
                    return await self.terms.images.draw_sheet(brief)
            except TimeoutError as error:
                raise ProviderTimeout(f"The sheet took longer than {self.terms.timeout_s:.0f} s.") from error


def without_sheet(name: str, reason: str, language: Language) -> str:
    """What a book tells of somebody who was drawn without one."""
    why = reason.strip().rstrip(".。")
    if language is Language.JA:
        return f"{name}の設定画がありません（{why}）。この人物は言葉による説明だけで描かれています。"
    return f"{name} has no character sheet ({why}) and is drawn from words alone."
