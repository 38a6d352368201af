"""Makes a stranger's words fit to stand in XML."""

from xml.sax.saxutils import escape, quoteattr


def printable(text: str) -> str:
    """Without characters that XML 1.0 forbids."""
    return "".join(
        c for c in text if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def content(text: str) -> str:
    """As an element's content."""
    return escape(printable(text))


def quoted(text: str) -> str:
    """As an attribute's value, with its quotation marks."""
    return quoteattr(printable(text))
