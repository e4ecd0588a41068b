#!/bin/bash
# Somebody with protected identity as lines (--plain): an intake that is taken over with a reason, an
# address that is read when it is asked for, a task that is not done by others.
set -u
. tests/cli/setup
export DAGSFORM_NOW=2026-11-23T08:30
echo 'helt ny lång fras' >"$work/pass2"

# plain LOGIN LINE…: as lines; in $out, $err, $status.
plain() {
    login=$1
    shift
    pass=$work/pass2
    [ "$login" = eva ] && pass=$work/pass
    status=0
    printf '%s\n' "$@" | program --plain --db "$work/unit.db" --user "$login" \
        --passphrase-file "$pass" >"$out" 2>"$err" || status=$?
}
# walked NAME STATUS: the run before ended with STATUS and nothing on standard error.
walked() {
    [ "$status" = "$2" ] && [ ! -s "$err" ]
    result $? "$1"
    [ "$status" = "$2" ] && [ ! -s "$err" ] ||
        { echo "#   exit $status"; tail -n 5 "$out" | sed 's/^/#   /'; sed 's/^/#   err: /' "$err"; }
}
says() { check "$1" has "$2"; }
never_says() { check "$1" has_not "$2"; }

make_unit
as_eva user add ada --role administrator --new-passphrase-file "$work/pass2" >"$out"
for who in hanna:case-officer henrik:case-officer bo:support-worker; do
    done_ "a user ${who%:*}" program user add "${who%:*}" --role "${who#*:}" \
        --new-passphrase-file "$work/pass2" --db "$work/unit.db" --user ada \
        --passphrase-file "$work/pass2"
done

# --- the address ---------------------------------------------------------------------------------
# Question 9 is the name, 17 the protection, 25 the address.
plain hanna "new intake" ".go 9" "Hemlig Person" ".go 17" s ".reason Hon säger det" ".go 25" "Hemliga gatan 7" .leave
walked "an intake of somebody protected" 0
never_says "does not say the address again when it is saved" "Hemliga gatan 7"
plain hanna "Forms that" 1 ".go 25" .overview .leave
walked "gone on with" 0
never_says "it is read neither at its question nor with the others" "Hemliga gatan"
says "which says that there is one" "The answer now is hidden: .show reads it."
plain hanna "Forms that" 1 .show .leave
says "it is read when it is asked for" "25. Where do you live? Hemliga gatan 7"
plain hanna "Forms that" 1 ".go 17" n ".go 25" .show .leave
walked "of somebody who is not protected after all" 0
says "it is read at once" "The answer now: Hemliga gatan 7"
says "and nothing is hidden" "There is no hidden address in this form."
plain hanna "Forms that" 1 ".go 17" s ".reason Hon säger det" ".go 25" "Nya gatan 1" .leave
plain hanna "Forms that" 1 .show .leave
says "what is typed takes its place" "25. Where do you live? Nya gatan 1"

# --- taking over ---------------------------------------------------------------------------------
for who in henrik bo; do
    plain "$who" "Forms that" others
    never_says "$who does not see it" "protected identity"
    says "and has nothing to go on with" "Nothing is waiting to be gone on with."
done
plain eva "Forms that" others 1 ""
walked "a team lead is asked why" 0
says "after a line that tells no name" \
    "First contact, protected identity: begun by hanna 2026-11-23"
never_says "nor do others" "Hemlig"
never_says "and opens nothing without a reason" "Question"
plain eva "Forms that" others 1 "..."
walked "full stops are no reason" 1
says "which is said" "Write in words why you take it over."
plain eva "Forms that" others 1 "Hanna är sjuk" ".go 9" .leave
walked "with a reason" 0
says "it is open" "First contact, Hemlig Person."
says "with what was answered" "The answer now: Hemlig Person"
plain eva "Forms that" 1 .leave
says "and among one's own" "First contact, Hemlig Person."

# --- a task --------------------------------------------------------------------------------------
plain eva "Forms that" 1 .hangup "wants to be called" 24/11 "Ring systern"
walked "a call to make" 0
plain hanna "Forms that" 1 .leave
plain eva "To do" 1 done
says "who was given the task does it, also when the form is closed again" "Done: Call back"

# --- the visits on paper, and words for the meeting ------------------------------------------------
plain eva "new client" "Siv Skyddad" "" "" "" "" "" "" 2 "" "" P1 "" 1999-09-14 "" "" ""
walked "a client with protected identity" 0
refused "a paper is asked for as such" 1 "With --protected the paper is written" \
    as_eva export visits --client P1 --pdf "$work/p1.pdf"
done_ "then it is written" as_eva export visits --client P1 --pdf "$work/p1.pdf" --protected
refused "for nobody else" 1 "are assigned or named" program export visits --client P1 --protected \
    --pdf "$work/bo.pdf" --db "$work/unit.db" --user bo --passphrase-file "$work/pass2"
is "and nothing is left" "$(ls "$work" | grep -c 'bo\.pdf')" 0
plain eva Clients siv 1 "the visits on paper" no
walked "the lines ask first" 0
says "and say why" "A paper can be read by whoever finds it."
plain eva Clients siv 1 quotes "note words" "Det är bra." "" yes ""
walked "no word is shown of somebody protected" 1
says "which is said" "Words of somebody with protected identity"
plain bo Clients siv 1
says "and a colleague opens nothing" "protected identity"
all_is_well "and all is well"

finish
