"""Which spirit a look is, by its kind and marks; how one is dressed whom the story only names."""

import re
from dataclasses import dataclass

from manga.characters import Kind, Look


@dataclass(frozen=True, slots=True)
class Aspect:
    """`dress` fills a sheet that tells of no body; the rest names what is drawn on it."""

    behind: tuple[str, ...] = ()
    """On the head, behind it: a halo, spikes of ice, flames."""
    before: tuple[str, ...] = ()
    """On the head, over hair and face: a wreath, horns, a cap."""
    back: str = ""
    """On the back: wings, streamers of wind, a club."""
    body: str = ""
    """Before the body: a drum, a tiger's skin, mist instead of feet."""
    dress: tuple[tuple[str, str], ...] = ()
    stone: bool = False
    """Carved: it stands as it stands, with its eyes shut."""


def _clothes(**fields: str) -> tuple[tuple[str, str], ...]:
    return tuple(fields.items())


_STONE = {"hair_style": "bald", "outfit": "robe", "outfit_tone": "white", "facial_hair": "none", "glasses": False}
_WHITE = {"hair_color": "white", "outfit_tone": "white"}
_ROWS: tuple[tuple[str, Aspect], ...] = (
    ("閻魔|\\byama\\b|\\benma\\b", Aspect(before=("judge",), behind=("flames",))),
    ("地蔵|\\bjizo\\b", Aspect(behind=("halo",), body="bib", stone=True)),
    ("螺髪|釈迦|buddha", Aspect(behind=("halo", "rays"), before=("knobs",), body="stole")),
    ("鬼の角|\\boni\\b|ogre|demon|devil|goblin", Aspect(before=("horns", "fangs"), back="club", body="tiger",
     dress=_clothes(gender="male", hair_style="messy", outfit="rags", build="stout", eyes="sharp", brows="thick"))),
    ("天狗|tengu", Aspect(before=("long_nose", "small_cap"), back="feathers", dress=_clothes(
     gender="male", outfit="hakama", hair_color="white", hair_style="messy", eyes="sharp", age="elder"))),
    ("神将|仁王", Aspect(behind=("flames",))),
    ("雪女", Aspect(before=("flakes",), body="mist", dress=_clothes(
     gender="female", hair_style="long", hair_color="black", outfit="kimono", outfit_tone="white", eyes="narrow"))),
    ("幽霊|お化け", Aspect(before=("brow_cloth",), body="mist", dress=_clothes(
     gender="female", hair_style="long", hair_color="black", outfit="kimono", outfit_tone="white", eyes="gentle"))),
    ("ghost|spectre|phantom", Aspect(body="mist", dress=_clothes(
     hair_style="wavy", outfit="gown", eyes="gentle", **_WHITE))),
    ("frost|霜", Aspect(behind=("icicles",), before=("ice_band",), dress=_clothes(
     gender="male", hair_style="spiky", outfit="robe", eyes="sharp", build="slim", **_WHITE))),
    ("snow|雪", Aspect(behind=("hood",), before=("flakes",), dress=_clothes(
     gender="female", hair_style="long", outfit="gown", eyes="gentle", **_WHITE))),
    ("wind|風", Aspect(before=("puffed",), behind=("curls",), back="streamers", dress=_clothes(
     gender="male", hair_style="swept", hair_color="tone", outfit="coat", outfit_tone="mid", facial_hair="beard",
     build="stout", brows="thick"))),
    ("hail|霰|雹", Aspect(before=("stones",), body="drum", dress=_clothes(
     gender="male", hair_style="crew", hair_color="grey", outfit="tunic", outfit_tone="dark", build="stout",
     eyes="sharp", brows="thick"))),
    ("spring|春|flower|花", Aspect(before=("wreath",), dress=_clothes(
     gender="female", age="teen", hair_style="wavy", hair_color="tone", outfit="gown", outfit_tone="white",
     eyes="gentle"))),
    ("autumn|秋", Aspect(before=("leaves",), dress=_clothes(
     gender="female", hair_style="braid", hair_color="tone", outfit="gown", outfit_tone="dark", eyes="gentle"))),
    ("summer|夏|\\bsun\\b|太陽", Aspect(behind=("rays",), before=("leaves",), dress=_clothes(
     gender="male", hair_style="curly", hair_color="white", outfit="tunic", outfit_tone="light"))),
    ("winter|冬", Aspect(behind=("icicles",), before=("ice_band",), dress=_clothes(
     gender="male", age="elder", facial_hair="long_beard", hair_style="long", outfit="robe", eyes="sharp", **_WHITE))),
    ("tree|木霊|木の", Aspect(behind=("branches",), before=("leaves",), dress=_clothes(
     gender="male", age="elder", facial_hair="long_beard", hair_style="messy", hair_color="tone", outfit="robe",
     outfit_tone="dark"))),
    ("angel|天使", Aspect(behind=("ring",), back="wings", dress=_clothes(
     gender="female", hair_style="wavy", outfit="gown", eyes="gentle", **_WHITE))),
    ("天女|nymph", Aspect(behind=("halo",), before=("wreath",), back="streamers", dress=_clothes(
     gender="female", hair_style="half_up", outfit="gown", outfit_tone="white", eyes="gentle"))),
    ("fairy|妖精|sprite|\\belf\\b", Aspect(before=("wreath",), back="fine_wings", dress=_clothes(
     gender="female", age="child", hair_style="pixie", hair_color="white", outfit="tunic", outfit_tone="light"))),
    ("death|死神", Aspect(behind=("black_hood",), dress=_clothes(
     gender="male", hair_style="bald", outfit="robe", outfit_tone="black", eyes="narrow", build="slim"))),
    ("moon|月", Aspect(before=("crescent",), behind=("halo",), dress=_clothes(
     gender="female", hair_style="long", outfit="gown", eyes="gentle", **_WHITE))),
    ("fire|火|炎", Aspect(behind=("flames",), dress=_clothes(
     gender="male", hair_style="spiky", hair_color="tone", outfit="robe", outfit_tone="dark", eyes="sharp"))),
    ("water|水|\\bsea\\b|mermaid", Aspect(behind=("curls",), body="mist", dress=_clothes(
     gender="female", hair_style="wavy", hair_color="tone", outfit="gown", outfit_tone="light"))),
    ("雷|thunder", Aspect(before=("horns", "fangs"), body="drum", dress=_clothes(
     gender="male", hair_style="curly", outfit="rags", build="stout", brows="thick"))),
    ("神さま|神様|the lord|\\bgod\\b", Aspect(behind=("halo", "rays"))),
)  # fmt: skip
_ASPECTS = tuple((re.compile(words, re.IGNORECASE), aspect) for words, aspect in _ROWS)
_SPIRIT = Aspect(behind=("halo",), body="mist", dress=_clothes(
    hair_style="long", outfit="gown", eyes="gentle", **_WHITE))  # fmt: skip
