"""A Japanese quote and the text around it in, what kind of words it holds out."""

import re

from offline.lexicon import load, pattern
from offline.reading.reading import Quote, QuoteKind

TERM = re.compile(r"(?:という|といふ|って|の|は|が|を|に|と云う|と呼|なる|だの|や|など)")
WRITTEN = re.compile(r"と、?[^。、「]{0,12}(?:書い|記され|印刷)")
VOICE = re.compile(r"と(?:いう|云う|言う)[^。、]{0,20}(?:声|言葉|戒め|返事|叫び|命令)")
PONDERED = re.compile(r"(?<!と)(?<!を)(?:考え|かんがえ)(?:込み|こみ)?(?:まし)?た。[\n\u3000 ]*$")
KATAKANA = re.compile(r"[ァ-ヴー。！!\s・…]+")
LOUD = re.compile(r"(?<!…)[！!]{2,}$|[っッ][！!]$")
OUTCRY = re.compile(
    r"(?:(?:こら|おい|待[てっち]|まて|やめ|止め|逃げ|にげ|危な|あぶな|助け|たすけ|だめ|いや|嫌|うるさ|くそ|ばか|馬鹿|黙れ|だまれ|来るな|よくな|走れ|急げ|行け|撃て"
    r"|止まれ|とまれ|返せ|放せ|離せ|出て行|うわ|きゃ|ぎゃ|わっ)[^。…]{0,10}|[^、。…]{1,6}[ろれえけせめ])(?:！|!)"
)
"""A cry, an order or a scolding; ただいま！ is none, nor is a breath like じいちゃん……！"""
SHOWN = re.compile(r"[。＿「」]*[^。、＿]{0,6}(?:数字|文字|画面|表示|目盛り?|札|看板|[貼張]り紙|電光板)(?=[をはがに])")
"""「残り三十」。壁の数字を見あげた: what is read off a wall."""
ON_A_DOOR = re.compile(r"(?:扉|裏側|戸)(?:[^。]{0,30}|が(?:一枚)?(?:あった|ありました)。)$")
"""また黒い扉がありました。 What stands alone between two blank lines behind it is written on it."""
NOISE = re.compile(r"\s*\u3000?と[^。]{0,12}(?:音|流れ|鳴り|ひび|響)")


def kind_of(text: str, blotted: str, quote: Quote, before: str, after: str) -> QuoteKind:
    """`before` and `after` are the masked text up to the neighbouring quotes."""
    words = text[quote.start : quote.end]
    silent = without_voice(text, blotted, quote, before, after, words)
    if silent:
        return silent
    if text[quote.outer_start] in "（(" or is_thought(after) or is_pondered(before, after):
        return QuoteKind.THOUGHT
    near = after[:24] + before[-24:]
    if "\n" in words and re.search(r"歌|うた|唄", near):
        return QuoteKind.SONG
    if len(words) > 20 and pattern("reader_ja", "letter").search(near) and re.search(r"書|読|綴|あった", near):
        return QuoteKind.LETTER
    return loudness(words, before, after)


def without_voice(text: str, blotted: str, quote: Quote, before: str, after: str, words: str) -> QuoteKind | None:
    inline = not re.search(r"\n\u3000?$", before) and quote.outer_start > 0
    alone = text[: quote.outer_start].endswith("\n\n") and text.startswith("\n\n", quote.outer_end)
    around = (
        blotted[max(0, quote.outer_start - 70) : quote.outer_start] + blotted[quote.outer_end : quote.outer_end + 40]
    )
    if alone and pattern("reader_ja", "letter").search(around):
        return None
    if alone and (ON_A_DOOR.search(before.strip("\n \u3000")[-60:]) or pattern("reader_ja", "sign").search(around)):
        return QuoteKind.SIGN
    if re.match(r"と(?:音|、?音)", after) or (KATAKANA.fullmatch(words) and NOISE.match(after)):
        return QuoteKind.NOISE
    if len(words) <= 30 and (WRITTEN.match(after) or (inline and SHOWN.match(blotted, quote.outer_end))):
        return QuoteKind.SIGN
    if inline and TERM.match(after) and not VOICE.match(after) and len(words) <= 30:
        return QuoteKind.TERM
    return None


def is_thought(after: str) -> bool:
    """「…」と、狐は思いました; but 「うん」狐は、つまらないなと思いました has a thought of its own."""
    return bool(
        re.match(rf"\s*\u3000?(?:と、?[^。「]{{0,22}}|、?[^。「]{{0,21}}(?<!と)){load('reader_ja')['think']}", after)
    )


def is_pondered(before: str, after: str) -> bool:
    """その晩、ごんは、穴の中で考えました。「"""
    return bool(PONDERED.search(before)) and not after.lstrip(" \u3000\n").startswith("と")


def loudness(words: str, before: str, after: str) -> QuoteKind:
    tag = re.match(r"\s*\u3000?と[^。「]{0,30}", after)
    lead = re.search(r"[^。」]{0,16}、$", before.strip("\n \u3000"))
    near = (tag.group() if tag else "") + (lead.group() if lead else "")
    if pattern("reader_ja", "telephone").search(near):
        return QuoteKind.TELEPHONE
    if pattern("reader_ja", "whisper").search(near):
        return QuoteKind.WHISPER
    if pattern("reader_ja", "shout").search(near) or LOUD.search(words) or OUTCRY.match(words):
        return QuoteKind.SHOUT
    return QuoteKind.SPEECH
