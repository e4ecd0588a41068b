#!/bin/bash
# Access by need as lines (--plain): a support worker says why a colleague's client is opened, and the team
# lead sees who has opened whose card, looks the reasons through and signs the month's sample.
set -u
. tests/cli/setup
echo 'helt ny lång fras' >"$work/pass2"

# plain NOW LOGIN LINE…: as lines on that day; in $out, $err, $status.
plain() {
    now=$1 login=$2
    shift 2
    pass=$work/pass2
    [ "$login" = eva ] && pass=$work/pass
    status=0
    printf '%s\n' "$@" | DAGSFORM_NOW=$now program --plain --db "$work/unit.db" --user "$login" \
        --passphrase-file "$pass" >"$out" 2>"$err" || status=$?
}
says() { check "$1" has "$2"; }
never_says() { check "$1" has_not "$2"; }

make_unit
cat >"$work/besok.csv" <<END
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status;Orsak;Avbokad av;Varsel (tim)
B1;20000831-2399;Yusuf Essén;2026-11-17;09:00;1,0;eva;Genomförd;;;
B2;20100310-2397;Liv Åkerlund;2026-11-18;13:00;1,0;BS16;Genomförd;;;
END
done_ "visits are read in" as_eva import visits "$work/besok.csv"
done_ "a support worker" as_eva user add bo --role support-worker --code BS16 \
    --new-passphrase-file "$work/pass2"
day=2026-11-22T10:00

plain $day bo Clients liv 1 "The card"
says "one's own client opens" "20100310-2397"
never_says "without a question" "why do you need the card"
plain $day bo Clients yusuf 1 ""
says "a colleague's is asked about" "A colleague's client: why do you need the card today?"
never_says "and stays closed without an answer" "2399"
plain $day bo Clients yusuf 1 5 ""
is "other reasons take words" "$status" 1
plain $day bo Clients yusuf 1 5 "Brand i huset" "The card"
says "then it opens" "20000831-2399"
plain $day bo Clients yusuf 1 "The card"
never_says "and is not asked about again that day" "why do you need the card"
plain 2026-11-23T10:00 bo Clients yusuf 1 ""
says "but the next" "why do you need the card today?"
plain $day bo "The log"
is "the log is no entry of a support worker's" "$status" 1

plain 2026-12-01T09:00 eva ""
says "the team lead is told what waits" \
    "To look through: 1 reason for opening a colleague's client, the log's sample of 2026-11."
plain 2026-12-01T09:00 eva "The log" "By colleague" bo
says "sees who has opened whose card" "bo, Yusuf Essén: opened the card: Brand i huset"
plain 2026-12-01T09:00 eva "The log" "Reasons" yes
says "looks a reason through" "Marked as looked at."
plain 2026-12-01T09:00 eva "The log" "Last month" yes "Allt i sin ordning"
says "the sample has what a reason was given for" "opened the card: Brand i huset"
says "and is signed" "The sample is signed."
plain 2026-12-01T09:00 eva "The log" "Last month"
says "once" "Allt i sin ordning"
plain 2027-01-04T09:00 eva "The log" "An earlier" 2026-11
says "it can be read later too" "Allt i sin ordning"
plain 2027-01-04T09:00 eva "The log" "An earlier" 2027-01
says "but no month that lasts" "2027-01 is no month that is over."
plain 2026-12-01T09:00 eva ""
never_says "then nothing waits" "To look through"

# --- in a copy ------------------------------------------------------------------------------------
mkdir "$work/copy"
cp "$work/unit.db" "$work/unit.keys" "$work/copy"
done_ "the check" as_eva check
code=$(sed -n "s/.*The log's code is \(.*\)\.\$/\1/p" "$out")
printf '%s\n' Clients liv 1 "The card" | DAGSFORM_NOW=$day program --plain --db "$work/copy/unit.db" \
    --user bo --passphrase-file "$work/pass2" >"$out" 2>"$err"
check "a card is opened in a copy of the files" has "Liv Åkerlund"
done_ "the check once more" as_eva check --head "$code"
check "and the unit's own log has nothing of it" grep -q '1 entry since' "$out"
printf '%s\n' Clients yusuf 1 "" | DAGSFORM_NOW=2026-12-02T09:00 program --plain \
    --db "$work/copy/unit.db" --user bo --passphrase-file "$work/pass2" >"$out" 2>"$err"
check "what one may not opens there no more than here" has "why do you need the card"
finish
