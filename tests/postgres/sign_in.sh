#!/bin/bash
# A unit is made on a server, people sign in at it as themselves, and who is not to get in does not: run by
# tests/postgres/run with SIGN_IN=1.
set -u
. tests/cli/setup

server=$PGHOST log=$PGHOST/log
root() { psql -X -q -t -A -U dagsform "$@"; }
ask() { root -d care -c "$1"; }
echo 'en annan lång fras' >"$work/pass2"
root -d postgres -c "CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'kaptenens ord'" \
    -c "CREATE DATABASE care OWNER chief TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
printf '%s:*:*:chief:kaptenens ord\n' "$server" >"$work/pgpass"
chmod 600 "$work/pgpass"
unit=$work/care.unit
as_admin() { # ROLE ACT…
    local role=$1 act=$2
    shift 2
    PGPASSFILE=$work/pgpass program server "$act" --admin "$role" "$@"
}
as_chief() { as_admin chief "$@"; }
succeeds() { "$@" >"$out" 2>"$err" || { sed "s,^,# ," "$err"; false; }; }
init() {
    as_chief init --unit "$unit" --unit-name 'Boendestöd Väst' --hosts "$server" --port "$PGPORT" \
        --database care --user eva --name 'Eva Ek' --passphrase-file "$work/pass" "$@"
}
as() { # LOGIN COMMAND…
    local who=$1 pass=$work/pass
    shift
    [ "$who" = eva ] || pass=$work/pass2
    program "$@" --db "$unit" --user "$who" --passphrase-file "$pass"
}

# --- made ----------------------------------------------------------------------------------------
refused "a plain connection over a network" 1 "encrypted only" init --hosts db.example.se
refused "an authority that is not there" 1 "no certificate" init --hosts localhost --ca "$work/none.pem"
refused "a name of a database that is none" 1 "small letters" init --database 'Vård'
refused "a file of another name" 1 "ends with .unit" init --unit "$work/care.db"
refused "whoever may make no roles" 1 "wants the password" init --admin nobody
check "and nothing was made" test ! -e "$unit" -a ! -e "$work/care.keys"
is "nor asked of the server by what was refused at once" "$(grep -c 'example.se' "$log")" 0
check "the unit" succeeds init
check "the recovery code is printed" grep -q '^[A-Z0-9-]\{20,\}' "$out"
head -n 1 "$out" >"$work/code"
check "asked for again before anything is done in it" succeeds init
check "there is a new code, in case nobody saw the first" test "$(head -n 1 "$out")" != "$(cat "$work/code")"
head -n 1 "$out" >"$work/code"
refused "not by somebody else" 1 "key file at" init --user bo
rm -f "$work/second.unit"
refused "the database holds one" 1 "first administrator. Drop that database" init --unit "$work/second.unit"
check "and the key file of that is gone again" test ! -e "$work/second.keys"
is "the tables belong to nobody who signs in" \
    "$(ask "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")" care_owner
is "roles" "$(ask "SELECT rolname FROM pg_roles WHERE rolname LIKE 'care.%' ORDER BY 1" | tr '\n' ' ')" "care.#recovery care.eva "

# --- signing in ----------------------------------------------------------------------------------
done_ "the first user signs in" as eva user list
elsewhere() { PGHOSTADDR=192.0.2.1 PGSSLMODE=disable PGUSER=dagsform PGDATABASE=postgres as eva user list; }
done_ "whatever the environment says of servers" elsewhere
refused "with a wrong passphrase" 1 "do not fit" program user list --db "$unit" --user eva --passphrase-file "$work/pass2"
mkdir "$work/elsewhere" && cp "$unit" "${unit%.unit}.keys" "$work/elsewhere"
done_ "adds a colleague" as eva user add bo --role support-worker --name 'Bo Berg' --new-passphrase-file "$work/pass2"
done_ "who signs in" as bo report week
refused "it is there already" 1 "already there" init
refused "and the database with it" 1 "holds a unit already. Give an empty one" init --unit "$work/second.unit"
is "as a support worker at the server" "$(ask "SELECT pg_has_role('care.bo', 'care_support_worker', 'member')")" t
done_ "a role is changed" as eva user role bo --role case-officer
is "at the server too" "$(ask "SELECT pg_has_role('care.bo', 'care_case_officer', 'member'),
    pg_has_role('care.bo', 'care_support_worker', 'member')")" "t|f"
