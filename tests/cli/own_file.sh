#!/bin/bash
# A user who needs a key file of their own beside the passphrase.
set -u
. tests/cli/setup

program init --db "$work/unit.db" --unit Enheten --user eva --role administrator \
    --passphrase-file "$work/pass" >/dev/null 2>&1
echo 'bos egen långa fras' >"$work/bo-pass"
echo 'en helt annan lång fras' >"$work/bo-pass2"
as_bo() { program "$@" --db "$work/unit.db" --user bo --passphrase-file "$work/bo-pass"; }

done_ "a user is added who needs one" as_eva user add bo --role team-lead \
    --new-passphrase-file "$work/bo-pass" --new-key-file "$work/bo.nyckel"
check "it is told what to do with it" grep -q "also needs the key file" "$out"
is "it is the owner's alone" "$(stat -c %a "$work/bo.nyckel")" 400
as_bo report week >"$out" 2>"$err"
is "without it there is no signing in" "$?" 1
check "and it is said what is missing" grep -q "You also need your own key file .*--key-file FILE" "$err"
done_ "with it there is" as_bo report week --key-file "$work/bo.nyckel"
as_bo report week --key-file "$work/borta" >"$out" 2>"$err"
check "one that is not there is told" grep -q "cannot be read: No such file" "$err"
head -c 40 "$work/bo.nyckel" >"$work/skadad"
as_bo report week --key-file "$work/skadad" >"$out" 2>"$err"
check "a damaged one is told" grep -q "is damaged, or is no key file of a user" "$err"
as_eva user passwd bo --new-passphrase-file "$work/bo-pass" >"$out" 2>"$err"
is "the need is not lost by mistake" "$?" 1
check "but by saying so" grep -q -- "--without-key-file" "$err"
as_eva user passwd bo --new-passphrase-file "$work/bo-pass" --new-key-file "$work/bo.nyckel" >"$out" 2>"$err"
check "none is written over" grep -q "There is a file" "$err"
done_ "one's own passphrase is changed and the file kept" as_bo user passwd bo --key-file "$work/bo.nyckel" \
    --new-passphrase-file "$work/bo-pass2"
cp "$work/bo-pass2" "$work/bo-pass"
done_ "both open" as_bo report week --key-file "$work/bo.nyckel"
done_ "a new one is made" as_eva user passwd bo --new-passphrase-file "$work/bo-pass" \
    --new-key-file "$work/bo2.nyckel"
as_bo report week --key-file "$work/bo.nyckel" >"$out" 2>"$err"
check "the one before is told from it" grep -q "This is another key file than yours" "$err"
done_ "the new one opens" as_bo report week --key-file "$work/bo2.nyckel"
: >"$work/lines"
done_ "in lines too" sh -c "'$DAGSFORM' --plain --lang en --db '$work/unit.db' --user bo \
    --passphrase-file '$work/bo-pass' --key-file '$work/bo2.nyckel' <'$work/lines'"
done_ "it is taken away" as_eva user passwd bo --new-passphrase-file "$work/bo-pass" --without-key-file
done_ "and the passphrase is enough" as_bo report week
finish
