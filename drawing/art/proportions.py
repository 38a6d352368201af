"""How a body is measured, in heads: from age, gender and build to lengths and widths.

`stature` is what stands between the floor and the centre of the head when the body is upright.
"""

from dataclasses import dataclass, replace

from manga.characters import Age, Look


@dataclass(frozen=True, slots=True)
class Proportions:
    """The measures of one body, in heads."""

    head: float
    """Size of one head against an adult's."""
    neck: float
    torso: float
    thigh: float
    shank: float
    foot: float
    upper_arm: float
    forearm: float
    hand: float
    shoulder: float
    """Half the breadth between the shoulder joints."""
    chest: float
    waist: float
    hip: float
    limb: float
    """Thickness of arms and legs against an adult man's."""
    depth: float = 1.0
    """Depth of the trunk against a medium one's."""
    stoop: float = 0.0
    """Degrees that the trunk leans when it stands."""
    bust: float = 0.0
    belly: float = 0.0
    """How far they stand out."""
    slope: float = 0.36
    """How far the shoulder joints lie below the neck's root, for a trunk as long as a man's: less is squarer."""
    muscle: float = 0.0
    """How much thicker the neck is than a thin one, and how far it runs out into the shoulders."""

    @property
    def stature(self) -> float:
        return self.foot + self.shank + self.thigh + self.torso + self.neck + 0.48


MAN = Proportions(
    1.0, 0.06, 1.95, 1.62, 1.56, 0.22, 1.06, 0.96, 0.72, 0.8, 0.79, 0.59, 0.56, 1.0, slope=0.34, muscle=0.06
)
WOMAN = Proportions(0.97, 0.09, 1.82, 1.62, 1.54, 0.2, 0.98, 0.9, 0.65, 0.59, 0.58, 0.43, 0.59, 0.82, bust=0.065)
BOY = Proportions(
    0.97, 0.08, 1.76, 1.48, 1.42, 0.2, 0.97, 0.88, 0.68, 0.69, 0.66, 0.5, 0.5, 0.86, slope=0.345, muscle=0.025
)
GIRL = Proportions(0.95, 0.085, 1.7, 1.5, 1.42, 0.19, 0.92, 0.84, 0.63, 0.54, 0.53, 0.41, 0.53, 0.77, bust=0.04)
CHILD = Proportions(0.9, 0.06, 1.26, 0.9, 0.86, 0.16, 0.66, 0.6, 0.52, 0.42, 0.44, 0.42, 0.42, 0.72, slope=0.35)
OLD_MAN = Proportions(
    0.97, 0.06, 1.72, 1.4, 1.36, 0.2, 0.98, 0.92, 0.7, 0.7, 0.7, 0.6, 0.55, 0.86, stoop=11, slope=0.35, muscle=0.03
)
OLD_WOMAN = Proportions(
    0.94, 0.07, 1.6, 1.32, 1.28, 0.18, 0.92, 0.84, 0.62, 0.55, 0.58, 0.54, 0.56, 0.8, stoop=14, bust=0.045
)


def proportions(look: Look) -> Proportions:
    return _built(_by_age(look.age, female=look.gender == "female"), look.build)


def _by_age(age: Age, *, female: bool) -> Proportions:
    pairs = {Age.CHILD: (CHILD, CHILD), Age.TEEN: (BOY, GIRL), Age.ADULT: (MAN, WOMAN), Age.ELDER: (OLD_MAN, OLD_WOMAN)}
    return pairs[age][int(female)]


def _built(p: Proportions, build: str) -> Proportions:
    if build == "slim":
        narrow = replace(p, shoulder=p.shoulder * 0.92, chest=p.chest * 0.87, waist=p.waist * 0.8, hip=p.hip * 0.87)
        return replace(narrow, limb=p.limb * 0.8, depth=0.82, bust=p.bust * 0.7, muscle=p.muscle * 0.4)
    if build == "stout":
        waist, hip = min(p.waist * 1.72, p.shoulder * 1.38), min(p.hip * 1.36, p.shoulder * 1.4)
        """Wider ones would stand out behind the arms."""
        wide = replace(p, shoulder=p.shoulder * 1.12, chest=p.chest * 1.18, waist=waist, hip=hip)
        return replace(wide, limb=p.limb * 1.32, depth=1.55, belly=0.16, slope=p.slope * 1.1)
    if build == "tall":
        return replace(p, thigh=p.thigh * 1.08, shank=p.shank * 1.08, torso=p.torso * 1.03)
    if build == "small":
        return replace(p, thigh=p.thigh * 0.92, shank=p.shank * 0.92, torso=p.torso * 0.95, head=p.head * 0.96)
    return p
