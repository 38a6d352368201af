"""Outside minds: the ports that agents know, and the adapters behind them."""
