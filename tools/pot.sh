#!/bin/sh
# Extracts every text a user sees into the template $1. No dates and no line numbers, so that a
# catalogue changes only when a text does.
set -eu
find src ui -name '*.c' -o -name '*.h' -o -name '*.def' | LC_ALL=C sort >"$1.files"
: >"$1"
xgettext --language=C --from-code=UTF-8 --force-po --no-wrap --add-location=file \
    --add-comments=TRANSLATORS: --package-name=dagsform --copyright-holder='' \
    --keyword= --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
    --keyword=ngettext:1,2 --files-from="$1.files" -o "$1.new"
sed -e '/^"POT-Creation-Date:/d' -e 's/charset=CHARSET/charset=UTF-8/' "$1.new" >"$1"
rm -f "$1.new" "$1.files"
