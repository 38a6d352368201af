"""Beats into panels: words cut for balloons, moments grouped, roles given, views directed."""
