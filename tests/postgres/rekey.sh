#!/bin/bash
# A unit on a server gets a new data key by one command, which is killed at every moment first: run by
# tests/postgres/run with SIGN_IN=1.
set -u
. tests/cli/setup

server=$PGHOST word=Kvittblomma
root() { psql -X -q -t -A -v ON_ERROR_STOP=1 -U dagsform "$@"; }
ask() { root -d care -c "$1"; }
root -d postgres -c "CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'kaptenens ord'" -c "CREATE ROLE stranger LOGIN PASSWORD 'ord'" \
    -c "CREATE DATABASE care OWNER chief TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
printf '%s:*:*:%s\n' "$server" "chief:kaptenens ord" "$server" "stranger:ord" >"$work/pgpass"
chmod 600 "$work/pgpass"
export PGPASSFILE=$work/pgpass DAGSFORM_NOW=2026-11-23T08:30
unit=$work/care.unit keys=$work/care.keys part=$work/laptop/part.db home=$work/home/care.db
mkdir "$work/old" "$work/laptop" "$work/home"
as() { program "${@:2}" --db "${of:-$unit}" --user "$1" --passphrase-file "$work/pass"; }
plain() { # LOGIN LINE…
    local who=$1
    shift
    printf '%s\n' "$@" '' '' | program --plain --db "${of:-$unit}" --user "$who" --passphrase-file "$work/pass" >"$out" 2>"$err"
}
# reads LOGIN: they sign in, are told of nothing, and read a name.
reads() { plain "$1" clients emil 1 && [ ! -s "$err" ] && has "Emil $word" && has_not 'key' && has_not 'older' || { sed 's/^/# /' "$err"; tail -n 5 "$out" | sed 's/^/# /'; false; }; }
new_key() { as "${who:-adm}" server rekey --admin "${admin:-chief}"; }
mark() { ask "SELECT value FROM meta WHERE key = 'writer'"; }

program server init --admin chief --unit "$unit" --unit-name Enheten --hosts "$server" --port "$PGPORT" --database care \
    --user adm --passphrase-file "$work/pass" >"$out" 2>"$err"
head -n 1 "$out" >"$work/code"
check "a unit" test -e "$unit"
done_ "a team lead" as adm user add lena --role team-lead --new-passphrase-file "$work/pass"
done_ "a support worker" as adm user add bo --role support-worker --code bo --new-passphrase-file "$work/pass"
done_ "another" as adm user add ulf --role support-worker --new-passphrase-file "$work/pass"
cat >"$work/visits.csv" <<ENDS
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status;Orsak;Avbokad av;Varsel (tim);Anteckning
$word-1;19990914-2383;Emil $word;2026-11-16;08:30;1,0;bo;Avböjd på plats;Mår dåligt psykiskt;;;Sade $word ett
$word-1;19990914-2383;Emil $word;2026-11-20;08:30;1,0;bo;;;;;
$word-2;20000831-2399;Yusuf $word;2026-11-17;09:30;1,0;bo;Avböjd på plats;Mår dåligt psykiskt;;;Sade $word två
ENDS
done_ "visits with words" as lena import visits "$work/visits.csv"
plain lena clients yusuf 1 away "in hospital" 2026-11-30 "" "Hon sade $word." ""
is "somebody is away" "$(ask "SELECT count(*) FROM absence WHERE words <> ''")" 1
as bo away "$part" >"$out" 2>"$err"
check "a laptop is taken along" test -e "$part"
of=$part plain bo clients emil 1 "New visit" tomorrow 9:00 "" "" "" "" ""
# old LOGIN COMMAND…: with the key file as it was kept last.
old() { cp "$unit" "$work/old/care.unit" && cp "$work/before.keys" "$work/old/care.keys" && of=$work/old/care.unit as "$@"; }
cp "$keys" "$work/before.keys"
done_ "the key file as it is opens from another place too" old bo report week
first=$(mark)

# --- refused -------------------------------------------------------------------------------------
unchanged() {
    cmp -s "$keys" "$work/before.keys" && [ "$(mark)" = "$first" ]
    result $? "$1"
}
who=lena refused "who may not manage users" 1 "administrator" new_key
admin=stranger refused "who may not set a unit up at the server" 1 "wants the password" new_key
refused "without saying who sets it up" 2 "Write: dagsform server rekey" as adm server rekey
refused "as of a file" 1 "dagsform server rekey" as adm user rekey
ask "DROP POLICY access_owner ON client"
refused "where rows may be hidden from the owner" 1 "as the program laid it" new_key
unchanged "and nothing was begun by any of them"
done_ "that is laid anew" program server upgrade --admin chief --unit "$unit" --user adm --passphrase-file "$work/pass"

