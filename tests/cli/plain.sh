#!/bin/bash
# The program as lines (--plain): every form from its first question to its end, the day's list, a
# cancellation, the tasks; interrupted, corrected, in another language; and lines that are not taken.
# What is stored is asked for by the program itself, in a new run.
set -u
. tests/cli/setup
export DAGSFORM_NOW=2026-11-23T08:30

# lines TEXT…: each a line of input.
lines() { printf '%s\n' "$@"; }
# plain [OPTION…]: the lines of $input, as eva; in $out, $err, $status.
input=$work/input
plain() {
    status=0
    as_eva --plain "$@" <"$input" >"$out" 2>"$err" || status=$?
}
# run LINE…: the same with these lines.
run() {
    lines "$@" >"$input"
    plain
}
# begin_plain: eva in the background, as $pid, with what is written to descriptor 3.
begin_plain() {
    : >"$out"
    "$DAGSFORM" --plain --lang en --db "$work/unit.db" --user eva --passphrase-file "$work/pass" \
        <"$work/in" >"$out" 2>"$err" 3>&- &
    pid=$!
}
# eventually COMMAND…: it must come to succeed, within a minute.
eventually() {
    eventually_left=600
    until "$@"; do
        eventually_left=$((eventually_left - 1))
        [ "$eventually_left" -gt 0 ] || { result 1 "waited for: $*"; return 1; }
        sleep 0.1
    done
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
# as_then FOLDER: the unit as it was when `then_is FOLDER` kept it, on an account where nobody has signed
# in to it later; as_before: as it was made.
then_is() { mkdir "$work/$1" && cp "$work/unit.db" "$work/unit.keys" "$work/$1"; }
accounts=0
as_then() {
    accounts=$((accounts + 1))
    export XDG_STATE_HOME="$work/account$accounts"
    cp "$work/$1/unit.db" "$work/$1/unit.keys" "$work"
}
as_before() { as_then made; }

make_unit
cat >"$work/planned.csv" <<'END'
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status
B1;20000831-2399;Yusuf Essén;2026-11-20;09:00;1,0;eva;
B1;20000831-2399;Yusuf Essén;2026-11-23;09:00;1,0;eva;
B2;20100310-2397;Liv Åkerlund;2026-11-23;13:00;1,5;eva;
B3;20100419-2397;Yosef Frisk;2026-11-24;13:00;1,5;eva;
END
done_ "visits are planned" as_eva import visits "$work/planned.csv"
then_is made

# --- the way in ----------------------------------------------------------------------------------
input=/dev/null plain
walked "no line at all is a way to leave" 0
says "after saying where one is" "Enheten. eva."
refused "nobody" 1 "--user NAME" program --plain --db "$work/unit.db" </dev/null
refused "no passphrase for lines from a file" 1 "--passphrase-file FILE" \
    program --plain --db "$work/unit.db" --user eva </dev/null
echo fel >"$work/wrong"
refused "a wrong passphrase" 1 "passphrase" \
    program --plain --db "$work/unit.db" --user eva --passphrase-file "$work/wrong" </dev/null
refused "an option that is not there" 2 "--plain --help" program --plain --sound
program --plain --help >"$out"
says "--help tells of --keep-going" "--keep-going"

# --- every form ----------------------------------------------------------------------------------
# The lines as they answer what is asked about Liv: of the case officer's part the age and the days
# are the placement's (A15), and in a SIP somebody consents for a child of 16 (A9, A10).
asked() {
    case $1 in
    ubu-handlaggare) sed -e 1d -e 5,6d "tests/data/walks/$1.lines" ;;
    sip) sed '0,/^2026-12-21$/s//&\nv\nj\nDet är bra.\n./' "tests/data/walks/$1.lines" ;;
    *) cat "tests/data/walks/$1.lines" ;;
    esac
}
# client_form FORM TITLE: from the client's card; interview WHO: from a placement.
client_form() {
    { lines Clients liv 1 "new form" "$2"; asked "$1"; } >"$input"
    plain
}
interview() {
    { lines Clients liv 1 placements new "" 2026-01-12 2026-10-31 "" "" "" "$2" begin
      asked "$1"; } >"$input"
    plain
}
completed() {
    walked "$1 is walked to its end" 0
    says "$1 is completed" "The form is completed."
    never_says "$1 takes every line" "It ends here"
    sed -n 's/ (saved 08:30:00)$//p' "$out" >"$work/said"
}
# The answers that were said to be saved stand in what is read aloud later.
read_later() {
    kept=0
    aloud=$(tr -s '\n ' '  ' <"$out")
    while IFS= read -r answer; do
        [[ $aloud = *"${answer%…}"* ]] || { kept=1; echo "#   not there: $answer"; }
    done <"$work/said"
    result $kept "$1 is read aloud as it was answered"
    check "$1 has answers" test -s "$work/said"
}
read_response() { run Clients "$1" 1 "Forms, begun" "$2" no; }

