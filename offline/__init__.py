"""The offline models: a rules writer and the procedural artist."""
