#!/bin/sh
# No committed file names the address of a package index or a path of somebody's machine.
set -eu
found=$(git grep -nIE 'https?://[^/ ]*(:[0-9]+)?/(simple|packages|pypi|npm)|files\.pythonhosted|"resolved": "http|^(--index-url|--extra-index-url|--find-links)' -- . ':!tests/house/no-index.sh' || true)
if [ -n "$found" ]; then
    printf 'Addresses of a package index in committed files:\n%s\n' "$found" >&2
    exit 1
fi
