"""A work as people see and change it: edits judged and laid over results, versions compared, previews, locks."""
