#!/bin/sh
# What `make run` does once the program is built: `run-demo.sh PROGRAM FOLDER`.
#
# Makes a demo unit in FOLDER, once a day, and opens the full screen on it. Without a terminal it
# prints the demo's weekly review instead. Set AS=stod, hand, led or admin to come in as another.
set -eu
umask 077

program=$1
folder=$2
as=${AS:-led}
made=$folder/made
database=$folder/demo.db
passphrase=$folder/passphrase

# The demo reaches from half a year back to two weeks ahead, counted from the day it is made.
now="$(date +%F) $(cksum <"$program")"
if [ ! -f "$database" ] || [ "$(cat "$made" 2>/dev/null || :)" != "$now" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    sed -n 's/^#define DEMO_PASSPHRASE "\(.*\)"$/\1/p' src/exchange/demo.h >"$passphrase"
    "$program" demo --db "$database"
    printf '%s\n' "$now" >"$made"
fi

if [ -t 0 ] && [ -t 1 ]; then
    printf 'Signing in as %s. The passphrase of the demo: %s\n' "$as" "$(cat "$passphrase")"
    exec "$program" --db "$database" --user "$as"
fi
exec "$program" report week --db "$database" --user "$as" --passphrase-file "$passphrase"
