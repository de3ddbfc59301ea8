#!/usr/bin/env bash
# Everything from a clean clone: installs what the tests need, restores, builds, runs all tests and adds them up.
# Arguments are handed to each test program:  bash tests/run.sh -class '*PostgresServerTests'
# The last line is always "N passed, N failed, N skipped"; a stage that breaks counts as one failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What is tested is what ships.
configuration=Release
results=$PWD/artifacts/test-results
passed=0 failed=0 skipped=0
times=() stage='' stage_began=0
system_packages=0

say() { printf '\n== %s\n' "$*"; }

begin() {
  end
  stage=$1 stage_began=$EPOCHREALTIME
  say "$stage"
}

end() {
  [ -n "$stage" ] || return 0
  times+=("$(awk -v a="$stage_began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%7.1f s", b - a }')  $stage")
  stage=''
}

# One line for each test in a report: result, seconds, name, and why it was skipped.
tests_in() {
  awk 'BEGIN { RS = "<test " }
    function attribute(name) {
      if (!match(" " $0, " " name "=\"[^\"]*\"")) return ""
      return substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 4)
    }
    function plain(text) {
      gsub(/&quot;/, "\"", text); gsub(/&apos;|&#39;/, "\047", text)
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&amp;/, "\\&", text)
      gsub(/[\t\r\n]+/, " ", text)
      return text
    }
    FNR > 1 {
      reason = ""
      if (match($0, /<reason>.*<\/reason>/)) {
        reason = substr($0, RSTART + 8, RLENGTH - 17)
        gsub(/<!\[CDATA\[|\]\]>/, "", reason)
      }
      printf "%s\t%s\t%s\t%s\n", attribute("result"), attribute("time"), plain(attribute("name")), plain(reason)
    }' "$@"
}

sum_up() {
  local status=$? reports=()
  # Broken before its tests: say where, and leave nothing running.
  if [ "$status" -ne 0 ]; then
    failed=$((failed + 1))
    echo "This stage broke: ${stage:-start}"
    if [ "$system_packages" -ne 0 ]; then wait "$system_packages" || true; fi
  fi
  end
  mapfile -t reports < <(compgen -G "$results/*.xml" || true)
  if [ "${#reports[@]}" -gt 0 ]; then
    say 'Slowest tests'
    tests_in "${reports[@]}" | sort -t$'\t' -k2,2 -rn | awk -F'\t' 'NR <= 10 { printf "%7.2f s  %s\n", $2, $3 }'
    if [ "$skipped" -gt 0 ]; then
      say 'Skipped'
      tests_in "${reports[@]}" | awk -F'\t' '$1 == "Skip" { printf "%s: %s\n", $3, $4 }'
    fi
  fi
  say 'Where the time went'
  printf '%s\n' "${times[@]}"
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] || exit 1
}
trap sum_up EXIT

has_package() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]; }

has_postgres() {
  local program
  for program in "$(readlink -f "$(command -v postgres || true)" || true)" /usr/lib/postgresql/*/bin/postgres; do
    if [ -x "$program" ] && [ -x "$(dirname "$program")/initdb" ]; then return 0; fi
  done
  return 1
}

install_system_packages() {
  local missing=() as_root=()
  has_postgres || missing+=(postgresql)
  command -v chromium > /dev/null || missing+=(chromium)
  command -v npm > /dev/null || missing+=(npm)
  for font in fonts-beng fonts-dejavu-core; do has_package "$font" || missing+=("$font"); done
  if [ "${#missing[@]}" -eq 0 ]; then
    echo 'PostgreSQL, Chromium, npm and the fonts are installed.'
    return 0
  fi
  if ! command -v apt-get > /dev/null; then
    echo "The tests need ${missing[*]}, and there is no apt-get to install them: install them and run again."
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2> /dev/null; then
      echo "The tests need ${missing[*]}, and this user may not install them." \
        "Run first: sudo apt-get install ${missing[*]}"
      return 1
    fi
    as_root=(sudo -n)
  fi
  echo "Installing ${missing[*]} (log: artifacts/system-packages.log)"
  if ! {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
  } > artifacts/system-packages.log 2>&1 < /dev/null; then
    tail -n 20 artifacts/system-packages.log
    echo "${missing[*]} could not be installed; see above."
    return 1
  fi
}

run_tests() {
  local project=$1 name report status=0 counts
  shift
  name=$(basename "$project")
  report=$results/$name.xml
  begin "$name"
  # A test that hangs must not hold the whole run.
  timeout --foreground 60m "$project/bin/$configuration/net10.0/$name" -xml "$report" -noLogo -noColor "$@" || status=$?
  if [ ! -s "$report" ]; then
    echo "$name ended with $status before it wrote its report."
    failed=$((failed + 1))
    return 0
  fi
  counts=$(awk 'BEGIN { RS = "<" } /^assembly / { print }' "$report")
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counts" | awk '{ sum += $1 } END { print sum + 0 }'; }
  passed=$((passed + $(count passed)))
  skipped=$((skipped + $(count skipped)))
  local broken=$(($(count failed) + $(count errors)))
  # The report and the exit code must agree; when they do not, believe the worse.
  if [ "$status" -ne 0 ] && [ "$broken" -eq 0 ]; then
    echo "$name reports no failure but ended with $status."
    broken=1
  fi
  failed=$((failed + broken))
}

rm -rf "$results"
mkdir -p "$results"

# What looks for barriers on the pages: from the npm registry, as locked, for the tests alone.
fetch_test_packages() {
  npm ci --prefix tests --ignore-scripts --no-audit --no-fund > artifacts/npm.log 2>&1 && return 0
  tail -n 20 artifacts/npm.log
  echo 'axe-core could not be fetched; see above.'
  return 1
}

# Packages come over the network while the compiler has the processor.
{ install_system_packages && fetch_test_packages; } > artifacts/needs.log 2>&1 &
system_packages=$!

begin 'Restore, as locked'
dotnet restore Billing.sln --locked-mode

begin 'Build, without a warning'
dotnet build Billing.sln --configuration "$configuration" --no-restore -warnaserror -nodeReuse:false \
  -p:UseSharedCompilation=true --verbosity quiet -consoleLoggerParameters:Summary

begin 'System packages, begun beside restore and build'
installed=0
wait "$system_packages" || installed=$?
system_packages=0
cat artifacts/needs.log
[ "$installed" -eq 0 ] || exit 1

# From here on nothing may be missing: a test that would be skipped for want of a program fails instead.
export BILLING_TESTS_REQUIRE_ALL=1
for project in tests/*.Tests; do
  run_tests "$project" "$@"
done
