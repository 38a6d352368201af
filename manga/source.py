"""The story as it was sent in, the plain text that everything else counts in out.

`Source.text` is the body alone: ruby mark-up read, title, author, legend, annotations and colophon taken away.
Every `Span` in the vocabulary counts code points of exactly this text.
"""

import re
from typing import Literal

from manga.brief import Language
from manga.errors import BriefRejected
from manga.markup import plain_lines, plain_text, read_ruby
from manga.values import Ruby, Span, Value

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
