"""Prompt regression: stories, scorers, baselines, gate, report."""
