-- Edits live in the checkpoints, beside the results that they are laid over; this table was never written.
DROP TABLE edits;
