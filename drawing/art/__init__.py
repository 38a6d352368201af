"""The procedural artist: draws a panel's figures, faces, things and places."""
