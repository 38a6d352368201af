"""Shapes of things as SVG files, drawn by `drawing.art.things.draw_shape_file`: a file a thing, in a box of 100."""
