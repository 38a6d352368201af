"""One module a phase: pure functions from a told story to figures with their reasons."""
