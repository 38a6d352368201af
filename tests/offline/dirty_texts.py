"""Texts as people have them: two small stories, and what editors, phones and old machines make of them."""

JA = """古い橋

　むかし、ある村に、権太というお百姓がいました。ある朝、権太は川のそばで、小さな狐が泣いているのを見つけました。
「どうした、狐」と権太は言いました。
「橋がこわれて、帰れないのです」と、狐は答えました。
　権太は狐を抱いて、川を渡りました。
「ありがとう」と、狐は言いました。
"""
EN = """The Lamp

The old captain sat in his little house by the sea. His granddaughter Nell stood at the window.

“The lamp is out,” said Nell. “No ship can find the harbour.”

“Then somebody must climb up,” the captain answered.

Nell ran along the beach. Nell lit the lamp.
"""
JA_BODY, EN_BODY = JA.split("\n\n", 1)[1], EN.split("\n\n", 1)[1]
JA_CAST, EN_CAST = {"権太", "狐"}, {"Nell", "captain"}
DASHES = """The Lamp

The captain sat by the sea. Nell stood at the window.

— The lamp is out, said Nell. No ship can find us.

— Then climb, the captain answered.

— I will, said Nell.
"""
LINE = "-" * 55
AOZORA = f"""古い橋
山田太郎

{LINE}
【記号】
《》：ルビ
{LINE}

{JA_BODY.replace("権太", "権太《ごんた》")}

底本：「橋の話」山田書店
入力：だれか
"""
GUTENBERG = f"""About

*** START OF THE PROJECT GUTENBERG EBOOK X ***

{EN}
*** END OF THE PROJECT GUTENBERG EBOOK X ***

Small print said “no.”
"""
VOICES = {"話し手", "もうひとりの話し手"}
Row = tuple[str | bytes, str, set[str], int]


def marks(opening: str, closing: str) -> str:
    return EN.replace("“", opening).replace("”", closing)


def paragraphs(body: str) -> str:
    return "".join(f"<p>{line}</p>\n" for line in body.split("\n") if line)


