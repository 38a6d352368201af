"""Performance figures, each a ratio against a peer or a bound."""
