#!/usr/bin/env bash
# postgres.sh start DIR   a private PostgreSQL on a free loopback port; prints its address
# postgres.sh stop DIR
set -euo pipefail
dir=$2
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
as() { if [ "$(id -u)" -eq 0 ]; then su -s /bin/bash postgres -c "$*"; else bash -c "$*"; fi; }
case $1 in
start)
  mkdir -p "$dir"
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$dir"; chmod 711 "$(dirname "$dir")"; fi
  as "'$bin/initdb' -D '$dir/data' -U tandem -A trust -E UTF8 --locale=C >'$dir/init.log' 2>&1" || { cat "$dir/init.log" >&2; exit 1; }
  for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    if as "'$bin/pg_ctl' -D '$dir/data' -w -t 600 -l '$dir/log' -o \"-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off -c max_connections=300 -c shared_buffers=64MB -c log_min_messages=fatal\" start >/dev/null 2>&1"; then
      echo "postgres://tandem@127.0.0.1:$port/postgres?sslmode=disable"
      exit 0
    fi
  done
  cat "$dir/log" >&2
  exit 1
  ;;
stop)
  [ -d "$dir/data" ] && as "'$bin/pg_ctl' -D '$dir/data' -m immediate stop >/dev/null 2>&1" || true
  ;;
esac
