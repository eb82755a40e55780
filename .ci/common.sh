# shellcheck shell=bash
# Shared by the scripts beside it.

# A port of 127.0.0.1 that nobody listens on, below those that the kernel gives to whoever connects: while a server is away,
# one of its own clients could get its port.
free_port() {
  local port
  for _ in $(seq 1 100); do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 9<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s' "$port"
      return 0
    fi
  done
  echo "no free port found" >&2
  return 1
}
