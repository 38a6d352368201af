"""Applies a changed state to a character's sheet: the look that is drawn then, and one sentence for a model's prompt.

The sentence is the same, word for word, wherever the state is; without a state there is none and the sheet stays.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from drawing.art.props.limp_things import around_neck, by_the_mouth
from drawing.art.things.find_drawing import thing_of
from manga.brief import Language
from manga.characters import Character, Look
from manga.continuity import LONGEST_TO, OFF, OTHER, Aspect, Change, State
from manga.storyboard import Shape
from manga.values import Span
from manga.vocabulary.clothes_and_hair import UNKNOWN_CLOTHES, hair_styles, headgear, outfits
from manga.vocabulary.vocabulary_entries import Vocabulary

_EN: Mapping[Aspect, tuple[str, str]] = {
    Aspect.SHAPE: ("in the first shape", "in the other shape"),
    Aspect.COSTUME: ("without these clothes", "dressed in {}"),
    Aspect.COAT: ("without the coat", "in a coat"),
    Aspect.HAT: ("bareheaded, without the hat", "wearing {}"),
    Aspect.GLASSES: ("without the glasses", "wearing glasses"),
    Aspect.SHOES: ("barefoot", "in shoes"),
    Aspect.GLOVES: ("without the gloves", "in gloves"),
    Aspect.MASK: ("unmasked", "behind a mask"),
    Aspect.HAIR: ("without hair", "hair now {}"),
    Aspect.FACE: ("face as ever", "face {} all over, and it stays so"),
    Aspect.HANDS: ("hands as ever", "the hands are {}"),
    Aspect.SIZE: ("as big as ever", "{} in size"),
    Aspect.WET: ("dry", "dripping wet"),
    Aspect.TORN: ("clothes whole", "clothes torn"),
    Aspect.WOUND: ("healed", "wounded on the {}"),
    Aspect.BANDAGE: ("without the bandage", "a bandage on the {}"),
    Aspect.HOLDS: ("empty hands", "in the hand: {}"),
}
_JA: Mapping[Aspect, tuple[str, str]] = {
    Aspect.SHAPE: ("もとの姿", "もう一つの姿"),
    Aspect.COSTUME: ("着がえる前の服ではない", "{}を着ている"),
    Aspect.COAT: ("外套を脱いでいる", "外套を着ている"),
    Aspect.HAT: ("帽子をかぶっていない", "{}をかぶっている"),
    Aspect.GLASSES: ("めがねをはずしている", "めがねをかけている"),
    Aspect.SHOES: ("はだし", "靴をはいている"),
    Aspect.GLOVES: ("手袋をはずしている", "手袋をはめている"),
    Aspect.MASK: ("面をはずしている", "面をつけている"),
    Aspect.HAIR: ("髪がない", "髪は今は{}"),
    Aspect.FACE: ("顔はもとどおり", "顔は{}のまま"),
    Aspect.HANDS: ("手はもとどおり", "手は{}"),
    Aspect.SIZE: ("体の大きさはもとどおり", "体の大きさは{}"),
    Aspect.WET: ("乾いている", "ずぶぬれ"),
    Aspect.TORN: ("服は破れていない", "服が破れている"),
    Aspect.WOUND: ("傷は治っている", "{}に傷がある"),
    Aspect.BANDAGE: ("包帯を取っている", "{}に包帯を巻いている"),
    Aspect.HOLDS: ("手は空", "手に持つ物は{}"),
}
"""Aspect -> what `off` means, and the phrase around any other word."""

_WORDS_JA: Mapping[str, str] = {
    "yes": "帽子",
    "head": "頭", "face": "頬", "arm": "腕", "leg": "足", "body": "体", "short": "短い", "long": "長い",
    "bob": "肩までの長さ", "curly": "短い巻き毛", "bun": "結い上げてある", "ponytail": "後ろで束ねてある",
    "messy": "乱れている", "shaved": "剃ってある", "straw": "麦わら帽子", "cap": "帽子", "hunting": "帽子",
    "top": "シルクハット", "scarf": "頭巾", "crown": "冠", "helmet": "兜", "gun": "銃", "key": "鍵",
    "letter": "手紙", "lantern": "灯り", "basket": "籠", "chestnuts": "栗", "fish": "魚", "eel": "うなぎ",
    "sword": "刀", "umbrella": "傘", "bag": "袋", "box": "箱", "book": "本", "cup": "茶碗", "bowl": "椀",
    "hat": "帽子", "flower": "花", "rope": "縄", "net": "網", "mirror": "鏡", "money": "金", "stick": "棒",
    "phone": "電話", "snake": "蛇", "crumpled": "くしゃくしゃ",
}  # fmt: skip
"""Closed: with the register's words for other things the sentences of stored works would change, and with them what
their paid pictures are found by."""
_WORDS_EN: Mapping[str, str] = {
    "yes": "a hat",
    "face": "cheek", "short": "cut short", "long": "loose and long", "curly": "short and curled", "bun": "done up",
    "ponytail": "tied back", "messy": "dishevelled", "shaved": "shaved off", "straw": "a straw hat", "cap": "a cap",
    "hunting": "a hat", "top": "a top hat", "scarf": "a headscarf", "crown": "a crown", "helmet": "a helmet",
}  # fmt: skip

_MARKS = {
    Aspect.SHOES: "barefoot",
    Aspect.FACE: "{} face",
    Aspect.GLOVES: "gloves",
    Aspect.MASK: "mask",
    Aspect.HANDS: "hands: {}",
    Aspect.SIZE: "size: {}",
    Aspect.WET: "wet",
    Aspect.TORN: "torn clothes",
    Aspect.WOUND: "wound: {}",
    Aspect.BANDAGE: "bandage: {}",
}
"""Marks of the look by which the rig knows."""
_FIRST: Final = frozenset({"", OFF, "first"})
"""Words of a model for the shape that is not the other one."""
_WORN: Final[Mapping[Aspect, Callable[[], Vocabulary[Any, Any]]]] = {
    Aspect.COSTUME: outfits,
    Aspect.HAT: headgear,
    Aspect.HAIR: hair_styles,
}
_TONES: Final = frozenset(get_args(Look.model_fields["outfit_tone"].annotation))
_WITH_STRAW: Final = frozenset({"kimono", "farmer", "hakama", "samurai", "monk"})
"""A hat of no kind is a straw hat with these. Closed, as stored changes were always read."""
_OFF_LEAVES_NONE: Final = frozenset({Aspect.GLOVES, Aspect.MASK, Aspect.HANDS, Aspect.SIZE})
_BUILDS: Final[Mapping[str, str]] = {
    "small": "small", "tiny": "small", "little": "small", "shrunk": "small", "tall": "tall", "big": "tall",
    "large": "tall", "huge": "tall", "giant": "tall", "grown": "tall", "fat": "stout", "stout": "stout", "thin": "slim",
}  # fmt: skip
"""The build that shows a size."""
_DONE = frozenset({"long", "bun", "ponytail", "twintail"})
"""Hair that is let down or done up; it can be where it is long."""


def phrase(change: Change, language: Language) -> str:
    """The story's own or a model's words where there are some, else those for the rig's word."""
    taken_off, otherwise = (_JA if language is Language.JA else _EN)[change.aspect]
    if change.to == OFF:
        return taken_off
    if change.aspect is Aspect.HOLDS and (coil := around_neck(change.to)):
        return (
            f"首に巻きついている物は{_WORDS_JA[coil]}" if language is Language.JA else f"wound around the neck: {coil}"
        )
    names = _WORDS_JA if language is Language.JA else _WORDS_EN
    if change.aspect is Aspect.HOLDS and by_the_mouth(change.to):
        thing = thing_of(change.to) or change.to
        return f"口にくわえている物は{names.get(thing, thing)}" if language is Language.JA else f"in the mouth: {thing}"
    return otherwise.format(change.words or names.get(change.to, change.to.replace("_", " ")))


