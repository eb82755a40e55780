#!/usr/bin/env bash
# The real thing, with a load generator that is not ours: Debian's wrk on 64 connections, 100,000 wallets, one transfer
# per POST with a fresh id and the payer's own key, 30 seconds, kill -9 in the middle, restart. Afterwards every
# acknowledged id must be there exactly once and the trial balance must be zero.
#
# Before that an undisturbed run of the same length for the requests per second, with and without notes.
#
# Usage: tools/scripts/wrk-kill.sh [WALLETS] [SECONDS] [CONNECTIONS]     (needs wrk, curl; uses a scratch folder)
# More server flags: SCRIP_SERVE_FLAGS="--durability async".
set -euo pipefail

wallets=${1:-100000}
seconds=${2:-30}
connections=${3:-64}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
scripts=$root/tools/scripts
command -v wrk >/dev/null || { echo "needs wrk (Debian: apt-get install wrk)" >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/scrip-wrk.XXXXXX")
server=
port=
clean_up() {
  if [ -n "$server" ]; then kill -9 "$server" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap clean_up EXIT

SCRIP_OPERATOR_KEY=sk_operator_$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
export SCRIP_OPERATOR_KEY
export SCRIP_KEYS=$work/keys.txt

start() {
  : >"$work/server.log"
  # shellcheck disable=SC2086
  "$root/scrip" serve --data "$work/data" --port "${port:-0}" --rate-limit 0 ${SCRIP_SERVE_FLAGS:-} \
    >>"$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 1 3000); do
    port=$(sed -n 's|^scrip: ready at http://127.0.0.1:\([0-9]*\).*|\1|p' "$work/server.log")
    if [ -n "$port" ]; then return 0; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/server.log" >&2
  echo "the server did not start" >&2
  exit 1
}

load() {
  wrk -t2 -c"$connections" -d"${seconds}s" --timeout 10s -s "$scripts/transfer.lua" "http://127.0.0.1:$port"
}

check() {
  "$root/scrip" kill-test check --port "$port" --keys "$SCRIP_KEYS" "$work"/notes*/notes-*.txt
}

"$root/scrip" version
start
"$root/scrip" kill-test prepare --port "$port" --keys "$SCRIP_KEYS" --wallets "$wallets"

echo "== undisturbed, $connections connections, $seconds s, every request and answer noted"
mkdir "$work/notes-1"
SCRIP_NOTES=$work/notes-1 load
check

echo "== kill -9 after half of $seconds s, restart at once"
mkdir "$work/notes-2"
SCRIP_NOTES=$work/notes-2 load >"$work/wrk-2.log" 2>&1 &
wrk=$!
sleep $((seconds / 2))
kill -9 "$server"
{ wait "$server" || true; } 2>/dev/null
started=$(date +%s%N)
start
echo "ready again after $((($(date +%s%N) - started) / 1000000)) ms"
wait "$wrk"
cat "$work/wrk-2.log"
check
curl -fsS -H "Authorization: Bearer $SCRIP_OPERATOR_KEY" "http://127.0.0.1:$port/api/v1/trial-balance"
echo

# Last, for these transfers leave no notes that a check could use.
echo "== undisturbed, $connections connections, $seconds s, no notes"
load
