"""Prepares a picture in pixels: checked, cut to its panel, inked and toned for print, with known faces."""
