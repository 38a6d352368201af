"""Lets agents make books through the Model Context Protocol: tools, resources, prompts and tasks over `works`."""
