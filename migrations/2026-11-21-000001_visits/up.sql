-- When the client last used a link, to the hour; beside the body, so that noting it meets no version.
ALTER TABLE link ADD COLUMN used_at BIGINT;
-- link.expires_at is the largest number there is when a link has no absolute end.
CREATE INDEX link_customer ON link (tenant, customer);

-- The customer's own session on the page of their links; of the handle its digest only.
CREATE TABLE visit (
  digest TEXT NOT NULL PRIMARY KEY,
  tenant TEXT NOT NULL,
  customer TEXT NOT NULL,
  name TEXT NOT NULL,
  credential_version TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  lapses_at BIGINT NOT NULL
);
CREATE INDEX visit_lapses_at ON visit (lapses_at);
