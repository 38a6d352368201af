"""The author's own pictures: what comes in is looked at, what is stored was written by us, all else is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from graph.blobs import WorkBlobs
from graph.edits.pictures import LONGEST_SIDE_PX, checked_picture, cleaned, keep_picture, measured
from graph.edits.placed import own_pictures
from graph.edits.values import Picture
from graph.results import artwork_of
from manga.errors import EditRejected
from providers.offload import InlineOffload
from tests.graph.crew import MemoryBlobs
from tests.graph.edits.works import edited, last_id, sent, state, without

pytestmark = pytest.mark.anyio


def _bytes(
    form: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", color: object = "white", **more: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, form, **more)  # type: ignore[arg-type]
    return out.getvalue()


def _bomb(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _moving(form: str) -> bytes:
    frames = [Image.new("RGB", (32, 32), color) for color in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


REFUSED = [
    ("nothing", b"", "no bytes"),
    ("text", b"<svg onload=alert(1)>", "no PNG"),
    ("a GIF", _bytes("GIF"), "no PNG"),
    ("a TIFF", _bytes("TIFF"), "no PNG"),
    ("a cut off PNG", _bytes("PNG", (600, 600))[:-900], "damaged"),
    ("a cut off JPEG", _bytes("JPEG", (600, 600))[:300], "damaged"),
    ("a bomb", _bomb(60_000, 60_000), "pixels"),
    ("a picture one row too large", _bomb(8_000, 5_001), "pixels"),
    ("a picture without its data", _bomb(2_000, 2_000), "damaged"),
    ("a moving PNG", _moving("PNG"), "moves"),
    ("a moving WebP", _moving("WEBP"), "moves"),
    ("a dot", _bytes("PNG", (1, 1)), "sides"),
    ("too many bytes", _bytes("PNG") + b"\0" * 20_000_001, "larger"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), [(d, r) for _, d, r in REFUSED], ids=[name for name, _, _ in REFUSED])
def test_what_is_no_still_picture_of_a_sane_size_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(EditRejected, match=reason) as refusal:
        cleaned(data)
    assert refusal.value.element == "picture"


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "LA"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("WEBP", "RGB"),
    ],
)
def test_png_jpeg_and_webp_become_a_plain_png(form: str, mode: str) -> None:
    data, picture = cleaned(_bytes(form, mode=mode, color=0))
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.mode in ("L", "RGB"), image.size) == ("PNG", True, (64, 48))
    assert (picture.width, picture.height, picture.media_type) == (64, 48, "image/png")


def test_what_is_clear_is_white() -> None:
    data, picture = cleaned(_bytes("PNG", mode="RGBA", color=(0, 0, 0, 0)))
    assert Image.open(io.BytesIO(data)).getpixel((5, 5)) == (255, 255, 255)
    assert picture.ink == 0


def test_a_picture_stands_upright_and_tells_nothing_of_its_camera() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera"
    data, picture = cleaned(_bytes("JPEG", exif=exif))
    assert (picture.width, picture.height) == (48, 64)
    assert b"camera" not in data


def test_a_large_picture_is_made_smaller() -> None:
    _, picture = cleaned(_bytes("PNG", (6_000, 3_000), "L", 0))
    assert (picture.width, picture.height) == (LONGEST_SIDE_PX, LONGEST_SIDE_PX // 2)


def test_a_picture_that_is_to_be_seen_whole_gets_white_borders() -> None:
    data, picture = cleaned(_bytes("PNG", (100, 100), color="black"), aspect=2.0)
    assert picture.width / picture.height == 2.0
    assert Image.open(io.BytesIO(data)).getpixel((1, 50)) == (255, 255, 255)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert cleaned(_bytes("JPEG")) == cleaned(_bytes("JPEG"))


async def test_a_kept_picture_is_found_again_and_measured_whatever_the_edit_says() -> None:
    blobs = WorkBlobs(MemoryBlobs(), "local/a")
    picture = await keep_picture(_bytes("WEBP"), blobs, InlineOffload())
    lying = Picture(blob=picture.blob, media_type="image/jpeg", width=9, height=90_000)
    assert await checked_picture(lying, blobs, InlineOffload()) == picture


async def test_a_picture_of_another_work_is_not_found() -> None:
    store = MemoryBlobs()
    picture = await keep_picture(_bytes("PNG"), WorkBlobs(store, "local/a"), InlineOffload())
    with pytest.raises(EditRejected, match="no such picture"):
        await checked_picture(picture, WorkBlobs(store, "local/b"), InlineOffload())


async def test_an_object_that_is_no_picture_is_refused() -> None:
    blobs = WorkBlobs(MemoryBlobs(), "local/a")
    name = await blobs.keep(b"{}", content_type="application/json")
    with pytest.raises(EditRejected, match="no PNG"):
        await checked_picture(Picture(blob=name), blobs, InlineOffload())
    with pytest.raises(EditRejected, match="WEBP"):
        measured(_bytes("WEBP"))


def test_a_panel_shows_the_authors_picture_until_the_edit_is_taken_back() -> None:
    blob = "a" * 64
    own = edited(state(), sent("p02.k2", "drag_drop", picture={"blob": blob, "width": 10, "height": 10}))
    art = artwork_of(own)["b0005"]
    assert (art.blob, art.made.model, art.status) == (blob, "author", "drawn")
    assert artwork_of(without(own, last_id(own))) == {}


def test_a_panel_is_given_back_to_the_artist() -> None:
    own = edited(state(), sent("p02.k2", "drag_drop", picture={"blob": "a" * 64}))
    back = edited(own, sent("p02.k2", "drag_drop", picture=None))
    assert artwork_of(back) == {}
    assert own_pictures((), ()) == {}
