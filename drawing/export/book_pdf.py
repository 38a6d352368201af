"""Single-page PDFs in, the book as one PDF out: reading direction, boxes, title, words that can be found. No dates."""

import io
from collections.abc import Sequence

import pikepdf

from drawing.export.hidden_words import hide_words
from drawing.ink.pdf import saved
from drawing.pages.scene import BookFacts
from manga.book import PageGraph
from manga.paper import Direction, Side


def book_pdf(
    pages: Sequence[bytes],
    facts: BookFacts,
    first: Side,
    *,
    words: Sequence[PageGraph] = (),
    around_mm: float = 0.0,
    printing: bool = False,
) -> bytes:
    """`first` is the side of the first page. The same pages and facts always give the same bytes.

    `words` are the pages' scene graphs, whose words can be searched then; the pages show `around_mm` more than their
    bleed. A book for `printing` asks its viewer to scale nothing.
    """
    book = pikepdf.new()
    for data in pages:
        with pikepdf.open(io.BytesIO(data)) as page:
            book.pages.extend(page.pages)
    if words:
        hide_words(book, words, around_mm)
    rtl = facts.direction is Direction.RTL
    # odd pages, the first among them, lie on the side that this names
    book.Root.PageLayout = pikepdf.Name("/TwoPageRight" if first is Side.RIGHT else "/TwoPageLeft")
    book.Root.ViewerPreferences = pikepdf.Dictionary(
        Direction=pikepdf.Name("/R2L" if rtl else "/L2R"), DisplayDocTitle=True
    )
    if printing:
        book.Root.ViewerPreferences.PrintScaling = pikepdf.Name("/None")
    book.Root.Lang = pikepdf.String(facts.language)
    book.docinfo["/Title"] = pikepdf.String(facts.title)
    if facts.author:
        book.docinfo["/Author"] = pikepdf.String(facts.author)
    book.docinfo["/Producer"] = pikepdf.String("Mangaka")
    return saved(book)
