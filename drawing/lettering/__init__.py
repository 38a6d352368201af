"""Text on the page: type, kinsoku, ruby, balloons, tails, SFX."""
