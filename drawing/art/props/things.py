"""The register of things that can be drawn, by name, and which words mean them (English and Japanese)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from drawing.art.props import boughs, catch, cooking, furniture, gear, goods, home, instruments, lights, music, tools
from drawing.ink.pen import Pen, showing


@dataclass(frozen=True, slots=True)
class Thing:
    """`draw` fills a box of one unit around the origin; `size` is its larger side in heads."""

    draw: Callable[[Pen], None]
    words: tuple[str, ...]
    size: float = 0.7
    long: bool = False
    """Held upright at the side, like a gun or a staff; drawn along +x."""
    hangs: bool = False
    """Hangs below the hand."""
    falls: bool = False
    """Comes down from far above: a picture of it has no ground."""
    stands: float = 0.0
    """Too large for hands: it stands on the floor beside whoever has to do with it. Half its width, of its size."""


_THINGS: dict[str, Thing] = {
    "gun": Thing(tools.gun, ("gun", "火縄銃", "rifle", "musket", "shotgun", "銃", "鉄砲"), 1.9, long=True),
    "sword": Thing(tools.sword, ("sword", "blade", "katana", "刀", "剣"), 1.7, long=True),
    "stick": Thing(tools.stick, ("stick", "staff", "cane", "pole", "杖", "棒"), 1.8, long=True),
    "knife": Thing(tools.knife, ("knife", "dagger", "包丁", "ナイフ"), 0.7),
    "umbrella": Thing(tools.umbrella, ("umbrella", "parasol", "傘"), 1.8),
    "lantern": Thing(lights.oil_lantern, ("lantern", "ランタン", "カンテラ", "角灯"), 1.0, hangs=True),
    "paper_lantern": Thing(tools.lantern, ("paper lantern", "提灯", "ちょうちん", "行灯", "灯籠"), 0.9, hangs=True),
    "lamp": Thing(lights.lamp, ("lamp", "ランプ"), 0.9),
    "great_lamp": Thing(lights.great_lamp, ("great lamp", "great light", "lens", "lighthouse lamp"), 4.4, stands=0.24),
    "candles": Thing(lights.candles, ("candles", "candlestick", "燭台"), 1.3),
    "cupboard": Thing(furniture.cupboard, ("cupboard", "wardrobe", "closet", "戸棚", "箪笥", "たんす"), 5.4,
    stands=0.46),
    "pier_glass": Thing(furniture.pier_glass, ("pier glass", "pier-glass", "long mirror", "full-length mirror", "姿見"),
    5.6, stands=0.28),
    "match": Thing(lights.match, ("match", "マッチ", "燐寸"), 0.32),
    "candle": Thing(tools.candle, ("candle", "ろうそく", "蝋燭"), 0.7),
    "bell": Thing(tools.bell, ("bell", "鐘", "鈴", "ベル"), 0.6, hangs=True),
    "scissors": Thing(tools.scissors, ("scissors", "はさみ", "鋏"), 0.6),
    "key": Thing(tools.key, ("key", "鍵"), 0.5),
    "door": Thing(tools.door, ("door", "gate", "扉", "戸", "ドア"), 7.4, stands=0.32),
    "sign": Thing(tools.sign, ("sign", "board", "notice", "看板", "札"), 2.0),
    "phone": Thing(tools.phone, ("phone", "smartphone", "電話", "スマホ", "携帯"), 0.55),
    "telephone": Thing(tools.telephone, ("telephone", "黒電話", "公衆電話", "電話機"), 0.9),
    "receiver": Thing(tools.receiver, ("receiver", "受話器"), 0.62),
    "pot": Thing(cooking.pot, ("saucepan", "cooking pot", "鍋"), 1.3),
    "frying_pan": Thing(cooking.frying_pan, ("frying pan", "frying-pan", "frying_pan", "skillet", "フライパン"), 1.3),
    "potatoes": Thing(cooking.potatoes, ("potato", "じゃがいも", "ジャガイモ"), 0.9),
    "onion": Thing(cooking.onion, ("onion", "玉ねぎ", "玉葱"), 0.9),
    "spoon": Thing(cooking.spoon, ("spoon", "スプーン", "匙"), 0.6),
    "lap_cat": Thing(cooking.lap_cat, ("cat on a lap", "ひざの猫"), 1.4),
    "fish": Thing(catch.fish, ("fish", "sardine", "trout", "魚", "さかな", "鰯", "いわし", "きす"), 0.9, hangs=True),
    "eel": Thing(catch.eel, ("eel", "鰻", "うなぎ"), 1.0, hangs=True),
    "snake": Thing(catch.snake, ("snake", "serpent", "蛇", "へび"), 1.0, hangs=True),
    "bone": Thing(catch.bone, ("bone", "骨"), 0.7),
    "chestnuts": Thing(catch.chestnuts, ("chestnut", "栗", "くり", "nut"), 0.9),
    "mushrooms": Thing(catch.mushrooms, ("mushroom", "松茸", "松たけ", "きのこ", "茸"), 0.9),
    "basket": Thing(catch.basket, ("basket", "creel", "びく", "籠", "かご", "魚籠"), 1.0, hangs=True),
    "net": Thing(catch.net, ("net", "網"), 1.3, hangs=True),
    "flower": Thing(catch.flower, ("flower", "rose", "花", "彼岸花"), 0.8),
    "blossoms": Thing(boughs.blossoms, ("blossom", "桜の枝", "桜の花", "梅の花"), 1.0, falls=True),
    "leaf": Thing(catch.leaf, ("leaf", "leaves", "葉"), 0.5),
    "bowl": Thing(catch.bowl, ("bowl", "rice", "meal", "soup", "茶碗", "椀", "飯", "食事"), 0.7),
    "jar": Thing(home.jar, ("jar", "urn", "壺", "甕"), 0.8),
    "tray": Thing(home.tray, ("tray", "お盆"), 1.1),
    "cup": Thing(catch.cup, ("cup", "tea", "coffee", "mug", "glass", "湯のみ", "茶", "コップ", "杯"), 0.55),
    "bottle": Thing(catch.bottle, ("bottle", "wine", "sake", "perfume", "瓶", "酒", "徳利"), 0.8),
    "bag": Thing(goods.bag, ("bag", "sack", "purse", "satchel", "鞄", "かばん", "袋"), 1.0, hangs=True),
    "box": Thing(goods.box, ("box", "parcel", "package", "present", "gift", "箱", "包み", "小包"), 0.8),
    "letter": Thing(goods.letter, ("letter", "note", "envelope", "手紙", "paper", "紙", "card"), 0.6),
    "book": Thing(goods.book, ("book", "diary", "notebook", "本", "帳", "ノート"), 0.7),
    "comb": Thing(goods.comb, ("comb", "櫛", "くし"), 0.6),
    "watch": Thing(goods.watch, ("watch", "clock", "時計", "懐中時計"), 0.5),
    "chain": Thing(goods.chain, ("chain", "necklace", "鎖"), 0.7, hangs=True),
    "coin": Thing(goods.coins, ("coin", "money", "penny", "pennies", "cent", "dollar", "銭", "金", "お金"), 0.5),
    "hat": Thing(goods.hat, ("hat", "帽子"), 0.9),
    "bonnet": Thing(goods.bonnet, ("bonnet", "straw hat", "hat with", "麦わら帽", "婦人の帽子"), 0.9),
    "ball": Thing(goods.ball, ("ball", "鞠", "まり", "ボール"), 0.7),
    "rope": Thing(goods.rope, ("rope", "string", "縄", "紐"), 0.8, hangs=True),
    "thread": Thing(instruments.thread, ("thread", "糸"), 1.2, falls=True),
    "spider": Thing(instruments.spider, ("spider", "蜘蛛"), 0.5, falls=True),
    "telescope": Thing(instruments.telescope, ("telescope", "望遠鏡"), 2.0),
    "camera": Thing(instruments.camera, ("camera", "カメラ", "写真機"), 0.6),
    "megaphone": Thing(instruments.megaphone, ("megaphone", "メガホン"), 0.8),
    "drum": Thing(instruments.drum, ("drum", "太鼓"), 1.0),
    "watering_can": Thing(instruments.watering_can, ("watering can", "watering_can", "じょうろ"), 1.0, hangs=True),
    "sprout": Thing(instruments.sprout, ("sprout", "seedling", "shoot", "芽", "双葉"), 0.9),
    "flowerpot": Thing(instruments.flowerpot, ("flowerpot", "flower pot", "植木鉢", "鉢"), 0.9),
    "mirror": Thing(goods.mirror, ("mirror", "鏡"), 0.8),
    "brush": Thing(goods.brush, ("brush", "ブラシ", "筆"), 0.6),
    "guitar": Thing(goods.guitar, ("guitar", "lute", "ギター", "三味線", "琵琶"), 1.5),
    "violin": Thing(music.violin, ("violin", "fiddle", "viola", "バイオリン", "ヴァイオリン"), 1.3),
    "flute": Thing(music.flute, ("flute", "フルート", "横笛", "尺八", "笛"), 1.3),
    "piano": Thing(music.piano, ("piano", "ピアノ", "オルガン"), 6.0, stands=0.5),
    "coffin": Thing(furniture.coffin, ("coffin", "棺"), 5.6, stands=0.5),
    "flag": Thing(goods.flag, ("flag", "finish line", "旗"), 1.6),
    "rice_ball": Thing(home.rice_ball, ("rice ball", "onigiri", "おにぎり", "握り飯"), 0.55),
    "bread": Thing(home.bread, ("bread", "loaf", "パン"), 0.8),
    "apple": Thing(home.apple, ("apple", "林檎", "りんご", "リンゴ", "柿"), 0.5),
    "cake": Thing(home.cake, ("cake", "ケーキ"), 0.8),
    "teapot": Thing(home.teapot, ("teapot", "kettle", "急須", "やかん", "鉄瓶"), 0.8),
    "egg": Thing(home.egg, ("egg", "卵", "たまご"), 0.45),
    "fan": Thing(home.fan, ("folding fan", "fan", "扇", "うちわ", "団扇"), 0.8),
    "pipe": Thing(home.pipe, ("pipe", "煙管", "パイプ"), 0.6),
    "ring": Thing(home.ring, ("ring", "jewel", "指輪", "宝石"), 0.4),
    "doll": Thing(home.doll, ("doll", "人形", "こけし"), 0.7),
    "mask": Thing(home.mask, ("mask", "仮面", "お面", "狐面"), 0.8),
    "broom": Thing(gear.broom, ("broom", "箒", "ほうき"), 1.7, long=True),
    "axe": Thing(gear.axe, ("axe", "hatchet", "斧"), 1.4, long=True),
    "hoe": Thing(gear.hoe, ("hoe", "spade", "shovel", "鍬", "シャベル", "スコップ"), 1.7, long=True),
    "hammer": Thing(gear.hammer, ("hammer", "金槌", "とんかち", "ハンマー"), 0.7),
    "bucket": Thing(gear.bucket, ("bucket", "pail", "桶", "バケツ"), 0.9, hangs=True),
    "suitcase": Thing(gear.suitcase, ("suitcase", "trunk", "トランク", "旅行鞄"), 1.2, hangs=True),
    "backpack": Thing(gear.backpack, ("backpack", "knapsack", "ランドセル", "リュック"), 1.0, hangs=True),
    "microphone": Thing(gear.microphone, ("microphone", "マイク"), 0.6),
    "radio": Thing(gear.radio, ("radio", "wireless", "ラジオ", "無線"), 0.9),
    "television": Thing(gear.television, ("television", "テレビ", "screen", "monitor"), 1.6),
    "computer": Thing(gear.computer, ("computer", "laptop", "パソコン"), 1.0),
    "bicycle": Thing(gear.bicycle, ("bicycle", "bike", "自転車"), 3.2, stands=0.5),
    "pencil": Thing(gear.pencil, ("pencil", "pen", "鉛筆", "ペン"), 0.5),
    "map": Thing(gear.chart, ("map", "地図"), 0.8),
    "feather": Thing(gear.feather, ("feather", "quill", "羽根"), 0.5),
}  # fmt: skip


THINGS: dict[str, Thing] = {
    name: replace(thing, draw=showing("thing", name, thing.draw)) for name, thing in _THINGS.items()
}
"""By name; whoever draws one also tells the canvas which it is."""


def ink_untold(name: str) -> Callable[[Pen], None]:
    """How a thing is drawn where it stands for another: the canvas is not told which it is."""
    return _THINGS[name].draw


_WHOLE = frozenset({"pen", "ring", "egg", "hoe", "fan", "axe", "map", "pipe", "match", "shoot", "jar", "urn"})
"""Words that hide in others: open, string, beggar, shoe."""


def thing_of(word: str) -> str | None:
    """The name of the thing that a word means; the longest known word in it decides."""
    low = word.strip().lower()
    if low in THINGS:
        return low
    found = [(len(w), name) for name, thing in THINGS.items() for w in thing.words if _names(w, low)]
    return max(found)[1] if found else None


_OLD = {"lantern": "paper_lantern", "lamp": "paper_lantern", "cup": "bowl"}
"""What lights and cups were in the old East."""


def in_period(word: str, period: str) -> str:
    """The word for a thing as it was in a period; the word itself where nothing was otherwise."""
    return _OLD.get(thing_of(word) or "", word) if period in {"old_japan", "old_china"} else word


def _names(word: str, text: str) -> bool:
    if word in _WHOLE:
        return bool({word, f"{word}s"} & set(text.replace("-", " ").split()))
    return word in text
