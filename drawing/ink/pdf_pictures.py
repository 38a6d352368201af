"""Pictures in pixels as PDF objects: as they are, or, when their greys mean tones, in layers that are printed through.

In: encoded pictures by name. Out: image objects. The same bytes always give the same objects.
"""

import io
from collections.abc import Mapping, Sequence

import pikepdf
from PIL import Image, TiffImagePlugin

from drawing.raster.toned_panel import Layer, is_toned, layers

_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_LENGTHS = 273, 278, 279


def toned(images: Mapping[str, bytes]) -> dict[str, tuple[Layer, ...]]:
    """Of the pictures those whose greys mean tones, in layers."""
    found = {}
    for name, data in images.items():
        with Image.open(io.BytesIO(data)) as image:
            if is_toned(image):
                found[name] = tuple(layers(image))
    return found


def is_grey(data: bytes) -> bool:
    """Whether an encoded picture says of itself that it has no colour."""
    with Image.open(io.BytesIO(data)) as image:
        return image.mode in {"1", "L", "LA", "I;16"} or is_toned(image)


def stencils(pdf: pikepdf.Pdf, alias: str, printed: Sequence[Layer], *, kept: bool = True) -> dict[str, pikepdf.Object]:
    """Masks that the current colour or tone is printed through, by name among a page's resources."""
    return {stencil_name(alias, i): stencil(pdf, layer, kept=kept) for i, layer in enumerate(printed)}


def stencil_name(alias: str, number: int) -> str:
    return f"{alias}L{number}"


def stencil(pdf: pikepdf.Pdf, layer: Layer, *, kept: bool = True) -> pikepdf.Object:
    """A mask of 1 bit a pixel, set where it prints; packed where the file is `kept`."""
    columns = pikepdf.Dictionary(K=-1, Columns=layer.width, Rows=layer.height, BlackIs1=True)
    packed = {"Filter": pikepdf.Name.CCITTFaxDecode, "DecodeParms": columns} if kept else {}
    return pdf.make_stream(
        _faxed(layer) if kept else layer.mask,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=layer.width,
        Height=layer.height,
        ImageMask=True,
        BitsPerComponent=1,
        Decode=pikepdf.Array([1, 0]),
        **packed,
    )


def _faxed(layer: Layer) -> bytes:
    """The mask in CCITT group 4, which is half of what zlib makes of it: the one strip of a TIFF."""
    out = io.BytesIO()
    mask = Image.frombytes("1", (layer.width, layer.height), layer.mask)
    mask.save(out, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: mask.height})
    out.seek(0)
    with TiffImagePlugin.TiffImageFile(out) as written:
        (start,), (length,) = written.tag_v2[_STRIP_OFFSETS], written.tag_v2[_STRIP_LENGTHS]
    return out.getvalue()[start : start + length]


def picture(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Object:
    """JPEG bytes stay as they are; all else is decoded and packed without loss."""
    with Image.open(io.BytesIO(data)) as image:
        if image.format == "JPEG" and image.mode in {"L", "RGB"}:
            return _raster(pdf, data, image.size, image.mode, Filter=pikepdf.Name.DCTDecode)
        if image.mode in {"RGBA", "LA", "P", "PA"}:
            rgba = image.convert("RGBA")
            mask = _raster(pdf, rgba.getchannel("A").tobytes(), image.size, "L")
            return _raster(pdf, rgba.convert("RGB").tobytes(), image.size, "RGB", SMask=mask)
        flat = image if image.mode in {"L", "RGB"} else image.convert("L" if image.mode in {"1", "I", "F"} else "RGB")
        return _raster(pdf, flat.tobytes(), image.size, flat.mode)


def _raster(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], mode: str, **more: pikepdf.Object) -> pikepdf.Object:
    space = pikepdf.Name.DeviceGray if mode == "L" else pikepdf.Name.DeviceRGB
    return pdf.make_stream(
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=space,
        BitsPerComponent=8,
        **more,
    )
