"""Who may come in, and the limits of what may be sent."""
