"""Places that the hand can draw."""
