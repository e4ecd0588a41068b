#!/bin/sh
# Installs what is missing: `deps.sh build`, `check`, `bench` or `all`. tools/parts is the list.
#
# On Debian and its kin it asks dpkg what is there, installs the rest with apt-get (as root or
# through sudo) and is silent when nothing is missing. Debian 12 has no SQLCipher that is new
# enough; there it turns on bookworm-backports, and says so. On any other system it names the
# missing parts in that system's words and stops with exit 1.
set -eu

here=$(dirname "$0")
want=${1:-all}
sqlcipher_least=4.6
backports=/etc/apt/sources.list.d/dagsform-backports.sources

case $want in
build) kinds=build ;;
check) kinds='build check' ;;
bench) kinds='build bench' ;;
all) kinds='build check bench work' ;;
*)
    echo "Usage: deps.sh build|check|bench|all" >&2
    exit 2
    ;;
esac

say() {
    printf 'dagsform: %s\n' "$*"
}

stop() {
    printf 'dagsform: %s\n' "$*" >&2
    exit 1
}

# The names in column $1 of tools/parts, for the kinds wanted, each once.
column() {
    awk -v kinds="$kinds" -v column="$1" '
        BEGIN { split(kinds, list, " "); for (i in list) wanted[list[i]] = 1 }
        /^#/ || !($1 in wanted) || $column == "-" { next }
        { n = split($column, names, ","); for (i = 1; i <= n; i++)
              if (!seen[names[i]]++) print names[i] }' "$here/parts"
}

id=unknown like='' codename=''
if [ -r /etc/os-release ]; then
    id=$(. /etc/os-release && echo "${ID:-unknown}")
    like=$(. /etc/os-release && echo "${ID_LIKE:-}")
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
elif [ "$(uname -s)" = Darwin ]; then
    id=macos
fi

# --- other systems -------------------------------------------------------------------------------

# Names what is missing: libraries by pkg-config, tools by their command.
other_system() {
    missing=''
    tools='make pkg-config msgfmt'
    case $kinds in *check*) tools="$tools clang valgrind tmux pdftotext psql openssl" ;; esac
    case $kinds in *bench*) tools="$tools sqlcipher" ;; esac
    for tool in $tools; do
        command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
    done
    command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || missing="$missing gcc"
    for module in $(column 2); do
        pkg-config --exists "$module" 2>/dev/null || missing="$missing $module"
    done
    if pkg-config --exists sqlcipher 2>/dev/null &&
        ! pkg-config --atleast-version=3.46 sqlcipher; then
        missing="$missing sqlcipher>=$sqlcipher_least"
    fi
    [ -n "$missing" ] || return 0
    case " $id $like " in
    *' fedora '* | *' rhel '*) packages=4 command='dnf install' ;;
    *' arch '*) packages=5 command='pacman -S' ;;
    *' suse '* | *' opensuse '* | *' opensuse-tumbleweed '* | *' opensuse-leap '*)
        packages=6 command='zypper install' ;;
    *' alpine '*) packages=7 command='apk add' ;;
    *' macos '*) packages=8 command='brew install' ;;
    *) packages=3 command='' ;;
    esac
    {
        echo "dagsform: these parts are missing:$missing"
        if [ -n "$command" ]; then
            echo "Install them, and then run make again:"
        else
            echo "Install what your system calls these Debian packages, and then run make again:"
        fi
        echo "  $command" $(column "$packages")
        echo "SQLCipher must be $sqlcipher_least or later; INSTALL says why."
    } >&2
    exit 1
}

# --- Debian and its kin --------------------------------------------------------------------------

# Runs a command as root, or says which command to run when that cannot be done.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        if [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
    else
        stop "Installing needs root, and there is no sudo here. Run make deps as root."
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 \
        -o DPkg::Lock::Timeout=300 "$@"
}

is_new_enough() {
    [ -n "$1" ] && dpkg --compare-versions "$1" ge "$sqlcipher_least"
}

# The installed version of package $1, empty when it is not installed.
installed_version() {
    dpkg-query -W -f '${db:Status-Status} ${Version}\n' "$1" 2>/dev/null |
        sed -n 's/^installed //p' | sort -V | tail -n 1
}

