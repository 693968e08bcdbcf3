#!/bin/sh
# Takes Pandemonium out of your menus. Your documents, voices and settings stay; delete this folder to be rid of the
# program itself.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}

(cd "$here/share" && find applications icons mime metainfo -type f) | while read -r file; do
    rm -f "$share/$file"
done
for update in "update-desktop-database $share/applications" "update-mime-database $share/mime"; do
    command -v "${update%% *}" >/dev/null 2>&1 && $update || true
done
echo "Pandemonium is out of your menus. Your documents, voices and settings are where they were."
