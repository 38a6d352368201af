"""A stranger's picture is looked at within bounds; what comes out was written by us, all else is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from drawing.clean_uploaded_picture import LONGEST_SIDE_PX, cleaned, measured
from manga.errors import EditRejected


def picture_bytes(
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
    ("a GIF", picture_bytes("GIF"), "no PNG"),
    ("a TIFF", picture_bytes("TIFF"), "no PNG"),
    ("a cut off PNG", picture_bytes("PNG", (600, 600))[:-900], "damaged"),
    ("a cut off JPEG", picture_bytes("JPEG", (600, 600))[:300], "damaged"),
    ("a bomb", _bomb(60_000, 60_000), "pixels"),
    ("a picture one row too large", _bomb(8_000, 5_001), "pixels"),
    ("a picture without its data", _bomb(2_000, 2_000), "damaged"),
    ("a moving PNG", _moving("PNG"), "moves"),
    ("a moving WebP", _moving("WEBP"), "moves"),
    ("a JPEG of very many scans", picture_bytes("JPEG") + b"\xff\xda" * 101, "scans"),
    ("a line", picture_bytes("PNG", (50_000, 16), "L", 0), "thin|sides are at least 64"),
    ("a dot", picture_bytes("PNG", (1, 1)), "sides"),
    ("too many bytes", picture_bytes("PNG") + b"\0" * 20_000_001, "larger"),
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
    picture = cleaned(picture_bytes(form, mode=mode, color=0))
    image = Image.open(io.BytesIO(picture.data))
    assert (image.format, image.mode in ("L", "RGB"), image.size) == ("PNG", True, (64, 48))
    assert (picture.width, picture.height, picture.media_type) == (64, 48, "image/png")


def test_what_is_clear_is_white() -> None:
    picture = cleaned(picture_bytes("PNG", mode="RGBA", color=(0, 0, 0, 0)))
    assert Image.open(io.BytesIO(picture.data)).getpixel((5, 5)) == (255, 255, 255)
    assert picture.ink == 0


def test_a_picture_stands_upright_and_tells_nothing_of_its_camera() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera"
    picture = cleaned(picture_bytes("JPEG", exif=exif))
    assert (picture.width, picture.height) == (48, 64)
    assert b"camera" not in picture.data


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_nothing_of_a_file_but_its_pixels_comes_through(form: str) -> None:
    picture = cleaned(picture_bytes(form, icc_profile=b"a profile" * 40))
    assert not Image.open(io.BytesIO(picture.data)).info


@pytest.mark.parametrize(("mode", "color"), [("L", 90), ("RGB", (90, 90, 90))])
def test_a_colour_that_is_seen_through_is_white(mode: str, color: object) -> None:
    picture = cleaned(picture_bytes("PNG", mode=mode, color=color, transparency=color))
    assert picture.ink == 0


def test_a_jpeg_with_a_small_copy_of_itself_is_no_moving_picture() -> None:
    copy = Image.new("RGB", (20, 20), "blue")
    picture = cleaned(picture_bytes("MPO", (64, 48), color="red", save_all=True, append_images=[copy]))
    assert (picture.width, picture.height) == (64, 48)


def test_a_large_picture_is_made_smaller() -> None:
    picture = cleaned(picture_bytes("PNG", (6_000, 3_000), "L", 0))
    assert (picture.width, picture.height) == (LONGEST_SIDE_PX, LONGEST_SIDE_PX // 2)


def test_a_picture_that_is_to_be_seen_whole_gets_white_borders() -> None:
    picture = cleaned(picture_bytes("PNG", (100, 100), color="black"), aspect=2.0)
    assert picture.width / picture.height == 2.0
    assert Image.open(io.BytesIO(picture.data)).getpixel((1, 50)) == (255, 255, 255)


def test_a_book_without_colour_gets_a_grey_picture() -> None:
    picture = cleaned(picture_bytes("PNG", color="red"), grey=True)
    assert Image.open(io.BytesIO(picture.data)).mode == "L"


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert cleaned(picture_bytes("JPEG")) == cleaned(picture_bytes("JPEG"))


def test_what_lies_in_a_store_is_measured_and_shown_only_as_a_page_can_show_it() -> None:
    assert measured(picture_bytes("JPEG")).media_type == "image/jpeg"
    with pytest.raises(EditRejected, match="WEBP"):
        measured(picture_bytes("WEBP"))
