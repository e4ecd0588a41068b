#!/bin/bash
# Forms on the command line: listed, checked, shown, handed out and taken in, without a database.
set -u
. tests/cli/setup
export XDG_DATA_HOME="$work/home"

program --help >"$out"
check "--help has forms" has $'\n  forms '
refused "no act" 2 "dagsform forms list" program forms
refused "an unknown act" 2 "dagsform forms list" program forms praise sip
refused "show of nothing" 2 "check|show" program forms show
refused "show of two" 2 "check|show" program forms show sip ubu-ungdom
refused "export as nothing" 2 "--fhir or --pdf" program forms export sip
refused "export as both" 2 "--fhir or --pdf" program forms export sip --fhir --pdf
refused "import as nothing" 2 "import --fhir FILE" program forms import x.json
refused "a PDF without a file" 2 "-o FILE" program forms export sip --pdf
refused "a form that is not there" 1 "no form called nothing" program forms show nothing
refused "a file that is not there" 1 "$work/none.yaml" program forms show "$work/none.yaml"

# --- list ----------------------------------------------------------------------------------------
done_ "the shipped forms are listed" program forms list
check "with name, version, title, kind and number" \
    has 'ubu-ungdom, version 1: Follow-up after a placement: the child or young person. Interview, 24 questions.'
is "each once" "$(grep -c '^[a-z].*version' "$out")" "$(ls forms/*.yaml | wc -l)"
mkdir "$work/forms"
sed 's/^version: .*/version: egen/' forms/avbokning.yaml >"$work/forms/avbokning.yaml"
done_ "the unit's own too" program forms list --db "$work/unit.db"
check "its own goes first" has "$work/forms/avbokning.yaml (the unit's own)"
check "and that is said of the other" has 'avbokning.yaml (the unit'"'"'s own goes first)'
done_ "as JSON" program forms list --json --db "$work/unit.db"
for member in '"name" : "avbokning"' '"version" : "egen"' '"own" : true' '"in_force" : false' \
    '"questions" : 47' '"kind" : "interview"'; do
    check "JSON has $member" has "$member"
done
done_ "a form is found by its name in the unit's folder" program forms show avbokning \
    --db "$work/unit.db"
check "and is the unit's own" has 'Form avbokning, version egen.'

