#!/bin/sh
# Prints the pages and lines of a PDF that hold some words, whatever their case: search.sh FILE WORDS
set -eu

file=${1:?"usage: search.sh FILE WORDS"}
words=${2:?"usage: search.sh FILE WORDS"}

# pdftotext puts a form feed between pages.
pdftotext -layout "$file" - | awk -v words="$words" '
    BEGIN { page = 1; words = tolower(words) }
    { page += gsub(/\f/, "") }
    index(tolower($0), words) { print "page " page ": " $0 }
'
