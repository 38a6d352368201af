"""Contact sheets of all that is drawn, for judging by eye. In: nothing but the code, and finished books. Out: WebP."""
