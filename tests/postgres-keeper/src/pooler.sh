# Keeps one PgBouncer for as long as the caller holds our standard input open. The kernel closes that
# pipe however the caller ends, SIGKILL included: the pooler cannot outlive it.
#
# $1  the program
# $2  its configuration, whose paths may be relative to its directory
# $3  its list of users
# Prints what the pooler says, until it ends.
set -eu

# The account that runs us may not be allowed into the caller's temporary directory.
for parent in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    dir=$(mktemp -d "$parent/guerdon-pooler.XXXXXX" 2>/dev/null) && break
done
if [ -z "$dir" ]; then
    echo "no temporary directory that user $(id -un) may write to: set TMPDIR" >&2
    exit 1
fi
trap 'cd /; rm -rf "$dir"' EXIT
# A shell that dies of a signal runs no EXIT trap, so none may kill it.
trap 'exit 1' HUP INT TERM PIPE

cd "$dir"
printf '%s\n' "$2" >pgbouncer.ini
printf '%s\n' "$3" >userlist.txt
"$1" pgbouncer.ini 2>&1 </dev/null &
pooler=$!

# What the pooler says ends with it, and not with us.
exec >&-

# Nobody writes: the end of the pipe is the end of the caller.
read -r _ || true
# A shell has its children in the background ignore softer signals.
kill -KILL "$pooler" 2>/dev/null || true
wait "$pooler" 2>/dev/null || true
