#!/bin/bash
# Two cards of one person, on the command line: found, made one, and told apart again.
set -u
. tests/cli/setup

make_unit
cat >"$work/clients.csv" <<END
Brukarnr;Pnr;Namn
B1;19990914-2383;Anna Berg
B2;;Anna Lind
B3;;Carl Stråk
19990227-2385;;Bo Ek
B5;19990227-2385;Bo Ek
END
done_ "clients" as_eva import clients "$work/clients.csv"
done_ "those with two cards" as_eva clients doubles
check "are those with a number in another writing" has "the client number of the other"
is "and nobody else" "$(grep -c '^#' "$out")" 2
done_ "they are two" as_eva clients apart $(sed -n 's/^\(#[0-9]*\) .*/\1/p' "$out")
done_ "then nobody has" as_eva clients doubles
check "two cards" has $'\nNobody seems'
refused "a card is not its own double" 1 "the same card" as_eva clients apart B1 B1
done_ "as JSON" as_eva clients doubles --json
check "an array" has $'\n['
refused "somebody else" 1 "no client with the number B9" as_eva clients merge B1 B9
refused "no such field" 1 "no field of a card" as_eva clients merge B1 B2 --take shoe
done_ "what would be kept" as_eva clients merge B1 B2 --take name
check "the other's name" has "name: Anna Lind, and not: Anna Berg"
check "and the rest of its own" has "client number: B1, and not: B2"
done_ "the other way round" as_eva clients merge B2 B1
check "what the kept card lacks" has "identity number: 19990914-2383, and not: –"
refused "nothing is done before that is confirmed" 1 "No other card" as_eva clients unmerge B1
done_ "with --yes they are one" as_eva clients merge B1 B2 --take name --yes
refused "not twice" 1 "the same card" as_eva clients merge B1 B2 --yes
done_ "an extract by the former number" as_eva extract B2 -o "$work/b2.json"
check "is the kept card's" has '"19990914-2383"' "$work/b2.json"
cat >"$work/again.csv" <<END
Brukarnr;Pnr;Namn
B2;;Anna Lind
END
done_ "the same file once more" as_eva import clients "$work/again.csv"
check "has nobody new" has "1 there already"
cat >"$work/visits.csv" <<END2
Brukarnr;Namn;Datum;Tid;Status
B2;Anna Lind;2026-11-17;08:30;Genomförd
END2
done_ "a visit by the former number" as_eva import visits "$work/visits.csv"
done_ "all clients" as_eva export clients --format csv -o "$work/all.csv"
is "has the one card" "$(grep -c Lind "$work/all.csv")" 1
done_ "undone" as_eva clients unmerge B2
check "as they were" has "two again, as they were"
done_ "each by its own number" as_eva extract B2 -o "$work/b2-again.json"
check "the other is another" has_not 19990914-2383 "$work/b2-again.json"

# Of two the older one first, by the number that its card had.
cat >"$work/third.csv" <<END4
Brukarnr;Pnr;Namn
B4;;Anna Lund
END4
done_ "a third card" as_eva import clients "$work/third.csv"
done_ "the second into the first" as_eva clients merge B1 B2 --yes
done_ "and the third" as_eva clients merge B1 B4 --yes
done_ "the older undone" as_eva clients unmerge B2
done_ "the second by its own number" as_eva extract B2 -o "$work/b2-first.json"
check "is another than the first" has_not 19990914-2383 "$work/b2-first.json"
done_ "the third" as_eva extract B4 -o "$work/b4.json"
check "still the first" has 19990914-2383 "$work/b4.json"
done_ "until that is undone too" as_eva clients unmerge B1
done_ "both into the first once more" as_eva clients merge B1 B2 --yes
done_ "the other too" as_eva clients merge B1 B4 --yes
printf '%s\n' Clients 19990914-2383 1 "Two cards again" "Anna Lund" no "Two cards again" 2 yes "" "" | as_eva --plain >"$out" 2>"$err"
check "as lines the older can be chosen" has "Which card is to be its own again?"
check "and is its own again" has "two again, as they were"
done_ "the younger stays" as_eva extract B4 -o "$work/b4-lines.json"
check "in the first" has 19990914-2383 "$work/b4-lines.json"
done_ "until it is undone" as_eva clients unmerge B4
for kind in pdf csv json; do
    done_ "the log of a client as $kind" as_eva clients log B1 -o "$work/log.$kind"
done
check "says that nobody is named" has "Nobody is named there"
check "nor is anybody" has_not eva "$work/log.csv"
check "but the role" has "team lead" "$work/log.csv"
check "and what was done" has "undid the merging of two cards" "$work/log.json"
refused "not over another file" 1 "left as it is" as_eva clients log B1 -o "$work/log.csv"
refused "not without a file" 2 "clients log CLIENT -o FILE" as_eva clients log B1
refused "nor as anything else" 1 "Let the file's name end in" as_eva clients log B1 -o "$work/log.odt"
HOME=$work
printf '%s\n' Clients B1 1 "file for" "$work/lines.pdf" "" "" | as_eva --plain >"$out" 2>"$err"
check "as lines it lies in a file too" test -s "$work/lines.pdf"
cat >"$work/alike.csv" <<END3
Brukarnr;Födelsedatum;Namn
B7;1980-01-02;Dina Alm
B8;1980-01-02;Dina Alm
END3
done_ "two called alike" as_eva import clients "$work/alike.csv"
lines() { printf '%s\n' "$@" | as_eva --plain >"$out" 2>"$err"; }
lines "Two cards" 1 1 1 yes
check "as lines: merged" has "The two cards are one now"
lines Clients B8 1 "Two cards again" yes
check "as lines: two again" has "two again, as they were"
lines "Two cards" 1 2
check "as lines: two persons" has "they are two persons"
refused "wrong usage" 2 "Write: dagsform clients" as_eva clients join
done_ "the check" as_eva check
check "finds all well" has $'\nAll is well'
finish
