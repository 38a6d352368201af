"""Shapes of things as SVG files, drawn by `drawing.art.things.shape`: one file a thing, in a box of 100 by 100."""