_SURE = re.compile(
    "閻魔|螺髪|地蔵|jizo|鬼の角|天狗|神将|仁王|光背|yama|enma|buddha|\\boni\\b|tengu|angel|天使|ogre", re.IGNORECASE
)
"""Marks that make a spirit of who else would be a man or a beast."""


def aspect_of(look: Look) -> Aspect | None:
    """Of every spirit, and of men and beasts whose marks say that they are none."""
    spirit = look.kind is Kind.SPIRIT
    marks = [mark for mark in look.marks if spirit or _SURE.search(mark)]
    if not spirit and (not marks or look.kind not in {Kind.HUMAN, Kind.BEAST}):
        return None
    found = next((aspect for mark in marks for words, aspect in _ASPECTS if words.search(mark)), None)
    return found or (_SPIRIT if spirit else None)


def embodied(look: Look, aspect: Aspect) -> Look:
    """As a person's: what sheets tell of hair and clothes of who is no man is of no use; a ghost was a woman or a man,
    but Spring is a girl whatever the sheet says."""
    if aspect.stone:
        return look.model_copy(update={**_STONE, "kind": Kind.HUMAN})
    if look.kind is Kind.HUMAN:
        bare = {"judge": {"hat": "none"}, "knobs": {"hair_style": "bald", "hat": "none"}}
        return look.model_copy(update=next((bare[name] for name in aspect.before if name in bare), {}))
    once = aspect.body == "mist" or bool(aspect.back)
    told = {"gender": look.gender} if once and look.gender != "neutral" else {}
    fields = {**look.model_dump(), **dict(aspect.dress), **told, "kind": Kind.HUMAN, "glasses": False, "hat": "none"}
    if fields["gender"] == "female":
        fields["facial_hair"] = "none"
    return Look.model_validate(fields)
