"""A text model that can see looks at a drawn panel once, and names its faults: a picture and its brief in, faults out.

Nothing depends on the answer: a model that is busy, refuses or cannot see costs no picture its place.
"""

import hashlib
import logging
from dataclasses import dataclass

from agents.result_cache import Shelf, name_of, remembered
from drawing.raster.reference_picture import reference_jpeg
from manga.errors import MangaError
from manga.panel_brief import PanelBrief
from manga.picture_proof import PictureProof
from providers.base import Ask, Offload, Picture, SeenPicture, TextModel

log = logging.getLogger(__name__)

PROMPT = "artwork_proof"


@dataclass(frozen=True, slots=True)
class Prover:
    """`text` must be able to see; the same picture of the same panel is looked at once."""

    text: TextModel
    offload: Offload
    shelf: Shelf | None = None

    async def faults_of(self, picture: Picture, brief: PanelBrief) -> tuple[str, ...]:
        """A sentence a fault, the worst first. None also where nobody could look."""
        asked = [self.text.name, hashlib.sha256(picture.data).hexdigest(), _told(brief)]
        try:
            proof = await remembered(
                self.shelf, name_of("picture_proof", asked), PictureProof, lambda: self._asked(picture, brief)
            )
        except MangaError as error:
            log.warning("nobody looked at the picture of panel %s: %s", brief.panel, error.code)
            return ()
        return tuple(f"{fault.kind.value}: {fault.what}" for fault in proof.faults)

    async def _asked(self, picture: Picture, brief: PanelBrief) -> PictureProof:
        small = await self.offload.run(reference_jpeg, picture.data)
        seen = (SeenPicture(small, "image/jpeg"),)
        return await self.text.answer(Ask(PROMPT, _told(brief), PictureProof, pictures=seen))


def _told(brief: PanelBrief) -> dict[str, object]:
    direction = brief.direction
    scene = {
        "seen": direction.seen,
        "shot": direction.shot.value,
        "angle": direction.angle.value,
        "place": direction.place or direction.setting,
        "time_of_day": direction.time_of_day.value,
        "weather": direction.weather.value,
        "things": list(direction.props),
        "people": [
            {
                "character": one.character,
                "stands": one.side,
                "depth": one.depth,
                "faces": one.facing,
                "does": one.pose.value,
                "holds": one.holds,
            }
            for one in direction.figures
        ],
    }
    cast = [
        {
            "key": person.key,
            "name": person.name,
            "kind": person.look.kind.value,
            "age": person.look.age.value,
            "description": person.description,
            "costume": person.costume,
        }
        for person in brief.cast
    ]
    return {"scene": scene, "cast": cast, "continuity": list(brief.continuity)}
