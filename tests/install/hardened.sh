#!/bin/bash
# Looks at the program as it is built and installed: what its hardening is on the binary itself, that a
# folder's name leaves no trace in it, and that the list of its parts names every library it loads.
set -u
. tests/tap.sh

build=${B:-build}
bin=$build/bin/dagsform
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
as_make() {
    make --no-print-directory "$@" >"$root/log" 2>&1 || { cat "$root/log" && return 1; }
}

headers=$(readelf -Wl "$bin")
dynamic=$(readelf -Wd "$bin")
symbols=$(nm -D --undefined-only "$bin")

is "it is laid at an address of its own each time" "$(readelf -h "$bin" | awk '/Type:/ { print $2 }')" DYN
check "its tables are read-only once it runs" grep -q GNU_RELRO <<<"$headers"
check "every function is found at start" grep -Eq 'BIND_NOW|FLAGS.*NOW' <<<"$dynamic"
is "its stack is not run" "$(awk '$1 == "GNU_STACK" { print $7 }' <<<"$headers")" RW
is "no part of it is both written and run" "$(awk '$1 == "LOAD" && / [R ]WE /' <<<"$headers")" ""
is "it looks for libraries where the system does" "$(grep -E 'RPATH|RUNPATH' <<<"$dynamic")" ""
check "a stack that is written past is noticed" grep -q '__stack_chk_fail' <<<"$symbols"
if grep -Eq -- '-O[123s]' "$build/flags"; then
    check "the C library's copying is measured" grep -q '__memcpy_chk' <<<"$symbols"
    check "and as closely as it can be" grep -q -- '-D_FORTIFY_SOURCE=3' "$build/flags"
else
    skip "the C library's copying is measured" "it is built without optimization"
fi
if [ "$(uname -m)" = x86_64 ]; then
    check "a jump lands only where one was meant" \
        grep -q 'IBT, SHSTK' <<<"$(readelf -n "$build/src/main.o")"
else
    skip "a jump lands only where one was meant" "the processor does not watch it"
fi

check "make install" as_make B="$build" DESTDIR="$root/in" install
installed=$(find "$root/in" -name dagsform -type f -perm -100)
is "nothing for a debugger is installed" "$(readelf -WS "$installed" | grep -E '\.symtab|\.debug_')" ""

# As make compiles it, in two folders.
for folder in one another/deeper; do
    mkdir -p "$root/$folder"
    cp -r Makefile src tools "$root/$folder"
    as_make -C "$root/$folder" B=made made/src/base/secret.o
done
check "the same bytes from another folder" \
    cmp "$root/one/made/src/base/secret.o" "$root/another/deeper/made/src/base/secret.o"
is "no folder's name stands in the program" "$(grep -cF "$(realpath .)" "$bin")" 0

list=dist/dagsform-$(sed -n 's/^VERSION := //p' Makefile).spdx
check "make sbom" as_make sbom
check "the list of parts says its kind" grep -qx 'SPDXVersion: SPDX-2.3' "$list"
parts=$(grep -c '^PackageName:' "$list")
is "every part has a version" "$(grep -c '^PackageVersion: [0-9]' "$list")" "$parts"
is "every part has a licence" "$(grep -c '^PackageLicenseDeclared: [A-Z]' "$list")" "$parts"
# A library's file is named after what the linker was told, some with a number more.
known=" $(pkg-config --libs $(sed -n 's/^PackageName: //p' "$list" | grep -Ev '^(dagsform|fonts-)')) -lm -lc "
for library in $(sed -n 's/.*NEEDED.*\[lib\(.*\)\.so.*/\1/p' <<<"$dynamic"); do
    case $known in
    *" -l$library "* | *" -l${library%-[0-9]} "*) ;;
    *) unnamed="${unnamed:-} $library" ;;
    esac
done
is "every library it loads is from a part that is named" "${unnamed:-}" ""
finish
