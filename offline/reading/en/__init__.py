"""What is particular to English in reading."""
