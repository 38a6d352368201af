"""Questions to a person, and the answers, edits and pictures that come back."""
