"""The story as it was sent in; out: the plain text that everything else counts in, sentences and paragraphs.

`Source.text` is the body alone: ruby mark-up read, title, author, legend, annotations and colophon taken away.
Every `Span` in the vocabulary counts code points of exactly this text.
"""

import html
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from manga.brief import Language
from manga.errors import BriefRejected
from manga.values import DOT, Ruby, Span, Value

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
HEADING = re.compile(
    r"[ \u3000]*(?:"
    r"[一二三四五六七八九十百]{1,4}|[0-9０-９]{1,3}[.．]?|[IVXLC]{1,7}[.]?|[Ⅰ-Ⅻ]"
    r"|第[一二三四五六七八九十百0-9０-９]{1,4}[章話回幕部節場][^。」\n]{0,24}"
    r"|(?:CHAPTER|Chapter|PART|Part|BOOK|Book|ACT|Act|SCENE|Scene)\s+[0-9IVXLCA-Za-z-]{1,12}\b[^\n]{0,50}"
    r"|[（(〔][一二三四五六七八九十0-9０-９]{1,3}[）)〕]"
    r"|(?:[*＊※☆★◇◆○●・=＝~―-][ \u3000]*){1,12}"
    r"|(?:プロローグ|エピローグ|序章|終章|序|跋|Prologue|Epilogue|PROLOGUE|EPILOGUE)"
    r")[ \u3000]*"
)
DATED = re.compile(r"[ \u3000]*[（(](?:大正|昭和|明治|平成|令和|一九|二〇|19|20)[^）)\n]{2,30}[）)][ \u3000]*")
SENTENCE_END = tuple('。．.!?！？」』”"、,;:：')
WORD = re.compile(r"\w")
OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\ua000-\ud7ff]")
"""Greek, Cyrillic, Arabic, Hangul and what lies between: letters that no reader knows."""
SENTENCE_JA = re.compile(r"[^。！？!?\n]*(?:[。！？!?…]+[」』）)]*)?")
_AFTER_TITLE = r"(?<=\b(?:Mr|Ms|Dr|St))\.|(?<=\bM(?:rs|me))\."
SENTENCE_EN = re.compile(rf"(?:[^.!?\n]|[.!?](?=\w)|(?<=\b[A-Z])\.|{_AFTER_TITLE})*(?:[.!?]+[\"'”’)]*)?")
"""A point within a number ($1.87), after an initial or a title ends nothing."""


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


class Source(Value):
    """One story, ready to be read. `headings` are the chapter numerals and separators within `text`."""

    title: str | None = None
    author: str | None = None
    language: Language
    text: str
    rubies: tuple[Ruby, ...] = ()
    headings: tuple[Span, ...] = ()

    def rubies_in(self, span: Span) -> tuple[Ruby, ...]:
        """The readings within a stretch, counted from its start."""
        return tuple(
            Ruby(start=r.start - span.start, end=r.end - span.start, reading=r.reading)
            for r in self.rubies
            if r.start >= span.start and r.end <= span.end
        )


def read_source(text: str, language: Literal["auto", "ja", "en"] = "auto") -> Source:
    """Read what a person sent. Raises BriefRejected when no sentence is in it that can be read."""
    if text.lstrip("\ufeff \n").startswith("{\\rtf"):
        raise BriefRejected("The story is a rich-text file.", remedy="Save it as plain text and try again.")
    plain = plain_text(text)
    if len(OTHER_SCRIPT.findall(plain)) * 2 > len(WORD.findall(plain)):
        raise BriefRejected(
            "The story is in neither Japanese nor English.", remedy="Send a story in Japanese or English."
        )
    spoken = detect_language(plain) if language == "auto" else Language(language)
    lines = plain_lines(plain, unwrap=spoken is Language.EN)
    title, author, rest = split_head(lines, spoken)
    body, rubies = read_ruby("\n".join(without_date(rest)))
    if len(WORD.findall(body)) < 2:
        raise BriefRejected(
            "There is no readable sentence in the story.", remedy="Send the story itself as plain text."
        )
    return Source(title=title, author=author, language=spoken, text=body, rubies=rubies, headings=find_headings(body))


def detect_language(text: str) -> Language:
    """Japanese when kana are a fair share of the letters."""
    kana = len(re.findall(r"[ぁ-んァ-ヴ]", text))
    letters = len(re.findall(r"\w", text))
    return Language.JA if kana * 8 > letters or not re.search(r"[A-Za-z]", text) else Language.EN


