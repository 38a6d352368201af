"""How well a mind sorts authors' sentences: phase and scope against labels."""
