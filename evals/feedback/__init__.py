"""How well a model sorts authors' sentences: phase and scope against labels."""
