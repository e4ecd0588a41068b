#!/bin/bash
# Whom the unit is to delete (gallring), on the command line and as lines.
set -u
. tests/cli/setup
echo 'helt ny lång fras' >"$work/pass2"
as_hanna() { program "$@" --db "$work/unit.db" --user hanna --passphrase-file "$work/pass2"; }
lines() { printf '%s\n' "$@" | as_hanna --plain >"$out" 2>"$err"; }

make_unit
as_eva user add ada --role administrator --new-passphrase-file "$work/pass2" >"$out"
done_ "a case officer" program user add hanna --role case-officer --name 'Hanna Ek' \
    --new-passphrase-file "$work/pass2" --db "$work/unit.db" --user ada \
    --passphrase-file "$work/pass2"
cat >"$work/visits.csv" <<END
Brukarnr;Pnr;Namn;Datum;Tid;Status
B1;19990914-2383;Emil Ärlig;2026-11-17;08:30;Genomförd
B2;20000831-2399;Yusuf Essen;2026-11-17;09:30;Genomförd
B3;19971007-2381;Klara Östlund;2026-11-17;10:30;Genomförd
END
done_ "visits of 2026" as_eva import visits "$work/visits.csv"

export DAGSFORM_NOW=2032-03-01T10:00
refused "nobody is proposed before the municipality is known" 1 "which municipality" as_eva retention propose
refused "nor listed" 1 "There is no proposal yet" as_eva retention list
refused "a code that is none" 1 "four digits" as_eva retention municipality 126
refused "something else" 2 "Write: dagsform retention" as_eva retention away
done_ "the municipality" as_eva retention municipality 0126
done_ "then there is a proposal" as_eva retention propose
check "with who is to be deleted" has "B1 Emil Ärlig, last note 2026-11-22: to be deleted by 2032-12-31"
done_ "on paper" as_eva retention list --pdf "$work/list.pdf"
check "as a PDF" grep -qa '^%PDF' "$work/list.pdf"
refused "not over another" 1 "already" as_eva retention list --pdf "$work/list.pdf"
done_ "as JSON" as_eva retention list --json
check "with each client" has '"state" : "due"'
done_ "one is kept" as_eva retention keep B3 --why 'Mål i domstol.' --again 2033-02-01
refused "not without a reason" 1 "Say why" as_eva retention keep B2 --again 2033-02-01
done_ "the list" as_hanna retention list
check "says by whom, and why" has "until 2033-02-01: Mål i domstol."
version=$(sed -n 's/.*retention confirm \([0-9]*\).*/\1/p' "$out")
refused "whoever made it does not confirm it" 1 "does not confirm it" as_eva retention confirm "$version"
refused "nor what nobody has seen" 1 "has changed since" as_hanna retention confirm 99
refused "nothing is deleted before that" 1 "Nobody is confirmed" as_eva retention run
done_ "somebody else confirms" as_hanna retention confirm "$version"
cp "$work/unit.db" "$work/unit.db.before-0004"
DAGSFORM_NOW=2032-03-02T10:00
touch -d 2026-01-01 "$work/unit.db.before-0004"
done_ "those who are confirmed are deleted" as_eva retention run
check "two of them" has "2 clients are deleted."
check "and the copy that has them still is named" has "unit.db.before-0004"
done_ "the check" as_eva check
check "finds all well" has $'\nAll is well'
check "and names the copy as well" has "made before the deletion"
refused "who is gone is not there" 1 "" as_eva extract B1 -o "$work/b1.json"
done_ "who was kept is" as_eva extract B3 -o "$work/b3.json"

DAGSFORM_NOW=2033-03-01T10:00
lines "To do" "" "Retention" 1 "" ""
check "as lines: what waits" has "Retention: 1 client is due"
check "as lines: the proposal" has "Klara Östlund: to be deleted by 2032-12-31"
lines "Retention" 2 1 "Målet pågår."
lines yes 2 2034-02-01 ""
check "as lines: a reason half given is offered again" \
    has "Keep the client, Klara Östlund: begun and not saved"
check "as lines: one is kept" has "Kept."
done_ "the list then" as_hanna retention list
check "has the reason that was typed first" has "until 2034-02-01: Målet pågår."
finish
