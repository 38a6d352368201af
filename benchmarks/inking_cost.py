"""`python -m benchmarks.inking_cost`: what it costs to make a panel of a picture that a model answered.

Draws pictures with the offline artist at sizes that models answer with, then measures seconds of the processor for each
(decoded, looked at, cut, inked and toned for 600 dpi, packed) beside a bare Pillow that decodes the same bytes and
encodes them as a PNG. What the finders of faces and of letters take is told apart. `--out` keeps the panels to look at.
"""

import argparse
import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import mean

import numpy as np
from PIL import Image

from drawing.ink.drawing_calls import Drawing
from drawing.ink.pdf import to_pdf
from drawing.pages.pdf_to_pixels import pixels
from drawing.raster.decode_picture import decoded
from drawing.raster.find_faces import found_faces
from drawing.raster.find_letters import found_letters
from drawing.raster.panel_from_picture import make_panel
from evals.faces.others_pictures import flat
from manga.geometry import Rect
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection, SceneDirection, Shot
from offline.artist import picture

SIZES = (((60.0, 70.0), 1024), ((85.0, 68.0), 1152), ((47.0, 68.0), 832), ((104.0, 90.0), 2304), ((169.0, 92.0), 2688))
"""Millimetres of a panel, and how many pixels wide a model draws it."""
SETTINGS = ("street", "classroom", "forest", "kitchen")
LARGE_PX, LARGE = 2000, 0.31
"""From this width on a picture has Google's larger size: 192 of the 620 panels of twelve books by the rules need it."""
MOST_TIMES = 2.5
"""A picture may take so many times as long as the bare Pillow, the finders apart: 0.15 s beside 0.06."""
RUNS = 3


def answered(width_mm: float, height_mm: float, width_px: int, setting: str) -> tuple[bytes, SceneDirection]:
    """A picture as a model might answer it, as a JPEG, and what was directed."""
    people = tuple(FigureDirection(character=who, x=x) for who, x in (("a", 0.35), ("b", 0.7)))
    direction = SceneDirection(shot=Shot.BUST, figures=people, setting=setting)
    outline = Rect(x=0, y=0, width=width_mm, height=height_mm).polygon()
    brief = PanelBrief(
        panel="b0001", width_mm=width_mm, height_mm=height_mm, outline=outline, direction=direction, cast=()
    )
    drawn = Drawing.of(json.loads(picture(brief, "bench").data))
    out = io.BytesIO()
    pixels(to_pdf(flat(drawn)), width_px=width_px).convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue(), direction


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor, the least of some runs."""
    least = float("inf")
    for _ in range(RUNS):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
    return least


def bare(data: bytes) -> None:
    """What any program must do with a picture: decode it, and encode what becomes of it."""
    with Image.open(io.BytesIO(data)) as image:
        image.save(io.BytesIO(), "PNG", compress_level=4)


def of_a_book(seconds: Sequence[float], large: Sequence[bool]) -> float:
    """The mean of pictures of both sizes, as often as books have them."""
    sizes = [
        mean(one for one, is_large in zip(seconds, large, strict=True) if is_large is size) for size in (False, True)
    ]
    return (1 - LARGE) * sizes[0] + LARGE * sizes[1]


def main() -> int:
    """Prints the table. Exit code 1: a picture costs too much beside a bare Pillow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="folder for the panels")
    folder = parser.parse_args().out
    ours, peers, finder, reader, large = [], [], [], [], []
    for (width_mm, height_mm), width_px in SIZES:
        for setting in SETTINGS:
            data, direction = answered(width_mm, height_mm, width_px, setting)
            outline = Rect(x=0, y=0, width=width_mm, height=height_mm).polygon()
            make = partial(
                make_panel, data, width_mm=width_mm, height_mm=height_mm, outline=outline, direction=direction
            )
            panel = make()
            grey = np.asarray(decoded(data, grey=True))
            finder.append(spent(partial(found_faces, grey)))
            ours.append(spent(make) - finder[-1])
            reader.append(spent(partial(found_letters, grey)))
            peers.append(spent(partial(bare, data)))
            large.append(width_px >= LARGE_PX)
            size = f"{width_px} px, {width_mm:.0f} x {height_mm:.0f} mm"
            mine, eyes, read, peer = (1000 * one[-1] for one in (ours, finder, reader, peers))
            told = f"faces {eyes:4.0f} ms   letters {read:4.0f} ms   bare {peer:4.0f} ms"
            print(f"{size:<24}{setting:<10}{mine:6.0f} ms   {told}")
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{setting}-{width_px}.png").write_bytes(panel.data)
    each, bare_each = (of_a_book(one, large) for one in (ours, peers))
    ratio = each / bare_each
    print(f"a picture of a book: {each:.3f} s of one core; {ratio:.1f} times a bare Pillow")
    print(f"its faces: {mean(finder):.3f} s more, its letters: {mean(reader):.3f} s more")
    return int(ratio > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main())
