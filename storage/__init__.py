"""Outside memory: PostgreSQL, Redis, blobs, and the embedded servers behind them. Raises errors of `manga.errors`."""
