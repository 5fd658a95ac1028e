-- What a customer is asked at a factor (positions, cells), the same until it is answered right.
CREATE TABLE challenge (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL,
  kept_at BIGINT NOT NULL
);
CREATE INDEX challenge_kept_at ON challenge (kept_at);
