"""The job queue, its worker, and what keeps one worker at a time on a work."""
