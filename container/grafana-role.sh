#!/bin/sh
# Runs once, when PostgreSQL's container creates its database: makes a role for Grafana that can only read.
set -eu
password=$(cat /run/secrets/grafana_database_password)
psql -v ON_ERROR_STOP=1 -v password="$password" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role grafana login password :'password';
grant pg_read_all_data to grafana;
alter role grafana set default_transaction_read_only = on;
SQL