done_ "with the new role" as bo report week
cp "$work/pass" "$work/pass2.old"
echo 'en tredje lång fras' >"$work/new"
refused "a copy of the key file from before is told from one that was put back" 1 "Copy the newest one here" \
    program report week --db "$work/elsewhere/$(basename "$unit")" --user eva --passphrase-file "$work/pass"
done_ "one's own passphrase" as bo user passwd bo --new-passphrase-file "$work/new"
mv "$work/new" "$work/pass2"
done_ "signs in" as bo report week
echo 'en fjärde lång fras' >"$work/new"
done_ "that of a colleague" as eva user passwd bo --new-passphrase-file "$work/new"
mv "$work/new" "$work/pass2"
done_ "signs in with it" as bo report week
cp "$work/care.keys" "$work/before.keys"
refused "a name that no server keeps" 1 "too long for the unit's server" \
    as eva user add aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa --new-passphrase-file "$work/pass2"
check "gets nothing in the key file" cmp -s "$work/before.keys" "$work/care.keys"
refused "who is no administrator adds nobody" 1 "" as bo user add siv --new-passphrase-file "$work/pass2"

# --- past the program ----------------------------------------------------------------------------
call() { # ROLE SQL: in its name
    root -d care -c "SET SESSION AUTHORIZATION \"$1\"" -c "$2" >"$out" 2>"$err"
}
verifier=$(ask "SELECT rolpassword FROM pg_authid WHERE rolname = 'care.bo'")
check "the server keeps a verifier" test "${verifier%%:*}" = 'SCRAM-SHA-256$4096'
for what in "login_lay('bo', 'administrator', NULL)" "login_lay('eva', NULL, '$verifier')" "login_close('eva')" \
    "login_lay('new', 'team-lead', '$verifier')"; do
    call care.bo "SELECT public.$what"
    check "a case officer: $what" grep -qi 'insufficient_privilege\|permission' "$err"
done
call care.bo "SELECT public.login_lay('bo', NULL, '$verifier')"
is "one's own password" "$(cat "$err")" ""
call care.eva "SELECT public.login_lay('bo', NULL, 'a plain password')"
check "no password in clear" grep -qi 'invalid_parameter' "$err"
call care.eva "SELECT public.login_lay('bo', 'owner', NULL)"
check "no kind that there is not" grep -qi 'invalid_parameter' "$err"
call care.bo 'SET ROLE care_owner'
check "nobody becomes the owner" grep -q 'permission denied' "$err"
root -d postgres -c "CREATE ROLE stranger LOGIN PASSWORD 'ord'"
PGPASSWORD=ord psql -X -U stranger -d care -c 'SELECT 1' >"$out" 2>"$err"
check "who has no part in the unit does not get in" grep -q 'permission denied for database' "$err"

# --- revoked -------------------------------------------------------------------------------------
cp "$work/care.keys" "$work/old.keys"
done_ "closed" as eva user revoke bo
check "as it is on a server" grep -q 'neither here nor at the server' "$out"
is "the role is gone" "$(ask "SELECT count(*) FROM pg_roles WHERE rolname = 'care.bo'")" 0
refused "shut out by the key file" 1 "do not fit" as bo report week
mkdir "$work/old"
cp "$unit" "$work/old/care.unit"
cp "$work/old.keys" "$work/old/care.keys"
refused "and with an older one by the server" 1 "the server of the unit" \
    program report week --db "$work/old/care.unit" --user bo --passphrase-file "$work/pass2"
done_ "added again" as eva user add bo --role support-worker --new-passphrase-file "$work/pass2"
done_ "signs in again" as bo report week

# --- another unit of the same server --------------------------------------------------------------
root -d postgres -c "CREATE DATABASE care_2 OWNER chief TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
check "a unit whose name begins with this one's" succeeds init --unit "$work/two.unit" --database care_2
done_ "has its own people" program user list --db "$work/two.unit" --user eva --passphrase-file "$work/pass"
is "none of whom get in here" "$(ask "SELECT has_database_privilege('care_2.eva', 'care', 'CONNECT'),
    has_database_privilege('care.eva', 'care_2', 'CONNECT')")" "f|f"
