-- Threads of the LangGraph wire. A work is a thread; before its first run, when nobody knows its story yet, it is a row
-- of `threads`. `metadata` is the client's own, to find threads again.

CREATE TABLE threads (
    id uuid PRIMARY KEY,
    tenant text NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX threads_by_time ON threads (tenant, created_at DESC, id);

ALTER TABLE works ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}';
