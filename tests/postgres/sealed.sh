#!/bin/bash
# Whoever runs the server of a unit reads nothing of it and exchanges what is sealed, with psql: run by
# tests/postgres/run with SIGN_IN=1. What is found out and what is not is said in doc/server.md.
set -u
. tests/cli/setup

server=$PGHOST word=Kvittblomma
root() { psql -X -q -t -A -v ON_ERROR_STOP=1 -U dagsform "$@"; }
ask() { root -d care -c "$1"; }
root -d postgres -c "ALTER SYSTEM SET log_min_error_statement = debug5" -c "ALTER SYSTEM SET log_error_verbosity = verbose" \
    -c "ALTER SYSTEM SET log_parameter_max_length_on_error = -1" -c "ALTER SYSTEM SET log_min_duration_statement = 0"
root -d postgres -c "SELECT pg_reload_conf()" -c "CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'kaptenens ord'" \
    -c "CREATE DATABASE care OWNER chief TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'" >/dev/null
printf '%s:*:*:chief:kaptenens ord\n' "$server" >"$work/pgpass"
chmod 600 "$work/pgpass"
unit=$work/care.unit
export DAGSFORM_NOW=2026-11-23T08:30
eva() { program "$@" --db "$unit" --user eva --passphrase-file "$work/pass"; }
plain() {
    printf '%s\n' "$@" '' '' | program --plain --db "$unit" --user eva --passphrase-file "$work/pass" >"$out" 2>"$err"
}
told() { plain "$@" && [ ! -s "$err" ] || { tail -n 25 "$out" | sed 's/^/# /'; sed 's/^/# err: /' "$err"; false; }; }

# --- worked in -----------------------------------------------------------------------------------
PGPASSFILE=$work/pgpass program server init --admin chief --unit "$unit" --unit-name Enheten --hosts "$server" \
    --port "$PGPORT" --database care --user eva --name 'Eva Ek' --passphrase-file "$work/pass" >"$out" 2>"$err"
check "a unit" test -e "$unit"
cat >"$work/clients.csv" <<ENDS
Brukarnr;Personnummer;Namn
$word-1;19990914-2383;Emil $word
$word-2;20000831-2399;Yusuf $word
ENDS
done_ "clients" eva import clients "$work/clients.csv"
cat >"$work/visits.csv" <<ENDS
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status;Orsak;Avbokad av;Varsel (tim);Anteckning
$word-1;19990914-2383;Emil $word;2026-11-16;08:30;1,0;eva;Avböjd på plats;Mår dåligt psykiskt;;;Sade $word ett
$word-1;19990914-2383;Emil $word;2026-11-18;08:30;1,0;eva;Avböjd på plats;Mår dåligt psykiskt;;;Sade $word tre
$word-1;19990914-2383;Emil $word;2026-11-20;08:30;1,0;eva;Avböjd på plats;Mår dåligt psykiskt;;;Sade $word fem
$word-2;20000831-2399;Yusuf $word;2026-11-17;09:30;1,0;eva;Avböjd på plats;Mår dåligt psykiskt;;;Sade $word två
$word-2;20000831-2399;Yusuf $word;2026-11-18;09:30;1,0;eva;Avböjd på plats;Mår dåligt psykiskt;;;Sade $word fyra
$word-2;20000831-2399;Yusuf $word;2026-11-20;09:30;1,0;eva;Avböjd på plats;Mår dåligt psykiskt;;;Sade $word sex
ENDS
done_ "visits with words" eva import visits "$work/visits.csv"
check "a note in the journal" told clients emil 1 journal "write a note" "Systern sade $word." "" "" "Lena $word" "" 8:00 ""
check "and another" told clients yusuf 1 journal "write a note" "Brodern sade $word." "" "" "Lars $word" "" 8:10 ""
is "both are kept" "$(ask 'SELECT count(*) FROM contact_note')" 2
done_ "it is whole" eva check
done_ "and says the word to whoever may" eva export clients --format csv -o "$work/all.csv"
check "as it was written" grep -q "Emil $word" "$work/all.csv"
# What a server refuses is written in its log with all that was sent.
root -d care -c "SET statement_timeout = 1" -c "SELECT pg_sleep(1)" >/dev/null 2>&1