BOOKS: dict[str, Row] = {
    "plain Japanese": (JA, "古い橋", JA_CAST, 3),
    "plain English": (EN, "The Lamp", EN_CAST, 3),
    "line ends of Windows": (JA.replace("\n", "\r\n").encode(), "古い橋", JA_CAST, 3),
    "line ends of an old Mac": (JA.replace("\n", "\r").encode(), "古い橋", JA_CAST, 3),
    "a byte order mark": (JA.encode("utf-8-sig"), "古い橋", JA_CAST, 3),
    "UTF-16": (JA.encode("utf-16"), "古い橋", JA_CAST, 3),
    "Shift_JIS": (JA.encode("shift_jis"), "古い橋", JA_CAST, 3),
    "EUC-JP": (JA.encode("euc_jp"), "古い橋", JA_CAST, 3),
    "ISO-2022-JP": (JA.encode("iso2022_jp"), "古い橋", JA_CAST, 3),
    "half-width kana": (
        "ｶｴﾙﾉｳﾀ\n\n　ﾑｶｼ､ｶｴﾙｶﾞｲﾏｼﾀ｡\n｢ｺﾝﾆﾁﾊ｣ﾄ､ｶｴﾙﾊｲｲﾏｼﾀ｡\n｢ﾊｲ｣\n",
        "カエルノウタ", VOICES, 2,
    ),
    "half-width brackets": (JA.replace("「", "｢").replace("」", "｣"), "古い橋", JA_CAST, 3),
    "an unclosed Japanese quote": (JA.replace("どうした、狐」", "どうした、狐"), "古い橋", JA_CAST, 3),
    "an unclosed English quote": (EN.replace("harbour.”", "harbour."), "The Lamp", EN_CAST, 3),
    "straight quotes": (marks('"', '"'), "The Lamp", EN_CAST, 3),
    "single quotes": (marks("‘", "’"), "The Lamp", EN_CAST, 3),
    "straight single quotes": (marks("'", "'"), "The Lamp", EN_CAST, 3),
    "guillemets": (marks("«", "»"), "The Lamp", EN_CAST, 3),
    "low and high quotes": (marks("„", "“"), "The Lamp", EN_CAST, 3),
    "dashes": (
        DASHES,
        "The Lamp", EN_CAST, 4,
    ),
    "HTML": (f"<html><head><title>x</title></head><h1>The Lamp</h1>{paragraphs(EN_BODY)}", "The Lamp", EN_CAST, 3),
    "HTML with a doctype": (f"<!DOCTYPE html><!-- x --><h1>古い橋</h1>\n{paragraphs(JA_BODY)}", "古い橋", JA_CAST, 3),
    "HTML with ruby": (
        "<h1>古い橋</h1>" + paragraphs(JA_BODY).replace("権太", "<ruby>権太<rt>ごんた</rt></ruby>", 1),
        "古い橋", JA_CAST, 3,
    ),
    "ruby with legend and colophon": (
        AOZORA,
        "古い橋", JA_CAST, 3,
    ),
    "a Gutenberg file": (
        GUTENBERG,
        "The Lamp", EN_CAST, 3,
    ),
    "markdown": (f"# The Lamp\n\n{EN_BODY.replace('old', '**old**', 1)}\n\n* * *\n", "The Lamp", EN_CAST, 3),
    "hard-wrapped lines": (EN.replace(" His", "\nHis").replace(" at the", "\nat the"), "The Lamp", EN_CAST, 3),
    "tabs for indents": (JA.replace("\u3000", "\t"), "古い橋", JA_CAST, 3),
    "unseen characters": (JA.replace("権太", "権\u200b太\x0b"), "古い橋", JA_CAST, 3),
    "one long line": (JA.replace("\n", ""), "狐の物語", JA_CAST, 3),
    "full-width English": ("Ｔｈｅ　Ｌａｍｐ\n\n“Ｇｏ，”　ｓａｉｄ　Ｎｅｌｌ．", "The Lamp", {"Nell"}, 1),
    "capitals only": (EN.upper(), "THE LAMP", {"CAPTAIN"}, 3),
    "a screenplay in Japanese": (
        "橋の上\n\n○川・朝\n権太：どうした。\n狐：困った。\n権太：渡ろう。\n",
        "橋の上", JA_CAST, 3,
    ),
    "names before brackets": ("権太「どうした」\n狐「困った」\n権太「渡ろう」\n狐「うん」\n", "どうした", JA_CAST, 4),
    "a screenplay in English": (
        "THE LAMP\n\nINT. TOWER - NIGHT\n\nNELL\nIt is out.\n\nCAPTAIN\n(rising)\nThen climb.\n\nNELL\nI will.\n",
        "THE LAMP", {"NELL", "CAPTAIN"}, 3,
    ),
    "a chat with times": (
        "[10:01] Nell: It is out\n[10:02] Captain: Climb\n[10:03] Nell: I will\n", "It is out", {"Nell", "Captain"}, 3,
    ),
    "a chat with dates": (
        "12/05/2024, 10:01 - Nell: It is out\n12/05/2024, 10:02 - Sam: Climb\n12/05/2024, 10:03 - Nell: I will\n",
        "It is out", {"Nell", "Sam"}, 3,
    ),
    "a chat with tabs": (
        "2024/05/01(水)\n10:01\t太郎\t起きてる？\n10:02\t花子\t起きてるよ\n10:03\t太郎\t外を見て\n",
        "起きてる？", {"太郎", "花子"}, 3,
    ),
    "no quotation marks": (
        "　権太は川へ行った。狐が泣いていた。権太は狐を抱いた。\n",
        "権太は川へ行った", JA_CAST, 0,
    ),
    "two languages": (f"{JA}\n“Hello,” said Tom.\n", "古い橋", JA_CAST, 3),
    "a poem": ("春の海\n\nひねもす\nのたり\nのたりかな\n", "春の海", set(), 0),
    "one sentence": ("むかし、狐がいた。", "むかし、狐がいた", {"狐"}, 0),
    "one word": ("Fox", "Fox", set(), 0),
    "chapters": (f"第一章　橋\n\n{JA_BODY}\n第二章　狐\n\n　狐は帰りました。\n", "第一章\u3000橋", JA_CAST, 3),
    "a table": ("id,name,text\n1,Nell,hello\n2,Sam,hi\n", "id,name,text", {"Nell", "Sam"}, 0),
}  # fmt: skip
"""What comes in; the book's title, some of whom are in its cast, and how many lines are spoken."""

REFUSED: dict[str, str | bytes] = {
    "nothing": b" \n ",
    "faces only": "😀😀😀",
    "points only": "……。！？",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "rich text": r"{\rtf1\ansi The captain sat by the sea.\par}",
    "Russian": "Жил-был капитан. Он жил у моря.",
    "Korean": "옛날에 여우가 있었습니다.",
    "letters of no known encoding": "Привет, мир".encode("koi8-r"),
}
