-- Lines of versions: where each began and where it stands. The one that was touched last is the one the work goes on with.

CREATE TABLE branches (
    work_id uuid NOT NULL REFERENCES works ON DELETE CASCADE,
    name text NOT NULL,
    base_version_id text REFERENCES versions ON DELETE CASCADE,
    head_version_id text NOT NULL REFERENCES versions ON DELETE CASCADE,
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    touched_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (work_id, name)
);

INSERT INTO branches (work_id, name, base_version_id, head_version_id, opened_at, touched_at)
SELECT oldest.work_id, oldest.branch, oldest.parent_version_id, newest.version_id, oldest.created_at, newest.created_at
FROM (SELECT DISTINCT ON (work_id, branch) * FROM versions ORDER BY work_id, branch, created_at, version_id) oldest
JOIN (SELECT DISTINCT ON (work_id, branch) * FROM versions
      ORDER BY work_id, branch, created_at DESC, version_id DESC) newest USING (work_id, branch);
