"""A fixed amount of work for processors, so that processor seconds of different machines and moments can be compared.

The loop is of the kinds that a work is made of: plain Python, JSON, compression and picture filters. It uses the
standard library and Pillow, and nothing of the product, so that it costs the same whatever becomes of the product. It
runs on every core at once, as drawing does: a neighbour that shares a core or its memory slows both alike.

python -m benchmarks.calibration       prints processor seconds of one loop
"""

import io
import json
import subprocess
import sys
import time
import zlib
from collections.abc import Sequence
from statistics import fmean
from typing import Final

from PIL import Image, ImageFilter

from providers.process_pool import workers_here

LIMIT_S: Final = 120.0
SIZE_PX: Final = 900
ROUNDS: Final = 6


def loop() -> None:
    """About a second of one core of an ordinary server."""
    for number in range(ROUNDS):
        words = {f"k{value}": [value * number % 97, str(value)] for value in range(16_000)}
        text = json.dumps(json.loads(json.dumps(words)), sort_keys=True).encode()
        zlib.compress(text, 6)
        tile = Image.frombytes("L", (300, 300), text[:90_000])
        image = tile.resize((SIZE_PX, SIZE_PX), Image.Resampling.BICUBIC)
        for blurred in range(3):
            image = image.filter(ImageFilter.GaussianBlur(2 + blurred)).filter(ImageFilter.MinFilter(3))
        image.point(lambda grey: 255 * (grey > 128)).save(io.BytesIO(), "PNG", compress_level=6)


def measured_loop_s() -> float:
    """Processor seconds of one loop, after a short one that does not count."""
    Image.new("L", (8, 8)).filter(ImageFilter.GaussianBlur(1))
    begun = time.process_time()
    loop()
    return time.process_time() - begun


def calibrate() -> float:
    """The mean of one loop on every core at once. Raises `RuntimeError` when one does not end."""
    command = [sys.executable, "-m", "benchmarks.calibration"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(workers_here())]
    try:
        return fmean(float(one.communicate(timeout=LIMIT_S)[0]) for one in running)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise RuntimeError(f"the calibration loop did not end: {error}") from error
    finally:
        for one in running:
            one.kill()
            one.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the seconds of this process alone."""
    sys.stdout.write(f"{measured_loop_s():.4f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
