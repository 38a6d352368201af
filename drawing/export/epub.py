"""Writes an EPUB 3 with fixed layout of page PNGs: one picture a page, and its words for who cannot see it.

The spine says in which direction the book is read, each page on which side it lies. Times and names come from the
edition, so equal editions give equal bytes.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC

from drawing.export.book_edition import Edition, label_of, words_of
from drawing.export.cbz import png_size
from drawing.export.xml_text import content, quoted
from drawing.export.zip_archive import zipped
from manga.book import PageGraph

_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="item/standard.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_STYLE = "html,body{margin:0;padding:0;width:100%;height:100%}svg{display:block;margin:0;padding:0}\n"
_XHTML = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"'
_EPUB = ' xmlns:epub="http://www.idpf.org/2007/ops"'
_KINDS = {"title": "titlepage", "body": "chapter", "colophon": "colophon"}


def epub(edition: Edition, pictures: Sequence[bytes]) -> bytes:
    """`pictures` are PNGs, one a page, in order."""
    files = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", _CONTAINER.encode()),
        ("item/standard.opf", _package(edition).encode()),
        ("item/navigation-documents.xhtml", _navigation(edition).encode()),
        ("item/style/fixed-layout.css", _STYLE.encode()),
    ]
    for page, picture in zip(edition.pages, pictures, strict=True):
        files.append((f"item/xhtml/p-{page.number:03}.xhtml", _leaf(edition, page, picture).encode()))
        files.append((f"item/image/i-{page.number:03}.png", picture))
    return zipped(files, packed=frozenset({"opf", "xhtml", "css"}))


def _title(edition: Edition) -> str:
    untitled = "無題" if edition.facts.language == "ja" else "Untitled"
    return content(" ".join(edition.facts.title.split())).strip() or untitled


def _package(edition: Edition) -> str:
    direction = "rtl" if edition.rtl else "ltr"
    language = quoted(edition.facts.language)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang={language} '
        'prefix="rendition: http://www.idpf.org/vocab/rendition/#">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{"".join(_metadata(edition))}</metadata>\n'
        f"<manifest>{''.join(_manifest(edition))}</manifest>\n"
        f'<spine page-progression-direction="{direction}">{"".join(_spine(edition))}</spine>\n</package>\n'
    )


def _metadata(edition: Edition) -> Iterator[str]:
    yield f'<dc:identifier id="id">urn:uuid:{content(edition.identity)}</dc:identifier>'
    yield f"<dc:title>{_title(edition)}</dc:title>"
    if author := content(" ".join((edition.facts.author or "").split())).strip():
        yield f'<dc:creator id="author">{author}</dc:creator>'
        yield '<meta refines="#author" property="role" scheme="marc:relators">aut</meta>'
    yield f"<dc:language>{content(edition.facts.language)}</dc:language>"
    yield f'<meta property="dcterms:modified">{edition.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</meta>'
    for name, value in (
        ("rendition:layout", "pre-paginated"),
        ("rendition:spread", "landscape"),
        ("rendition:orientation", "auto"),
        ("schema:accessMode", "visual"),
        ("schema:accessMode", "textual"),
        ("schema:accessibilityFeature", "alternativeText"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "pageNavigation"),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", "Each page is one picture; its words are its alternative text."),
    ):
        yield f'<meta property="{name}">{value}</meta>'


def _manifest(edition: Edition) -> Iterator[str]:
    yield (
        '<item id="toc" href="navigation-documents.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="style" href="style/fixed-layout.css" media-type="text/css"/>'
    )
    for page in edition.pages:
        n = f"{page.number:03}"
        cover = ' properties="cover-image"' if page.kind == "title" else ""
        yield f'<item id="i-{n}" href="image/i-{n}.png" media-type="image/png"{cover}/>'
        yield f'<item id="p-{n}" href="xhtml/p-{n}.xhtml" media-type="application/xhtml+xml" properties="svg"/>'


def _spine(edition: Edition) -> Iterator[str]:
    for page in edition.pages:
        yield f'<itemref idref="p-{page.number:03}" properties="page-spread-{page.side.value}"/>'


def _navigation(edition: Edition) -> str:
    language = edition.facts.language
    head = f"<head><title>{_title(edition)}</title></head>"
    entries = _entries(edition)
    folios = "".join(_entry(page, str(page.folio)) for page in edition.pages if page.folio is not None)
    pages = f'<nav epub:type="page-list" hidden=""><ol>{folios}</ol></nav>' if folios else ""
    return (
        f"{_XHTML}{_EPUB} xml:lang={quoted(language)} lang={quoted(language)}>{head}<body>"
        f'<nav epub:type="toc" id="toc"><h1>{_title(edition)}</h1><ol>{entries}</ol></nav>{pages}</body></html>\n'
    )


def _entries(edition: Edition) -> str:
    return "".join(_entry(page, label_of(page, edition.facts.language)) for page in edition.pages)


def _entry(page: PageGraph, label: str) -> str:
    return f'<li><a href="xhtml/p-{page.number:03}.xhtml">{content(label)}</a></li>'


def _leaf(edition: Edition, page: PageGraph, picture: bytes) -> str:
    """A page. Its words are an alternative text, a line a balloon."""
    width, height = png_size(picture)
    language = quoted(edition.facts.language)
    label = label_of(page, edition.facts.language)
    words = words_of(page).replace("\n", " / ")
    told = quoted(f"{label}: {words}" if words else label)
    return (
        f"{_XHTML}{_EPUB} xml:lang={language} lang={language}>"
        f'<head><meta charset="UTF-8"/><title>{content(label)}</title>'
        f'<link rel="stylesheet" type="text/css" href="../style/fixed-layout.css"/>'
        f'<meta name="viewport" content="width={width}, height={height}"/></head>'
        f'<body epub:type="{_KINDS[page.kind]}">'
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="100%" height="100%" viewBox="0 0 {width} {height}" role="img" aria-label={told}>'
        f'<image width="{width}" height="{height}" xlink:href="../image/i-{page.number:03}.png"/></svg>'
        "</body></html>\n"
    )
