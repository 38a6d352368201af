"""The words that models are asked with: one Markdown file a prompt, and the loader that checks them."""
