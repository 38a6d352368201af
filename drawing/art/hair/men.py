"""How men wear the styles that women wear otherwise: hair off the brow, temples and ears free."""

from dataclasses import replace

from drawing.art.hair.styles import STYLES, HairStyle, locks, shorter
from manga.characters import Age, Look

_SHAVEN = frozenset({"samurai", "hakama", "kimono"})
"""With these clothes a topknot lies on a shaved pate; who works in the field does not shave it."""
_THIN = frozenset({"short", "messy", "spiky"})
"""Locks that an old man has no more."""
_GROWN = frozenset({Age.ADULT, Age.ELDER, Age.TEEN})

_LOOSE = locks((-0.1, -0.36, -0.15, -0.17, 0.05, -0.2), (0.3, -0.3, 0.345, -0.06, 0.05, 0.1))
_COMBED = locks(
    (0.17, -0.5, -0.33, -0.19, 0.2, -0.34), (0.18, -0.5, -0.2, -0.26, 0.19, -0.32),
    (0.19, -0.52, -0.03, -0.3, 0.16, -0.24), (0.2, -0.52, 0.32, -0.2, 0.15, 0.3),
)  # fmt: skip
_COMBED_RIM = locks(
    (0.12, -0.56, -0.14, -0.73, 0.24, -0.2), (-0.02, -0.56, -0.31, -0.66, 0.24, -0.16),
    (-0.22, -0.46, -0.46, -0.5, 0.22, -0.12), (0.26, -0.5, 0.44, -0.5, 0.2, 0.12),
)  # fmt: skip
_BACKWARDS = locks(
    (-0.2, -0.5, -0.06, -0.71, 0.2, 0.2), (-0.02, -0.54, 0.16, -0.72, 0.22, 0.18),
    (0.16, -0.52, 0.36, -0.63, 0.22, 0.16), (0.33, -0.4, 0.5, -0.42, 0.2, 0.12),
    (-0.33, -0.42, -0.42, -0.55, 0.16, 0.16),
)  # fmt: skip
_BACKWARDS_SIDE = locks(
    (-0.2, -0.48, -0.04, -0.69, 0.2, 0.24), (0.0, -0.54, 0.22, -0.7, 0.24, 0.18),
    (0.2, -0.5, 0.46, -0.58, 0.24, 0.16), (0.36, -0.36, 0.6, -0.34, 0.24, 0.14),
    (0.4, -0.16, 0.6, -0.04, 0.22, 0.14), (0.38, 0.02, 0.5, 0.22, 0.2, 0.12), (0.3, 0.16, 0.38, 0.4, 0.16, 0.1),
)  # fmt: skip
_NECK = locks((0.4, 0.02, 0.46, 0.2, 0.16, 0.1), (0.34, 0.14, 0.38, 0.37, 0.15, 0.1))


def _without_fringe(name: str) -> HairStyle:
    return replace(STYLES[name], fringe=STYLES["wavy"].fringe[:4], profile=locks((0.0, -0.5, -0.38, -0.12, 0.2, -0.3)))


MEN: dict[str, HairStyle] = {
    "short": replace(
        STYLES["short"], cap="clear", fringe=STYLES["short"].fringe[1:6], rim=STYLES["short"].rim[:7], back="none",
        profile=STYLES["short"].profile[:4], profile_rim=(*STYLES["short"].profile_rim[:4], *shorter(_NECK, 0.2)),
    ),
    "topknot": HairStyle("clear", _LOOSE[1:], back="topknot"),
    "bun": HairStyle("high", back="bun"),
    "ponytail": HairStyle("clear", _LOOSE, back="ponytail"),
    "swept": HairStyle("high", _LOOSE[:1], _BACKWARDS, 0.0, "none", (), _BACKWARDS_SIDE),
    "parted": HairStyle(
        "clear", _COMBED, _COMBED_RIM, 0.0, "none",
        locks((0.0, -0.54, -0.36, -0.26, 0.2, -0.32), (0.04, -0.5, -0.24, -0.24, 0.18, -0.28)), shorter(_NECK, 0.3),
    ),
    "crew": replace(STYLES["crew"], cap="high"),
    "braid": replace(STYLES["braid"], cap="high", fringe=(), side=0.0, profile=()),
    "long": _without_fringe("long"),
    "half_up": _without_fringe("half_up"),
}  # fmt: skip


def worn(look: Look) -> HairStyle:
    """The style as this person wears it."""
    name = "parted" if look.age is Age.ELDER and look.hair_style in _THIN else look.hair_style
    if look.gender == "female" or look.age not in _GROWN or name not in MEN:
        return STYLES[look.hair_style]
    style = MEN[name]
    if look.hair_style == "topknot" and look.outfit in _SHAVEN:
        return replace(style, cap="pate", fringe=())
    return style
