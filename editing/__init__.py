"""A work as people see and change it: results with edits laid over, edits accepted, diffs, previews, digests."""
