-- The external-linkage API of e-Gov and its desk. Archives and certificates are Base64 TEXT; archives
-- stand in tables of their own, so that no list reads them.

-- Numbers that are taken inside a commit: the last one taken.
CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  taken BIGINT NOT NULL
);
INSERT INTO counter (name, taken) VALUES ('arrive_id', 0), ('send_number', 0), ('signed_request', 0);

-- operations: the words of the allow-list, one space between.
CREATE TABLE software (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  operations TEXT NOT NULL,
  registered_at BIGINT NOT NULL,
  revoked_at BIGINT
);

-- last_signed_at outlives the signed requests it comes from.
CREATE TABLE api_user (
  id TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  registered_at BIGINT NOT NULL,
  last_signed_at BIGINT
);

CREATE TABLE certificate_identity (
  user_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  issuer TEXT NOT NULL,
  serial TEXT NOT NULL,
  subject TEXT NOT NULL,
  not_before BIGINT NOT NULL,
  not_after BIGINT NOT NULL,
  der TEXT NOT NULL,
  bound_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, digest)
);

CREATE TABLE access_key (
  digest TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  software TEXT NOT NULL,
  certificate TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX access_key_certificate ON access_key (user_id, certificate);
CREATE INDEX access_key_expires_at ON access_key (expires_at);

-- id: the counter's value.
CREATE TABLE signed_request (
  id BIGINT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  software TEXT NOT NULL,
  at BIGINT NOT NULL,
  operation TEXT NOT NULL,
  certificate TEXT NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX signed_request_at ON signed_request (at);

-- waits_since: when it was sent; none once it is checked, which fills the four columns after it.
CREATE TABLE package (
  send_number TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  software TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  applications BIGINT NOT NULL,
  waits_since BIGINT,
  checked_at BIGINT,
  arrived BIGINT,
  refused BIGINT,
  report TEXT,
  claim TEXT,
  claimed_until BIGINT
);
CREATE INDEX package_user ON package (user_id, sent_at, send_number);
CREATE INDEX package_waits_since ON package (waits_since);

CREATE TABLE package_archive (
  send_number TEXT NOT NULL PRIMARY KEY,
  archive TEXT NOT NULL
);

-- parent: what a correction corrects, or a withdrawal asks back.
CREATE TABLE application (
  arrive_id TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  user_id TEXT NOT NULL,
  software TEXT NOT NULL,
  package TEXT,
  origin TEXT NOT NULL,
  parent TEXT,
  procedure TEXT NOT NULL,
  procedure_name TEXT NOT NULL,
  ministry TEXT NOT NULL,
  ministry_name TEXT NOT NULL,
  submission TEXT NOT NULL,
  stage TEXT NOT NULL,
  stage_at BIGINT NOT NULL,
  withdrawing BOOLEAN NOT NULL,
  correctable BOOLEAN NOT NULL,
  arrived_at BIGINT NOT NULL,
  exam_started_at BIGINT,
  exam_ended_at BIGINT,
  closed_at BIGINT
);
CREATE INDEX application_package ON application (package);
CREATE INDEX application_parent ON application (parent);
CREATE INDEX application_ministry ON application (ministry, arrive_id);
CREATE INDEX application_stage ON application (ministry, stage, arrive_id);
CREATE INDEX application_withdrawing ON application (ministry, withdrawing, arrive_id);

-- Of what came in no package.
CREATE TABLE application_archive (
  arrive_id TEXT NOT NULL PRIMARY KEY,
  archive TEXT NOT NULL
);

CREATE TABLE history (
  arrive_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  process TEXT NOT NULL,
  status TEXT NOT NULL,
  facility_number TEXT,
  pay_number TEXT,
  PRIMARY KEY (arrive_id, number)
);

-- due: the last day to answer an amend notice; waits_until: the same while it is open.
CREATE TABLE notice (
  arrive_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  number BIGINT NOT NULL,
  issued_at BIGINT NOT NULL,
  title TEXT NOT NULL,
  files TEXT NOT NULL,
  signed BOOLEAN NOT NULL,
  due TEXT,
  waits_until TEXT,
  ended TEXT,
  completed_at BIGINT,
  PRIMARY KEY (arrive_id, kind, number)
);
CREATE INDEX notice_waits_until ON notice (waits_until);

CREATE TABLE notice_archive (
  arrive_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  number BIGINT NOT NULL,
  archive TEXT NOT NULL,
  PRIMARY KEY (arrive_id, kind, number)
);

-- What a fee is charged for; place: its order among the fees of the application.
CREATE TABLE fee_detail (
  facility_number TEXT NOT NULL,
  pay_number TEXT NOT NULL,
  arrive_id TEXT NOT NULL,
  place BIGINT NOT NULL,
  facility_name TEXT NOT NULL,
  pay_name_kana TEXT NOT NULL,
  memo TEXT NOT NULL,
  charged_at BIGINT NOT NULL,
  PRIMARY KEY (facility_number, pay_number),
  UNIQUE (arrive_id, place)
);
CREATE INDEX fee_due ON fee (state, due);

-- Acts that wait for their time; gone once they are done.
CREATE TABLE script_act (
  arrive_id TEXT NOT NULL,
  place BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  act TEXT NOT NULL,
  PRIMARY KEY (arrive_id, place)
);
CREATE INDEX script_act_due_at ON script_act (due_at);

-- roles, ministries: one space between. enrolment: digest of a one-time link's token.
CREATE TABLE staff (
  login TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  ministries TEXT NOT NULL,
  enrolment TEXT,
  enrolment_until BIGINT,
  password TEXT,
  totp TEXT NOT NULL,
  totp_step BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT
);
CREATE UNIQUE INDEX staff_enrolment ON staff (enrolment);

CREATE TABLE staff_session (
  digest TEXT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  lapses_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
CREATE INDEX staff_session_login ON staff_session (login);
CREATE INDEX staff_session_lapses_at ON staff_session (lapses_at);

CREATE TABLE proposal (
  id TEXT NOT NULL PRIMARY KEY,
  arrive_id TEXT NOT NULL,
  wish TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by TEXT,
  decided_at BIGINT,
  approved BOOLEAN
);
CREATE INDEX proposal_application ON proposal (arrive_id);
