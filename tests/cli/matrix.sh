#!/bin/bash
# Who may do what, on the command line: a row for each command, a column for each role. Written out by
# hand, not read from the program: src/care/unit/role.c has the rule.
set -u
. tests/cli/setup
echo 'helt ny lång fras' >"$work/pass2"

make_unit
cat >"$work/besok.csv" <<END
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status;Orsak;Avbokad av;Varsel (tim)
B1;20000831-2399;Yusuf Essén;2026-11-17;09:00;1,0;eva;Genomförd;;;
END
done_ "a visit is read in" as_eva import visits "$work/besok.csv"
as_eva user add ada --role administrator --new-passphrase-file "$work/pass2" >"$out"
as() { who=$1; shift; program "$@" --db "$work/unit.db" --user "$who" --passphrase-file "$work/pass2"; }
for who in stod:support-worker hand:case-officer led:team-lead; do
    done_ "a user ${who%:*}" as ada user add "${who%:*}" --role "${who#*:}" \
        --new-passphrase-file "$work/pass2"
done
mkdir "$work/made"

# row NAME EXPECTED COMMAND ARGUMENT…: EXPECTED has y or n for support worker, case officer, team lead and
# administrator. A refusal ends with 1, says who may and writes nothing.
row() {
    row_name=$1 row_expected=$2
    shift 2
    row_got=
    for row_who in stod hand led ada; do
        row_status=0
        as "$row_who" "$@" >"$out" 2>"$err" </dev/null || row_status=$?
        case $row_status in
            0) row_got=${row_got}y ;;
            1) row_got=${row_got}n ;;
            *) row_got=${row_got}? ;;
        esac
    done
    is "$row_name" "$row_got" "$row_expected"
}

row "the week's review" yyyy report week
row "the check" yyyy check
row "clients to a file" yyyn export clients -o -
row "visits to a file" yyyn export visits -o -
row "a file looked through" nyyy import visits "$work/besok.csv" --dry-run
row "those with two cards" nyyn clients doubles
row "a backup" nnyy backup --to "$work/made"
row "a user's role changed" nnny user role hand --role case-officer
finish
