#!/bin/sh
# Prints the text of a PDF, page by page: extract_text.sh FILE [FIRST [LAST]]
set -eu

file=${1:?"usage: extract_text.sh FILE [FIRST [LAST]]"}
pages=$(pdfinfo "$file" | awk '/^Pages:/ { print $2 }')
page=${2:-1}
last=${3:-$pages}

while [ "$page" -le "$last" ]; do
    echo "=== page $page ==="
    pdftotext -layout -f "$page" -l "$page" "$file" -
    page=$((page + 1))
done
