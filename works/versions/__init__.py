"""The tree of a work's versions: read, compared, branched, pruned."""
