#!/bin/bash
# D15: every task of the full screen as lines (--plain): the card, visits and series planned, a
# client's details, consents, the log, who may open the card, tasks; what was begun is a draft as on
# the full screen, and .help is told wherever a line is read.
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
run() { plain eva "$@"; }
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
cat >"$work/planned.csv" <<'END'
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status
B1;20000831-2399;Yusuf Essén;2026-11-20;09:00;1,0;eva;
B1;20000831-2399;Yusuf Essén;2026-11-23;09:00;1,0;eva;
B2;20100310-2397;Liv Åkerlund;2026-11-23;13:00;1,5;eva;
END
done_ "visits are planned" as_eva import visits "$work/planned.csv"
as_eva user add ada --role administrator --new-passphrase-file "$work/pass2" >"$out"
for who in hanna:case-officer bo:support-worker; do
    done_ "a user ${who%:*}" program user add "${who%:*}" --role "${who#*:}" \
        --new-passphrase-file "$work/pass2" --db "$work/unit.db" --user ada \
        --passphrase-file "$work/pass2"
done

# --- one visit -----------------------------------------------------------------------------------
run Clients yusuf 1 "new visit" 24/11 10 "" "" eva "" "Visits, to" ""
walked "D15: a visit is planned" 0
says "which is read before it is saved" "Tue 2026-11-24 10:00."
says "and said to be planned" "A visit to Yusuf Essén is planned: Tuesday 2026-11-24, 10:00."
says "and stands among the client's visits" "Tue 2026-11-24 10:00 Yusuf Essén, 60 min, eva: nothing"
run Clients liv 1 "new visit" 24/11 10:30 45 phone eva "" no .drop yes
walked "D15: one that clashes" 0
says "is asked about" "Save it all the same?"
never_says "and not planned at no" "is planned: "
run Clients liv 1 "new visit" 24/11 10:30 45 phone eva "" yes
says "and planned at yes" "A visit to Liv Åkerlund is planned: Tuesday 2026-11-24, 10:30."
run Clients liv 1 "new visit" 1/11 10 "" "" "" "" yes
walked "D15: one in the past" 0
says "is asked about" "Save it all the same?"
run Clients liv 1 "new visit" someday
walked "D15: a day that is not understood" 1
says "is refused with what to type" "Which day? 21/11, fri, tomorrow, v48 tue."
run Clients liv 1 "new visit" fri 10 "" "" nobody
walked "D15: a colleague who is not there" 1
says "is refused too" "Nobody, or more than one, has that name."
run Clients liv 1 "new visit" yes 5 bo 1 thu .drop yes "Visits, to" ""
walked "D15: what had been typed is gone on with, changed by number" 0
says "and can be thrown away" "Throw away what has been typed here?"
never_says "and then nothing is planned" "is planned: "
run "the day" 24/11 liv remove yes
says "D15: one planned by mistake is taken away" "The visit is taken away."

# --- a draft, as on the full screen --------------------------------------------------------------
# cut_off TEXT LINE...: the program is killed when TEXT stands there.
cut_off() {
    local until=$1 left=600
    shift
    rm -f "$work/in"
    : >"$out"
    mkfifo "$work/in"
    exec 3<>"$work/in"
    "$DAGSFORM" --plain --lang en --db "$work/unit.db" --user eva --passphrase-file "$work/pass" \
        <"$work/in" >"$out" 2>"$err" 3>&- &
    pid=$!
    printf '%s\n' "$@" >&3
    until has "$until" || [ "$left" = 0 ]; do
        left=$((left - 1))
        sleep 0.1
    done
    kill -9 "$pid"
    wait "$pid" 2>/dev/null
    exec 3>&-
}
cut_off $'\nLength' Clients liv 1 "new visit" fri 11:15
run yes .leave
says "D15: after a kill it is offered at the start" \
    "New visit, Liv Åkerlund: begun and not saved, kept today 08:30. Go on with it now?"
