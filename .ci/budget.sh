# Runs proofs while there is time for them, and counts. Sourced by .ci/run, which sets:
#   budget     minutes that a run may take
#   durations  the file that says what takes how long
# bash counts the seconds of the run in SECONDS.

passed=0
failed=0
skipped=()

# minutes_of NAME [MISSING of NEEDED]: the minutes that a proof will take. Without the second part nothing has to be built.
# Where some of what it needs is missing, that share of the time between warm and cold is added.
minutes_of() {
  local name=$1 missing=${2:-0} needed=${4:-1} warm cold
  read -r warm cold < <(awk -v name="$name" '$1 == name { print $2, $3 }' "$durations")
  if [[ -z ${warm:-} ]]; then
    echo "$durations has no line for $name" >&2
    return 1
  fi
  echo $((warm + ((cold - warm) * missing + needed - 1) / needed))
}

# prove NAME [--missing "M of N"] COMMAND...: runs a command if it will end within the budget.
prove() {
  local name=$1 missing='' minutes
  shift
  if [[ $1 == --missing ]]; then
    missing=$2
    shift 2
  fi
  # shellcheck disable=SC2086 # three words
  minutes=$(minutes_of "$name" $missing) || minutes=0
  if ((SECONDS + minutes * 60 > budget * 60)); then
    skipped+=("$name")
    echo "== $name skipped: it takes about $minutes minutes, and $((SECONDS / 60)) of $budget are over"
    return
  fi
  local start=$SECONDS
  echo "== $name: $*"
  if "$@"; then
    passed=$((passed + 1))
    echo "== $name passed in $(((SECONDS - start + 59) / 60)) minutes"
  else
    failed=$((failed + 1))
    echo "== $name FAILED"
  fi
}

# Prints which proofs were skipped, and as the last line how many passed, failed and were skipped. Fails if a proof failed.
summarize() {
  ((${#skipped[@]} == 0)) || echo "skipped: ${skipped[*]}"
  echo "$passed passed, $failed failed, ${#skipped[@]} skipped"
  ((failed == 0))
}
