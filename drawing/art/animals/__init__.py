"""Animals and spirits that act."""
