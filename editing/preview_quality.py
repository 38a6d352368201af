"""The quality of previews: what a device can do in, a level 1..5 and its width in pixels out."""

from math import floor
from statistics import fmean

from pydantic import Field

from manga.values import Value

LOWEST, HIGHEST = 1, 5
PAGE_PX = (320, 480, 640, 900, 1200)
"""Width of a page at levels 1 to 5."""
_FULL_MEMORY_GB, _FULL_CORES, _FULL_KBIT_S = 8, 8, 20_000


class Device(Value):
    """What looks at the previews, as it says itself; the defaults stand for one that says nothing."""

    memory_gb: float = Field(default=4, gt=0, le=65_536)
    cores: int = Field(default=2, ge=1, le=65_536)
    kbit_s: float = Field(default=5000, gt=0, le=1e9)
    multiplier: float = Field(default=1, gt=0, le=10, description="what a person wishes: more or less than that")


def quality_level(device: Device) -> int:
    """1..5: the mean of its shares of a strong device, times the multiplier."""
    shares = (
        min(1.0, device.memory_gb / _FULL_MEMORY_GB),
        min(1.0, device.cores / _FULL_CORES),
        min(1.0, device.kbit_s / _FULL_KBIT_S),
    )
    # Nine digits: shares that make a whole level are not to miss it by the last bit.
    return within(floor(round(HIGHEST * fmean(shares) * device.multiplier, 9)))


def within(level: int) -> int:
    """A level that there is."""
    return max(LOWEST, min(HIGHEST, level))


def page_px(level: int) -> int:
    """How wide a page is drawn."""
    return PAGE_PX[within(level) - LOWEST]
