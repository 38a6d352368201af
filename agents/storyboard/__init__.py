"""The storyboard's agent: the plan of pages, batches of pages, words and staging, checks."""