def split_head(lines: list[str], language: Language) -> tuple[str | None, str | None, list[str]]:
    """Title and author from the first lines, and the lines that remain."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    if len(filled) < 2 or not looks_like_title(lines[filled[0]], language):
        return None, None, trim_blank(lines)
    first = filled[0]
    head = 1
    while head < 4 and first + head < len(lines) and lines[first + head].strip():
        head += 1
    title_block = lines[first : first + head]
    closed = first + head >= len(lines) or not lines[first + head].strip()
    if not closed or head > 3 or not all(looks_like_title(line, language) for line in title_block):
        return single_title(lines, first, language)
    title = clean_title(title_block[0])
    author = clean_author(title_block[-1]) if head > 1 else None
    rest = trim_blank(lines[first + head :])
    if author is None and len(rest) > 2 and is_byline(rest[0], rest[1]):
        author, rest = clean_author(rest[0]), trim_blank(rest[1:])
    return (title, author, rest) if any(line.strip() for line in rest) else (None, None, trim_blank(lines))


def single_title(lines: list[str], first: int, language: Language) -> tuple[str | None, str | None, list[str]]:
    """A title line directly above its text: only when the text is set apart by indentation or mark-up."""
    following = lines[first + 1] if first + 1 < len(lines) else ""
    marked = lines[first].lstrip().startswith("#")
    indented = language is Language.JA and following.startswith(("\u3000", "「", "『"))
    if marked or (indented and not lines[first].startswith("\u3000")):
        return clean_title(lines[first]), None, trim_blank(lines[first + 1 :])
    return None, None, trim_blank(lines)


def looks_like_title(line: str, language: Language) -> bool:
    plain = clean_title(line)
    limit = 40 if language is Language.JA else 90
    return (
        0 < len(plain) <= limit
        and (not plain.endswith(SENTENCE_END) or ends_in_a_name(plain))
        and not plain.startswith(("「", "『", "“", '"'))
        and not HEADING.fullmatch(line)
        and WORD.search(plain) is not None
    )


def ends_in_a_name(line: str) -> bool:
    """宇宙食堂「ひだまり」 is a title, 「ただいま」 is talk."""
    return bool(re.fullmatch(r"[^「」『』。、：:]{2,20}[「『][^「」『』。、！？…]{1,12}[」』]", line))


def is_byline(line: str, following: str) -> bool:
    return bool(re.match(r"\s*(?:by|By|BY|作|著|文)[ :：\u3000]", line)) and not following.strip()


def clean_title(line: str) -> str:
    return read_ruby(re.sub(r"^[#＃\s\u3000]+|[\s\u3000]+$|\*\*", "", line))[0][:120]


def clean_author(line: str) -> str | None:
    plain = re.sub(r"^(?:by|By|BY|作者?|著者?|文)[ :：\u3000]+", "", read_ruby(line.strip())[0].strip("\u3000 "))
    return plain[:120] or None


def trim_blank(lines: list[str]) -> list[str]:
    filled = [i for i, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def without_date(lines: list[str]) -> list[str]:
    """The author's date under the last line belongs to the colophon."""
    return trim_blank(lines[:-1]) if len(lines) > 1 and DATED.fullmatch(lines[-1]) else lines


def find_headings(body: str) -> tuple[Span, ...]:
    return tuple(
        Span(start=match.start(), end=match.end())
        for match in re.finditer(r"[^\n]+", body)
        if HEADING.fullmatch(match.group()) or match.group().startswith("#")
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A half-open stretch of the body."""

    start: int
    end: int


def paragraphs(source: Source) -> tuple[Piece, ...]:
    """Lines with words in them; headings are none."""
    headings = {span.start for span in source.headings}
    lines = (Piece(m.start(), m.end()) for m in re.finditer(r"[^\n]+", source.text))
    return tuple(p for p in lines if p.start not in headings and source.text[p.start : p.end].strip())


def sentences(text: str, start: int, end: int, language: Language) -> Iterator[Piece]:
    """The sentences between two places, without the blanks around them."""
    pattern = SENTENCE_JA if language is Language.JA else SENTENCE_EN
    for match in pattern.finditer(text, start, end):
        words = match.group().strip(" \u3000\n")
        if words:
            first = match.start() + match.group().index(words[0])
            yield Piece(first, first + len(words))


def ends_with_title(text: str) -> bool:
    """Is its last point that of a title (Mr.), which ends nothing?"""
    return re.search(rf"(?:{_AFTER_TITLE})\Z", text) is not None


def sentence_ends(text: str, language: Language) -> list[int]:
    """Where each sentence of a text ends, the last at its very end."""
    found = [piece.end for piece in sentences(text, 0, len(text), language)]
    return [*found[:-1], len(text)]