says "with the day" "Day: 2026-11-27"
says "and the time" "Time: 11:15"
run no Clients liv 1 "new visit" yes ""
says "D15: and where it was begun" "Go on with it? No throws it away."
says "and saved from there" "A visit to Liv Åkerlund is planned: Friday 2026-11-27, 11:15."
run "To do" ""
never_says "and offered no more" "begun and not saved"
says "a line that answers nothing answers the next question" "Nothing waits for you."
# The name of a group and the days in it.
cut_off $'save' "Groups of" "Make a group" "De unga 18–25"
run yes "" "Groups of" ""
says "a group that was begun is offered after a kill" \
    "A group of clients, –: begun and not saved, kept today 08:30. Go on with it now?"
says "and made" "De unga 18–25: 0 persons today"
cut_off $'Last day' "Groups of" "De unga" "Add a client" liv 2026-11-02
run yes "" "Groups of" "De unga" "" ""
says "so is a client's first day in it" \
    "A client in a group, De unga 18–25: begun and not saved, kept today 08:30. Go on with it now?"
says "which is kept" "Liv Åkerlund, since 2026-11-02"
cut_off $'An empty line saves' "Groups of" "De unga" "A client's" 1 2026-11-20
run "Groups of" "De unga" "A client's" 1 yes "" "" ""
says "and the last day, where it was begun" "Go on with it? No throws it away."
run "Groups of" "De unga" "" ""
says "which is kept too" "Liv Åkerlund, from 2026-11-02 to 2026-11-20"
# From the client's side; and the last day is offered at the next start, with the group that it is about.
cut_off $'Last day' Clients liv 1 Groups "Add the client" unga 2026-11-21
run yes "" Clients liv 1 Groups ""
says "a group that a client was to join is offered" \
    "A client in a group, Liv Åkerlund: begun and not saved, kept today 08:30. Go on with it now?"
says "and kept" "De unga 18–25, since 2026-11-21: say the last day"
cut_off $'An empty line saves' Clients liv 1 Groups 2 2026-11-22
run yes "" Clients liv 1 Groups ""
says "so is the last day" \
    "A client in a group, Liv Åkerlund, De unga 18–25: begun and not saved, kept today 08:30. Go on with it now?"
run "Groups of" "De unga" "" ""
says "which is kept for that group" "Liv Åkerlund, from 2026-11-21 to 2026-11-22"
run Clients liv 1 Groups "Add the client" okänd
says "a group that is not there" "No group, or more than one, has that name. Type more of it."
cut_off $'An empty line saves' "Groups of" "De unga" "Change its" 2 2026-11-23
run yes "" "Groups of" ""
says "and the group's own" "De unga 18–25: 0 persons today, ended 2026-11-23"
run Clients liv 1 "new visit" fri 11:15 .back .back 28/11 12 .leave
walked "D15: back and left" 0
run Clients "" "" no
says "it waits" "begun and not saved"
run Clients liv 1 "new visit" no tue
says "no throws it away" "Time. When it begins"

# --- series --------------------------------------------------------------------------------------
run no Clients liv 1 "new series" "mon thu" other 14:30 90 phone eva "" 24/12 "" "the card"
walked "D15: a series is planned" 0
says "with its first days" "The first days: Mon 2026-11-23, Thu 2026-11-26, Mon 2026-12-07"
says "and said so" "The series is planned, and its visits are laid out 6 weeks ahead."
says "and stands on the card" \
    "Planned: 14:30-16:00 Monday and Thursday every other week, phone call, eva, until 2026-12-24"
run Clients yusuf 1 "new series" mon "" 14:45 30 "" eva "" "" "" no .drop yes
says "D15: one that clashes is asked about" "Save it all the same?"
never_says "and not planned at no" "The series is planned"
run Clients liv 1 "new series" someday
walked "D15: weekdays that are none" 1
says "are refused" "Choose at least one weekday with 1 to 7."
run Clients liv 1 "end a series" 1 30/11 "the card"
walked "D15: a series ends" 0
says "from a day on" "The series has no visits from 2026-11-30 on."
says "which the card says" "eva, until 2026-11-29"
run Clients yusuf 1 "end a series"
says "D15: where there is none that is said" "There is no series to end."

