#!/bin/bash
# Installs into a folder of its own, runs the program from there, takes it away again, and looks that
# nothing is left and that nothing else was written.
set -u
. tests/tap.sh

build=${B:-build} # as make was given it: another spelling would be other flags
version=$(sed -n 's/^VERSION := //p' Makefile)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
# The program is to find its own files; the tests' build folder must not help it.
unset DAGSFORM_SHARE

# The program finds its files beside itself, wherever it is laid.
prefix=${PREFIX:-/usr/local}
as_make() {
    make --no-print-directory B="$build" DESTDIR="$root" "$@" >"$root.log" 2>&1 || {
        cat "$root.log"
        return 1
    }
}

check "make install" as_make install
bin=$root$prefix/bin/dagsform
check "the program is there" test -x "$bin"
for file in share/man/man1/dagsform.1 share/doc/dagsform/COPYING share/doc/dagsform/README.md \
    share/locale/sv/LC_MESSAGES/dagsform.mo share/locale/en/LC_MESSAGES/dagsform-forms.mo \
    share/locale/fi/LC_MESSAGES/dagsform.mo; do
    check "$file is there" test -s "$root$prefix/$file"
done
for form in forms/*.yaml; do
    [ -e "$form" ] || continue
    check "$form is there" cmp -s "$form" "$root$prefix/share/dagsform/$form"
done
is "it says its version" "$("$bin" --version 2>&1 | cut -d , -f 1)" "dagsform $version"
is "no build path stands in what is installed" \
    "$(grep -rlF "$(realpath "$build")" "$root$prefix/share" | head -n 3)" ""
check "it runs from there" bash -c "cd / && '$bin' idnumber --help >/dev/null"
swedish=$(cd / && "$bin" --help --lang sv)
english=$(cd / && "$bin" --help --lang en)
result "$([ -n "$swedish" ] && [ "$swedish" != "$english" ]; echo $?)" "it finds its translations"

own=$root$prefix/share/dagsform/forms/own.yaml
touch "$own"
check "make uninstall beside a form of somebody's own" as_make uninstall
is "only what was not installed is left" "$(cd "$root" && find . -type f -o -type l)" \
    ".$prefix/share/dagsform/forms/own.yaml"
rm "$own"
check "make uninstall once more" as_make uninstall
is "no folder of its own is left" "$(find "$root" -name '*dagsform*')" ""
rm -f "$root.log"

# The tarball of one commit is the same each time, and holds what is tracked.
if git rev-parse -q --verify HEAD >/dev/null 2>&1; then
    pack() {
        git archive --format=tar --prefix="dagsform-$version/" HEAD | gzip -9n | sha256sum
    }
    first=$(pack)
    is "the same commit packs to the same bytes" "$(pack)" "$first"
else
    skip "the same commit packs to the same bytes" "this is no repository"
fi
finish
