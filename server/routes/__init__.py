"""The routes under , one module for each kind of resource."""
