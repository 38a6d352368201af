"""Understands authors' sentences by rules: a sentence and a view of the book in, a plan out. Japanese and English."""
