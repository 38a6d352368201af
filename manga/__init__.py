"""The vocabulary of a manga: frozen values that every other folder speaks. No I/O, imports nothing of ours."""
