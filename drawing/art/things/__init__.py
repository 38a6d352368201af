"""Line art of things that the artist has no drawing of its own for: outlines of a font, inked like our drawings."""
