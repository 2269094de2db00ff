#!/usr/bin/env bash
# Runs haanalyzer once for all outputs. Its exit code is an output too: the job fails only after the upload.
set -euo pipefail

# A folder that a commit made look like a repository is none, and Python imports nothing from the checkout (-I).
git() { command git -c safe.bareRepository=explicit "$@"; }

cd -- "$HA_WORKING_DIRECTORY"
if [[ "$(pwd -P)/" != "$(cd -- "$GITHUB_WORKSPACE" && pwd -P)/"* ]]; then # by a symlink of the checkout's
  echo "::error title=haanalyzer::the input 'working-directory' leads outside of the workspace"
  exit 2
fi
# GitHub wants paths from the repository's top, so that is where it runs.
inside=$(git rev-parse --show-prefix 2>/dev/null) || inside=
cd -- "$(git rev-parse --show-toplevel 2>/dev/null || pwd)"

from_top() { if [[ "$1" == /* ]]; then echo "$1"; else echo "./$inside$1"; fi; }

paths=() more=()
while IFS= read -r line; do [[ -z "$line" ]] || paths+=("$(from_top "$line")"); done <<<"$HA_PATHS"
while IFS= read -r line; do [[ -z "$line" ]] || more+=("$line"); done <<<"$HA_ARGS"

command="check"
if [[ "$GITHUB_EVENT_NAME" == pull_request && "$HA_CHANGED_ONLY" == true ]]; then
  command="diff"
  # GitHub checks out the merge, whose first parent is what the pull request is compared with.
  if [[ "$(git rev-parse HEAD)" == "$GITHUB_SHA" ]] && git rev-parse --quiet --verify 'HEAD^2' >/dev/null; then
    paths=('HEAD^1' "${paths[@]}")
  else
    paths=("$HA_BASE_SHA..." "${paths[@]}")
  fi
fi

reports=$(mktemp -d "$RUNNER_TEMP/haanalyzer-reports.XXXXXX")
options=(--output "sarif-github:$reports/haanalyzer.sarif" --output "markdown:$reports/summary.md")
options+=(--output "github:$reports/annotations.txt" --output text)
[[ -z "$HA_PROFILE" ]] || options+=("--profile=$HA_PROFILE")
[[ -z "$HA_CONFIG" ]] || options+=("--config=$(from_top "$HA_CONFIG")")
[[ -z "$HA_FAIL_ON" ]] || options+=("--fail-on=$HA_FAIL_ON")
[[ -z "$HA_CATEGORY" ]] || options+=("--category=$HA_CATEGORY")

# What is printed quotes the analyzed files, whose lines must not command the runner.
token=$("$HA_BIN/python" -I -c 'import secrets; print(secrets.token_hex(16))')
echo "::stop-commands::$token"
exit_code=0
"$HA_BIN/haanalyzer" "$command" "${options[@]}" "${more[@]}" -- "${paths[@]}" 2>&1 || exit_code=$?
echo "::$token::"

{
  echo "exit-code=$exit_code"
  echo "repository=$PWD"
  if [[ -f "$reports/haanalyzer.sarif" ]]; then
    echo "sarif-file=$reports/haanalyzer.sarif"
    echo "annotations=$reports/annotations.txt"
    echo "findings=$("$HA_BIN/python" -I -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["runs"][0]["results"]))' "$reports/haanalyzer.sarif")"
  fi
} >>"$GITHUB_OUTPUT"
[[ ! -f "$reports/summary.md" ]] || cat -- "$reports/summary.md" >>"$GITHUB_STEP_SUMMARY"
