#!/bin/bash
# A new data key by one command: everybody signs in as before, and what was copied before does not open
# with the key file as it is now.
set -u
. tests/cli/setup
echo 'helt ny lång fras' >"$work/pass2"
differ() { ! cmp -s "$1" "$2"; }
as_ada() { program "$@" --db "$work/unit.db" --user ada --passphrase-file "$work/pass2"; }

make_unit
done_ "an administrator" as_eva user add ada --role administrator --new-passphrase-file "$work/pass2"
cp "$work/unit.db" "$work/before.db"
refused "a team lead may not" 1 "administrator" as_eva user rekey
refused "nor is anybody named" 2 "Write: dagsform user" as_ada user rekey eva
done_ "an administrator may" as_ada user rekey
check "and is told what became of it" has "everybody signs in as before"
done_ "once more" as_ada user rekey
done_ "the other one signs in as before" as_eva report week
done_ "the check" as_ada check
check "finds all well" line "$out" 'All is well*'
check "the pages are other pages" differ "$work/unit.db" "$work/before.db"
cp "$work/unit.db" "$work/now.db"
cp "$work/before.db" "$work/unit.db"
as_eva report week >"$out" 2>"$err"
is "the database from before does not open any more" "$?" 1
cp "$work/now.db" "$work/unit.db"
done_ "the one of now does" as_eva report week
finish
