"""Adapters for Google's text and image models."""
