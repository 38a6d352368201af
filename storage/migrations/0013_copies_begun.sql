-- Copies whose objects are being made and whose rows are not there yet: what a process that died left is found here.
CREATE TABLE copies_begun (
    copy_id uuid PRIMARY KEY,
    tenant text NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now()
);