for form in "sip|SIP – coordinated individual plan" "handlingsplan|Action plan" \
    "handlingsplan-tva-fragor|Action plan with two questions"; do
    as_before
    client_form "${form%%|*}" "${form#*|}"
    completed "${form%%|*}"
    read_response liv completed
    walked "${form%%|*} is opened again" 0
    read_later "${form%%|*}"
done
for form in "ubu-handlaggare|case officer" "ubu-ungdom|child" "ubu-foralder|parent"; do
    as_before
    interview "${form%%|*}" "${form#*|}"
    completed "${form%%|*}"
    says "the placement knows of ${form%%|*}" ": completed"
    read_response liv completed
    walked "${form%%|*} is opened again" 0
    read_later "${form%%|*}"
done
as_before
{ lines "new intake"; cat tests/data/walks/aktualisering.lines; } >"$input"
plain
completed aktualisering
says "an intake leaves tasks" "tasks of it stand among what is to be done"
run Clients vera
says "and a client" "Vera Åkerlund, born 2011-01-25"
read_response vera completed
walked "aktualisering is opened again" 0
read_later aktualisering

# --- names, and one more -------------------------------------------------------------------------
as_before
run Clients liv 1 "new form" "SIP – coordinated individual plan" ".go 7" j ".go 29" "Eva Ek" .more "" 1 \
    ".go 30" "Bo Ek" .leave
walked "a SIP is begun" 0
says "D12: the group that has ended asks for one more" ".more adds one more: Questions for the meeting"
says "and gets it" "Questions for the meeting: number 2 of 2"
says "D12: who has been named is proposed" "  1  Eva Ek"
says "and chosen by number" "Eva Ek (saved 08:30:00)"
says "or somebody else is written" "Bo Ek (saved 08:30:00)"

# --- own words in a choice -----------------------------------------------------------------------
# The reasons for a placement: one or more, or in own words, which come after an equals sign.
reasons() {
    as_before
    { lines Clients liv 1 placements new "" 2026-01-12 2026-10-31 "" "" "" "case officer" begin
      asked ubu-handlaggare | sed 4q
      lines "$1" .leave; } >"$input"
    plain
}
while IFS='|' read -r typed said; do
    reasons "$typed"
    says "“$typed” is understood" "$said (saved 08:30:00)"
done <<'END'
=Fick inte vara kvar|Fick inte vara kvar
= Det = det |Det = det
k, =Eget, skäl|Serious conflicts at home, Eget, skäl
hem=borta|hem=borta
END
for typed in "=" "r, =" "r ="; do
    reasons "$typed"
    says "“$typed” is not" "Choose one of the answers shown."
done