as eva server check >"$out" 2>"$err"
check "and are no fault of this one" bash -c '! grep -q care_2 "$1"' - "$out"

# --- its making broken off -----------------------------------------------------------------------
in_third() { # COMMAND…
    program "$@" --db "$work/third.unit" --user eva --passphrase-file "$work/pass"
}
third() { # program|begin OPTION…
    local how=$1
    shift
    PGPASSFILE=$work/pgpass "$how" server init --admin chief --unit "$work/third.unit" --unit-name 'Boendestöd Öst' \
        --hosts "$server" --port "$PGPORT" --database third --user eva --passphrase-file "$work/pass" "$@"
}
new_third() {
    root -d postgres -c 'DROP DATABASE IF EXISTS third WITH (FORCE)' 2>/dev/null
    for role in $(ask "SELECT rolname FROM pg_roles WHERE rolname LIKE 'third%'"); do
        root -d postgres -c "DROP ROLE \"$role\""
    done
    root -d postgres -c "CREATE DATABASE third OWNER chief TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
}
made_again() { # WHAT
    check "$1: asked for again it is brought to its end" succeeds third program
    head -n 1 "$out" >"$work/code3"
    done_ "and she signs in" in_third user list
    done_ "and it is whole" in_third check
    check "and the code that was printed opens" succeeds program user recover eva --recovery-file "$work/code3" \
        --new-passphrase-file "$work/pass" --db "$work/third.unit"
}
waits() { # FOR
    while runs && [ -z "$(ask "SELECT 1 FROM pg_stat_activity WHERE datname = 'third' AND wait_event_type = '$1'")" ]; do
        rest 0.01
    done
}
# Another makes the same role meanwhile, and lets go of it.
hold_third() {
    rm -f "$work/held" "$work/third".*
    mkfifo "$work/held"
    root -d postgres <"$work/held" >/dev/null &
    holder=$!
    exec 8>"$work/held"
    echo 'BEGIN; CREATE ROLE "third.eva";' >&8
    third begin
    waits Lock
}
let_go() {
    echo '\q' >&8
    exec 8>&-
    wait "$holder"
}
kill_third() {
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
}
new_third
hold_third
check "before it counts there is the key file alone" test -e "$work/third.keys" -a ! -e "$work/third.unit"
kill_third
let_go
cp "$work/third.keys" "$work/lone.keys"
made_again "killed with the key file made"
new_third
rm -f "$work/third".*
check "made" succeeds third program
new_third
made_again "killed with the unit's file made, before the commit"
wait_for_standby() {
    new_third
    ask 'ALTER DATABASE third SET synchronous_commit = on'
    hold_third
    ask "ALTER SYSTEM SET synchronous_standby_names = 'second'"
    ask 'SELECT pg_reload_conf()' >/dev/null
    # Until the server has heard of it, which one who commits shows.
    probe=
    until [ -n "$(ask "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")" ]; do
        kill -0 "${probe:-none}" 2>/dev/null || { ask 'SET synchronous_commit = on; ALTER ROLE chief LOGIN' & probe=$!; }
        rest 0.01
    done
    let_go
    waits IPC
}
no_standby() {
    ask 'ALTER SYSTEM RESET ALL'
    ask 'SELECT pg_reload_conf()' >/dev/null
    wait "$probe"
}
wait_for_standby
ask "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'third'" >/dev/null
no_standby
wait "$pid"
is "what the server did not answer is not said to be made" "$?" 1
made_again "nor thrown away"
wait_for_standby
check "before it is told there are both files" test -e "$work/third.keys" -a -e "$work/third.unit" -a ! -s "$out"
kill_third
no_standby
made_again "killed after the commit, before the code was printed"
refused "nor in another database than it was begun in" 1 "already there" third program --database care_2
refused "nor with another passphrase" 1 "key file at" third program --unit "$work/lone.unit" --passphrase-file "$work/pass2"
touch "$work/lone.db"
refused "nor with the key file of a database that is a file" 1 "key file at" third program --unit "$work/lone.unit"