def in_shape(person: Character, state: State, shape: Shape = "as_told") -> tuple[Character, State]:
    """The sheet of the shape that is seen, without the other one, and what of the state belongs to it."""
    if person.other is None:
        return person, state
    told: Shape = "other" if state.to(Aspect.SHAPE) == OTHER else "first"
    seen = told if shape == "as_told" else shape
    return person.in_other_shape if seen == "other" else person.plain, state if seen == told else state.of_a_body()


def dressed(person: Character, state: State, shape: Shape = "as_told") -> Character:
    """The sheet as it holds in that state, in the shape that a panel says."""
    person, state = in_shape(person, state, shape)
    if not state.changes:
        return person
    facts: dict[str, Any] = {}
    for change in state.changes:
        facts |= _facts(person.look, change)
    marks = tuple(_MARKS[c.aspect].format(c.to) for c in state.changes if _is_marked(c))
    marks += tuple(filter(None, map(_unknown, state.changes)))
    facts["marks"] = (*marks, *(m for m in person.look.marks if m not in marks))[:6]
    look = person.look.model_copy(update=facts)
    return person if look == person.look else person.model_copy(update={"look": look})


def _is_marked(change: Change) -> bool:
    """Whether the look bears a mark of it: gloves, a mask, hands and a size that are laid aside leave none."""
    return change.aspect in _MARKS and bool(change.to) and not (change.aspect in _OFF_LEAVES_NONE and change.to == OFF)