# --- the day, a cancellation ---------------------------------------------------------------------
as_before
run "the day" "" liv "it took place"
walked "a visit is said to have taken place" 0
says "the list tells of it" "13:00 Liv Åkerlund, 90 min"
says "and that it is saved" "Saved: the visit took place."
says "and the list after it" "90 min: Done"
run "the day" "" liv "take back"
says "A1: what is taken back, and whose, is said" "Taken back: 13:00 Liv Åkerlund: Done."
says "and nothing is recorded" "90 min: nothing recorded"
run "the day" "" liv "record again"
says "A2: it is recorded again" "Recorded again: 13:00 Liv Åkerlund: Done."
as_before
run "the day" "" ""
says "D9: what was forgotten is said" "Nothing is recorded on 1 earlier visit, Friday 2026-11-20."
run "the day" "20/11" ""
never_says "D9: but on its own day" "earlier visit"
run "the day" "" yusuf "did not" a p t k ".words Jag orkar inte i dag." t yes 1 ""
walked "a cancellation with alternative and new time" 0
says "is read before it is saved" "“Jag orkar inte i dag.”"
says "and saved" "The cancellation is saved."
says "and stands in the list" "60 min: Cancelled"
says "D9: with the call agreed" "30 min, phone call: nothing recorded"
run "the day" "" 1 correct .back .leave
walked "a correction that is left" 0
says "begins with what stands" "You are correcting what was recorded."
run "the day" "" 1 "take back"
walked "the cancellation is taken back" 0
as_before
run "the day" "" yusuf "did not" a p
walked "the end of input in the middle of a cancellation" 0
run yes .leave
says "it is offered at the next start" "what came of it was begun"
says "with its answers" "What you had answered before is here."
says "at the question where it stopped" "How were you told?"

# --- interrupted, resumed ------------------------------------------------------------------------
as_before
{ lines Clients liv 1 placements new "" 2026-01-12 2026-10-31 "" "" "" child begin
  lines 3 3 3 3 3 3 no 3 3 3 3 no 3 3 .hangup "wants to be called" "24/11 16:30" "Ringer på väg hem"
} >"$input"
plain
walked "hung up at question 18" 0
says "the call is noted" "To call back Tuesday 2026-11-24 16:30"
run "to do" call open
walked "the call-back is among the tasks" 0
says "and opens the interview" "You were at question 18. Go on from there."
says "with the call" "1 call has been made"
run "to do" call open ".language fi" .again ".language sv" ".go 1" .overview ".go 18" 4 .leave
walked "another language in the middle" 0
says "Finnish" "Ei koskaan"
says "Swedish" "Aldrig"
says "the overview" "Sådär"
run "to do" call done "open again"
walked "a task is done, and opened again" 0
says "and says so" "The task is open again."
run Clients liv 1 placements 1 parent "not given" "not reached" "Fyra försök"
walked "a parent who is not reached" 0
says "is noted" "Parent: not given, not reached"
run Clients liv 1 placements 1 parent yes .leave
says "and taken up again" "Question 1 of 20"

# --- a long text, cut off ------------------------------------------------------------------------
as_before
mkfifo "$work/in"
exec 3<>"$work/in"
begin_plain
lines Clients yusuf 1 plan >&3
eventually has "own words:"
before=$(cksum <"$work/unit.db")
lines "Hon glömmer tiden" "och blir orolig" >&3
# Its text is committed: the database is another one, and the journal is empty again.
is_committed() {
    [ "$(cksum <"$work/unit.db")" != "$before" ] && [ ! -s "$work/unit.db-journal" ]
}
eventually is_committed
kill -9 "$pid"
wait "$pid" 2>/dev/null
exec 3>&-
run yes "och ringer." . .leave
walked "after a kill" 0
says "the form is offered" "you were interrupted at question 1"
says "with what had been typed" "och blir orolig"
run "Forms that" 1 ".go 1" .leave
says "which is gone on with" "och ringer."
for signal in TERM HUP; do
    exec 3<>"$work/in"
    begin_plain
    lines "Forms that" 1 ".go 2" >&3
    eventually has "Question 2"
    kill "-$signal" "$pid"
    wait "$pid" 2>/dev/null
    signalled=$?
    exec 3>&-
    check "SIG$signal ends it as a signal does" test "$signalled" -gt 128
    run "To do" ""
    says "and after it the form is offered where it was" "you were interrupted at question 2"
    says "a line that is no answer to that answers the next question" "Nothing waits for you."
    run yes .leave
