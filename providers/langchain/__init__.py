"""Adapter for any other chat model."""
