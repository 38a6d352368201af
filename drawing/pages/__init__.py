"""A page's scene graph, rendered and measured."""