done
run "Forms that" 1 "Vi ringer"
walked "the end of input in a long text" 0
run "Forms that" 1 . .leave
says "keeps it" "it is not an answer yet: Vi ringer"

# --- the week, the unit's tasks, help in menus (D15) ----------------------------------------------
run "The week" ""
walked "the week's review as lines" 0
"$DAGSFORM" report week --lang en --db "$work/unit.db" --user eva --passphrase-file "$work/pass" \
    >"$work/report" 2>/dev/null
check "says what the report says" has "$(sed -n 2p "$work/report")"
run "The week" "" "The line of" maybe
walked "no chart is refused" 1
says "what to type is said" "Type run or p, or nothing."
run "The week" "" "The line of" p ""
walked "and the line week by week" 0
says "with its limits" "Trial"
says "and its rules" "Rules:"
run "The week" 2026-W48 "The visits split" Weekday 1 ""
walked "the visits split one way" 0
"$DAGSFORM" report week --lang en --db "$work/unit.db" --user eva --passphrase-file "$work/pass" \
    --until 2026-W48 --weeks 1 --by weekday --beside >"$work/report" 2>/dev/null
check "say what the report says" has "$(grep Monday "$work/report")"
says "beside the week before" "Week 2026-W47"
run "The week" 2026-W48 "The visits split" Weekday many
walked "no number of weeks is refused" 1
says "with what to type" "Type a number from 1 to 104, weeks such as v40-v47, or nothing."
run "The week" 2026-W40 "The visits split" Weekday v48 2026-W46 ""
walked "any weeks beside any others" 0
check "say the same of them" has "$(grep Monday "$work/report")"
says "beside those asked for" "Week 2026-W46"
run "The week" 2026-W48 "The visits split" Weekday 2026-W46-W48 later
walked "no weeks are refused" 1
says "with how they are typed" "That was not understood as weeks. Type for instance v40-v47"
run "The week" 2026-W40 "The visits split" Weekday v48 "" ""
says "and as many before when nothing is said" "Week 2026-W47"
run "The week" "" "Whom we may lose" ""
says "nobody is about to be lost" "There is nobody of whom that is so."

then_is then
cat >"$work/missed.csv" <<'END'
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status
B2;20100310-2397;Liv Åkerlund;2026-11-17;13:00;1,5;eva;Avbokat
B2;20100310-2397;Liv Åkerlund;2026-11-18;13:00;1,5;eva;Avbokat
B2;20100310-2397;Liv Åkerlund;2026-11-19;13:00;1,5;eva;Avbokat
END
done_ "visits not taken are read in" as_eva import visits "$work/missed.csv"
as_eva report risk --lang en >"$work/risk" 2>/dev/null
run "The week" "" "Whom we may lose" 1 "Give the case officer" "" ""
walked "whom we may lose, from the week" 0
check "as the report says" has "$(head -n 1 "$work/risk")"
says "with a task afterwards" "3 visits in a row not taken, since 2026-11-17. There is a task"
done_ "a group is made" as_eva group add Pilot
run "The week" 2026-W47 "The visits split" Cause "The whole unit" 1 1 "" ""
walked "the visits behind a cause" 0
says "are listed" "2026-11-18 13:00 Liv"
run "The week" 2026-W47 "The visits split" Cause Pilot 1
says "a group of few is not shown" "has fewer than 5 persons"
run "The week" 2026-W47 "The visits split" Cause Pilot v47 ""
says "beside the rest of the unit" "The rest of the unit"
run "The week" 2026-W47 "The visits split" Cause Pilot v47 v46
says "or itself in other weeks" "Week 2026-W46"
run "Groups of" "Make a group" "De unga" "" "De unga" "Add a client" liv 2026-11-01 "" "" ""
walked "a group is made and a client added" 0
run "Groups of" "De unga" "A client's" 1 2026-11-20 "" "Change its" 1 "De unga 18–25" "" ""
walked "the last day, and another name" 0
run "Groups of" "De unga" "Change its" 2 2026-11-30 "" ""
says "the members with their days" "Liv Åkerlund, from 2026-11-01 to 2026-11-20"
as_eva group list --lang en >"$work/groups"
check "all of it is kept" has "De unga 18–25: 0 persons today, ended 2026-11-30" "$work/groups"
as_then then
run "The week" soon
walked "no week is refused" 1
says "with what to type" "was not understood as a week"
run "To do" "whole unit" ""
walked "the unit's tasks too" 0
says "with their own heading" "To do, the whole unit's."
run "To do" add "Beställ nycklar" 27/11 "" find overdue ""
walked "some of them, of which there is none" 0
says "which is said" "No task has those words."
run "To do" find 27/11 "Friday" "" ""
walked "and one of that day" 0
run "To do" "whole unit" find nycklar find 27/11 "your own" ""
says "some of the whole unit's, by what they are" "No task has those words."
says "and how many, where not all are told" "1 task with “27/11”."
run .help ""
says "a menu tells what to type" "Type the number of a line or the beginning of a word in it."

