"""Vocabulary in; geometry, PDF or pixels out. Pure functions: no clocks, no randomness without a seed, no I/O but fonts."""
