"""Surface and marks: paths, the canvas that records drawing calls, tones, effect lines, PDF."""
