"""The finished book as files: folders, exports, and those who are told of it."""
