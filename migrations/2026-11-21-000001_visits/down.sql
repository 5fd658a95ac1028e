DROP TABLE visit;
DROP INDEX link_customer;
ALTER TABLE link DROP COLUMN used_at;
