"""Things: which one a word shows, drawn from a file of shapes or from the outlines of a font, inked alike."""
