#!/bin/sh
# Prints the schema files of the folder $1 as initialisers {number, "name", "text"} for migration.c.
# NNNN-name.sql is common to both engines; NNNN-name.sqlite.sql is SQLite's own.
set -eu
for file in "$1"/[0-9][0-9][0-9][0-9]-*.sql; do
    case $file in *.postgres.sql) continue ;; esac
    name=$(basename "$file" .sql)
    printf '{%d, "%s",\n' "$(expr "${name%%-*}" + 0)" "$name"
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/"&\\n"/' "$file"
    printf '},\n'
done
