"""Wishes of people carried out by rules, one module a phase.

Every wish is applied to the result as the rules make it without any, oldest first: the same wishes give the same result
however often they are carried out. What cannot be done is refused by name (`manga.errors.WishRefused`).
"""
