"""The life of one manga: accept, run, park, resume, export."""
