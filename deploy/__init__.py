"""How Mangaka runs on more than one process or machine: see `deploy/README.md`."""