# --- set anew ------------------------------------------------------------------------------------
cp "$unit" "$work/before.unit"
root -d postgres -c "ALTER ROLE \"care.bo\" PASSWORD 'other'" -c 'CREATE ROLE "care.ghost" LOGIN'
refused "the server has another password" 1 "did not reach the server" as bo report week
done_ "all of them anew" as_chief user --unit "$unit" --user eva --passphrase-file "$work/pass"
done_ "lets him in" as bo report week
done_ "and her" as eva user list
is "who is not the unit's is gone" "$(ask "SELECT count(*) FROM pg_roles WHERE rolname = 'care.ghost'")" 0
check "by another point" test "$(grep point "$unit")" != "$(grep point "$work/before.unit")"
done_ "brought up to date" as_chief upgrade --unit "$unit" --user eva --passphrase-file "$work/pass"
refused "not by a wrong passphrase" 1 "do not fit" as_chief user --unit "$unit" --user eva --passphrase-file "$work/pass2"

of_json() { python3 -c "import json, sys; a = json.load(open(sys.argv[1])); print($1)" "$out"; }

# --- checked -------------------------------------------------------------------------------------
as eva server check >"$out" 2>"$err"
check "the server is told" grep -q '^Server: ' "$out"
done_ "as JSON" as eva server check --json
is "the same" "$(of_json 'a["server"], a["encrypted"], a["confirmed_by"], a["faults"]')" "$server None None []"
check "with the version" grep -q '"postgresql" : "[0-9]*\.[0-9]*"' "$out"
refused "of what sets up there is none" 2 'does not answer in JSON' as_chief upgrade --json --unit "$unit" --user eva
ask 'CREATE FUNCTION public.hatch() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ SELECT $$' >/dev/null
as eva server check >"$out" 2>"$err"
check "what somebody has put there is found" grep -q 'not on the server as the program laid it' "$out"
ask 'DROP FUNCTION public.hatch()'
root -d postgres -c 'ALTER ROLE "care.bo" BYPASSRLS'
as eva server check >"$out" 2>"$err"
check "a role that may too much" grep -q 'care.bo may do more' "$out"
as eva server check --json >"$out" 2>"$err"
is "in JSON it fails too" "$?" 1
is "with the sentence" "$(of_json 'len(a["faults"]), "care.bo may do more" in a["faults"][0]')" "1 True"
root -d postgres -c 'ALTER ROLE "care.bo" NOBYPASSRLS'

# --- what only a file has ------------------------------------------------------------------------
refused "no backup is made of it" 1 "whoever runs it makes the backups" as eva backup
refused "nor put in its place" 1 "kept by a server" as eva restore "$work/none" --replace
refused "nor a new data key" 1 "dagsform server rekey" as eva user rekey
refused "a unit of a file has another name" 1 "ends with .db" \
    program init --unit Ost --db "$work/new.unit" --user eva --passphrase-file "$work/pass"
refused "nor a demo that one" 1 "ends with .db" program demo --db "$work/new.unit"
check "and left nothing" test ! -e "$work/new.unit" -a ! -e "$work/new.keys"
sed -i 's/^standby=.*/standby=true/' "$unit"
as eva user list >"$out" 2>"$err"
check "that no other server saves is told" grep -q 'no other beside it' "$err"
as eva server check >"$out" 2>"$err"
check "and found" grep -q 'No other server confirms' "$out"
root -d postgres -c "ALTER SYSTEM SET synchronous_standby_names = 'second'" -c 'SELECT pg_reload_conf()' >"$out"
root -d postgres -c "ALTER SYSTEM SET synchronous_commit = 'local'" -c 'SELECT pg_reload_conf()' >"$out"
as eva server check >"$out" 2>"$err"
check "one that does is named" grep -q 'confirmed by: second' "$out"
as eva server check --json >"$out" 2>"$err"
is "in JSON too" "$(of_json 'a["confirmed_by"]')" second
check "and no fault" has_not 'standby=true'
sed -i 's/^standby=.*/standby=false/' "$unit"
as eva server check >"$out" 2>"$err"
check "one that the unit's file does not know of is" has 'Write standby=true'
root -d postgres -c 'ALTER SYSTEM RESET ALL' -c 'SELECT pg_reload_conf()' >"$out"
sed -i 's/^standby=.*/standby=false/' "$unit"

