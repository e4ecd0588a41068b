#!/bin/sh
# Stops the build with one sentence when a library is missing or SQLCipher is too old.
set -eu
if ! command -v pkg-config >/dev/null 2>&1; then
    echo "dagsform: pkg-config is missing. Run make deps, which installs what is missing." >&2
    exit 1
fi
missing=''
for module in "$@"; do
    pkg-config --exists "$module" || missing="$missing $module"
done
if [ -n "$missing" ]; then
    echo "dagsform: missing:$missing. Run make deps, which installs what is missing." >&2
    exit 1
fi
# SQLCipher's own number is in no header; its .pc file gives SQLite's, and 4.6 is SQLite 3.46.
if ! pkg-config --atleast-version=3.46 sqlcipher; then
    echo "dagsform: this SQLCipher is too old (its number in pkg-config is" \
        "$(pkg-config --modversion sqlcipher)). 4.6 or later, which is SQLite 3.46, is needed: older" \
        "ones seal pages with weaker keys and lack what the queries use. Run make deps; INSTALL says" \
        "more." >&2
    exit 1
fi
