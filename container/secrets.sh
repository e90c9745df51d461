#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, each only if it is missing: passwords for the database and Grafana, and tokens for
# you (write) and for Prometheus (read). Run it once: container/secrets.sh
set -eu
folder=$(dirname "$0")/../secrets
mkdir -p "$folder"
chmod 700 "$folder"
random() {
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}
make() {
    if [ ! -e "$folder/$1" ]; then
        printf '%s' "$2" >"$folder/$1"
        # the containers run as other users
        chmod 644 "$folder/$1"
    fi
}
make database_password "$(random)"
make grafana_database_password "$(random)"
make grafana_admin_password "$(random)"
make prometheus_token "$(random)"
make my_token "$(random)"
printf 'me:write:%s\nprometheus:read:%s\n' "$(cat "$folder/my_token")" "$(cat "$folder/prometheus_token")" >"$folder/tokens"
chmod 644 "$folder/tokens"
echo "your token is in secrets/my_token, Grafana's password (user admin) in secrets/grafana_admin_password"
