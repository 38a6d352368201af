"""The stub itself is under test here."""

from tests.gemini.server import gemini

__all__ = ["gemini"]