is_sqlcipher() {
    [ "$1" = libsqlcipher-dev ] || [ "$1" = sqlcipher ]
}

# The packages of column 3 that are not there, or are too old. dpkg is asked once for them all.
missing_packages() {
    packages=$(column 3)
    # shellcheck disable=SC2086 # a list of names
    there=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' $packages 2>/dev/null || true)"
    for package in $packages; do
        case $there in
        *" installed:$package "*)
            is_sqlcipher "$package" || continue
            is_new_enough "$(installed_version "$package")" || echo "$package"
            ;;
        *) echo "$package" ;;
        esac
    done
}

# Every version of $1 that apt can reach; with $2, only those from that suite.
reachable_versions() {
    apt-cache madison "$1" 2>/dev/null | grep "${2:-.}" | awk -F '|' '{ gsub(/ /, "", $2); print $2 }'
}

has_new_sqlcipher() {
    for version in $(reachable_versions libsqlcipher-dev "${1:-}"); do
        is_new_enough "$version" && return 0
    done
    return 1
}

# Writes a source for bookworm-backports that reads from where the machine already reads Debian.
enable_backports() {
    found=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI) $(SIGNED_BY)' 'Created-By: Packages' |
        awk '$1 == "bookworm" && $2 ~ /^(https?|ftp|mirror(\+[a-z]+)?|tor\+https?|file):/ { print; exit }')
    uri=$(printf '%s\n' "$found" | awk '{ print $2 }')
    key=$(printf '%s\n' "$found" | awk '$3 ~ /^\// { print $3 }')
    [ -n "$uri" ] || uri=http://deb.debian.org/debian
    if [ -z "$key" ] && [ -r /usr/share/keyrings/debian-archive-keyring.gpg ]; then
        key=/usr/share/keyrings/debian-archive-keyring.gpg
    fi
    say "Debian 12 has SQLCipher 3.4.1 of 2016, which is too old to be trusted with this data."
    say "Turning on bookworm-backports, which has $sqlcipher_least or later, in $backports."
    say "(Delete that file to turn it off again. Nothing else is taken from it unasked.)"
    {
        echo "# Written by Dagsform's make deps: SQLCipher $sqlcipher_least or later."
        echo "Types: deb"
        echo "URIs: $uri"
        echo "Suites: bookworm-backports"
        echo "Components: main"
        [ -z "$key" ] || echo "Signed-By: $key"
    } | as_root tee "$backports" >/dev/null
    apt update && return 0
    as_root rm -f "$backports"
    stop "bookworm-backports could not be read from there, so it is turned off again." \
        "INSTALL says how to get SQLCipher in another way."
}

debian() {
    missing=$(missing_packages)
    if [ -z "$missing" ]; then
        [ "$want" != all ] || say "Everything that is needed is installed."
        return 0
    fi
    ordinary='' sqlcipher=''
    for package in $missing; do
        if is_sqlcipher "$package"; then
            sqlcipher="$sqlcipher $package"
        else
            ordinary="$ordinary $package"
        fi
    done
    say "Installing what is missing:" $missing
    apt update
    # shellcheck disable=SC2086 # a list of names
    [ -z "$ordinary" ] || apt install -y --no-install-recommends $ordinary
    [ -n "$sqlcipher" ] || return 0
    release=''
    if [ "$codename" = bookworm ]; then
        has_new_sqlcipher bookworm-backports || enable_backports
        release='-t bookworm-backports'
    fi
    has_new_sqlcipher || stop "This system has no SQLCipher $sqlcipher_least or later (it has" \
        "$(reachable_versions libsqlcipher-dev | head -n 1)). INSTALL says why it is needed and" \
        "how to get one."
    # shellcheck disable=SC2086
    apt install -y --no-install-recommends $release $sqlcipher
    is_new_enough "$(installed_version libsqlcipher-dev)" ||
        stop "SQLCipher $sqlcipher_least or later could not be installed. INSTALL says how to get one."
}

if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    debian
else
    other_system
fi
