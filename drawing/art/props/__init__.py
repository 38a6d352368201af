"""Things that the hand can draw."""
