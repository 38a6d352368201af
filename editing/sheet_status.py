"""Which character sheets a work has, who has none and why. State in, plain values out.

The channel `sheets` has an entry for everybody who is to have one; `Character.reference_images` names those that are.
"""

from collections.abc import Iterator

from agents.character_sheets import sheet_keys, without_sheet
from editing.phase_results import result_json, result_of
from editing.state_as_json import Json, WorkState
from manga.artwork import Made, MediaType
from manga.concept import Concept
from manga.phases import Phase
from manga.values import Value


class KeptSheet(Value):
    """What has become of one person's sheet: the object it is in, or why there is none (`made.reason`).

    `digest` is of exactly what the sheet is drawn from. `refused` by safety rules: not tried again from the same words.
    `accepted`: a person has gone on without.
    """

    digest: str
    blob: str = ""
    media_type: MediaType | None = None
    take: int = 0
    made: Made
    refused: bool = False
    accepted: bool = False


def kept_sheets(state: WorkState) -> dict[str, KeptSheet]:
    """By character key."""
    return {key: KeptSheet.of(sheet) for key, sheet in (state.get("sheets") or {}).items()}


def missing_sheets(state: WorkState) -> list[Json]:
    """`{character, name, reason}` of everybody whose sheet is missing and who has not been looked at by a person."""
    return [
        {"character": key, "name": name, "reason": sheet.made.reason}
        for key, name, sheet in _missing(state)
        if not sheet.accepted
    ]


def gone_without(state: WorkState) -> Json:
    """The state's change when a person goes on without the missing sheets."""
    without = {key: sheet.model_copy(update={"accepted": True}).to_json() for key, _, sheet in _missing(state)}
    return {"sheets": without} if without else {}


def sheet_warnings(state: WorkState) -> list[str]:
    """A sentence for everybody who is drawn without a sheet, in the book's language."""
    missing = list(_missing(state))
    language = result_of(state, Phase.CONCEPT, Concept).language if missing else None
    return [without_sheet(name, sheet.made.reason, language) for _, name, sheet in missing if language is not None]


def _missing(state: WorkState) -> Iterator[tuple[str, str, KeptSheet]]:
    """In the order of the cast."""
    kept = kept_sheets(state)
    for person in result_json(state, Phase.CHARACTERS).get("characters", ()) if kept else ():
        for key in sheet_keys(person["key"]):
            sheet = kept.get(key)
            if sheet is not None and not sheet.blob:
                yield key, person["name"], sheet
