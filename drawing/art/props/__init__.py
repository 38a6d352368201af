"""Things that the artist can draw."""
