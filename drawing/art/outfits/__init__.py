"""Clothes that the hand can draw."""