# --- broken off ----------------------------------------------------------------------------------
# hold TABLE: whoever is to change a row of it waits, until let_go.
hold() {
    coproc HOLDER { root -d care; }
    holder=$HOLDER_PID to=${HOLDER[1]}
    echo "BEGIN; LOCK TABLE $1 IN SHARE MODE; SELECT 'held';" >&"$to"
    read -r _ <&"${HOLDER[0]}"
}
let_go() {
    echo 'COMMIT;' >&"$to"
    eval "exec $to>&-"
    wait "$holder" 2>/dev/null
}
held_up() { # ROLE: until it waits for that.
    while runs && [ "$(ask "SELECT count(*) FROM pg_stat_activity WHERE usename = '$1' AND wait_event_type = 'Lock'")" = 0 ]; do
        rest 0.02
    done
}
begun() { # TABLE: it has come as far as that.
    hold "$1"
    begin server rekey --admin chief --db "$unit" --user adm --passphrase-file "$work/pass"
    held_up chief
    check "it comes to $1" runs
    runs || sed "s/^/# /" "$err"
}
killed() {
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
}
told() { as adm user list >"$out" 2>"$err" && has 'is not in use yet' "$err"; }
left_as_it_was() { # WHEN
    is "killed $1, all is sealed as it was" "$(mark)" "$first"
    check "who is not the owner signs in and reads" reads bo
    check "who manages users is told" told
}
begun absence
killed
let_go
left_as_it_was "before anything is sealed"
as adm user add ny --role case-officer --new-passphrase-file "$work/pass" >"$out" 2>"$err"
check "somebody is added meanwhile" has "ny can sign in now"
check "signs in and reads" reads ny
done_ "passwords are set anew" program server user --admin chief --unit "$unit" --user bo --passphrase-file "$work/pass"
check "after which one signs in" reads bo
as adm server move "$unit" --to "$home" --admin chief >"$out" 2>"$err"
check "it is not carried to a file" has "not brought in" "$err"
check "and nothing came of that" test ! -e "$home"

begun visit
killed
let_go
left_as_it_was "in the midst of it"
begun visit
ask "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'chief'" >/dev/null
wait "$pid"
is "cut off by the server it fails" $? 1
let_go
left_as_it_was "by the server"
was=$(ask 'SELECT name FROM client ORDER BY id LIMIT 1')
ask "UPDATE client SET name = left(name, length(name) - 4) || 'AAAA' WHERE name = '$was'"
new_key >"$out" 2>"$err"
check "what is not as it was written is not sealed anew" has "is not what was written there (client, name)" "$err"
is "and the key is the same" "$(mark)" "$first"
ask "UPDATE client SET name = '$was' WHERE name LIKE '%AAAA'"

# What was begun is ended first, and then another is drawn; here the first of the two is killed after the commit.
committed() { # MARK: it is another key at the server, and the key file has both.
    begun visit
    exec 8<"$keys"
    flock 8
    let_go
    while runs && [ "$(mark)" = "$1" ]; do rest 0.02; done
}
committed "$first"
killed
flock -u 8
check "killed after the commit, all is sealed anew" test "$(mark)" != "$first"
second=$(mark)
done_ "passwords are set anew by the key that fits" program server user --admin chief --unit "$unit" --user bo \
    --passphrase-file "$work/pass"
check "who is not the owner signs in and reads" reads bo
done_ "after which nobody is told of anything" as adm user list
check "and it is the same key" test "$(mark)" = "$second"
committed "$second"
hold audit
flock -u 8
held_up care.adm
killed
let_go
plain bo clients emil 1
check "killed when the key file has the new one alone, one signs in and reads" has "Emil $word"
check "and is told that something was broken off" has "a change of users was broken off"
ask "DELETE FROM meta WHERE key = 'found_older_ms'"

# --- to its end ----------------------------------------------------------------------------------
cp "$keys" "$work/before.keys"
done_ "once more" new_key
check "it says so" has 'everybody signs in as before'
check "under another key" test "$(mark)" != "$second"
for login in lena bo ulf ny; do check "$login signs in and reads" reads "$login"; done
refused "the key file from before opens nothing" 1 "does not fit the database" old bo report week
is "the log has each of them, by who did it" "$(ask "SELECT count(*) FROM audit a JOIN staff s ON s.id = a.staff_id
    WHERE a.action = 'rekey' AND s.login = 'adm'")" 3
is "its keys lie sealed" "$(ask 'SELECT count(*) FROM audit_epoch WHERE length(key_before) <= 32')" 0

# --- two at once ---------------------------------------------------------------------------------
begun visit
new_key >"$work/out.second" 2>"$work/err.second" &
other=$!
let_go
wait "$pid"
is "of two at once the first does it" $? 0
wait "$other"
check "and the other too, or says that somebody else did" bash -c '[ "$1" = 0 ] || grep -q "data key\|Unlock it" "$2"' - $? "$work/err.second"
check "one signs in and reads" reads bo

# --- what was away -------------------------------------------------------------------------------
done_ "the laptop comes home" as bo home "$part"
is "with what was done on it" "$(ask "SELECT count(*) FROM visit WHERE date = '2026-11-24'")" 1

# --- who has left --------------------------------------------------------------------------------
cp "$keys" "$work/before.keys"
done_ "closed" as adm user revoke ulf
check "it says what else is to be done" has "dagsform server rekey"
done_ "which is done" new_key
refused "their key file opens nothing" 1 "the server of the unit" old ulf report week
refused "nor does anybody's of that time" 1 "does not fit the database" old lena report week
check "the others sign in and read" reads bo

# --- the recovery code ---------------------------------------------------------------------------
program user recover adm --db "$unit" --recovery-file "$work/code" --new-passphrase-file "$work/pass" >"$out" 2>"$err"
is "the recovery code opens as before" $? 0

# --- and all is well -----------------------------------------------------------------------------
done_ "the server" as adm server check
check "is as it is to be" has "The server is as the unit needs it."
done_ "the unit too" as lena check
check "all is well" line "$out" 'All is well*'
root -d care -c CHECKPOINT -c "SELECT pg_switch_wal()" >/dev/null
is "no file of the server has a name" "$(grep -rlaF -e "$word" -e vittblomma "$server/data" "$server/log")" ""
done_ "it is carried to a file" as adm server move "$unit" --to "$home" --admin chief
of=$home
check "where one signs in and reads" reads bo
done_ "it is whole there" as lena check
check "all is well there" line "$out" 'All is well*'
done_ "and gets a new key as a file does" as adm user rekey
check "with which one reads" reads bo
finish
