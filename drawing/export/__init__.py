"""Books in every format, all from the scene graph."""
