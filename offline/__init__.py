"""The offline minds: a rules writer and the procedural artist."""
