"""What the offline readers work on: the story's body and its pieces."""

from manga.sentences import Piece, paragraphs, sentences
from manga.source import Source, read_source

__all__ = ["Piece", "Source", "paragraphs", "read_source", "sentences"]
