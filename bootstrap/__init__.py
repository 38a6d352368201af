"""Set-up from nothing: the environment from the lock, the fonts from packages. Standard library only."""
