"""Raw text in, plain lines out: encodings' leftovers, Aozora and Gutenberg wrappings, HTML and markdown, ruby."""

import html
import itertools
import re
import unicodedata

from manga.values import DOT, Ruby

KANJI = r"[\u2E80-\u2FDF\u3005-\u3007\u303B\u3400-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF〓※ヶ]"
KANA = r"[ぁ-ゖァ-ヺー・゛゜ゝゞヽヾ]"
RUBY = re.compile(
    r"[｜|](?P<marked>[^｜|《》\n]{1,30})《(?P<r1>[^《》\n]{1,40})》"
    rf"|(?P<run>{KANJI}{{1,20}})《(?P<r2>{KANA}{{1,40}})》"
    rf"|\{{(?P<curly>[^{{}}|\n]{{1,30}})\|(?P<r3>{KANA}{{1,40}})\}}"
    rf"|(?P<loose>[A-Za-z]{{1,20}}|[ァ-ヺー]{{1,20}}|[ぁ-ゖ]{{1,12}})《(?P<r4>{KANA}{{1,40}})》"
)
HTML_RUBY = re.compile(r"<ruby>(.*?)(?:<rp>.*?</rp>)?<rt>(.*?)</rt>(?:<rp>.*?</rp>)?</ruby>", re.IGNORECASE | re.DOTALL)
LEGEND = re.compile(r"^-{20,}\n.*?^-{20,}\n", re.MULTILINE | re.DOTALL)
COLOPHON = re.compile(r"^[ \u3000]*(?:底本[：:]|青空文庫作成ファイル).*", re.MULTILINE | re.DOTALL)
GUTENBERG_START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$", re.MULTILINE | re.IGNORECASE)
GUTENBERG_END = re.compile(
    r"^(?:\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg)",
    re.MULTILINE | re.IGNORECASE,
)
GAIJI = re.compile(r"※［＃([^］]*)］")
NOTE = re.compile(r"［＃[^］\n]*］")
DOTTED = re.compile(r"［＃「(?P<words>[^［］\n]{1,60})」(?:の左)?に[^「」［］\n]{0,8}傍点］")
"""A note on the words before it."""
DOTTED_RANGE = re.compile(
    r"［＃(?:ここから)?[^「」［］\n]{0,8}傍点］(?P<noted>.{0,2000}?)［＃(?:ここで)?[^「」［］\n]{0,8}傍点終わり］"
    r"|《《(?P<webbed>[^《》\n]{1,60})》》",
    re.DOTALL,
)
DOTTED_REACH = 400
"""How far before its note a word is looked for, in characters."""
HALF_KANA = re.compile(r"[\uFF61-\uFF9F]+")
WIDE_LATIN = re.compile(r"[Ａ-Ｚａ-ｚ]")
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")


def plain_text(raw: str) -> str:
    """Everything that is not the story's own words is taken away; ruby marks stay for `read_ruby`, emphasis too."""
    text = raw.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    text = HALF_KANA.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[\u200b-\u200d\u2060\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text).replace("\t", " ")
    text = plain_latin(text)
    text = without_gutenberg(without_html(text))
    text = GAIJI.sub(lambda m: gaiji(m.group(1)), COLOPHON.sub("", LEGEND.sub("\n", text, count=1)))
    return NOTE.sub("", with_dots(text))


def plain_latin(text: str) -> str:
    """English that was typed in full-width letters, in plain ones."""
    wide = len(WIDE_LATIN.findall(text))
    return unicodedata.normalize("NFKC", text) if wide * 2 > len(re.findall(r"[^\W\d_]", text)) else text


def without_gutenberg(text: str) -> str:
    start, end = GUTENBERG_START.search(text), GUTENBERG_END.search(text)
    text = text[: end.start()] if end else text
    return text[start.end() :] if start else text


def without_html(text: str) -> str:
    if not TAG.search(text):
        return text
    text = HTML_RUBY.sub(lambda m: f"｜{m.group(1)}《{m.group(2)}》", text)
    text = re.sub(r"<(script|style|head)\b.*?</\1>", "", text, flags=re.IGNORECASE | re.DOTALL)
    text = re.sub(r"<!DOCTYPE[^>]*>|<!--.*?-->", "", text, flags=re.IGNORECASE | re.DOTALL)
    text = re.sub(r"<h[1-6][^>]*>(.*?)</h[1-6]>", r"\n\1\n\n", text, flags=re.IGNORECASE | re.DOTALL)
    text = re.sub(r"<br\s*/?>|</p>|</div>|</li>", "\n", text, flags=re.IGNORECASE)
    return html.unescape(TAG.sub("", text))


