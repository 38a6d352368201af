"""Places that the artist can draw."""
