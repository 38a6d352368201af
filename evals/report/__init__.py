"""One static HTML file of a run: no network, no script, everything that others wrote escaped."""
