"""The plot's agent: drafts the story in parts, finds beats and lines in the text, leaves out, revises."""
