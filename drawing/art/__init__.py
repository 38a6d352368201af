"""The procedural artist: figures, faces, places."""
