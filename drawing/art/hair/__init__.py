"""Hair that the hand can draw."""
