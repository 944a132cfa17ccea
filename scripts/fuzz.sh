#!/usr/bin/env bash
# fuzz.sh TIME: every fuzz target of the repository for so long each, such as 20s or 10m. What is found
# is kept as an input under the package's testdata/fuzz, and fails every test from then on.
set -euo pipefail
cd "$(dirname "$0")/.."
time="${1:?how long each target runs, such as 20s}"
git grep -hoE --full-name '^func Fuzz[A-Za-z0-9]+' -- '*_test.go' >/dev/null || { echo 'there is no fuzz target' >&2; exit 1; }
failed=0
while IFS=: read -r file line; do
  target="${line#func }"
  target="${target%%(*}"
  echo "fuzzing $target for $time"
  go test -vet=off -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 1s "./$(dirname "$file")" || failed=1
done < <(git grep -oE '^func Fuzz[A-Za-z0-9]+\(' -- '*_test.go')
exit "$failed"
