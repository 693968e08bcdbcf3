#!/bin/sh
# Puts the unpacked program into your own menus, without an administrator:   ./install.sh
# It stays where it lies; ./uninstall.sh takes it out of the menus again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
program=$here/pandemonium/pandemonium

(cd "$here/share" && find icons mime metainfo -type f) | while read -r file; do
    mkdir -p "$share/$(dirname "$file")"
    cp "$here/share/$file" "$share/$file"
done
mkdir -p "$share/applications"
sed -e "s|^Exec=pandemonium|Exec=\"$program\"|" -e "s|^TryExec=.*|TryExec=$program|" \
    "$here/share/applications/pandemonium.desktop" >"$share/applications/pandemonium.desktop"
for update in "update-desktop-database $share/applications" "update-mime-database $share/mime"; do
    command -v "${update%% *}" >/dev/null 2>&1 && $update || true
done
echo "Pandemonium is in your menus now. Keep this folder where it is: $here"
