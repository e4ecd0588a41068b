#!/bin/bash
# What a passphrase costs to try: in the program that is shipped nothing makes it cheap (B7).
set -u
. tests/cli/setup

shipped=$DAGSFORM_BUILD/bin/dagsform
# costs FILE: the passes and KiB of each user's slot, from the places of vault_file.h, a line each.
costs() {
    users=$(($(od -An -t u4 -j 37 -N 4 "$1"))) slot=0
    while [ "$slot" -lt "$users" ]; do
        # shellcheck disable=SC2046
        echo $(od -An -t u4 -j $((41 + slot * 289 + 33)) -N 8 "$1")
        slot=$((slot + 1))
    done
}
# dear FILE: each costs at least three passes over 256 MB.
dear() { ! costs "$1" | grep -qvE '^([3-9]|10) 262144$'; }
# With whatever was once said to make it cheap, and what one might think of.
with_shipped() {
    env -u DAGSFORM_NOW DAGSFORM_TEST_KDF=minimum DAGSFORM_KDF=minimum "$shipped" "$@" --lang en
}

check "no such word stands in it" sh -c "! grep -q TEST_KDF '$shipped'"
mkdir "$work/dear"
with_shipped init --db "$work/dear/unit.db" --unit E --user eva --role administrator \
    --passphrase-file "$work/pass" >/dev/null 2>&1
check "what it makes is dear to try" dear "$work/dear/unit.keys"

# A unit whose slots cost next to nothing, as the tests' program makes them.
make_unit
echo 'helt ny lång fras' >"$work/pass2"
as_eva user add ada --role administrator --new-passphrase-file "$work/pass2" >/dev/null
result "$(dear "$work/unit.keys" && echo 1 || echo 0)" "what the tests make is cheap"
is "two slots of it" "$(costs "$work/unit.keys" | sort -u)" "1 8"

# The unit can ask for more, never for less.
mkdir "$work/asked"
empty_unit "$work/asked/unit" # with two users
asked() {
    program "$@" --db "$work/asked/unit.db" --user ada --passphrase-file "$work/pass2"
}
refused "less than must be" 1 "from 3 to 10" asked user cost 2
refused "more than may be" 1 "from 3 to 10" asked user cost 11
refused "no number" 1 "from 3 to 10" asked user cost dear
done_ "seven passes are asked for" asked user cost 7
check "and said with their time" line "$out" 'A try of a new passphrase takes 7 passes over 256 MB: *.* seconds on this computer.'
is "those who are there cost what they did" "$(costs "$work/asked/unit.keys" | sort -u)" "1 8"
done_ "at the next sign-in" asked user list
is "the one who signs in costs as much" "$(costs "$work/asked/unit.keys" | sort)" "1 8
7 8"
done_ "and somebody new" asked user add bo --role support-worker --new-passphrase-file "$work/pass"
is "does from the start" "$(costs "$work/asked/unit.keys" | grep -c '^7 8$')" 2
refused "not by whoever manages no users" 1 "" program user cost 8 --db "$work/asked/unit.db" --user bo \
    --passphrase-file "$work/pass"
asked check >"$out" 2>"$err"
check "check says who is cheaper still" line "$out" 'The passphrase of eva is soon guessed*'

as_shipped() { with_shipped "$@" --db "$work/unit.db" --user eva --passphrase-file "$work/pass"; }
as_shipped check >"$out" 2>"$err"
is "check fails" "$? $(cat "$err")" "1 "
check "and says whose is cheap" line "$out" 'The passphrase of ada is soon guessed*'
is "but for the one who has just signed in" "$(grep -c 'soon guessed' "$out")" 1
is "whose slot has been raised" "$(costs "$work/unit.keys" | grep -c 262144)" 1
done_ "so is the other one's, without a word; check has no more to say" with_shipped check \
    --db "$work/unit.db" --user ada --passphrase-file "$work/pass2"
check "all is well" line "$out" 'All is well*'
check "and now all are dear" dear "$work/unit.keys"
check "their copy too" dear "$work/unit.keys.copy"
done_ "a passphrase is changed" as_shipped user passwd eva --new-passphrase-file "$work/pass2"
check "and that is dear too" dear "$work/unit.keys"
# What is no file in the place of one: nobody waits for it.
rm "$work/asked/unit.keys"
mkfifo "$work/asked/unit.keys" "$work/pipe"
asked user list >"$out" 2>"$err"
is "a pipe in the place of the key file" "$?" 0
check "is told as damage that the copy mends" sentence "$err" "The key file was damaged, and its copy"
check "and is a file again" test -f "$work/asked/unit.keys"
refused "a pipe for one's own key file" 1 "no key file of a user" asked user list --key-file "$work/pipe"
ln -s /dev/zero "$work/endless"
refused "an endless device for one's own key file" 1 "no key file of a user" asked user list \
    --key-file "$work/endless"
refused "or for a database" 1 "a device or a pipe, and no database" program user list \
    --db "$work/endless" --user ada --passphrase-file "$work/pass2"
mv "$work/asked/unit.keys" "$work/kept"
ln -s /dev/zero "$work/asked/unit.keys"
asked user list >"$out" 2>"$err"
is "an endless device in the place of the key file" "$?" 0
check "is told as damage too" sentence "$err" "The key file was damaged, and its copy"
check "and is a file again, no link" test ! -L "$work/asked/unit.keys"
check "the device is as it was" test -c /dev/zero
rm -f "$work/asked/unit.db-journal"
mkfifo "$work/asked/unit.db-journal"
refused "a pipe in the place of the journal" 1 "database" asked user list
rm "$work/asked/unit.db-journal"
done_ "without it all is as before" asked user list
for file in "$XDG_STATE_HOME"/dagsform/*.ini; do
    rm "$file"
    ln -s /dev/zero "$file"
    done_ "an endless device for what is remembered" asked user list
    rm -f "$file"
    mkfifo "$file"
    done_ "a pipe for it" asked user list
    rm -f "$file"
done
for place in "$work/asked" "$work/asked/unit.db" "$work/asked/unit.keys"; do
    chmod o+w "$place"
    asked user list >"$out" 2>"$err"
    check "whether everybody may write is told" sentence "$err" "chmod o-w $place"
    chmod o-w "$place"
done
ln "$work/asked/unit.db" "$work/asked/other.db"
asked user list >"$out" 2>"$err"
is "a database with another name" "$?" 0
check "which is told" sentence "$err" "has another name too"
rm "$work/asked/other.db"
done_ "no more" asked user list
check "when it has none" has_not "another name" "$err"
refused "a passphrase without an end" 1 "The passphrase is too long" program user list \
    --db "$work/asked/unit.db" --user ada --passphrase-file /dev/zero

# Memory that cannot be locked is used all the same, and said.
unlocked() { (ulimit -l 0 && without_rights env -u DAGSFORM_NOW "$shipped" "$@" --lang en); }
unlocked check --db "$work/unit.db" --user eva --passphrase-file "$work/pass2" >"$out" 2>"$err"
is "where memory cannot be locked the program works" "$?" 0
check "and says what to do" line "$out" "This computer may write Dagsform's keys to its disk*"
unlocked user list --db "$work/unit.db" --user eva --passphrase-file "$work/pass2" >"$out" 2>"$err"
check "so does every other command, and nothing else" sentence "$err" "may write Dagsform's keys to its disk"
finish
