"""Are letters found that a model drew into a picture by itself, and are pictures without any left alone?"""
