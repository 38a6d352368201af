"""How much an edit redoes, against the least that is known to be needed and against a plain replay of the graph."""