def gaiji(note: str) -> str:
    """A character outside the old encodings, by its code point or its place in JIS X 0213."""
    point = re.search(r"U\+([0-9A-Fa-f]{4,6})", note)
    if point and int(point.group(1), 16) < 0x110000:
        return chr(int(point.group(1), 16))
    place = re.search(r"([12])-(\d{1,2})-(\d{1,2})", note)
    if not place:
        return "〓"
    plane, row, cell = (int(x) for x in place.groups())
    prefix = b"\x8f" if plane == 2 else b""
    try:
        return (prefix + bytes((row + 0xA0, cell + 0xA0))).decode("euc_jis_2004")
    except (UnicodeDecodeError, ValueError):
        return "〓"


def with_dots(text: str) -> str:
    """Emphasis (傍点), noted behind its words or around them, as a ruby mark for each letter; other notes stay."""
    text = DOTTED_RANGE.sub(lambda m: dotted(m["noted"] or m["webbed"] or ""), text)
    done, parts = 0, [""]
    for note in DOTTED.finditer(text):
        parts.append(_last_dotted(text[done : note.start()], note["words"]))
        done = note.end()
    return "".join((*parts, text[done:]))


def _last_dotted(text: str, words: str) -> str:
    """The text with dots beside the last of the words, which may have readings of their own."""
    near = max(0, len(text) - DOTTED_REACH)
    letters = re.compile("".join(rf"[｜|]?{re.escape(c)}(?:《[^《》\n]*》)?" for c in words))
    found = list(letters.finditer(text, near))
    if not found:
        return text
    start, end = found[-1].span()
    return text[:start] + dotted(text[start:end]) + text[end:]


def dotted(text: str) -> str:
    """A dot for each letter that has no reading; none beside punctuation, nor beside letters that lie on their side."""
    done, parts = 0, [""]
    for ruby in (*RUBY.finditer(text), None):
        free = text[done : ruby.start() if ruby else len(text)]
        parts += [f"｜{c}《{DOT}》" if _bears_dot(c) else c for c in free]
        if ruby:
            parts.append(ruby.group())
            done = ruby.end()
    return "".join(parts)


def _bears_dot(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" and unicodedata.east_asian_width(character) in "WF"


def plain_lines(text: str, *, unwrap: bool) -> list[str]:
    """Lines without trailing blanks and markdown; hard-wrapped English paragraphs become one line each."""
    lines = [without_markdown(line.rstrip(" ")) for line in text.split("\n")]
    if not unwrap or not is_wrapped(lines):
        return lines
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    joined: list[str] = []
    for paragraph in paragraphs:
        joined += [re.sub(r"\s*\n\s*", " ", paragraph).strip(), ""]
    return joined


def is_wrapped(lines: list[str]) -> bool:
    """Most lines that have a next line end between 45 and 85 characters, as mail and Gutenberg wrap them."""
    inner = [a for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    return len(inner) >= 3 and sum(45 <= len(line) <= 85 for line in inner) * 10 >= len(inner) * 7


def without_markdown(line: str) -> str:
    line = re.sub(r"!?\[([^\]\n]*)\]\([^)\n]*\)", r"\1", line)
    line = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", line)
    line = re.sub(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+?)(?<=\S)\1(?![\w*])", r"\2", line)
    return re.sub(r"^(?:> ?|[*+-] (?=\S))", "", line)


def read_ruby(text: str) -> tuple[str, tuple[Ruby, ...]]:
    """Take readings out of the text. A reading's place is counted in the text that is returned."""
    parts: list[str] = []
    rubies: list[Ruby] = []
    done = length = 0
    for match in RUBY.finditer(text):
        base = next(match[g] for g in ("marked", "run", "curly", "loose") if match[g] is not None)
        reading = next(match[g] for g in ("r1", "r2", "r3", "r4") if match[g] is not None)
        before = text[done : match.start()]
        parts += [before, base]
        start = length + len(before)
        length = start + len(base)
        rubies.append(Ruby(start=start, end=length, reading=reading))
        done = match.end()
    parts.append(text[done:])
    return "".join(parts), tuple(rubies)
