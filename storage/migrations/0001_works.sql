-- Works, their commands, versions, edits and events. Plain PostgreSQL 15, no extension.

CREATE TABLE works (
    id uuid PRIMARY KEY,
    tenant text NOT NULL,
    request_id text NOT NULL,
    request_digest text NOT NULL,
    status text NOT NULL DEFAULT 'new' CHECK (status IN
        ('new', 'queued', 'processing', 'awaiting_feedback', 'parked', 'completed', 'failed', 'cancelled')),
    title text,
    out_dir text,
    brief jsonb NOT NULL,
    result jsonb,
    head_version text,
    progress jsonb,
    pending_review jsonb,
    error jsonb,
    warnings jsonb NOT NULL DEFAULT '[]',
    degraded boolean NOT NULL DEFAULT false,
    resume_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    UNIQUE (tenant, request_id)
);
CREATE INDEX works_by_time ON works (tenant, created_at DESC, id DESC);
CREATE INDEX works_open ON works (status) WHERE status NOT IN ('completed', 'failed', 'cancelled');

-- Apart from `works`, so that the shared lock of a fence check never waits for, or deadlocks with, a status update.
CREATE TABLE work_epochs (
    work_id uuid PRIMARY KEY REFERENCES works ON DELETE CASCADE,
    epoch bigint NOT NULL DEFAULT 0
);

CREATE TABLE work_counters (
    work_id uuid NOT NULL REFERENCES works ON DELETE CASCADE,
    name text NOT NULL,
    value bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (work_id, name)
);

CREATE TABLE commands (
    id uuid PRIMARY KEY,
    work_id uuid NOT NULL REFERENCES works ON DELETE CASCADE,
    kind text NOT NULL,
    target_checkpoint text,
    payload jsonb NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'failed')),
    child_checkpoint text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);
CREATE INDEX commands_by_work ON commands (work_id, created_at);
CREATE INDEX commands_pending ON commands (work_id) WHERE status = 'pending';

CREATE TABLE versions (
    version_id text PRIMARY KEY,
    work_id uuid NOT NULL REFERENCES works ON DELETE CASCADE,
    parent_version_id text REFERENCES versions,
    checkpoint_id text NOT NULL,
    phase text NOT NULL CHECK (phase IN
        ('concept', 'characters', 'plot', 'storyboard', 'artwork', 'lettering', 'finishing')),
    branch text NOT NULL DEFAULT 'main',
    kind text NOT NULL,
    change_description text NOT NULL DEFAULT '',
    quality_level smallint CHECK (quality_level BETWEEN 1 AND 5),
    quality_score double precision CHECK (quality_score BETWEEN 0 AND 1),
    author text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (work_id, checkpoint_id)
);
CREATE INDEX versions_by_time ON versions (work_id, created_at, version_id);
CREATE INDEX versions_by_parent ON versions (parent_version_id);

CREATE TABLE edits (
    id uuid PRIMARY KEY,
    work_id uuid NOT NULL REFERENCES works ON DELETE CASCADE,
    version_id text REFERENCES versions ON DELETE CASCADE,
    element_key text NOT NULL,
    change_type text NOT NULL,
    payload jsonb NOT NULL,
    author text NOT NULL,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'superseded', 'orphaned', 'removed')),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    retired_at timestamptz
);
CREATE INDEX edits_by_work ON edits (work_id, created_at, id);
CREATE INDEX edits_by_version ON edits (version_id);

-- The outbox. Ids of one work rise in the order of commits (storage/events.py takes a lock per work).
CREATE TABLE events (
    id bigserial PRIMARY KEY,
    work_id uuid NOT NULL REFERENCES works ON DELETE CASCADE,
    type text NOT NULL,
    version_id text,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    data jsonb NOT NULL DEFAULT '{}',
    relayed boolean NOT NULL DEFAULT false
);
CREATE INDEX events_by_work ON events (work_id, id);
CREATE INDEX events_to_relay ON events (id) WHERE NOT relayed;
