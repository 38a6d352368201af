-- How many pictures were paid for a tenant on a day (UTC), whatever became of their works.

ALTER TABLE tenant_days ADD COLUMN images bigint NOT NULL DEFAULT 0;
