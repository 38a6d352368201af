"""The plot's agent: a story in parts, beats found in the text, what is left out, what is revised."""