# --- completing, correcting ----------------------------------------------------------------------
run "Forms that" 1 .unanswered .complete
walked "completing is refused while something is missing" 1
says "with what is to be mended" "It is not completed yet"
run "Forms that" 1 ".go 3" no .complete no .leave
says "the question to complete says what, and for whom (A16)" \
    "Complete “Action plan with two questions” for Yusuf"
run "Forms that" 1 ".go 3" no .complete yes
walked "and done when it is not" 0
run Clients yusuf 1 plan yes ".go 2" "Hellre ett sms" . .complete yes
walked "a correction" 0
says "says what it is" "This is the correction."
run Clients yusuf 1 plan no
says "holds from then on" "Hellre ett sms"
run Clients yusuf 1 "forms, begun"
says "and the old one is kept" "corrected later"
run Clients yusuf 1 "new form" "two questions" Nej . .giveup "by mistake" ""
walked "one that was begun by mistake is given up" 0
says "with its cause" "Noted. What has been answered is kept."

# --- lines that are not taken --------------------------------------------------------------------
as_before
run "new intake" 23/11 "half past" .complete
walked "a line that is not understood ends the script" 1
says "and says which" "It ends here, at line 3"
run "Forms that" 1 .leave
says "what was saved is saved" "You were at question 2."
lines "Forms that" 1 "half past" 9:30 >"$input"
plain --keep-going
walked "unless it goes on" 1
says "to the next line" "09:30 (saved 08:30:00)"
{ lines "Forms that" 1; printf 'f\377x\n'; } >"$input"
plain
walked "a line that is not UTF-8" 1
says "is said to be none" "That line is not UTF-8"
printf 'Forms that\r\n1\r\n.leave\r\n' >"$input"
plain
walked "Windows line ends" 0
says "are line ends" "Everything answered is saved."
{ lines "Forms that" 1 ".go 9"; head -c 1000000 /dev/zero | tr '\0' a; echo; } >"$input"
plain
walked "a line of a megabyte" 0
says "is an answer, said in brief" "aaa… (saved 08:30:00)"
{ head -c 9000000 /dev/zero | tr '\0' a; echo; lines "to do"; } >"$input"
plain --keep-going
says "a longer one is not taken" "That line is too long"
says "and the next one is" "Nothing waits for you."
run "Forms that" 1 .l
walked "a beginning that several commands have" 1
says "names them" ".language, .leave"
printf 'Forms that\n1\n.leave' >"$input"
plain
says "the last line needs no end" "Everything answered is saved."

