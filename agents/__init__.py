"""The eight minds of the house: typed input, typed output, through ports. Knows no graph, server or adapter."""
