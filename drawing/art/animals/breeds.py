"""Animals as numbers: head, ears, coat, body. Units are the animal's own heads."""

from dataclasses import dataclass
from typing import Literal

from drawing.ink.paths import Path
from drawing.ink.pen import BLACK, DARK_TONE, LIGHT_TONE, MID_TONE, WHITE, Pen, Shade
from manga.characters import Kind

Ears = Literal["pointed", "short", "long", "round", "round_low", "side", "small", "floppy", "bulge", "none"]
Tail = Literal["brush", "curl", "thin", "tuft", "puff", "stub", "hair", "whip", "none"]
Body = Literal["slender", "heavy", "tall", "shell", "bird", "frog", "spider", "kappa", "owl", "snake", "wader"]


@dataclass(frozen=True, slots=True)
class Breed:
    """The measures and coat of one kind."""

    scale: float
    """Size of its head against an adult human's."""
    skull: tuple[float, float]
    muzzle: tuple[float, float]
    reach: float
    """How far the muzzle stands out when seen from the side."""
    ears: Ears
    tail: Tail
    body: Body
    coat: Shade
    mask: Shade = WHITE
    """Of cheeks and muzzle."""
    socks: Shade | None = None
    cheeks: float = 0.0
    """Length of cheek tufts."""
    eye: float = 0.92
    leg: float = 1.25
    long: float = 1.0
    whiskers: bool = False
    teeth: bool = False
    stripes: bool = False
    horns: bool = False
    patches: bool = False
    """Dark fur around the eyes."""
    snout: bool = False
    beak: float = 0.34
    """How long the beak is of one that has such, seen from the side."""
    hoofs: bool = False
    """It rests on folded legs and does not sit."""
    mane: bool = False
    """Long hair all around the head."""
    leaps: bool = False
    """It squats and bounds as hares do."""
    roars: bool = False
    """A great cat: heavy jaws, a thick neck, great paws."""
    pelt: Literal["striped", "spotted", ""] = ""
    """What is on its body."""
    grown: float = 1.32
    """How much larger than life the head is, so that a face can act."""


BREEDS: dict[Kind, Breed] = {
    Kind.FOX: Breed(0.62, (0.42, 0.35), (0.16, 0.13), 0.3, "pointed", "brush", "slender", MID_TONE, socks=BLACK,
    cheeks=0.16, leg=1.2, long=1.05),
    Kind.DOG: Breed(0.7, (0.42, 0.36), (0.19, 0.15), 0.26, "floppy", "curl", "slender", WHITE, cheeks=0.03, leg=1.3),
    Kind.WOLF: Breed(0.86, (0.43, 0.35), (0.18, 0.15), 0.36, "pointed", "brush", "slender", DARK_TONE, cheeks=0.18,
    eye=0.76, leg=1.45, long=1.1),
    Kind.CAT: Breed(0.5, (0.46, 0.36), (0.14, 0.1), 0.1, "short", "thin", "slender", WHITE, whiskers=True,
    stripes=True, cheeks=0.06, leg=1.05, long=0.9, eye=1.05),
    Kind.RABBIT: Breed(0.58, (0.37, 0.34), (0.15, 0.11), 0.12, "long", "puff", "slender", WHITE, teeth=True, leg=0.95,
    long=0.8, whiskers=True, leaps=True, grown=1.25),
    Kind.MOUSE: Breed(0.34, (0.38, 0.33), (0.13, 0.1), 0.28, "round", "whip", "slender", LIGHT_TONE, teeth=True,
    leg=0.6, long=0.75, whiskers=True),
    Kind.BEAR: Breed(1.2, (0.47, 0.4), (0.2, 0.16), 0.2, "small", "stub", "heavy", DARK_TONE, mask=WHITE, eye=0.6,
    leg=1.0, long=1.0, grown=1.2),
    Kind.HORSE: Breed(1.15, (0.27, 0.32), (0.19, 0.17), 0.62, "short", "hair", "tall", LIGHT_TONE, mask=LIGHT_TONE,
    eye=0.66, leg=2.3, long=1.35, grown=1.45, hoofs=True),
    Kind.TORTOISE: Breed(0.4, (0.34, 0.3), (0.2, 0.12), 0.12, "small", "stub", "shell", LIGHT_TONE, mask=LIGHT_TONE,
    eye=0.8),
    Kind.BIRD: Breed(0.34, (0.36, 0.34), (0.1, 0.1), 0.3, "small", "stub", "bird", MID_TONE, eye=0.74),
    Kind.BEAST: Breed(1.3, (0.46, 0.38), (0.22, 0.17), 0.3, "pointed", "brush", "heavy", BLACK, mask=BLACK,
    cheeks=0.2, eye=0.72, horns=True, leg=1.2, grown=1.2),
}  # fmt: skip


def ink_coat(pen: Pen, path: Path, shade: Shade, weight: float = 1.25) -> None:
    """A part of a coat; black fur is parted by white lines."""
    pen.shape(path, shade, weight)
    if shade.black:
        pen.contour(path, weight * 0.6, 255)
