#!/bin/bash
# Issue 10: what a client says is wrong, as lines (--plain): noted of the card, a visit and a form,
# seen beside the thing, answered once by whoever may change the card, and kept as a draft meanwhile.
set -u
. tests/cli/setup
export DAGSFORM_NOW=2026-11-23T08:30
echo 'helt ny lång fras' >"$work/pass2"

plain() {
    login=$1
    shift
    pass=$work/pass2
    [ "$login" = eva ] && pass=$work/pass
    status=0
    printf '%s\n' "$@" | program --plain --db "$work/unit.db" --user "$login" \
        --passphrase-file "$pass" >"$out" 2>"$err" || status=$?
}
walked() {
    [ "$status" = "$2" ] && [ ! -s "$err" ]
    result $? "$1"
    [ "$status" = "$2" ] && [ ! -s "$err" ] ||
        { echo "#   exit $status"; tail -n 9 "$out" | sed 's/^/#   /'; sed 's/^/#   err: /' "$err"; }
}
says() { check "$1" has "$2"; }

make_unit
cat >"$work/planned.csv" <<'END'
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status
B1;20000831-2399;Yusuf Essén;2026-11-20;09:00;1,0;bo;
B2;20100310-2397;Liv Åkerlund;2026-11-23;13:00;1,5;eva;
END
done_ "visits are planned" as_eva import visits "$work/planned.csv"
as_eva user add ada --role administrator --new-passphrase-file "$work/pass2" >"$out"
done_ "a support worker" program user add bo --role support-worker --code bo \
    --new-passphrase-file "$work/pass2" --db "$work/unit.db" --user ada --passphrase-file "$work/pass2"

plain bo Clients yusuf 1 "What the person says" "Note something" Address "" "Jag har flyttat till Storgatan 2." \
    "" ""
walked "what is wrong on the card is noted" 0
says "and said to be" "It is noted, and stands beside it"
plain bo Clients yusuf 1 "The card"
says "it stands on the card" "Objection: Address: “Jag har flyttat till Storgatan 2.” (2026-11-23, not answered yet)"
plain bo Clients yusuf 1 "Visits, to" 1 "The person says" "" "Jag var hemma." "" ""
walked "so is what is wrong about a visit" 0
plain bo Clients yusuf 1 "Visits, to" 1
says "which stands beside the visit" "“Jag var hemma.” (2026-11-23, not answered yet)"
plain bo Clients yusuf 1 "What the person says" 1
says "a support worker answers none" "case officer"
plain eva "To do"
says "the task is there" "Answer an objection: Address"
plain eva Clients yusuf 1 "What the person says" 2 "it stands" "Hon är folkbokförd där." ""
says "what is wrong is answered" "The answer is kept beside the person's words."
plain bo Clients yusuf 1 "What the person says" "Note something" Telephone "" "Det är inte mitt num"
plain bo Clients yusuf 1 "What the person says" "Note something" Telephone yes
says "what was typed when the lines ended is kept" "Det är inte mitt num"
plain eva Clients yusuf 1 "Log of who"
says "the history says so" "noted that the person says something is wrong"
plain eva Clients yusuf 1 "The card"
says "with the reason" "it stands as it was written: Hon är folkbokförd där.)"
plain bo Clients yusuf 1 Journal 1 "Han vill sluta." "" "" "" "" "" ""
walked "a note is written" 0
plain bo Clients yusuf 1 Journal 2 no yes "" "Det sa jag inte." "" ""
walked "what is wrong in the note is noted" 0
plain bo Clients yusuf 1 Journal 2
says "which stands beside it" "something here is wrong: “Det sa jag inte.” (2026-11-23, not answered yet)"
finish
