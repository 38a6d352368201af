"""Outside models: the ports that agents know, and the adapters behind them."""
