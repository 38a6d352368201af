-- Runs that were sent while another was going on: looked for every second, seldom there.
CREATE INDEX commands_queued ON commands (work_id, created_at) WHERE kind = 'queued' AND status = 'pending';
