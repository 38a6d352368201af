"""Reads from a person's sentence which paper size the finished book shall have; refuses every other wish by name."""

import re
from collections.abc import Mapping, Sequence

from manga.errors import WishRefused
from manga.paper import PaperName
from manga.phases import Phase

_PAPERS: Mapping[PaperName, re.Pattern[str]] = {
    PaperName.B5: re.compile(r"(?<![A-Za-z0-9])[BＢ][5５](?![0-9A-Za-z])"),
    PaperName.A5: re.compile(r"(?<![A-Za-z0-9])[AＡ][5５](?![0-9A-Za-z])"),
    PaperName.B4: re.compile(r"(?<![A-Za-z0-9])[BＢ][4４](?![0-9A-Za-z])"),
    PaperName.TANKOBON: re.compile(r"単行本|コミックスサイズ|新書判|\btank[oō]u?bon\b", re.IGNORECASE),
}
_NOT_WANTED = re.compile(r"^\s*(?:では|じゃ)な|^\s*で(?:は)?なく")
_BEFORE = re.compile(r"\b(?:not|instead of|rather than)\s+(?:on\s+)?$", re.IGNORECASE)
_FILES = re.compile(r"PDF|CBZ", re.IGNORECASE)
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")


def paper_of(said: str) -> PaperName | None:
    """The paper that a sentence asks for; None when it names none, or several."""
    wanted = {
        paper
        for paper, row in _PAPERS.items()
        for found in row.finditer(said)
        if not _NOT_WANTED.search(said[found.end() :]) and not _BEFORE.search(said[: found.start()])
    }
    return wanted.pop() if len(wanted) == 1 else None


def last_paper(instructions: Sequence[str]) -> PaperName | None:
    """The paper that was asked for last."""
    return next((paper for said in reversed(instructions) if (paper := paper_of(said)) is not None), None)


def check_formats(instructions: Sequence[str]) -> None:
    """Raises `WishRefused` for the first wish that is not about a paper on offer."""
    for number, said in enumerate(instructions):
        if paper_of(said) is None:
            raise WishRefused(_reason(said), phase=Phase.FINISHING.value, wish=number)


def _reason(said: str) -> str:
    japanese = bool(_JAPANESE.search(said))
    if _FILES.search(said):
        return "本はいつもPDFとCBZで書き出されます。" if japanese else "The book is always written as PDF and CBZ."
    papers = ", ".join(PaperName)
    if japanese:
        return f"仕上げで変えられるのは用紙だけです（{papers}）。"
    return f"Of the finished book only the paper can be changed: {papers}."
