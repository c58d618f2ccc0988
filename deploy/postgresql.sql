-- PostgreSQL: two roles. The owner makes the tables (run the endpoint's start-up or migrations as it, once a release);
-- the endpoint itself can add to the ledger and read it, and can neither change nor delete an event.
CREATE ROLE consents_owner LOGIN PASSWORD 'choose-one';
CREATE ROLE consents LOGIN PASSWORD 'choose-another';
CREATE DATABASE consents OWNER consents_owner ENCODING 'UTF8' TEMPLATE template0;
\connect consents
-- As the owner, after the tables are there:
GRANT CONNECT ON DATABASE consents TO consents;
GRANT USAGE ON SCHEMA public TO consents;
GRANT SELECT, INSERT ON event, node TO consents;
GRANT SELECT, INSERT ON receipt, link, earlier, action, api_key TO consents;
GRANT SELECT, INSERT, UPDATE ON outbox TO consents;
GRANT UPDATE (revoked) ON api_key TO consents;
GRANT DELETE ON action TO consents;
GRANT SELECT, INSERT, DELETE ON idempotency TO consents;
GRANT SELECT, INSERT, UPDATE, DELETE ON subject TO consents;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO consents;
