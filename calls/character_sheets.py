"""Gets the character sheets of a cast, several at a time: kept, remembered from before, or drawn.

A sheet is stored under its content's digest, and remembered under the digest of what it was drawn from, before its task
ends: no sheet is paid for twice, whatever dies in between.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agents.artwork import DrawingTerms
from agents.character_sheets import DrawnSheet, NoSheet, draw_sheet, sheet_briefs, sheet_keys
from agents.retry import POLICIES
from calls.running_works import Desk, RunLimits
from calls.services import Services
from editing.input_digests import sheet_digest
from editing.locks import locked_keys
from editing.phase_results import result_of, settings_of
from editing.sheet_status import KeptSheet, kept_sheets
from editing.state_as_json import Json, WorkState
from editing.work_blobs import WorkBlobs, blobs_of
from manga.artwork import Made
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import ProviderError
from manga.phases import Phase
from providers.base import SheetBrief


async def draw_sheets(state: WorkState, services: Services, work: str, options: RunLimits) -> Json:
    """The state's change once everybody who is to have a sheet has one, or a reason why not; nothing for an image
    model that draws from words. Raises what makes the work wait, when all other sheets are done."""
    if services.images.most_sheets == 0:
        return {}
    cast, concept = result_of(state, Phase.CHARACTERS, Cast), result_of(state, Phase.CONCEPT, Concept)
    settings = settings_of(state)
    briefs = sheet_briefs(cast, concept, settings, _affordable(settings, services.tariff.picture_usd))
    wanted = {brief.character.key: (brief, sheet_digest(brief, services.images.name)) for brief in briefs}
    easel = _SheetEasel(
        services, blobs_of(services.blobs, options.tenant, work), services.desks.at(work, options), work, options
    )
    old = kept_sheets(state)
    stay = {key: old[key] for key in wanted.keys() & old.keys() if _stays(key, old[key], wanted[key][1], state)}
    todo = [key for key in wanted if key not in stay]
    # All are waited for, so that none that is paid for gets lost behind one that fails.
    done = await asyncio.gather(*(easel.sheet(*wanted[key]) for key in todo), return_exceptions=True)
    if failed := [one for one in done if isinstance(one, BaseException)]:
        raise _worst(failed, easel.desk)
    drawn = {key: sheet for key, sheet in zip(todo, done, strict=True) if isinstance(sheet, KeptSheet)}
    return _change(state, {key: stay.get(key) or drawn[key] for key in wanted})


def _worst(failed: Sequence[BaseException], desk: Desk) -> BaseException:
    """Of several the one that no waiting helps, else the one that lasts longest."""
    others = (error for error in failed if not isinstance(error, ProviderError))
    return next(others, desk.waits_for or failed[0])


def _affordable(settings: Settings, picture_usd: float | None) -> int | None:
    """How many pictures the work's cost limit allows in all; None: it sets none."""
    return None if settings.max_cost_usd is None or not picture_usd else int(settings.max_cost_usd / picture_usd)


def _stays(key: str, sheet: KeptSheet, digest: str, state: WorkState) -> bool:
    """Of the same words, or of somebody who is locked. What failed for another reason than its words is tried again."""
    if sheet.blob and any(key in sheet_keys(person) for person in locked_keys(state, "character")):
        return True
    return sheet.digest == digest and bool(sheet.blob or sheet.refused)


def _change(state: WorkState, sheets: Mapping[str, KeptSheet]) -> Json:
    raw: Json = state["characters"]
    pictures = {key: [sheet.blob] for key, sheet in sheets.items() if sheet.blob}
    people = [_with_pictures(person, pictures) for person in raw["characters"]]
    gone = dict.fromkeys((state.get("sheets") or {}).keys() - sheets.keys())
    return {
        Phase.CHARACTERS.value: {**raw, "characters": people},
        "sheets": {**gone, **{key: sheet.to_json() for key, sheet in sheets.items()}},
    }


def _with_pictures(person: Json, pictures: Mapping[str, list[str]]) -> Json:
    """Somebody with the sheets of both shapes."""
    first, second = (pictures.get(key, []) for key in sheet_keys(person["key"]))
    other = {"other": {**person["other"], "reference_images": second}} if person.get("other") else {}
    return {**person, "reference_images": first, **other}


@dataclass(frozen=True, slots=True)
class _SheetEasel:
    """What one sheet's task works with."""

    services: Services
    blobs: WorkBlobs
    desk: Desk
    work: str
    options: RunLimits

    async def sheet(self, brief: SheetBrief, digest: str) -> KeptSheet:
        found = await self.services.ledger.recall(self.work, digest)
        if found is not None:
            return KeptSheet.of(found)
        clock = self.services.clock
        begun = clock.monotonic()
        try:
            drawn = await draw_sheet(brief, self._calls())
        except ProviderError as error:
            self.desk.defer(error)
            raise
        seconds = round(clock.monotonic() - begun, 3)
        if isinstance(drawn, NoSheet):
            made = Made(model=self.services.images.name, attempts=drawn.attempts, seconds=seconds, reason=drawn.reason)
            return KeptSheet(digest=digest, made=made, refused=drawn.refused)
        return await self._kept(digest, drawn, seconds)

    def _calls(self) -> DrawingTerms:
        return DrawingTerms(
            self.services.images_of(self.desk, self.work),
            self.services.offload,
            self.services.place(self.desk, self.work),
            self.services.clock,
            self.options.image_timeout_s,
            POLICIES[Phase.CHARACTERS],
            last_try=self.options.last_try,
        )

    async def _kept(self, digest: str, drawn: DrawnSheet, seconds: float) -> KeptSheet:
        picture = drawn.picture
        sheet = KeptSheet(
            digest=digest,
            blob=await self.blobs.keep(picture.data, content_type=picture.media_type),
            media_type=picture.media_type,
            take=drawn.take,
            made=Made(
                model=picture.model,
                prompt_hash=picture.prompt_hash,
                attempts=drawn.attempts,
                cost_usd=picture.cost_usd,
                seconds=seconds,
            ),
        )
        await self.services.ledger.remember(self.work, digest, sheet.to_json())
        return sheet
