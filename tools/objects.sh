#!/bin/sh
# Names the objects in the build folder $1 whose source is still there.
find "$1/src" "$1/ui" -name '*.o' 2>/dev/null | LC_ALL=C sort | while IFS= read -r object; do
    source=${object#"$1"/}
    [ ! -f "${source%.o}.c" ] || echo "$object"
done
