"""Things that figures hold, wear on their backs, or work at."""
