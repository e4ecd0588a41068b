#!/bin/sh
# Prints the list of parts of dagsform $1 as SPDX 2.3 in tag-value form: the program, and every library
# and font that tools/parts builds it from, with the version found on this machine and its licence. The
# same commit on the same machine gives the same bytes: its time is the commit's.
set -eu
version=$1
here=$(dirname "$0")
commit=$(git rev-parse --verify -q HEAD 2>/dev/null || echo unknown)
created=$(TZ=UTC git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd 2>/dev/null ||
    date -u +%Y-%m-%dT%H:%M:%SZ)

# $1: its identifier, $2: name, $3: version, $4: licence, $5: what it is
package() {
    printf '\nPackageName: %s\nSPDXID: SPDXRef-%s\nPackageVersion: %s\n' "$2" "$1" "$3"
    printf 'PackageDownloadLocation: NOASSERTION\nFilesAnalyzed: false\nPackageLicenseConcluded: NOASSERTION\n'
    printf 'PackageLicenseDeclared: %s\nPackageCopyrightText: NOASSERTION\nPrimaryPackagePurpose: %s\n' "$4" "$5"
}

printf 'SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\n'
printf 'DocumentName: dagsform-%s\nDocumentNamespace: urn:dagsform:sbom:%s:%s\n' "$version" "$version" "$commit"
printf 'Creator: Tool: tools/sbom.sh\nCreated: %s\n' "$created"
package dagsform dagsform "$version" EUPL-1.2 APPLICATION
printf 'Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-dagsform\n'
# Tools that only build it have no licence there and no place here.
awk '$1 == "build" && $9 != "-" { print $2, $3, $9 }' "$here/parts" | while read -r module debian licence; do
    name=$module purpose=LIBRARY
    [ "$module" != - ] || name=$debian purpose=OTHER
    # pkg-config says SQLite's number for SQLCipher, and no system's own mends; its package says both.
    if found=$(dpkg-query -W -f '${Version}' "$debian" 2>/dev/null); then
        place="pkg:deb/debian/$debian@$found"
    else
        found=$(pkg-config --modversion "$module" 2>/dev/null) || found=unknown
        place="pkg:generic/$name@$found"
    fi
    id=$(printf %s "$name" | tr -c 'A-Za-z0-9.' -)
    package "$id" "$name" "$found" "$(printf %s "$licence" | sed 's/|/ OR /g')" "$purpose"
    printf 'ExternalRef: PACKAGE-MANAGER purl %s\n' "$place"
    printf 'Relationship: SPDXRef-dagsform DEPENDS_ON SPDXRef-%s\n' "$id"
done
