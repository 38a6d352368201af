"""Directs a plot without a model: lines cut for balloons, moments grouped into panels, roles, shots and figures
chosen."""
