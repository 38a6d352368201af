"""Structured edits: which there are, how they are accepted, laid over results, and what becomes of them."""
