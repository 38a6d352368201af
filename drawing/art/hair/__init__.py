"""Hair that the artist can draw."""
