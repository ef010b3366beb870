#!/bin/sh
# Three operations with curl alone: create an opportunity, read it, list what there is. A line for each.
#
#   sh three-operations.sh <selling-url>
set -eu
url=${1:?Usage: sh three-operations.sh <selling-url>}

call() {
  curl --silent --show-error --fail-with-body --header 'content-type: application/json' --data "$2" "$url/$1"
}

id=$(call CreateOpportunity '{"Catalog":"Sandbox","ClientToken":"'"$$-$(date +%s)"'","Project":{"Title":"By curl"}}' |
  sed -n 's/.*"Id":"\(O[0-9]*\)".*/\1/p')
test -n "$id"
echo "created $id"

call GetOpportunity '{"Catalog":"Sandbox","Identifier":"'"$id"'"}' | grep -q '"ReviewStatus":"Pending Submission"'
echo "read $id: Pending Submission"

call ListOpportunities '{"Catalog":"Sandbox","Identifier":["'"$id"'"]}' | grep -q "\"Id\":\"$id\""
echo "listed $id"
