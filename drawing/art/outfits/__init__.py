"""Clothes that the artist can draw."""
