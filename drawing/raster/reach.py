"""The lightest and the darkest around each pixel of a grey picture: grow and shrink marks, along a step or in a square.

Pillow's rank filters do the same in ten times the time. Beyond the border there is nothing that counts.
"""

from typing import Literal

from PIL import Image, ImageChops

Pick = Literal["lightest", "darkest"]
Step = tuple[int, int]


def swept(image: Image.Image, step: Step, count: int, pick: Pick, *, centred: bool = False) -> Image.Image:
    """Of `count` places from each pixel on, `step` after `step` (around it, when centred), the one that is picked."""
    dx, dy = step
    margin = count * max(abs(dx), abs(dy))
    wide = Image.new("L", (image.width + 2 * margin, image.height + 2 * margin), 0 if pick == "lightest" else 255)
    wide.paste(image, (margin, margin))
    choose = ImageChops.lighter if pick == "lightest" else ImageChops.darker
    reached = 1
    while reached < count:
        by = min(reached, count - reached)
        wide = choose(wide, ImageChops.offset(wide, -by * dx, -by * dy))
        reached += by
    back = count // 2 if centred else 0
    left, top = margin - back * dx, margin - back * dy
    return wide.crop((left, top, left + image.width, top + image.height))


def around(image: Image.Image, size: int, pick: Pick) -> Image.Image:
    """The one that is picked in a square of `size` (odd) pixels around each pixel."""
    return swept(swept(image, (1, 0), size, pick, centred=True), (0, 1), size, pick, centred=True)


def without_dark(image: Image.Image, size: int) -> Image.Image:
    """What is dark and thinner than `size` takes on what is beside it."""
    return around(around(image, size, "lightest"), size, "darkest")


def without_light(image: Image.Image, size: int) -> Image.Image:
    """What is light and thinner than `size` takes on what is beside it."""
    return around(around(image, size, "darkest"), size, "lightest")
