# Keeps one PostgreSQL server that can be crashed and started again, for as long as the caller holds
# our standard input open. The kernel closes that pipe however the caller ends, SIGKILL included: the
# server cannot outlive it.
#
# $1  directory of the server programs
# $2  lines for postgresql.conf
# Prints the server's directory once there is one. Then reads commands and answers each with a line:
#   start PORT    starts the server from what is on the disk: `ready` once it accepts connections,
#                 `failed` if it ends, or does not get so far in a minute
#   crash PID...  SIGKILL, for the server and for its processes of these numbers: `gone` once the last
#                 of its processes is
set -eu
bin=$1
settings=$2
server=
reader=

# The account that runs us may not be allowed into the caller's temporary directory.
for parent in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    dir=$(mktemp -d "$parent/guerdon-postgres.XXXXXX" 2>/dev/null) && break
done
if [ -z "$dir" ]; then
    echo "no temporary directory that user $(id -un) may write to: set TMPDIR" >&2
    exit 1
fi

# Every process of the server has the pipe open to which the server writes its log, so that the one
# who reads it ends with the last of them.
run() {
    rm -f ended
    { cat <log >>server.log; : >ended; } &
    reader=$!
    "$bin/postgres" -D data -p "$1" >log 2>&1 &
    server=$!
}

# The server writes how far it is into its lock file; before it does, the file may be an older one's.
is_ready() {
    [ "$(head -n 1 data/postmaster.pid 2>/dev/null)" = "$server" ] &&
        grep -q '^ready' data/postmaster.pid 2>/dev/null
}

until_ready() {
    tries=1200
    until is_ready; do
        tries=$((tries - 1))
        if [ -e ended ] || [ "$tries" -eq 0 ]; then return 1; fi
        sleep 0.05
    done
}

# A server that starts beside processes of the one before refuses to.
until_gone() {
    wait "$server" 2>/dev/null || true
    wait "$reader" 2>/dev/null || true
    server=
}

shut_down() {
    if [ -n "$server" ]; then
        # An immediate shutdown.
        kill -QUIT "$server" 2>/dev/null || true
        until_gone
    fi
}

finish() {
    shut_down
    cd /
    rm -rf "$dir"
}
trap finish EXIT
# A shell that dies of a signal runs no EXIT trap, so none may kill it: the first echo after
# the caller is gone would be a SIGPIPE.
trap 'exit 1' HUP INT TERM PIPE

cd "$dir"
mkfifo log
"$bin/initdb" -D data -U guerdon -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || {
    cat initdb.log >&2
    exit 1
}
printf "%s\nunix_socket_directories = '%s'\n" "$settings" "$dir" >>data/postgresql.conf
echo "$dir"

while read -r command arguments; do
    case $command in
    start)
        run "$arguments"
        if until_ready; then
            echo ready
        else
            shut_down
            echo failed
        fi
        ;;
    crash)
        # The numbers are words; some of those processes may have ended by themselves.
        # shellcheck disable=SC2086
        kill -KILL "$server" $arguments 2>/dev/null || true
        until_gone
        echo gone
        ;;
    esac
done
