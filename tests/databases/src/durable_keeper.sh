# Keeps one PostgreSQL server that can be crashed and started again, for as long as the caller holds
# our standard input open: the kernel closes that pipe however the caller ends, SIGKILL included.
#
# $1  directory of the server programs
# $2  lines for postgresql.conf
# Prints the server's directory once there is one. Then reads commands and answers each with a line:
#   start         starts the server from what is on the disk; it may take a while to be ready
#   crash PID...  SIGKILL, for the server and for its processes of these numbers
set -eu
bin=$1
settings=$2
server=

# The account that runs us may not be allowed into the caller's temporary directory.
for parent in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    dir=$(mktemp -d "$parent/guerdon-durable.XXXXXX" 2>/dev/null) && break
done
if [ -z "$dir" ]; then
    echo "no temporary directory that user $(id -un) may write to: set TMPDIR" >&2
    exit 1
fi

finish() {
    if [ -n "$server" ]; then
        # An immediate shutdown.
        kill -QUIT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    cd /
    rm -rf "$dir"
}
trap finish EXIT
# A shell that dies of a signal runs no EXIT trap, so none may kill it.
trap 'exit 1' HUP INT TERM PIPE

cd "$dir"
"$bin/initdb" -D data -U guerdon -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || {
    cat initdb.log >&2
    exit 1
}
printf "%s\nunix_socket_directories = '%s'\n" "$settings" "$dir" >>data/postgresql.conf
echo "$dir"

while read -r command pids; do
    case $command in
    start)
        "$bin/postgres" -D data >>server.log 2>&1 &
        server=$!
        ;;
    crash)
        # The numbers are words; some of those processes may have ended by themselves.
        # shellcheck disable=SC2086
        kill -KILL "$server" $pids 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
        ;;
    esac
    echo "$command"
done