# Two thousand lines of anything, the same each time, from where they meet each kind of question.
anything() {
    awk -v seed="$1" 'BEGIN {
    srand(seed)
    count = split(". .. ... .net .unknown .refused .notasked .same .erase .more .remove .again .go .go 3" \
        " .go -1 .next .back .unanswered .overview .language fi .language xx .note å .reason ja .way" \
        " .interpreter .minutes 9 .call .complete .giveup .help .words .l . = =x ja nej yes no" \
        " 1 2 3 4 5 0 -1 99999999999999999999 a,b,c m;o 21/11 v47 fri 24/12 9:30 25:61 3,5 liv yusuf" \
        " clients forms the new plan open done ö ☃ %s%n {client} 20000831-2399", word, " ")
    for (line = 0; line < 400; line++) {
        text = ""
        for (n = int(rand() * 3); n >= 0; n--)
            text = text (text == "" ? "" : " ") word[1 + int(rand() * count)]
        print text
    }
}'
}
as_before
for start in "new intake" "the day||yusuf|did not" "Clients|liv|1|new form|Action plan" \
    "Clients|liv|1|new form|SIP" "Clients|liv|1|placements|new||2026-01-12|2026-10-31||||case|begin"; do
    { printf '%s\n' "$start" | tr '|' '\n'; anything ${#start}; } >"$input"
    plain --keep-going
    walked "lines of anything end it in no other way: $start" 1
    check "and they have been answered" test "$(wc -l <"$out")" -gt 400
done
all_is_well "and all is well"

# --- rights, and a database that cannot be written -----------------------------------------------
as_before
echo 'helt ny lång fras' >"$work/pass2"
as_bo() { program "$@" --db "$work/unit.db" --user bo --passphrase-file "$work/pass2"; }
as_ada() { program "$@" --db "$work/unit.db" --user ada --passphrase-file "$work/pass2"; }
done_ "an administrator" as_eva user add ada --role administrator --new-passphrase-file "$work/pass2"
done_ "and a support worker" as_ada user add bo --role support-worker \
    --new-passphrase-file "$work/pass2"
status=0
lines "" | as_ada --plain >"$out" 2>"$err" || status=$?
walked "an administrator" 0
says "is told who sees clients" "Clients are seen by support workers"
says "and offered what an administrator does" "Make a backup now"
lines "new data key" yes "" | as_ada --plain >"$out" 2>"$err"
says "a new data key is drawn" "being encrypted anew"
says "and says when it is read through" "Reading it through"
says "and that it is done" "everybody signs in as before"
never_says "and no client" "The day's visits"
lines "new intake" | as_bo --plain >"$out" 2>"$err"
never_says "a support worker is offered no intake" "New intake"
lines Clients yusuf 1 "a colleague asked" | as_bo --plain >"$out" 2>"$err"
says "and opens a colleague's client for a reason" "Log of who has read what"
exec 3<>"$work/in"
begin_plain
lines Clients yusuf 1 plan >&3
eventually has "Question 1"
held=$work/held
lines "Forms that" others 1 no | as_bo --plain >"$held"
check "a form that a colleague has" has "eva is answering this form just now" "$held"
lines "Forms that" others 1 yes .leave | as_bo --plain >"$held"
check "can be taken over" has "Question 1" "$held"
lines Tiden . >&3
exec 3>&-
status=0
wait "$pid" || status=$?
is "and then the colleague's is not saved" "$status" 1
says "which is said, with the name" "bo"
chmod 444 "$work/unit.db"
status=0
lines "the day" "" liv "it took place" |
    without_rights "$DAGSFORM" --plain --lang en --db "$work/unit.db" --user eva \
        --passphrase-file "$work/pass" >"$out" 2>"$err" || status=$?
walked "a database that can only be read" 1
says "is said to be so at once" "can only be read now"
says "and lists the day" "13:00 Liv Åkerlund"
status=0
lines Clients liv 1 |
    without_rights "$DAGSFORM" --plain --lang en --db "$work/unit.db" --user eva \
        --passphrase-file "$work/pass" >"$out" 2>"$err" || status=$?
says "a card opens, and is said not to be logged" "the log does not show that you opened this"
chmod 600 "$work/unit.db"
all_is_well "and all is well afterwards"

finish
