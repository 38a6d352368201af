"""Pages into panels."""
