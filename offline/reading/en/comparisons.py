"""Takes out of told English text what something is only likened to, or what a picture shows.

A house that reminds somebody of wood-work in a vault stands in no vault, and no coffin is seen there.
"""

import re
from collections.abc import Iterator

_LIKE = (
    r"(?P<like>\b(?<!\bI )(?<!\byou )(?<!\bwe )(?<!\bthey )(?<!would )(?<!should )(?<!\bto )(?<!\bdo )(?<!\bdoes )"
    r"(?<!\bdid )(?<!n['’]t )(?<!['’]d )(?<!\bthe )(?<!-)like\b(?! to\b)"
    r"|\bas (?!far\b|soon\b|well\b)[\w-]+ as (?=an?\b|the\b|any\b|some\b)"
    r"|\bthan (?=an?\b|in\b|on\b|any\b|some\b))"
)
_RECALLS = (
    r"|\bas (?:if|though)\b|\bremind(?:s|ed|ing)? [\w’' ]{1,24}? of\b|\bresembl(?:e[sd]?|ing)\b"
    r"|\bcompar(?:e[sd]?|able|ing)\b[^,;.]{0,40}? (?:to|with)\b"
)
_SHOWS = (
    r"|\b(?:pictures?|paintings?|drawings?|photographs?|portraits?|engravings?|posters?|postcards?)(?: \w+)?? "
    r"(?:of|show(?:ed|s|ing)|present(?:ed|s|ing)|represent(?:ed|s|ing)|depict(?:ed|s|ing))\b"
)
_BEGINS = re.compile(_LIKE + _RECALLS + _SHOWS, re.IGNORECASE)
_ENDS = re.compile(
    r"[;:!?.\n”\"]|--|—|,(?! (?:which|whose|who|whom)\b)|\b(?:but|when|while|until|till)\b"
    r"|\band (?:he|she|they|I|we|it|then|so|\w+ed)\b"
)
_TOLD_OF_IT = re.compile(r"\b(?:which|who|whom|whose|that)\b")
_REALLY_THERE = re.compile(
    r"\s(?:in|on|at|by|into|through|across|to|from|under|over|near|beside)\s(?:the|his|her|their)\b"
)
"""They sat like statues in the church: such a place is theirs, unless a clause tells it of the statues."""


def without_likenesses(text: str) -> str:
    """Blanks stand for what is left out, so that places stay. Linear in the length."""
    parts, last = [], 0
    for start, end in likenesses(text):
        parts += [text[last:start], " " * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


def likenesses(text: str) -> Iterator[tuple[int, int]]:
    """The stretches, in order and apart from each other."""
    at = 0
    while begins := _BEGINS.search(text, at):
        stop = _ENDS.search(text, begins.end())
        end = stop.start() if stop else len(text)
        told = _TOLD_OF_IT.search(text, begins.end(), end)
        real = _REALLY_THERE.search(text, begins.end(), told.start() if told else end) if begins["like"] else None
        at = max(real.start() if real else end, begins.end())
        yield begins.start(), at
