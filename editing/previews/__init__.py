"""What a person looks at after a phase: its structure as JSON, and pictures of it at a quality level."""
