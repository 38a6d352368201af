"""Breeds of animals as numbers: head, ears, coat, body. Units are the animal's own heads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from drawing.ink.paths import Path
from drawing.ink.pen import SHADES, WHITE, Pen, Shade

Ears = Literal["pointed", "short", "long", "round", "round_low", "side", "small", "floppy", "bulge", "none"]
Tail = Literal["brush", "curl", "thin", "tuft", "puff", "stub", "hair", "whip", "none"]
Body = Literal["slender", "heavy", "tall", "shell", "bird", "frog", "spider", "kappa", "owl", "snake", "wader"]
_COATS = frozenset({"coat", "mask", "socks"})
_CALLED = {"plan": "body", "size": "scale"}


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


def breed_from(body: Mapping[str, Any]) -> Breed:
    """The measures of a being of the register. Raises TypeError where some are missing."""
    fields: dict[str, Any] = {_CALLED.get(name, name): _fixed(value) for name, value in body.items()}
    coats: dict[str, Any] = {name: SHADES[fields[name]] for name in _COATS & fields.keys()}
    return Breed(**{**fields, **coats})


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def ink_coat(pen: Pen, path: Path, shade: Shade, weight: float = 1.25) -> None:
    """A part of a coat; black fur is parted by white lines."""
    pen.shape(path, shade, weight)
    if shade.black:
        pen.contour(path, weight * 0.6, 255)
