"""How a story is read without a model: quotes, people, speakers, scenes, deeds and looks."""
