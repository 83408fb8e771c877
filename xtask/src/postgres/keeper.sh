# Keeps one throwaway PostgreSQL server for as long as the caller holds our standard input open.
# The kernel closes that pipe however the caller ends, SIGKILL included: the server cannot outlive it.
#
# $1  directory of initdb and pg_ctl
# $2  lines for postgresql.conf
# Prints the server's directory once it accepts connections.
set -eu
bin=$1
settings=$2

# The account that runs us may not be allowed into the caller's temporary directory.
for parent in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    dir=$(mktemp -d "$parent/guerdon-postgres.XXXXXX" 2>/dev/null) && break
done
if [ -z "$dir" ]; then
    echo "no temporary directory that user $(id -un) may write to: set TMPDIR" >&2
    exit 1
fi

finish() {
    "$bin/pg_ctl" stop -D "$dir/data" -m immediate -w -s >/dev/null 2>&1 || true
    cd /
    rm -rf "$dir"
}
trap finish EXIT
# A shell that dies of a signal runs no EXIT trap, so none may kill it: the first echo after
# the caller is gone would be a SIGPIPE.
trap 'exit 1' HUP INT TERM PIPE

cd "$dir"
"$bin/initdb" -D data -U guerdon -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || {
    cat initdb.log >&2
    exit 1
}
printf "%s\nunix_socket_directories = '%s'\n" "$settings" "$dir" >>data/postgresql.conf
"$bin/pg_ctl" start -D data -l server.log -w -s >/dev/null || {
    cat server.log >&2
    exit 1
}

echo "$dir"
read -r _ || true