# --- a client's details --------------------------------------------------------------------------
run "new client" "Alva Ö" "" "070-123 45 67" "" "" "" "" "" eva "" "" "" 1999-09-14 "" "" "" "the card"
walked "D15: a new client" 0
says "is added" "The client is added."
says "and has a card" "Alva Ö, born 1999-09-14"
says "with what was typed" "Telephone: 070-123 45 67"
says "and its support worker" "Support worker: eva"
run "new client" ""
walked "D15: without a name" 1
says "it is refused" "A client needs a name."
run "new client" "Bo Ek" 20000831-2399
walked "D15: with somebody's number" 1
says "it is refused with the name" "Yusuf Essén has this number already."
run no Clients alva 1 change telephone 08-999 language somali "" "the card"
walked "D15: a card is changed" 0
says "as typed" "Telephone: 08-999"
says "and understood" "Language: Somali"
run Clients alva 1 change mandate 2028-06-30 "" "the card"
says "with the day on which a mandate ends" "Mandate ends: 2028-06-30"
run "To do" "Alva"
says "which is asked about in time" "2028-05-19"
run Clients alva 1 change mandate - ""
run "To do" ""
never_says "until it is taken away" "2028-05-19"
run Clients alva 1 log
walked "D15: the log of the card" 0
says "tells who opened it" "eva: opened the card"
says "and what was changed" "changed"
run Clients alva 1 "who else"
says "D15: who may open it is said where it is not protected" "identity is not protected"

# --- somebody protected --------------------------------------------------------------------------
run Clients alva 1 change address "Hemliga gatan 7" protected 2 ""
run Clients alva 1 "the card" no
walked "D15: a protected card" 0
says "is said to be so" "Only those assigned or named open this card."
never_says "and does not say the address" "Hemliga"
run Clients alva 1 "the card" yes
says "until it is asked for" "Address: Hemliga gatan 7"
run Clients alva 1 change telephone 08-998 "" "the card" yes
says "D15: it is kept when another row is changed" "Address: Hemliga gatan 7"
plain hanna Clients alva 1
walked "D15: a colleague who is not named" 1
never_says "opens nothing" "Consents and decisions"
run Clients alva 1 "who else" "name one" hanna "" log
says "D15: is named" "hanna is named and may open the card."
says "and the refusal stands in the log" "hanna: was not allowed to open the card"
plain hanna Clients alva 1 "the card" no
walked "D15: and then opens it" 0
run Clients alva 1 "who else" hanna ""
says "D15: and is named no more" "hanna is no longer named."
plain bo Clients yusuf 1 change
never_says "D15: a support worker changes no card" "Change the details"

# --- what it rests on ----------------------------------------------------------------------------
run Clients yusuf 1 "consents"
says "D15: no consent is recorded" "Nothing is recorded. Consents and decisions come from"

# --- visits before, and their new times ----------------------------------------------------------
run "the day" 20/11 yusuf "did not" u d 0 ""
run "the day" 20/11 yusuf "recorded before"
says "D15: what was recorded on a visit, by whom" "Now, recorded 2026-11-23 08:30 by eva:"
run "To do" "new time" open "" 15 "" "" "" "" "" "To do"
walked "D15: the new time of a visit that was not taken" 0
says "is planned from the task" "A new time for Yusuf Essén is planned: "
says "which is done" "The task is done."
says "and gone" "Nothing waits for you."
run "the day" 24/11 "whole unit" "your own"
says "D15: the unit's visits of a day" "The unit's visits on Tuesday 2026-11-24."

# --- tasks ---------------------------------------------------------------------------------------
run "To do" "add a task" "Ring hyresvärden" fri ""
walked "D15: a task of one's own" 0
says "is added" "The task is added."
says "and in the list" "Friday 2026-11-27: Ring hyresvärden"
run yes .drop yes
walked "a page that nobody goes on with is thrown away" 0
run "To do" "add a task" "Köp nycklar"
run no
says "one that is cut off is offered" "A new task, –: begun and not saved"
run yes 2 fri ""
walked "and gone on with" 0
says "is added too" "The task is added."

