"""The `mangaka` command."""