def _facts(look: Look, change: Change) -> dict[str, Any]:
    """Only keys of the register: what a model said was settled when it came. A model reads the sentence."""
    match change.aspect:
        case Aspect.COSTUME:
            found = _costume(change.to)
        case Aspect.COAT:
            found = {"outfit": outfits().entries[look.outfit].without} if change.to == OFF else {}
        case Aspect.HAT:
            found = {"hat": _hat(look, change.to)}
        case Aspect.GLASSES:
            return {"glasses": change.to != OFF}
        case Aspect.SIZE:
            found = {"build": _BUILDS.get(change.to, "")}
        case Aspect.HAIR:
            found = {"hair_style": _hair(look, change.to)}
        case _:
            found = {}
    return {name: value for name, value in found.items() if value}


def settled(change: Change) -> Change:
    """A model's answer: clothes, hats and hair become the nearest entry of the register, and its own words are kept;
    what means none bears a mark, so that the artist tells that he could not draw it.

    Not done where a stored work is read: digests of paid pictures would change.
    """
    if change.aspect is Aspect.SHAPE:
        return change.model_copy(update={"to": "" if change.to.strip().lower() in _FIRST else OTHER})
    vocabulary = _WORN.get(change.aspect)
    if vocabulary is None or change.to in {"", OFF, "yes", "again"}:
        return change
    said, _, last = change.to.rpartition(" ")
    tone = last if change.aspect is Aspect.COSTUME and last in _TONES else ""
    near = vocabulary().nearest(said if tone else change.to).key
    to = f"{near} {tone}".strip() if near else f"{UNKNOWN_CLOTHES}{change.to}"[:LONGEST_TO]
    return change if to == change.to else change.model_copy(update={"to": to, "words": change.words or change.to})


def _costume(to: str) -> dict[str, str]:
    """Clothes and the shade after them."""
    clothes, _, tone = to.partition(" ")
    return {"outfit": _key(outfits(), clothes), "outfit_tone": tone if tone in _TONES else ""}


def _key(vocabulary: Vocabulary[Any, Any], word: str) -> str:
    """Of the first word: what is settled has one, and so stored changes were always read."""
    entry = vocabulary.find(word.partition(" ")[0])
    return entry.key if entry else ""


def _unknown(change: Change) -> str:
    return change.to if change.to.startswith(UNKNOWN_CLOTHES) else ""


def _hat(look: Look, word: str) -> str:
    """The hat of the sheet, where it has one; a story often says no more than "hat"."""
    if word == OFF:
        return "none"
    if look.hat != "none":
        return look.hat
    return _key(headgear(), word) or ("straw" if look.outfit in _WITH_STRAW else "hunting")


def _hair(look: Look, word: str) -> str:
    style = _key(hair_styles(), word)
    return style if style not in _DONE or hair_styles().entries[look.hair_style].long else ""


def sentence(name: str, state: State, holds: str, language: Language) -> str:
    """All in which somebody differs from the sheet of the shape, and what is in the hand; empty when nothing is."""
    told = [phrase(change, language) for change in state.changes if change.aspect not in {Aspect.HOLDS, Aspect.SHAPE}]
    if holds:
        told.append(phrase(Change(who="", aspect=Aspect.HOLDS, to=holds, span=Span(start=0, end=0)), language))
    if not told:
        return ""
    return f"{name}：{'、'.join(told)}。" if language is Language.JA else f"{name}: {'; '.join(told)}."
