#!/bin/bash
# A unit with rows of every kind is carried from its file to a server, worked in there, and carried back: run
# by tests/postgres/run with SIGN_IN=1.
set -u
. tests/cli/setup

server=$PGHOST
root() { psql -X -q -t -A -U dagsform "$@"; }
ask() { root -d "${base:-care}" -c "$1"; }
unset DAGSFORM_NOW # the unit has been worked in later
cp tests/data/units/passphrase "$work/pass"
file=$work/enhet.db unit=$work/server/enhet.unit home=$work/hem/enhet.db
mkdir "$work/server" "$work/hem"
cp tests/data/units/0043.db "$file"
cp tests/data/units/0043.keys "$work/enhet.keys"
root -d postgres -c "CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'kaptenens ord'"
for base in care second third; do
    root -d postgres -c "CREATE DATABASE $base OWNER chief TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
done
base=care
printf '%s:*:*:chief:kaptenens ord\n' "$server" >"$work/pgpass"
chmod 600 "$work/pgpass"
as() { # LOGIN COMMAND…
    local who=$1
    shift
    program "$@" --user "$who" --passphrase-file "$work/pass"
}
move() { PGPASSFILE=$work/pgpass as "${who:-adm}" server move "$@" --admin chief; }
there() { move "${file_of:-$file}" --unit "$unit" --hosts "$server" --port "$PGPORT" --database "$base" "$@"; }
succeeds() { "$@" >"$out" 2>"$err" || { sed "s,^,# ," "$err" "$out"; false; }; }
rows() { # FILE: as they are, but for the marks of a place
    "${DAGSFORM_BUILD:-build}"/tests/units/rows "$1" "$work/pass" | grep -v '^meta	key=\(schema\|last_id\..*\|moved_to\|audit_mac\|key_generation\|key_slots\|audit_proved\)	' |
        grep -v '^audit	\|^week_cell	\|^week_counted	' # the weeks are counted anew in each place
}

done_ "somebody who manages users" as eva user add adm --role administrator --new-passphrase-file "$work/pass" --db "$file"

# --- refused -------------------------------------------------------------------------------------
refused "without saying where to" 2 "Write: dagsform server move" move "$file"
refused "to a file and a server" 2 "Write: dagsform server move" move "$file" --unit "$unit" --to "$home"
refused "a file that is one already" 2 "a file already" move "$file" --to "$home"
refused "a plain connection over a network" 1 "encrypted only" move "$file" --unit "$unit" --hosts db.example.se --database care
who=stod refused "by who may not manage users" 1 "" there
is "and nothing came of it" "$(ask "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")" 0
check "nor in the folder" test ! -e "$unit" -a ! -e "$work/server/enhet.keys"

# --- where one was made --------------------------------------------------------------------------
PGPASSFILE=$work/pgpass program server init --unit "$work/third.unit" --unit-name 'Ny' --hosts "$server" --port "$PGPORT" \
    --database third --admin chief --user adm --passphrase-file "$work/pass" >"$out" 2>"$err"
base=third refused "into another unit's database" 1 "first administrator. Drop that database" there
base=third unit=$work/third.unit refused "nor by its own file" 1 "first administrator. Drop that database" there
check "and left nothing" test ! -e "$unit" -a ! -e "$work/server/enhet.keys"

