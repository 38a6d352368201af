"""What is particular to Japanese in reading."""
