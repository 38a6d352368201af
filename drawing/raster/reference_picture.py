"""Makes a small picture in even greys of a finished panel, after which other panels are drawn. For the process pool."""

import io

from PIL import Image

LONGEST_PX = 1024
QUALITY = 88


def reference_jpeg(data: bytes) -> bytes:
    """A panel's picture without its dots: the greys of its palette are what its tones ink."""
    with Image.open(io.BytesIO(data)) as image:
        whole = image.convert("RGB" if image.mode == "RGB" else "L")
    whole.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    whole.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
