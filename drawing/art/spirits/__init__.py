"""Spirits, gods and demons: people by their bodies, themselves by what they wear on head and back."""
