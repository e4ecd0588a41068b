#!/bin/bash
# A file that holds the number of somebody whose card the server does not show to who reads it in: run by
# tests/postgres/run with SIGN_IN=1.
set -u
. tests/cli/setup

root() { psql -X -q -t -A -U dagsform "$@"; }
root -d postgres -c "CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'kaptenens ord'" \
    -c "CREATE DATABASE care OWNER chief TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
printf '%s:*:*:chief:kaptenens ord\n' "$PGHOST" >"$work/pgpass"
chmod 600 "$work/pgpass"
unit=$work/care.unit
as() { program "${@:2}" --db "$unit" --user "$1" --passphrase-file "$work/pass"; }
PGPASSFILE=$work/pgpass program server init --admin chief --unit "$unit" --unit-name Enheten --hosts "$PGHOST" \
    --port "$PGPORT" --database care --user eva --name 'Eva Ek' --passphrase-file "$work/pass" >"$out" 2>"$err"
done_ "a team lead" as eva user add lena --role team-lead --new-passphrase-file "$work/pass"
done_ "a case officer" as eva user add hanna --role case-officer --new-passphrase-file "$work/pass"
printf 'Brukarnr;Personnummer;Namn;Skyddade uppgifter\nB1;19990914-2383;Emil Ärlig;%s\n' 'Skyddad folkbokföring' >"$work/closed.csv"
as lena import clients "$work/closed.csv" >"$out" 2>"$err"
is "somebody with protected identity" "$(root -d care -c "SELECT count(*) FROM client WHERE protection <> 'none'")" 1
said="A client with protected identity has the number .*Ask the team lead"
cat >"$work/clients.csv" <<ENDS
Brukarnr;Personnummer;Namn
B1;19990914-2383;Emil Ärlig
B2;20000831-2399;Yusuf Essén
ENDS
as hanna import clients "$work/clients.csv" >"$out" 2>"$err"
check "the row is refused in a sentence" grep -q "$said" "$out" "$err"
is "the rest is read in, and there is no second card" "$(root -d care -c 'SELECT count(*) FROM client')" 2
cat >"$work/visits.csv" <<ENDS
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status
B1;19990914-2383;Emil Ärlig;2026-11-16;08:30;1,0;BS1;Genomförd
B2;20000831-2399;Yusuf Essén;2026-11-17;09:30;1,0;BS1;Genomförd
ENDS
as hanna import visits "$work/visits.csv" >"$out" 2>"$err"
check "so are visits" grep -q "$said" "$out" "$err"
is "of the others they are read in" "$(root -d care -c 'SELECT count(*) FROM visit')" 1
is "and nobody is made" "$(root -d care -c 'SELECT count(*) FROM client')" 2

# --- an administrator, whom it shows no card at all ---------------------------------------------------
printf 'Namn;Födelsedatum\nYusuf Essén;2000-08-31\n' >"$work/again.csv"
for file in again:clients visits:visits; do
    refused "an administrator reads in no ${file#*:}" 1 "case officer or a team lead" as eva import "${file#*:}" "$work/${file%:*}.csv"
    refused "nor tries to" 1 "case officer or a team lead" as eva import "${file#*:}" "$work/${file%:*}.csv" --dry-run
done
is "and makes no second card" "$(root -d care -c 'SELECT count(*) FROM client')" 2
printf 'Namn;Kod\nBo Berg;BS1\n' >"$work/staff.csv"
done_ "but does read in staff" as eva import staff "$work/staff.csv"

# --- what is counted of decisions, forms and calls -----------------------------------------------------------
done_ "a support worker" as eva user add stina --role support-worker --new-passphrase-file "$work/pass"
printf 'Brukarnr;Namn;Insats;Beslutsdatum;Beslut;Beslutsfattare\nB2;Yusuf Essén;Boendestöd;2026-11-16;Bifall;Hanna\n' >"$work/decisions.csv"
done_ "a decision" as lena import decisions "$work/decisions.csv"
for report in plans waits calls; do
    for who in stina eva; do
        done_ "$report: $who is told" as $who report $report
        check "that not all are counted" has "Ask a team lead or a case officer"
        done_ "$report: as JSON" as $who report $report --json
        check "too" has '"whole_unit" : false'
    done
    done_ "$report: a team lead" as lena report $report
    check "is not" has_not "Ask a team lead"
    done_ "$report: as JSON" as lena report $report --json
    check "is not either" has '"whole_unit" : true'
done

# --- the counts of the weeks, of which each sees other cards -----------------------------------------
as lena import visits "$work/visits.csv" >"$out" 2>"$err"
is "whoever is named has a visit read in" "$(root -d care -c 'SELECT count(*) FROM visit')" 2
counts() { as "$1" report week --by "$2" --until 2026-W47 --weeks 1; }
forget() { root -d care -c 'DELETE FROM week_counted'; }
# by LOGIN SPLIT: as they are when that person counts the week.
by() { forget && counts "$1" "$2"; }
for split in age sex first; do
    by lena $split >"$work/first" 2>"$err"
    counts eva $split >"$work/kept" 2>>"$err"
    check "by $split: an administrator reads what is kept" cmp -s "$work/first" "$work/kept"
    by hanna $split >"$work/other" 2>>"$err"
    check "by $split: the same, whoever counts" cmp -s "$work/first" "$work/other"
    by eva $split >"$out" 2>>"$err"
    counts hanna $split >"$work/after" 2>>"$err"
    check "by $split: an administrator leaves no other to them" cmp -s "$work/first" "$work/after"
done
echo 'Brukarnr;Namn;Datum;Starttid;Längd (tim);Utförare;Status' >"$work/many.csv"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "G$i;Person Nr$i;2026-11-18;09:30;1,0;BS1;Genomförd"; done >>"$work/many.csv"
done_ "more visits" as lena import visits "$work/many.csv"
done_ "a group" as lena group add Unga
for i in 1 2 3 4 5 6; do as lena group join Unga "G$i" --from 2026-11-01 >/dev/null 2>&1; done
is "of six" "$(root -d care -c 'SELECT count(*) FROM client_group_member')" 6
group() { as "$1" report week --by all --group Unga --until 2026-W47 --weeks 1; }
group lena >"$work/first" 2>"$err"
check "is shown" grep -q '6 visits were planned' "$work/first"
group eva >"$out" 2>"$err"
check "to an administrator too" cmp -s "$work/first" "$out"
for who in lena hanna eva; do
    done_ "$who finds it sound" as $who check
done
check "an administrator is told what was not looked at" has "no card was looked at"
as lena check >"$out" 2>"$err"
check "and nobody else" has_not "no card was looked at"
finish
