# tap.sh: what a test in shell needs; read it with `. tests/tap.sh`. Every check prints one TAP line;
# `finish` prints the plan and exits.
tap_count=0
tap_failed=0

# result STATUS NAME: one TAP line; status 0 is a success.
result() {
    tap_count=$((tap_count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $tap_count - $2"
    else
        echo "not ok $tap_count - $2"
        tap_failed=$((tap_failed + 1))
    fi
}

# check NAME COMMAND…: the command must succeed.
check() {
    tap_name=$1
    shift
    tap_status=0
    "$@" || tap_status=$?
    result "$tap_status" "$tap_name"
}

# is NAME GOT WANTED: two texts must be the same.
is() {
    if [ "$2" = "$3" ]; then
        result 0 "$1"
    else
        result 1 "$1"
        printf '%s\n' "$2" | sed 's/^/#   got:    /'
        printf '%s\n' "$3" | sed 's/^/#   wanted: /'
    fi
}

# skip NAME WHY
skip() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # skip $2"
}

finish() {
    echo "1..$tap_count"
    [ "$tap_failed" = 0 ]
    exit
}
