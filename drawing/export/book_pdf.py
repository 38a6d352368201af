"""Single-page PDFs in, the book as one vector PDF out: reading direction, trim and bleed boxes, title. No dates."""

import io
from collections.abc import Sequence

import pikepdf

from drawing.ink.pdf import saved
from drawing.pages.scene import BookFacts
from manga.paper import Direction, Side


def book_pdf(pages: Sequence[bytes], facts: BookFacts, first: Side) -> bytes:
    """`first` is the side of the first page. The same pages and facts always give the same bytes."""
    book = pikepdf.new()
    for data in pages:
        with pikepdf.open(io.BytesIO(data)) as page:
            book.pages.extend(page.pages)
    rtl = facts.direction is Direction.RTL
    # odd pages, the first among them, lie on the side that this names
    book.Root.PageLayout = pikepdf.Name("/TwoPageRight" if first is Side.RIGHT else "/TwoPageLeft")
    book.Root.ViewerPreferences = pikepdf.Dictionary(
        Direction=pikepdf.Name("/R2L" if rtl else "/L2R"), DisplayDocTitle=True
    )
    book.Root.Lang = pikepdf.String(facts.language)
    book.docinfo["/Title"] = pikepdf.String(facts.title)
    if facts.author:
        book.docinfo["/Author"] = pikepdf.String(facts.author)
    book.docinfo["/Producer"] = pikepdf.String("Mangaka")
    return saved(book)
