"""One agent a phase: typed input in, typed output out, through ports. Knows no graph, no server, no adapter."""