# --- there ---------------------------------------------------------------------------------------
done_ "the weeks are counted" as eva report week --by age --db "$file"
rows "$file" >"$work/before"
cp "$file" "$work/other.db"
cp "$work/enhet.keys" "$work/other.keys"
cp "$file" "$work/killed.db"
cp "$work/enhet.keys" "$work/killed.keys"
check "carried to the server" succeeds there
check "it says so" grep -q 'signs in as before' "$out"
refused "the file tells where it is" 1 "was carried to $unit" as eva report week --db "$file"
is "where cards are closed to some, the weeks are counted anew" "$(ask 'SELECT count(*) FROM week_counted')" 0
done_ "and are" as eva report week --by age --db "$unit"
check "everybody signs in there" succeeds as stod report week --db "$unit"
check "with their own role" test "$(ask "SELECT pg_has_role('care.stod', 'care_support_worker', 'member')")" = t
check "and it is whole" succeeds as eva check --db "$unit"
refused "a unit on a server is not carried to another" 2 "by a server already" move "$unit" --unit "$work/server/other.unit"
done_ "somebody works in a copy of the file" as adm user add sen --role support-worker --new-passphrase-file "$work/pass" --db "$work/other.db"
file_of=$work/other.db refused "a copy that was worked in is not taken for it" 1 "There is a unit" there

# --- back ----------------------------------------------------------------------------------------
check "something is done there" succeeds as adm user add ny --role support-worker --new-passphrase-file "$work/pass" --db "$unit"
refused "not over a file that is there" 1 "already there" move "$unit" --to "$file"
check "carried home" succeeds move "$unit" --to "$home"
check "it says that" grep -q 'in the file' "$out"
refused "the server tells where it is" 1 "was carried to $home" as eva report week --db "$unit"
check "everybody signs in there again" succeeds as stod report week --db "$home"
check "and it is whole there" succeeds as eva check --db "$home"
rows "$home" | grep -v "login=ny" >"$work/after"
is "with every row as it was" "$(diff "$work/before" "$work/after")" ""

# --- broken off ----------------------------------------------------------------------------------
base=second unit=$work/server/second.unit file_of=$work/other.db
PGPASSFILE=$work/pgpass begin server move "$file_of" --unit "$unit" --hosts "$server" --port "$PGPORT" --database second \
    --admin chief --user adm --passphrase-file "$work/pass"
# Its key file is laid just before the commit: on which side of it the program dies is all one.
while runs && [ ! -e "$work/server/second.keys" ]; do rest 0.01; done
kill -KILL "$pid" 2>/dev/null
wait "$pid" 2>/dev/null
# It may have been quicker.
"${DAGSFORM_BUILD:-build}"/tests/units/unmark "$file_of" "$work/pass" 2>/dev/null
check "one that is killed is begun anew, or brought to its end" succeeds there
check "and is whole" test "$(root -d second -c 'SELECT count(*) FROM unit')" = 1
refused "the file is marked" 1 "was carried to $unit" as eva report week --db "$file_of"
check "killed after the server's commit, before the mark" "${DAGSFORM_BUILD:-build}"/tests/units/unmark "$file_of" "$work/pass"
check "asked for again, it is marked" succeeds there
refused "so that nobody works there" 1 "was carried to $unit" as eva report week --db "$file_of"
check "nor after that" "${DAGSFORM_BUILD:-build}"/tests/units/unmark "$file_of" "$work/pass"
done_ "but who has worked in the file since" as adm user add nagon --role support-worker --new-passphrase-file "$work/pass" \
    --db "$file_of"
refused "is not told that it was carried" 1 "There is a unit" there

# The unit's file comes before the commit.
again() {
    root -d postgres -c 'DROP DATABASE third WITH (FORCE)'
    root -d postgres -c "CREATE DATABASE third OWNER chief TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
}
base=third unit=$work/server/third.unit file_of=$work/killed.db
again
check "carried" succeeds there
check "killed just before the server's commit" "${DAGSFORM_BUILD:-build}"/tests/units/unmark "$file_of" "$work/pass"
again
check "it is begun anew" succeeds there
is "and is there" "$(root -d third -c 'SELECT count(*) FROM unit')" 1