# --- read past the program -----------------------------------------------------------------------
root -d care -c CHECKPOINT -c "SELECT pg_switch_wal()" >/dev/null
# In any writing that a file may have it in: as it is, in UTF-16 and as base64 has its middle.
holds() { grep -rlaF -e "$word" -e vittblomma "$@"; }
is "no file of the server has it, nor its log" "$(holds "$server/data" "$server/log")" ""
check "which have the names of staff" test -n "$(grep -rlaF 'Eva Ek' "$server/data")" -a -n "$(grep -aF 'Eva Ek' "$server/log")"
check "and the log has every statement" test "$(grep -c 'INSERT INTO' "$server/log")" -gt 20
pg_dump -U dagsform care >"$work/dump.sql"
check "what is dumped has every row" grep -q '^COPY public.contact_note' "$work/dump.sql"
is "and not the word" "$(holds "$work/dump.sql")" ""
is "nor an identity number " "$(grep -c '19990914\|20000831' "$work/dump.sql")" 0
is "nor has the file that says where" "$(holds "$unit" "$work/care.keys")" ""

# --- exchanged -----------------------------------------------------------------------------------
cards() { eva export clients --format csv -o "$work/some.csv"; }
visits() { eva export visits --format csv -o "$work/some.csv"; }
journal() { plain clients emil 1 journal ""; cat "$out" "$err" >&2; false; }
# tells NAME WORDS: a check of the unit does.
tells() {
    eva check >"$out" 2>"$err"
    check "$1" grep -q "$2" "$out"
}
# found NAME COMMAND: it says that something is not what was written.
found() {
    rm -f "$work/some.csv"
    "$2" >"$out" 2>"$err"
    check "$1" grep -q 'is not what was written there' "$err"
    check "and nothing of it is written out" test ! -s "$work/some.csv"
}
mine=$(ask 'SELECT min(id) FROM client') other=$(ask 'SELECT max(id) FROM client')
ask "CREATE SCHEMA attic"
kept() { ask "DROP TABLE IF EXISTS attic.was; CREATE TABLE attic.was AS SELECT * FROM $1"; }
# back TABLE COLUMN…: as it was
back() {
    local table=$1 column
    shift
    for column; do ask "UPDATE $table t SET $column = w.$column FROM attic.was w WHERE w.id = t.id"; done
    ask 'DROP TABLE attic.was'
}

kept client
ask "UPDATE client t SET name = w.name FROM attic.was w WHERE w.id <> t.id"
found "two names are exchanged" cards
tells "a check too" "is not what was written there (client, name)"
back client name
kept client
ask "UPDATE client SET name = birth_date WHERE id = $mine"
found "another column's of the row" cards
back client name
kept client
ask "UPDATE client SET name = left(name, length(name) - 4) || 'AAAA' WHERE id = $mine"
found "a few letters changed" cards
back client name
kept client
ask "UPDATE client SET name = 'Planterad' WHERE id = $mine" 2>"$err"
check "what is planted in clear the server refuses" grep -q sealed_name "$err"
ask "ALTER TABLE client DROP CONSTRAINT sealed_name; UPDATE client SET name = 'Planterad' WHERE id = $mine"
found "and where the rule was dropped the program" cards
back client name
ask "ALTER TABLE client ADD CONSTRAINT sealed_name CHECK (name = '' OR left(name, 1) = '~')"
kept visit
ask "UPDATE visit t SET words = w.words, note = w.note FROM attic.was w WHERE w.id <> t.id"
found "the words of two visits" visits
back visit words note
kept contact_note
ask "UPDATE contact_note t SET note = w.note FROM attic.was w WHERE w.id <> t.id"
found "two notes of the journal" journal
back contact_note note
done_ "put back, all is as it was" eva check

# --- what is not found out where it is read ------------------------------------------------------
exchange() { # DAY: whose the visits of that day and later are
    ask "UPDATE visit t SET client_id = (SELECT c.id FROM client c WHERE c.id <> t.client_id) WHERE date >= '$1'"
}
exchange 2026-11-16
done_ "whose visit it is stands in clear and can be exchanged" visits
rm "$work/some.csv"
tells "a check says so of the first" "kept as the first"
exchange 2026-11-16
exchange 2026-11-18
exchange 2026-11-19
done_ "of one between others nothing does" eva check
exchange 2026-11-18
exchange 2026-11-19
done_ "put back, all is as it was" eva check
kept client
check "a name is changed" told clients emil 1 "change the details" name "Emil Nyblomma" "" "the card"
ask "UPDATE client t SET name = w.name FROM attic.was w WHERE w.id = t.id"
done_ "an older value of the same place opens" cards
check "as what it was" grep -q "Emil $word" "$work/some.csv"
tells "and a check, by the log" "another by the database than by the log (name)"
ask "UPDATE visit SET words = NULL, note = NULL"
rm -f "$work/some.csv"
done_ "what is taken away is not missed where it is read" visits
finish