# --- check ---------------------------------------------------------------------------------------
done_ "every shipped form holds together" program forms check forms/*.yaml
is "and is named" "$(grep -c 'holds together' "$out")" "$(ls forms/*.yaml | wc -l)"
printf 'name: trasig\nversion: 1\ntitle: T\nitem:\n- {linkId: a, type: chioce, text: A}\n' \
    >"$work/trasig.yaml"
printf 'name: annan\nversion: 1\ntitle: Avbokat besök\nitem:\n- {linkId: a, type: text, text: Nytt}\n' \
    >"$work/egen.yaml"
check_status=0
program forms check "$work/trasig.yaml" "$work/egen.yaml" >"$out" 2>"$err" || check_status=$?
is "a form with a fault exits with 1" "$check_status" 1
check "with file, line, item and remedy" \
    has "$work/trasig.yaml, line 5, item “a”: “type” cannot be “chioce”. Write one of these"
check "a text without a translation is a warning" has "“Nytt” has no translation"
check "and so is another name than the file's" has "should be called annan.yaml"
done_ "warnings alone exit with 0" program forms check "$work/egen.yaml"
program forms check --json "$work/trasig.yaml" "$work/egen.yaml" >"$out" 2>"$err"
for member in '"valid" : false' '"valid" : true' '"fault" : "' '"questions" : 1'; do
    check "JSON has $member" has "$member"
done

# --- show, pot -----------------------------------------------------------------------------------
done_ "a form is shown" program forms show sip
check "with numbers" has '  5. Is the person under 18? (yes or no) Must be answered.'
check "with keys" has 'j: Yes'
check "with conditions in words" has 'Answer only if the answer to question 7 is'
done_ "in Swedish" "$DAGSFORM" forms show sip --lang sv
check "has Swedish questions" has '5. Är personen under 18 år?'
done_ "in Finnish" "$DAGSFORM" forms show avbokning --lang fi
check "has Finnish titles" has $'\nPeruttu käynti\n'
done_ "a template for translators" program forms pot forms/avbokning.yaml forms/sip.yaml \
    -o "$work/forms.pot"
check "is one" msgfmt --check-format -o /dev/null "$work/forms.pot"
check "with file and line" has "#: forms/avbokning.yaml:$(grep -n '^title:' forms/avbokning.yaml |
    cut -d: -f1)" "$work/forms.pot"
is "and each text once" "$(grep -cF 'msgid "Annat"' "$work/forms.pot")" 1
refused "over a file that is there" 1 "--force" program forms pot sip -o "$work/forms.pot"

# --- FHIR ----------------------------------------------------------------------------------------
done_ "a form is exported" program forms export sip --fhir -o "$work/sip.json"
check "as a Questionnaire" has '"resourceType" : "Questionnaire"' "$work/sip.json"
check "with translations" has 'StructureDefinition/translation' "$work/sip.json"
done_ "and imported" program forms import --fhir "$work/sip.json" -o "$work/sip.yaml"
done_ "into a form that holds together" program forms check "$work/sip.yaml"
done_ "which is exported again" program forms export "$work/sip.yaml" --fhir -o "$work/sip2.json"
check "to the same bytes" cmp "$work/sip.json" "$work/sip2.json"
refused "import over a file that is there" 1 "--force" program forms import --fhir \
    "$work/sip.json" -o "$work/sip.yaml"
done_ "but with --force" program forms import --fhir "$work/sip.json" -o "$work/sip.yaml" --force
is "nothing is left beside it" "$(ls "$work" | grep -c 'sip.yaml')" 1
program forms import --fhir tests/fuzz/corpus/fhir/foreign.json >"$work/foreign.yaml" 2>"$err"
is "what is not understood does not stop" "$?" 0
check "but is named" has 'Questionnaire.item[0].prefix: 1.' "$err"
done_ "and the rest is a form" program forms check "$work/foreign.yaml"
# C7: what is dropped is told in the JSON too, and a refused file names every fault.
done_ "C7: imported as JSON" program forms import --fhir --json tests/fuzz/corpus/fhir/foreign.json
for member in '"valid" : true' '"Questionnaire.item[0].prefix: 1."' '"form" : "name: Sample_Form'; do
    check "C7: JSON has $member" has "$member"
done
check "C7: and nothing is on standard error" test ! -s "$err"
done_ "C7: the form in a file" program forms import --fhir --json \
    tests/fuzz/corpus/fhir/foreign.json -o "$work/foreign2.yaml"
check "C7: is the same form" cmp "$work/foreign.yaml" "$work/foreign2.yaml"
check "C7: and not in the JSON" has_not '"form"'
program forms import --fhir tests/fuzz/corpus/fhir/faults.json >"$out" 2>"$err"
is "C7: a file with faults exits with 1" "$?" 1
is "C7: and every fault is named" "$(grep -c 'faults.json, Questionnaire' "$err")" 4
program forms import --fhir --json tests/fuzz/corpus/fhir/faults.json >"$out" 2>"$err"
is "C7: as JSON too" "$?" 1
is "C7: with every fault" "$(grep -c 'faults.json, Questionnaire' "$out")" 4
check "C7: as not valid" has '"valid" : false'
echo '{"resourceType":"Bundle"}' >"$work/bundle.json"
refused "another resource" 1 "$work/bundle.json, resourceType" program forms import --fhir \
    "$work/bundle.json"
refused "no JSON" 1 "This is not JSON" program forms import --fhir forms/sip.yaml
refused "no file" 1 "$work/none.json" program forms import --fhir "$work/none.json"
refused "a folder" 1 "is a folder" program forms import --fhir "$work"
if [ -e /dev/full ]; then
    program forms show sip >/dev/full 2>"$err"
    is "a full disk is told" "$?" 1
fi

# --- PDF -----------------------------------------------------------------------------------------
done_ "a blank form as PDF" program forms export ubu-ungdom --pdf -o "$work/ungdom.pdf"
is "is one" "$(head -c 5 "$work/ungdom.pdf")" "%PDF-"
refused "over a file that is there" 1 "already" program forms export ubu-ungdom --pdf \
    -o "$work/ungdom.pdf"
done_ "in large print, with --force" program forms export ubu-ungdom --pdf --large --force \
    -o "$work/ungdom.pdf"
is "nothing is left beside it" "$(ls "$work" | grep -c 'ungdom.pdf')" 1
check "no database was made" test ! -e "$work/unit.db"
finish
