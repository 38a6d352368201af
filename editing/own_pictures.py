"""The author's own picture in a panel: it is kept in the work's store, and an edit names it by its content.

Before such an edit counts, the stored bytes are looked at again: an edit cannot say what a picture is.
"""

from typing import Literal

from drawing.own_picture import OwnPicture, cleaned, measured
from editing.digests import content_name
from editing.edit_values import Picture
from editing.work_blobs import WorkBlobs
from manga.errors import EditRejected, NotFound
from providers.base import Offload
from storage.objects import Purpose


async def keep_picture(
    data: bytes,
    blobs: WorkBlobs,
    offload: Offload,
    *,
    fit: Literal["fill", "fit"] = "fill",
    aspect: float | None = None,
    color: bool = True,
) -> Picture:
    """Stores a picture and answers the value of a `picture` field. Raises EditRejected with the reason.

    It fills its frame and is cut at the border; with `fit` and the frame's `aspect` (width by height) it is seen whole,
    on white. Without `color` it becomes grey, as the rest of the book.
    """
    own = await offload.run(cleaned, data, aspect if fit == "fit" else None, grey=not color)
    return _named(own, await blobs.meant_for(Purpose.INPUT).keep(own.data, content_type=own.media_type))


async def checked_picture(picture: Picture, blobs: WorkBlobs, offload: Offload) -> Picture:
    """The picture as the store really holds it. Raises EditRejected when this work has no such picture."""
    try:
        data = await blobs.get(picture.blob)
    except NotFound as error:
        reason = "picture: this work has no such picture; send its bytes first."
        raise EditRejected(reason, element="picture") from error
    own = await offload.run(measured, data)
    return _named(own, content_name(own.data))


def _named(own: OwnPicture, name: str) -> Picture:
    return Picture(blob=name, media_type=own.media_type, width=own.width, height=own.height, ink=own.ink)
