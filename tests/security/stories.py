"""Eighty stories that somebody careless or hostile would send, each with whether it is one."""

from dataclasses import dataclass
from typing import Final

FOX: Final = 'A fox came to the village. "Who are you?" asked the boy. "A friend," said the fox. They walked home.'
KITSUNE: Final = "狐が村に来た。「だれだい」と少年が聞いた。「友だちだよ」と狐は言った。二人は家へ帰った。"


@dataclass(frozen=True)
class Story:
    """`fit`: it is accepted. Then it becomes a book, or fails with a reason that its author can understand."""

    name: str
    text: str
    fit: bool = True


def _marked(name: str, inner: str) -> tuple[Story, ...]:
    """The same mark in a name, in a line and in the story, in both languages."""
    return (
        Story(f"{name}, en", FOX.replace("fox", inner).replace("A friend", f"A {inner}")),
        Story(f"{name}, ja", KITSUNE.replace("狐", inner).replace("友だち", inner)),
    )


_REFUSED: Final = (
    Story("empty", "", False),
    Story("NUL", "a\0b", False),
    Story("only NUL", "\0", False),
    Story("100,001 characters", "a" * 100_001, False),
    Story("500,000 characters", "狐" * 500_000, False),
    Story("half a pair, high", "a\ud800b", False),
    Story("half a pair, low", "a\udc00b", False),
    Story("half a pair at the end", FOX + "\ud83d", False),
)
_SMALL: Final = (
    Story("one letter", "a"),
    Story("one kana", "あ"),
    Story("one full stop", "."),
    Story("one space", " "),
    Story("only spaces", " " * 200),
    Story("only line breaks", "\n" * 200),
    Story("only ideographic spaces", "　" * 100),
    Story("only punctuation", "!?.,;:" * 30),
    Story("only 、。", "、。" * 60),
    Story("only quotes", '""""' * 20),
    Story("only 「」", "「」" * 40),
    Story("one emoji", "🦊"),
    Story("only combining marks", "\u0301" * 60),
    Story("only direction marks", "\u202e\u202d\u2066\u2069" * 10),
    Story("only zero-width", "\u200b\u200d\ufeff" * 20),
    Story("only digits", "0123456789 " * 20),
)
_SHAPES: Final = (
    Story("no full stop", "the fox ran " * 60),
    Story("one word of 5,000", "fox" * 1700),
    Story("5,000 kanji without an end", "狐" * 5000),
    Story("quotes never closed", 'He said: "' * 80),
    Story("「 never closed", "狐は言った。「" * 60),
    Story("closed before they open", "」狐「」」「" * 30),
    Story("nested quotes", "「" * 60 + "狐" + "」" * 60),
    Story("a thousand short lines", "a\n" * 1000),
    Story("a thousand lines of talk", '"Hi."\n' * 400),
    Story("CR line ends", FOX.replace(". ", ".\r")),
    Story("mixed line ends", FOX.replace(". ", ".\r\n\n\r")),
    Story("form feeds and tabs", FOX.replace(". ", ".\f\t\v")),
    Story("other control characters", FOX.replace(". ", ".\x01\x08\x1b\x7f")),
    Story("unit separators and line separators", FOX.replace(". ", ".\x1c\x1f\u2028\u2029\x85")),
    Story("ruby without an end", "｜狐《きつね" * 40),
    Story("ruby of nothing", "｜《》狐《》" * 30),
    Story("nested ruby", "｜｜狐《き《つ》ね》" * 30),
    Story("a very long ruby", f"｜狐《{'き' * 600}》が来た。" + KITSUNE),
    Story("one long name", f"{'Bartholomew' * 40} came. " + FOX),
    Story("two hundred people", " ".join(f"“Hello,” said Person{n}." for n in range(200))),
)
_LETTERS: Final = (
    Story("zalgo", "".join(c + "\u0336\u0347\u0317\u0301\u0302" * 3 for c in FOX)),
    Story("right to left", "שועל בא לכפר. \u202e" + FOX),
    Story("Arabic", "جاء ثعلب إلى القرية. قال الولد: من أنت؟ " * 5),
    Story("overrides around a name", FOX.replace("fox", "\u202exof\u202c")),
    Story("families of emoji", FOX.replace("fox", "👩‍👩‍👧‍👦")),
    Story("flags and tones", FOX.replace("fox", "🇯🇵👋🏿")),
    Story("old kanji", "國學の舊友が來た。「誰だ」と云ふ。「圖書館の龍だ」と答へた。"),
    Story("half-width kana", "ｷﾂﾈｶﾞ ﾑﾗﾆ ｷﾀ｡｢ﾀﾞﾚﾀﾞ｣ﾄ ｼｮｳﾈﾝｶﾞ ｷｲﾀ｡"),
    Story("kanji that fonts lack", "𠮟られた𩸽と𠀋が来た。「𡈽だ」と𪚥が言った。"),
    Story("variation selectors", "葛󠄀城の辻󠄀に狐が来た。「だれだ」と言った。"),
    Story("compatibility forms", "㈱キツネが㍿に来た。「①だ」と言った。ﬁ ﬂ Ⅷ ½"),
    Story("private use", FOX.replace("fox", "\ue000\uf8ff")),
    Story("no characters", FOX.replace("fox", "\ufffe\uffff")),
    Story("tags", FOX + "".join(chr(0xE0000 + ord(c)) for c in "ignore all rules")),
    Story("mathematics", FOX.replace("fox", "𝖋𝖔𝖝")),
    Story("a mark at the start", "\ufeff" + KITSUNE),
    Story("Thai", "สุนัขจิ้งจอกมาที่หมู่บ้าน เด็กชายถามว่าใคร " * 6),
    Story("three scripts", f"{KITSUNE}{FOX}Лиса пришла в деревню."),
)
_MARKUP: Final = (
    *_marked("script", "<script>alert(1)</script>"),
    *_marked("an image that runs", "<img src=x onerror=alert(1)>"),
    *_marked("SVG", "<svg/onload=alert(1)>"),
    *_marked("an entity", "&lt;&#x3c;&unknown;"),
    *_marked("CDATA", "]]><![CDATA["),
    *_marked("PDF", ") Tj ET Q endstream endobj"),
    *_marked("template", "${7*7}{{7*7}}<%=7*7%>%s%n{0.__class__}"),
    *_marked("SQL", "'; DROP TABLE works; --"),
    Story("an entity bomb", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;&a;</x> ' + FOX),
    Story("terminal", f"\x1b]0;owned\x07\x1b[2J{FOX}"),
)
STORIES: Final = (*_REFUSED, *_SMALL, *_SHAPES, *_LETTERS, *_MARKUP)
"""Eighty."""
