#!/bin/sh
# The roles of ../postgresql.sql and the database, made at the first start of the database's container, with passwords from its environment.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner="$CONSENTS_OWNER_PASSWORD" --set endpoint="$CONSENTS_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE consents_owner LOGIN PASSWORD :'owner';
CREATE ROLE consents LOGIN PASSWORD :'endpoint';
CREATE DATABASE consents OWNER consents_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
