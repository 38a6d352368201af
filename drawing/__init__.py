"""Vocabulary in; geometry, PDF or pixels out. Pure: no clocks, no randomness without a seed, no I/O but fonts."""