# --- placements, institutions --------------------------------------------------------------------
run Clients liv 1 placements new Björken yes 1 2026-01-12 2026-10-31 "" "" "" change 3 30/10 ""
walked "D15: a placement with an institution that is not in the list" 0
says "which is added" "The institution is in the list."
says "is added" "The placement is added."
says "and read" "Björken, 2026-01-12 to 2026-10-31."
says "D15: a placement is changed" "Björken, 2026-01-12 to 2026-10-30."
run Clients liv 1 placements 1 change 5 both "" ""
walked "D13: both parents are asked" 0
says "each in an interview of their own" "The other parent: not begun"
run Clients liv 1 placements 1 other begin .paper ordinary "$work/other.pdf" .leave "" ""
pdftotext -layout "$work/other.pdf" - >"$out"
says "whose paper says who answers" "The other parent"
plain hanna Clients liv 1 placements new "" 2026-11-02
plain hanna yes .leave
says "D15: one that is cut off is offered" "New placement, Liv Åkerlund: begun and not saved"
says "with what was typed" "First day: 2026-11-02"
run no institutions björken 1 Granen granen "take it out" ""
walked "D15: an institution" 0
says "gets another name" "Granen: saved."
says "and is taken out of use" "Granen is no longer offered for new placements."

# --- papers --------------------------------------------------------------------------------------
is_pdf() { [ "$(head -c 4 "$1")" = %PDF ]; }
run no Clients yusuf 1 plan Kö . .paper large "$work/begun.pdf" .leave ""
walked "D15: a paper of a form that is begun" 0
says "says where it lies" "The paper lies in $work/begun.pdf."
check "and is one" is_pdf "$work/begun.pdf"
run no Clients yusuf 1 "new form" SIP .paper answers "" .paper "The plan" ordinary "$work/plan.pdf" \
    .leave ""
walked "D15: a SIP has several papers" 0
check "and the one that was chosen is written" is_pdf "$work/plan.pdf"
run no Clients yusuf 1 "Forms, begun" Action .paper ordinary "$work/begun.pdf" .leave ""
says "D15: a file that is there is left as it is" "it is left as it is"
run no Clients yusuf 1 Log ""
says "D15: each is in the log" "paper"

# --- the week ------------------------------------------------------------------------------------
run no "The week" 2026-W47 "not present" 1 "" "" "line of" run "week before" ""
walked "D15: the week's review" 0
says "shows the visits behind a figure" "Fri 2026-11-20 09:00 Yusuf Essén, 60 min, eva: Not present"
says "the line of weeks" "Week 47: "
says "and the week before" "Week 46, 9–15 November 2026"

# --- .help ---------------------------------------------------------------------------------------
run .help "the day" .help "" .help "" Clients .help yusuf .help 1 .help "new visit" .help fri \
    "" .help
says "D15: .help is told in a menu" "Type the number of a line or the beginning of a word in it."
says "at a question" "Type what is asked for, and Enter."
says "on a page" "An empty line keeps what stands there"
run .help no Clients
says "D15: and at the offer of a draft" "Type what is asked for, and Enter."
# --- improvement work ----------------------------------------------------------------------------
run "improvement work"
walked "a unit without improvement work" 0
says "says so" "There is no improvement work yet."
run "improvement work" "new improvement" "Fler besök blir av" "Att fler får stöd." "Andelen." mycket 12 "" "" ""
walked "what is no share is refused" 1
says "with what to type" "A number from 0 to 100, or nothing."
run yes 4 12 5 2026-08-10 ""
walked "what was begun is gone on with from the start" 0
says "and saved" "Saved."
run "improvement work" Fler "new change" "small test" "Kortare besök" 2026-11-16 no "Fler orkar." "" "" "Längre igen."
walked "a test of it is begun and left" 0
run "improvement work" Fler "new change" yes ""
walked "and gone on with" 0
says "as it was left" "Längre igen."
says "and saved" "Saved."
run "improvement work" Fler Kortare happened "De flesta orkade." "" ""
walked "what happened is written" 0
says "and stands there" "What happened: De flesta orkade."
run "the week" 2026-W46 "a note" "Influensa i huset" ""
walked "a note on a week" 0
says "is kept" "The note is kept."
run "the week" 2026-W47 "the line" run ""
says "and stands on the line" "Note: Influensa i huset"
run clients yusuf 1 quotes "note words" "Yusuf är nöjd." .leave
walked "words with the client's name" 0
run clients yusuf 1 quotes "note words" yes 3 yes ""
walked "are not shown" 1
says "which is said" "name stands in the words"
run clients yusuf 1 quotes "note words" yes 1 "Skönt att ni ringde." 3 no ""
walked "nor any without a yes" 1
says "which is said" "Ask the client first."
run clients yusuf 1 quotes "note words" yes 3 yes ""
walked "with one they are kept" 0
says "for the meeting" "The words are kept for the next meeting."
done_ "the page for the meeting" as_eva report meeting --pdf "$work/cli.pdf"
run "improvement work" Fler "the page" "$work/plain.pdf"
walked "is written from the lines too" 0
check "to the byte the same" cmp -s "$work/cli.pdf" "$work/plain.pdf"
pdftotext -layout "$work/cli.pdf" - >"$out"
says "the words stand on it" "Skönt att ni ringde."
never_says "the name does not" "Yusuf"
run clients yusuf 1 quotes 1 yes
says "they are taken back" "They stand on no paper any more."
done_ "and the page again" as_eva report meeting --pdf "$work/cli.pdf" --replace
pdftotext -layout "$work/cli.pdf" - >"$out"
never_says "is without them" "Skönt att ni ringde."
refused "no page of a work that is not there" 1 "Choose one of: Fler besök blir av" \
    as_eva report meeting --work Annat --pdf "$work/none.pdf"
