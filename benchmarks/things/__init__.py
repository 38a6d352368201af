"""How many things the artist can draw: the list of common nouns, the measure of it, and sheets to look at."""
