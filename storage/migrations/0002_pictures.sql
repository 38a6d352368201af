-- Pictures that a work has drawn, by the digest of everything they depend on: none of them is drawn twice.

CREATE TABLE pictures (
    work_id uuid NOT NULL REFERENCES works ON DELETE CASCADE,
    digest text NOT NULL,
    art jsonb NOT NULL,
    PRIMARY KEY (work_id, digest)
);