refused "nor without a file" 2 "--pdf FILE" as_eva report meeting
run clients yusuf 1 "the visits on paper" "$work/visits.pdf"
walked "a client's visits on paper" 0
done_ "and from the command line" as_eva export visits --client B1 --words --pdf "$work/visits-cli.pdf"
check "are the same to the byte" cmp -s "$work/visits.pdf" "$work/visits-cli.pdf"
run clients yusuf 1 journal "write a note" "Systern ringde." "Han sover igen." "" "Lena, syster" "" 9:30 ""
walked "a call is noted" 0
says "in the journal" "The note stands in the journal."
run clients yusuf 1 journal 2 yes 1 "Systern ringde. Han sover." ""
walked "and corrected" 0
says "read aloud before" "2026-11-23 09:30, Telephone call, Lena, syster."
says "with the words apart" "Own words: Han sover igen."
run clients yusuf 1 journal 3
walked "what was corrected" 0
says "is read too" "Corrected since: the note above holds."
run clients yusuf 1 journal "write a note" "" "" "" "" "" "" ""
walked "nothing at all" 1
says "is no note" "Write what was said or came in."
run clients yusuf 1 away "in hospital" "2026-12-06" "" "Ring systern." ""
walked "D1: a client is away" 0
says "with what it does" "Away 2026-11-23 to 2026-12-06, in hospital: Ring systern."
run clients yusuf 1 "the card"
says "which stands on the card" "Away: 2026-11-23 to 2026-12-06, in hospital: Ring systern."
run clients yusuf 1 away 2 1 2 "2026-11-30" ""
walked "it becomes shorter" 0
says "and is read again" "Away 2026-11-23 to 2026-11-30, in hospital: Ring systern."
done_ "the quarter's absences" as_eva report absences
says "are counted" "Away: in hospital: 1 absence, 1 day,"
done_ "and as JSON" as_eva report absences --quarter 2026-Q4 --json
says "with the cause" '"cause" : "away-hospital"'
run clients yusuf 1 away 2 2
walked "it was a mistake" 0
says "and is taken away" "The absence is taken away."
run clients yusuf 1 "the help ends" "has moved" "2026-12-06" "another unit" 6 "" ""
walked "the help ends" 0
says "with what it does" "The help ended 2026-12-06, has moved. Then: another unit or municipality."
run clients yusuf 1 "the card"
says "which stands on the card" "Ended: 2026-12-06, has moved."
done_ "the quarter's closings" as_eva report closings
says "are counted" "Clients whose help ended from 2026-10-01 to 2026-12-31: 1."
says "by why" "Why: has moved: 1."
done_ "and as JSON" as_eva report closings --quarter 2026-Q4 --json
says "with what followed" '"follows" : "other-unit"'
run clients yusuf 1 "the help ends" 2
walked "it was a mistake" 0
says "and goes on" "The client comes here again."
run "somebody rang" "Lena, syster" 070-1 yusuf "Vill veta hur det går." "" "yesterday 16:30" ""
walked "somebody who rang is noted" 0
says "whom it is about is said" "Yusuf Essén."
says "with the 48 hours from when it came" "calls back by 2026-11-24 16:30 at the latest."
run "to do" 1 "they have rung again"
walked "they ring again" 0
says "their hours stand in the list" "Call back: Lena, syster (32 hours left)"
says "and it is counted" "Counted: they have rung again."
run "to do" 1 "i do it" "how many" "calls to return" ""
walked "whoever takes it" 0
says "and the quarter" "Reminders in the quarter: 1; in the year so far: 1."
run "to do" 1 "give it" eva "Hinner inte." ""
walked "a task is given to a colleague" 0
says "who is told" "Given to: eva"
run "to do" 1
says "with a word" "Hinner inte."
run Clients liv 1 "consents" "enter a decision" granted "" "" "" "" 2027-11-30 20 "" "" "" 4.2 ""
walked "a decision is entered" 0
says "to its last day" "Noted: Granted, to 2027-11-30."
run Clients liv 1 "consents" 1
says "and read" "By the: Social Services Act (2025:400), 11 kap. 1 §"
says "with its hours" "Hours a month: 20 h; in November"
says "by whom" "Delegation: 4.2"
run Clients liv 1 "consents" 1 "Write it" "$work/decision.pdf"
walked "a decision is written on paper" 0
says "for the person" "The paper lies in $work/decision.pdf."
check "which is a PDF" [ -s "$work/decision.pdf" ]
run Clients liv 1 "consents" 1 "Correct it" 7 10 ""
walked "one is corrected" 0
says "and what it says now" "Corrected: Granted, to 2027-11-30. The earlier wording is kept."
run Clients liv 1 "consents" 1
says "with what it said before" "Before: Hours a month 20 h."
run Clients liv 1 "consents" 1 "Order it" "Boendestöd Syd" ""
run no
says "an order that is cut off is offered" "Order, Liv Åkerlund: begun and not saved"
run Clients liv 1 "consents" 1 "Order it" no .drop yes
run Clients liv 1 "consents" 1 "Order it" "Boendestöd Norr" "" "Egen ekonomi." "" "" 08-1 "" "" ""
walked "it is ordered" 0
says "with the day for the plan" "The order is noted. The plan is to have come on 2026-12-07."
run Clients liv 1 "consents" 2 "Write it" "$work/order.pdf"
says "the order is written on paper" "The paper lies in $work/order.pdf."
run Clients liv 1 "consents" 2 "Note that" today
says "that it was sent is noted" "It is noted that the order was sent."
run Clients liv 1 "consents" 2 "It was made"
says "one that was sent is kept" "The order has been sent and is kept."
run Clients liv 1 "consents" 3 "It has come" 5 "Vi skrev"
run no
says "a plan that is cut off is offered" "Implementation plan, Liv Åkerlund: begun and not saved"
run Clients liv 1 "consents" 3 "It has come" no .drop yes
run Clients liv 1 "consents" 3 "It has come" 2 today 3 2 4 2 5 "Vi skrev ihop." 6 2027-02-22 ""
walked "the plan comes" 0
says "and is followed up" "The plan came on 2026-11-23, and is followed up on 2027-02-22."
run Clients liv 1 "consents" 3
says "with the person's part" "Had part in it: yes"
done_ "the quarter's plans" as_eva report plans
says "are counted" "The person had part in it: yes 1, partly 0, no 0, not known 0."
done_ "and as JSON" as_eva report plans --quarter 2026-Q4 --json
says "in time" '"in_time" : 1'
done_ "a team lead sets the days" as_eva report plans --days 21
says "which are said" "The unit gives 21 days from the order."
done_ "the quarter's waits" as_eva report waits --sip-call 5
says "are counted" "From decision to implementation plan: 1, median 0 days, longest 0 days."
says "with what is set" "Within the aim of 21 days: 1 of 1."
done_ "and as JSON" as_eva report waits --quarter 2026-Q4 --json
says "each by its name" '"wait" : "sip-call"'
says "with its aim" '"aim_days" : 5'
run "to do" "how many" "implementation plans" 2026-Q3 "implementation plans" "" ""
says "and in lines, of another quarter" "Implementation plans due from 2026-07-01 to 2026-09-30: 0."
says "and of this one" "Implementation plans due from 2026-10-01 to 2026-12-31: 1."
run Clients liv 1 "consents" 1 "It was entered"
says "a decision that was ordered by stays" "An order has been sent by this decision."
run Clients liv 1 "consents" "enter a decision" granted "" "" "" "" 2028-11-30 "" "" "" "" 4.2 ""
run Clients liv 1 "consents" 1 "It was entered"
says "and taken away" "The decision is taken away. The log keeps it."
# Out with a time when somebody rings, seen by a colleague when it is late, and settled.
plain bo "out on" 9.30 ""
walked "out on a visit" 0
says "which is noted" "Noted that you are out."
run ""
never_says "nobody is late" "LATE"
DAGSFORM_NOW=2026-11-23T09:31 plain eva "out on" yes
says "who is late stands first" "was to be back 09:30"
says "and is reached" "Noted: the colleague has been reached."
plain bo ""
never_says "and is out no more" "You are out"
run "The day" "" 1 "two go" bo "" ""
walked "two go" 0
says "who goes along is said" "Two go: bo goes along."
plain bo "The day" ""
says "and has it in the day" "Yusuf Essén"
run "The day" "" 1 ""
says "and stands at the visit" "Two go: bo"
run Clients liv 1 "note on risk" yes "The dog is loose." ""
walked "a note on risk" 0
run Clients liv 1 "note on risk" no
says "is read by those who go" "Risk: The dog is loose."
# A consent without a form, another in its place, and a later no: one says which holds.
run Clients liv 1 "consents" "enter a consent" yes "the health centre" "how it goes" "" "" "" +26w "" "" ""
walked "a consent is entered" 0
says "with its last day" "Noted: yes, until 2027-05-24."
run Clients liv 1 "consents" 1 "change it" yes "" "" "" "" "" +20w "" "" ""
walked "another takes its place" 0
run Clients liv 1 "consents" "enter a consent" no "" "" "" "" "" "" "" "" "" "the no holds"
walked "a later no is entered" 0
says "what it meets is said" "yes, a later no: which holds?: the health centre"
says "and which holds" "Noted: The no holds."
run Clients liv 1 "consents" 2
says "the consent is withdrawn" "Consent, withdrawn 2026-11-23"
# 23/11 is Monday: bo is in for eva, who has visits then.
run "a colleague is away" eva bo 24/11 23/11 "Nyckeln i skåpet." ""
walked "a colleague is away" 0
says "and somebody covers" "bo covers for eva, 2026-11-23 to 2026-11-24: "
plain bo "the day" ""
says "who is told, with a word" "You cover for eva to Tue 2026-11-24: “Nyckeln i skåpet.”"
says "and has the visits" "Liv Åkerlund, 90 min, bo for eva: "
plain bo "to do"
says "and the tasks" "You cover for eva to Tue 2026-11-24"
run "the day" ""
says "as the colleague is told" "bo covers for you to Tue 2026-11-24."
plain bo "a colleague is away" hanna bo "" "" "" "" .drop yes
says "nobody gives it to themselves" "Who covers for a colleague is said by the colleague"
run "a colleague is away" "bo covers" "is back"
walked "the colleague is back" 0
says "and nobody covers" "Nobody covers from today on"
run "somebody rang" "" "" "" "" "" "" ""
walked "nobody" 1
says "is no call" "Write who rang, or the number."
done_ "the command" as_eva report calls
says "says the same" "Reminders in the quarter: 1; in the year so far: 1."
done_ "and as JSON" as_eva report calls --quarter 2026-K4 --json
says "with its numbers" '"waiting" : 1'
refused "a quarter that is none" 2 "is no quarter" as_eva report calls --quarter 2026-Q5
refused "an aim belongs to the calls" 2 "belongs to dagsform report calls" as_eva report week --most 9
run "improvement work" Fler "change or end" ended 2026-11-23 "" ""
walked "the work is ended" 0
refused "then there is nothing to meet about" 1 "No improvement work goes on" \
    as_eva report meeting --pdf "$work/none.pdf"

all_is_well "and all is well"

finish
