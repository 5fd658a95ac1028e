-- A fee of an authority, as far as paying it goes. What it is for stands with whoever charged it.
CREATE TABLE fee (
  facility_number TEXT NOT NULL,
  pay_number TEXT NOT NULL,
  confirm_number TEXT NOT NULL,
  total_fee BIGINT NOT NULL,
  -- The last day to pay, 2026-12-05.
  due TEXT NOT NULL,
  -- waiting, reserved, paid, lapsed or cancelled.
  state TEXT NOT NULL,
  -- The payment that holds it or has paid it.
  payment_id TEXT,
  paid_at BIGINT,
  PRIMARY KEY (facility_number, pay_number)
);

-- What makes a sealed bill good once.
CREATE TABLE bill (
  nonce TEXT NOT NULL PRIMARY KEY,
  tenant TEXT NOT NULL,
  facility_number TEXT NOT NULL,
  pay_number TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  journey TEXT,
  voided BOOLEAN NOT NULL,
  confirmed_at BIGINT
);
CREATE INDEX bill_fee ON bill (facility_number, pay_number);
CREATE INDEX bill_expires_at ON bill (expires_at);

-- Confirmed payments, for ever.
CREATE TABLE payment (
  id TEXT NOT NULL PRIMARY KEY,
  tenant TEXT NOT NULL,
  customer TEXT NOT NULL,
  version BIGINT NOT NULL,
  -- reserved, in_doubt, debited or declined.
  state TEXT NOT NULL,
  -- When the bank is asked next; none once the end is known.
  next_ask_at BIGINT,
  body TEXT NOT NULL
);
CREATE INDEX payment_customer ON payment (tenant, customer);
CREATE INDEX payment_next_ask_at ON payment (next_ask_at);

-- The demo bank's answers to orders, one for each key.
CREATE TABLE demo_debit (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  account TEXT NOT NULL,
  amount_yen BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, key)
);
