"""A change in words, for the prompt of a panel, in the book's language."""

from collections.abc import Mapping

from drawing.art.props.coils import around_neck, by_the_mouth
from drawing.art.things.drawable import thing_of
from manga.brief import Language
from manga.continuity import OFF, Aspect, Change
from manga.vocabulary.things import things

_EN: Mapping[Aspect, tuple[str, str]] = {
    Aspect.COSTUME: ("without these clothes", "dressed in {}"),
    Aspect.COAT: ("without the coat", "in a coat"),
    Aspect.HAT: ("bareheaded, without the hat", "wearing {}"),
    Aspect.GLASSES: ("without the glasses", "wearing glasses"),
    Aspect.SHOES: ("barefoot", "in shoes"),
    Aspect.HAIR: ("without hair", "hair now {}"),
    Aspect.FACE: ("face as ever", "face {} all over, and it stays so"),
    Aspect.WET: ("dry", "dripping wet"),
    Aspect.TORN: ("clothes whole", "clothes torn"),
    Aspect.WOUND: ("healed", "wounded on the {}"),
    Aspect.BANDAGE: ("without the bandage", "a bandage on the {}"),
    Aspect.HOLDS: ("empty hands", "in the hand: {}"),
}
_JA: Mapping[Aspect, tuple[str, str]] = {
    Aspect.COSTUME: ("着がえる前の服ではない", "{}を着ている"),
    Aspect.COAT: ("外套を脱いでいる", "外套を着ている"),
    Aspect.HAT: ("帽子をかぶっていない", "{}をかぶっている"),
    Aspect.GLASSES: ("めがねをはずしている", "めがねをかけている"),
    Aspect.SHOES: ("はだし", "靴をはいている"),
    Aspect.HAIR: ("髪がない", "髪は今は{}"),
    Aspect.FACE: ("顔はもとどおり", "顔は{}のまま"),
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
    "top": "シルクハット", "scarf": "頭巾", "crown": "冠", "helmet": "兜",
}  # fmt: skip
_WORDS_EN: Mapping[str, str] = {
    "yes": "a hat",
    "face": "cheek", "short": "cut short", "long": "loose and long", "curly": "short and curled", "bun": "done up",
    "ponytail": "tied back", "messy": "dishevelled", "shaved": "shaved off", "straw": "a straw hat", "cap": "a cap",
    "hunting": "a hat", "top": "a top hat", "scarf": "a headscarf", "crown": "a crown", "helmet": "a helmet",
}  # fmt: skip

_STORED_JA: Mapping[str, str] = {"lantern": "灯り", "eel": "うなぎ", "cup": "茶碗", "money": "金"}
"""Other words than the register's first, since pictures that were paid for are found by sentences with these."""


def phrase(change: Change, language: Language) -> str:
    """The story's own or a model's words where there are some, else those for the rig's word."""
    taken_off, otherwise = (_JA if language is Language.JA else _EN)[change.aspect]
    if change.to == OFF:
        return taken_off
    if change.aspect is Aspect.HOLDS and (coil := around_neck(change.to)):
        return (
            f"首に巻きついている物は{_thing_word(coil, language)}"
            if language is Language.JA
            else f"wound around the neck: {coil}"
        )
    names = _WORDS_JA if language is Language.JA else _WORDS_EN
    name = names.get(change.to) or _thing_word(change.to, language)
    if change.aspect is Aspect.HOLDS and by_the_mouth(change.to):
        thing = thing_of(change.to) or change.to
        held = _thing_word(thing, language)
        return f"口にくわえている物は{held}" if language is Language.JA else f"in the mouth: {held}"
    return otherwise.format(change.words or name)


def _thing_word(key: str, language: Language) -> str:
    """The first word of a thing in the language, or the key itself."""
    if language is Language.JA and key in _STORED_JA:
        return _STORED_JA[key]
    entry = things().get(key) if language is Language.JA else None
    return entry.words["ja"][0] if entry and entry.words["ja"] else key.replace("_", " ")
