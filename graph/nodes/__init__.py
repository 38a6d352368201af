"""One file a node: what its phase reads of the state, which agent it calls, and what it writes."""
