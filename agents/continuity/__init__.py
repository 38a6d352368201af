"""What changes in looks and hands on the way, as a table, as words and as looks to draw."""
