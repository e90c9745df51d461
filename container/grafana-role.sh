#!/bin/sh
# Runs once, as PostgreSQL's container makes its database: a role for Grafana that may only read.
set -eu
password=$(cat /run/secrets/grafana_database_password)
psql -v ON_ERROR_STOP=1 -v password="$password" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role grafana login password :'password';
grant pg_read_all_data to grafana;
alter role grafana set default_transaction_read_only = on;
SQL
