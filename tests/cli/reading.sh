#!/bin/bash
# Staff and decisions read in from a case system's files, on the command line and as lines (--plain).
set -u
. tests/cli/setup

make_unit
data=tests/data/reading
cat >"$work/clients.csv" <<END
Brukarnr;Personnummer;Namn
B1000;19990914-2383;Emil Ärlig
B1001;20000831-2399;Yusuf Essen
END
done_ "clients" as_eva import clients "$work/clients.csv"

partly "a look at the staff" "5 rows were refused." as_eva import staff "$data/personal.csv" --dry-run
check "says what would be read in" has "10 rows: 5 to be read in, 0 there already, 5 refused. Nothing was written."
check "and why a row is refused" has "Line 7, column Befattning: “Trollkarl” is no role known here."
check "what is not read in is said" has "“Användarnamn”" "$err"
partly "the staff" "5 rows were refused." as_eva import staff "$data/personal.csv" --rejected "$work/refused.csv"
is "the refused rows are kept" "$(grep -c . "$work/refused.csv")" 6
partly "once more, as JSON" "5 rows were refused." as_eva import staff "$data/personal.csv" --json
check "nobody is added" has '"imported" : 0'
check "nor changed" has '"changed" : 0'
partly "a later file" "1 row was refused." as_eva import staff "$data/staff.tsv" --json
check "changes one" has '"changed" : 1'
check "and adds one" has '"imported" : 1'
check "and says which column is at fault" has '"column" : "Signatur"'

partly "decisions" "11 rows were refused." as_eva import decisions "$data/beslut.csv"
check "are read in" has "16 rows: 5 read in, 0 there already, 11 refused."
check "a client who is not there is said" has "Line 8, column Personnummer: There is no such client"
partly "once more" "11 rows were refused." as_eva import decisions "$data/beslut.csv"
check "they are there" has "16 rows: 0 read in, 5 there already, 11 refused."
cat >"$work/own.csv" <<END
Vem;Vad;När;Av
B1001;Boendestöd;2026-11-02;Bo Ek
END
refused "columns that nobody knows" 1 "with --map" as_eva import decisions "$work/own.csv"
printf '%s\n' 'Vem = client-number' 'Vad = support' 'När = decided' 'Av = decided-by' >"$work/map"
done_ "said with --map" as_eva import decisions "$work/own.csv" --map "$work/map"
check "are read in" has "1 row: 1 read in, 0 there already, 0 refused."
refused "no column of staff" 1 "a code from the manual" as_eva import staff "$work/own.csv" --map "$work/map"
refused "a list of staff as visits" 1 "Read it in as staff" as_eva import visits "$data/personal.csv"

# lines LINE…: as lines; in $out, $err.
lines() {
    printf '%s\n' "$@" | program --plain --db "$work/unit.db" --user eva --passphrase-file "$work/pass" \
        >"$out" 2>"$err"
}
lines "Read in" "$data/beslut-2.tsv" "" ""
check "as lines: what it is" has "Decisions · encoding"
check "the columns" has "  Fattat av: Decided by"
check "what is refused" has "Line 4, column Lagstiftning: “SoL 2001:453” was not in force"
check "and what would be read in" has "4 rows: 2 to be read in, 0 there already, 2 refused."
lines "Read in" "$data/beslut-2.tsv" "Read it in" ""
check "as lines it is read in" has "4 rows: 2 read in, 0 there already, 2 refused."
lines "Read in" "$data/beslut-2.tsv" "Write the refused" "$work/lines.csv" "" ""
check "nothing is read in twice" has "4 rows: 0 to be read in, 2 there already, 2 refused."
is "the refused rows are kept" "$(grep -c . "$work/lines.csv")" 3
lines "Read in" "$work/own.csv" "It is something else" "Decisions" "Say what a column" "Vem" "Client number" \
    "Say what a column" "Vad" "Support" "Say what a column" "När" "Day of the decision" \
    "Say what a column" "Av" "Decided by" "" ""
check "columns are said as lines" has "1 row: 0 to be read in, 1 there already, 0 refused."
printf 'Namnet;Numret;Annat\nGun Nord;1010;x\n' >"$work/cut.csv"
lines "Read in" "$work/cut.csv" "It is something else" "Staff" "Say what a column" "Namnet" "Name of the"
lines "Read in" "$work/cut.csv" "It is something else" "Staff" ""
check "what a column holds is kept when one is cut off" has "1 row: 1 to be read in, 0 there already, 0 refused."
lines "Read in" "$work/none.csv" "" ""
check "a file that is not there is said" has "none.csv"
lines "Read in" "$data/personal.csv" "Another encoding" "windows-1252" "" ""
check "another encoding" has "encoding Windows-1252"
finish
