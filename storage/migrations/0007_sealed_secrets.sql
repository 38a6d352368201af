-- Secrets of webhooks sealed by MANGA_CHECKPOINT_KEY. A row has its secret in one of two ways; those from before stay
-- readable, and the service seals them when it starts with a key.

ALTER TABLE webhooks ALTER COLUMN secret DROP NOT NULL;
ALTER TABLE webhooks ADD COLUMN sealed bytea;
ALTER TABLE webhooks ADD CONSTRAINT webhooks_have_a_secret CHECK ((secret IS NULL) <> (sealed IS NULL));
