"""`make cluster`: two replicas of the API and two workers on one PostgreSQL and one Valkey, on this machine."""
