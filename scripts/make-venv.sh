#!/bin/sh
# Makes a virtual environment with the newest Python that interviewprep supports.
set -eu
venv=$1
newest=""
for name in python3.15 python3.14 python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" > /dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1; then
        newest=$name
        break
    fi
done
if [ -z "$newest" ]; then
    echo "interviewprep needs Python 3.11 or newer, and none was found on PATH." >&2
    echo "Debian, Ubuntu: sudo apt install python3 python3-venv    macOS: brew install python" >&2
    exit 2
fi
if ! "$newest" -c 'import venv, ensurepip' > /dev/null 2>&1; then
    version=$("$newest" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$newest has no venv module. Install it, then run make again:" >&2
    echo "Debian, Ubuntu: sudo apt install python$version-venv    Fedora: sudo dnf install python3" >&2
    exit 2
fi
"$newest" -m venv "$venv"