# --- killed between the two marks ----------------------------------------------------------------
half() { "${DAGSFORM_BUILD:-build}"/tests/units/unmark "$file_of" "$work/pass" half; }
check "killed with the mark made, before the server's commit" half
again
refused "nobody works in the file" 1 "being carried from $file_of to $unit" as eva report week --db "$file_of"
check "until it is begun anew" succeeds there
refused "and is there" 1 "was carried to $unit" as eva report week --db "$file_of"
half
again
mv "$work/server/third.keys" "$work/keys"
echo x >"$work/server/third.keys"
refused "or cannot be" 1 "third.keys is already there" there
done_ "then the file is open again" as eva report week --db "$file_of"
mv "$work/keys" "$work/server/third.keys"
again
begin_waiting() {
    ask "ALTER DATABASE third SET synchronous_commit = on"
    ask "ALTER SYSTEM SET synchronous_standby_names = 'second'"
    ask 'SELECT pg_reload_conf()' >/dev/null
    # Until the server has heard of it, which one who commits shows.
    probe=
    until [ -n "$(ask "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")" ]; do
        kill -0 "${probe:-none}" 2>/dev/null || { root -d postgres -c 'SET synchronous_commit = on; ALTER ROLE chief LOGIN' & probe=$!; }
        rest 0.01
    done
    PGPASSFILE=$work/pgpass begin server move "$file_of" --unit "$unit" --hosts "$server" --port "$PGPORT" --database third \
        --admin chief --user adm --passphrase-file "$work/pass"
    while runs && [ -z "$(ask "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = 'third'")" ]; do rest 0.01; done
}
no_standby() {
    root -d postgres -c 'ALTER SYSTEM RESET ALL' -c 'SELECT pg_reload_conf()' >/dev/null
    wait "$probe"
}
rm -f "$unit"
begin_waiting
ask "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'third' AND wait_event = 'SyncRep'" >/dev/null
no_standby
wait "$pid"
is "what the server did not answer is not said to be done" "$?" 1
refused "nobody works in the file then" 1 "being carried" as eva report week --db "$file_of"
check "it is brought to its end" succeeds there
refused "and told" 1 "was carried to $unit" as eva report week --db "$file_of"
"${DAGSFORM_BUILD:-build}"/tests/units/unmark "$file_of" "$work/pass"
again
begin_waiting
refused "as it waits for the server's answer nobody works in the file" 1 "being carried" as eva report week --db "$file_of"
kill -KILL "$pid" 2>/dev/null
wait "$pid" 2>/dev/null
no_standby
refused "nor once it is killed" 1 "being carried" as eva report week --db "$file_of"
sed -i 's/^standby=.*/standby=false/' "$unit"
done_ "it is on the server" as eva report week --db "$unit"
check "and brought to its end" succeeds there
refused "so it is told where" 1 "was carried to $unit" as eva report week --db "$file_of"

home=$work/hem/third.db
check "carried home" succeeds move "$unit" --to "$home"
half_there() { root -d third -c "UPDATE meta SET key = 'moving_to' WHERE key = 'moved_to'"; }
half_there
mv "$home" "$home.moving"
refused "killed before the file has its name nobody works on the server" 1 "being carried" as eva report week --db "$unit"
check "it is begun anew" succeeds move "$unit" --to "$home"
refused "and told" 1 "was carried to $home" as eva report week --db "$unit"
half_there
refused "nor killed before the last mark" 1 "being carried from $unit to $home" as eva report week --db "$unit"
done_ "but at home, whole" as eva check --db "$home"
check "asked for again it is brought to its end" succeeds move "$unit" --to "$home"
refused "so it is told where" 1 "was carried to $home" as eva report week --db "$unit"
half_there
mv "$home" "$work/away.db"
cp "$work/other.db" "$home"
refused "not where another file lies" 1 "already there" move "$unit" --to "$home"
refused "nor does it open that way" 1 "being carried" as eva report week --db "$unit"
rm "$home"
echo x >"$work/hem/third.keys"
refused "nor beside another key file" 1 "already there" move "$unit" --to "$home"
done_ "which is told before anything is made, so the server is open again" as eva report week --db "$unit"
finish
