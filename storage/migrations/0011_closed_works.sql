-- Figures count works by state: open ones by `works_open`, closed ones by this, without reading the table.
CREATE INDEX works_closed ON works (status) WHERE status IN ('completed', 'failed', 'cancelled');
CREATE INDEX works_finished ON works (finished_at) WHERE finished_at IS NOT NULL;
