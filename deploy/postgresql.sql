-- PostgreSQL: two roles. The owner makes the tables, with each release: consents migrate --grant consents
-- The endpoint itself adds to the ledger and reads it, and can neither change nor delete an event.
CREATE ROLE consents_owner LOGIN PASSWORD 'choose-one';
CREATE ROLE consents LOGIN PASSWORD 'choose-another';
CREATE DATABASE consents OWNER consents_owner ENCODING 'UTF8' TEMPLATE template0;

-- What --grant consents runs, and prints, in that database:
-- GRANT USAGE ON SCHEMA public TO "consents";
-- GRANT SELECT, INSERT ON event TO "consents";
-- GRANT SELECT, INSERT ON node TO "consents";
-- GRANT SELECT, INSERT, UPDATE ON head TO "consents";
-- GRANT SELECT, INSERT, UPDATE (ended) ON receipt TO "consents";
-- GRANT SELECT ON link TO "consents";
-- GRANT SELECT, INSERT ON earlier TO "consents";
-- GRANT SELECT, INSERT, DELETE ON listing TO "consents";
-- GRANT SELECT, INSERT, UPDATE (revoked, used) ON api_key TO "consents";
-- GRANT SELECT, INSERT, UPDATE ON outbox TO "consents";
-- GRANT SELECT, INSERT, DELETE ON action TO "consents";
-- GRANT SELECT, INSERT, DELETE ON note TO "consents";
-- GRANT SELECT, INSERT, DELETE ON report TO "consents";
-- GRANT SELECT, INSERT, UPDATE, DELETE ON release TO "consents";
-- GRANT SELECT, INSERT, DELETE ON idempotency TO "consents";
-- GRANT SELECT, INSERT ON erasure TO "consents";
-- GRANT SELECT, INSERT, DELETE ON address TO "consents";
-- GRANT SELECT, INSERT, UPDATE, DELETE ON subject TO "consents";
-- GRANT SELECT ON alembic_version TO "consents";
-- GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "consents";