# --- what answers is another ---------------------------------------------------------------------
sed 's/^id=.*/id=00112233445566778899aabbccddeeff/' "$unit" >"$work/other.unit"
cp "$work/care.keys" "$work/other.keys"
refused "another database" 1 "another one than the unit" program user list --db "$work/other.unit" --user eva --passphrase-file "$work/pass"
sed "s,^hosts=.*,hosts=$work," "$unit" >"$work/other.unit"
refused "a server that is gone" 1 "does not answer" program user list --db "$work/other.unit" --user eva --passphrase-file "$work/pass"
sed 's/^database=.*/database=nothing/' "$unit" >"$work/other.unit"
refused "a database that is not there" 1 "the server of the unit" program user list --db "$work/other.unit" --user eva --passphrase-file "$work/pass"
tls() { # HOST CA
    sed -e "s,^hosts=.*,hosts=$1," -e "/^database/a ca=$2" "$unit" >"$work/other.unit"
}
tls localhost "$server/ca.pem"
done_ "over the network, encrypted" program user list --db "$work/other.unit" --user eva --passphrase-file "$work/pass"
program server check --db "$work/other.unit" --user eva --passphrase-file "$work/pass" >"$out" 2>"$err"
check "by TLS" grep -q '^Connection: encrypted (TLSv1' "$out"
program server check --json --db "$work/other.unit" --user eva --passphrase-file "$work/pass" >"$out" 2>"$err"
is "in JSON too" "$(of_json 'a["encrypted"][:5]')" TLSv1
before=$(grep -c 'authorized: user=care.eva' "$log")
tls localhost "$server/other.pem"
refused "another authority" 1 "could not prove" program user list --db "$work/other.unit" --user eva --passphrase-file "$work/pass"
tls 127.0.0.1 "$server/ca.pem"
refused "another name" 1 "could not prove" program user list --db "$work/other.unit" --user eva --passphrase-file "$work/pass"
is "neither of them was told who it is" "$(grep -c 'authorized: user=care.eva' "$log")" "$before"
sed -e 's,^hosts=.*,hosts=localhost,' "$unit" >"$work/other.unit"
refused "nothing encrypted at all" 1 "encrypted only" program user list --db "$work/other.unit" --user eva --passphrase-file "$work/pass"

# --- the recovery code ---------------------------------------------------------------------------
echo "en femte lång fras" >"$work/new"
recover() { program user recover eva --db "$unit" --recovery-file "$work/code" --new-passphrase-file "$work/new"; }
cp "$work/care.keys" "$work/old/care.keys"
check "a passphrase by the recovery code" succeeds recover
cp "$out" "$work/out.recover"
refused "which is used up" 1 "" recover
mv "$work/new" "$work/pass"
done_ "opens" as eva user list
is "the log has it as nobody's" "$(ask "SELECT count(*) FROM audit WHERE action = 'recovery' AND staff_id = 0")" 1
refused "an older key file does not, with the old code" 1 "the server of the unit" \
    program user recover eva --db "$work/old/care.unit" --recovery-file "$work/code" --new-passphrase-file "$work/pass"

# --- slots that are made on the way ---------------------------------------------------------------
done_ "a try of a passphrase is to cost more" as eva user cost 9
for time in 'makes their slot anew' 'with which they sign in'; do
    done_ "whoever signs in $time" as bo report week
done
damage() { printf X | dd of="$1" bs=1 seek=40 conv=notrunc 2>/dev/null; }
for key in "$work/care.keys" "$work/care.keys.copy"; do damage "$key"; done
check "a damaged key file is written anew" succeeds as eva user repair
done_ "opens" as bo report week
for key in "$work/care.keys" "$work/care.keys.copy"; do damage "$key"; done
tail -n 1 "$work/out.recover" >"$work/code"
echo "en sjätte lång fras" >"$work/new"
check "by the recovery code too" succeeds recover
tail -n 1 "$out" >"$work/code"
mv "$work/new" "$work/pass"
done_ "the new passphrase opens" as eva user list
echo "en sjunde lång fras" >"$work/new"
check "and the new recovery code" succeeds recover
mv "$work/new" "$work/pass"

# --- nothing of it lies anywhere -----------------------------------------------------------------
check "no passphrase, and no word of the admin's, is in the server's log" \
    bash -c '! grep -v "CREATE ROLE chief" "$1" | grep -q "lång fras\|kaptenens"' - "$log"
check "nor in the unit's file" bash -c '! grep -q "SCRAM\|lång" "$1"' - "$unit"
finish
