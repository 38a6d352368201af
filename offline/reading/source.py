"""What the offline readers work on: the story's body and its pieces."""

from manga.source import (
    Piece,
    Source,
    paragraphs,
    read_source,
    sentences,
)

__all__ = ["Piece", "Source", "paragraphs", "read_source", "sentences"]
