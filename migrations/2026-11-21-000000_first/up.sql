-- One set of migrations for SQLite and PostgreSQL: TEXT (ids, digests, words, JSON), BIGINT (epoch
-- milliseconds, yen, counters, versions), BOOLEAN. Every column NOT NULL unless absence means
-- something. Retention: docs/architecture.md.

CREATE TABLE plan (
  digest TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE client (
  id TEXT NOT NULL PRIMARY KEY,
  disabled BOOLEAN NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE journey (
  id TEXT NOT NULL PRIMARY KEY,
  tenant TEXT NOT NULL,
  version BIGINT NOT NULL,
  ended BOOLEAN NOT NULL,
  touched_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX journey_touched_at ON journey (touched_at);

-- slot: 'current' for the link a consent would renew; the link's own id once it was stopped on
-- purpose, so that a new one can take its place.
CREATE TABLE link (
  id TEXT NOT NULL PRIMARY KEY,
  tenant TEXT NOT NULL,
  client TEXT NOT NULL,
  customer TEXT NOT NULL,
  slot TEXT NOT NULL,
  version BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended BOOLEAN NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (tenant, client, customer, slot)
);

CREATE TABLE consent (
  id TEXT NOT NULL PRIMARY KEY,
  link TEXT NOT NULL,
  tenant TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX consent_link ON consent (link);

CREATE TABLE code (
  digest TEXT NOT NULL PRIMARY KEY,
  link TEXT NOT NULL,
  family TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  redeemed_at BIGINT,
  body TEXT NOT NULL
);
CREATE INDEX code_expires_at ON code (expires_at);

CREATE TABLE family (
  id TEXT NOT NULL PRIMARY KEY,
  link TEXT NOT NULL,
  tenant TEXT NOT NULL,
  client TEXT NOT NULL,
  issuer TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX family_link ON family (link);
CREATE INDEX family_revoked_at ON family (revoked_at);

CREATE TABLE access_token (
  digest TEXT NOT NULL PRIMARY KEY,
  family TEXT NOT NULL,
  scopes TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX access_token_expires_at ON access_token (expires_at);

CREATE TABLE refresh_token (
  digest TEXT NOT NULL PRIMARY KEY,
  family TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  used_at BIGINT,
  repeats BIGINT NOT NULL
);
CREATE INDEX refresh_token_family ON refresh_token (family);

CREATE TABLE inquiry_pin (
  tenant TEXT NOT NULL,
  customer TEXT NOT NULL,
  account TEXT NOT NULL,
  pin TEXT NOT NULL,
  registered_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, customer, account)
);

CREATE TABLE attempt (
  id TEXT NOT NULL PRIMARY KEY,
  tally BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);
CREATE INDEX attempt_last_at ON attempt (last_at);

CREATE TABLE familiar_sign (
  tenant TEXT NOT NULL,
  customer TEXT NOT NULL,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, customer, kind, digest)
);
CREATE INDEX familiar_sign_seen_at ON familiar_sign (seen_at);

CREATE TABLE mail (
  id TEXT NOT NULL PRIMARY KEY,
  due_at BIGINT NOT NULL,
  sent_at BIGINT,
  tries BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX mail_due_at ON mail (due_at);

CREATE TABLE audit (
  sequence BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  tenant TEXT,
  journey TEXT,
  name TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX audit_journey ON audit (journey);

-- The end of the chain, kept beside it so that a cut-off end shows; its row lock orders writers.
CREATE TABLE audit_head (
  id BIGINT NOT NULL PRIMARY KEY,
  sequence BIGINT NOT NULL,
  digest TEXT NOT NULL
);
INSERT INTO audit_head (id, sequence, digest)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The books of the embedded demo bank. A bank with a system of its own leaves them empty.
CREATE TABLE demo_customer (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  login_id TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, login_id)
);

CREATE TABLE demo_account (
  id TEXT NOT NULL PRIMARY KEY,
  tenant TEXT NOT NULL,
  customer TEXT NOT NULL,
  position BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX demo_account_customer ON demo_account (tenant, customer);

CREATE TABLE demo_line (
  account TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  booked_on TEXT NOT NULL,
  valued_on TEXT NOT NULL,
  direction TEXT NOT NULL,
  amount_yen BIGINT NOT NULL,
  remarks TEXT,
  balance_yen BIGINT NOT NULL,
  PRIMARY KEY (account, sequence)
);
CREATE INDEX demo_line_booked_on ON demo_line (account, booked_on);
