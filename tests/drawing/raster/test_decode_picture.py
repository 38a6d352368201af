"""Whatever bytes a model answers, a panel comes out upright, on white, or a reason does."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drawing.raster.decode_picture import BadPicture, decoded
from tests.drawing.raster.pictures import box, encoded, panel_of, paper, shown
from tests.drawing.test_clean_uploaded_picture import REFUSED, picture_bytes


@pytest.mark.parametrize(("data", "reason"), [(d, r) for _, d, r in REFUSED], ids=[name for name, _, _ in REFUSED])
def test_what_is_no_still_picture_of_a_sane_size_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadPicture, match=reason):
        panel_of(data)


def test_the_refusal_is_a_value_error_so_that_the_caller_need_not_know_us() -> None:
    with pytest.raises(ValueError, match="sides are at least 64"):
        panel_of(picture_bytes("PNG", (63, 800)))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(8, 400))
def test_broken_bytes_never_raise_anything_else(noise: bytes, keep: int) -> None:
    whole = encoded(paper(80, 80))
    for data in (noise, whole[:keep], whole[:keep] + noise):
        try:
            image = decoded(data)
        except BadPicture:
            continue
        assert image.mode in {"L", "RGB"}


@pytest.mark.parametrize(
    ("form", "mode", "black"),
    [
        ("PNG", "L", 0),
        ("PNG", "1", 0),
        ("PNG", "P", 0),
        ("PNG", "RGB", (0, 0, 0)),
        ("PNG", "RGBA", (0, 0, 0, 255)),
        ("PNG", "LA", (0, 255)),
        ("PNG", "I;16", 0),
        ("JPEG", "CMYK", (0, 0, 0, 255)),
        ("JPEG", "YCbCr", (0, 128, 128)),
        ("WEBP", "RGBA", (0, 0, 0, 255)),
    ],
)
def test_every_mode_keeps_its_black(form: str, mode: str, black: object) -> None:
    seen = decoded(picture_bytes(form, (80, 80), mode, black)).convert("L")
    assert max(seen.tobytes()) < 12


def test_sixteen_bits_are_scaled_and_not_cut_off() -> None:
    image = Image.new("I;16", (80, 80), 32768)
    assert set(decoded(encoded(image)).tobytes()) == {127}


def test_what_is_seen_through_is_paper() -> None:
    assert set(decoded(picture_bytes("PNG", (80, 80), "RGBA", (0, 0, 0, 0))).convert("L").tobytes()) == {255}


def test_a_picture_stands_as_its_camera_says() -> None:
    image = box(paper(120, 80), 0, 0, 30, 80)
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter, clockwise
    image.save(out, "PNG", exif=exif)
    turned = shown(panel_of(out.getvalue(), 40, 60))
    assert turned.getpixel((turned.width // 2, 5)) == 0
    assert turned.getpixel((5, turned.height - 5)) == 255
