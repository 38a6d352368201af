-- What people call a version, and what its work had used until it was made.

ALTER TABLE versions ADD COLUMN name text NOT NULL DEFAULT '' CHECK (length(name) <= 80);
ALTER TABLE versions ADD COLUMN used jsonb NOT NULL DEFAULT '{}';
